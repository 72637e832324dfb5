// The pictures of a product, large: fitted or at full size to be scrolled, one after the other.
const button = (className, text, label) => {
  const made = Object.assign(document.createElement("button"), { type: "button", className, textContent: text });
  made.setAttribute("aria-label", label);
  return made;
};

export function open(link, words) {
  const links = [...document.querySelectorAll("a[data-zoom]")];
  let at = links.indexOf(link);
  const dialog = Object.assign(document.createElement("dialog"), { className: "zoom" });
  const scroller = Object.assign(document.createElement("div"), { className: "zoom-scroll", tabIndex: 0 });
  const picture = document.createElement("img");
  const counter = Object.assign(document.createElement("p"), { className: "zoom-counter" });
  counter.setAttribute("role", "status");
  const [size, before, after, close] = [
    button("zoom-size", "⤢", words.fullSize), button("zoom-before", "‹", words.pictureBefore),
    button("zoom-after", "›", words.pictureAfter), button("zoom-close", "×", words.close),
  ];

  const setFull = (full) => {
    dialog.classList.toggle("full", full);
    size.setAttribute("aria-pressed", String(full));
  };
  const show = (n) => {
    at = (n + links.length) % links.length;
    const { alt } = links[at].querySelector("img");
    Object.assign(picture, { src: links[at].href, alt });
    dialog.setAttribute("aria-label", alt || words.picture);
    counter.textContent = `${at + 1} / ${links.length}`;
    setFull(false);
  };
  const zoomAt = (event) => {
    const box = picture.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    setFull(!dialog.classList.contains("full"));
    scroller.scrollTo(x * scroller.scrollWidth - scroller.clientWidth / 2, y * scroller.scrollHeight - scroller.clientHeight / 2);
  };

  before.addEventListener("click", () => show(at - 1));
  after.addEventListener("click", () => show(at + 1));
  close.addEventListener("click", () => dialog.close());
  size.addEventListener("click", () => setFull(!dialog.classList.contains("full")));
  picture.addEventListener("click", zoomAt);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("keydown", (event) => {
    if (dialog.classList.contains("full")) return; // then the arrows scroll
    if (event.key === "ArrowLeft") show(at - 1);
    if (event.key === "ArrowRight") show(at + 1);
  });
  dialog.addEventListener("close", () => { dialog.remove(); links[at].focus(); });
  scroller.append(picture);
  dialog.append(scroller, close, size, ...(links.length > 1 ? [before, after, counter] : []));
  show(at);
  document.body.append(dialog);
  dialog.showModal();
}
