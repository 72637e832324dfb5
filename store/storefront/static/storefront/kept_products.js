// Products that this browser keeps, and the shop keeps no copy of: seen before, and saved for later.
// A list of saved ones is shared by its address, /wishlist/?product=…
const SEEN = "seen";
const SAVED = "wishlist";
const MOST_SEEN = 5; // with the one that is open

const read = (key) => {
  try { return JSON.parse(localStorage.getItem(key)) || []; } catch { return []; }
};
const write = (key, kept) => {
  try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* then nothing is kept */ }
};
const addressOf = (path, slugs) => `${path}?${new URLSearchParams(slugs.map((slug) => ["product", slug]))}`;

const card = ({ path, name, picture }) => {
  const item = Object.assign(document.createElement("li"), { className: "card" });
  const well = Object.assign(document.createElement("div"), { className: "well" });
  if (picture) well.append(Object.assign(document.createElement("img"), { src: picture, alt: "", loading: "lazy", width: 512, height: 512 }));
  const title = document.createElement("h3");
  title.append(Object.assign(document.createElement("a"), { href: path, textContent: name }));
  item.append(well, title);
  return item;
};

export function startSeen(section) {
  const path = location.pathname;
  const others = read(SEEN).filter((one) => one.path !== path && one.lang === document.documentElement.lang);
  section.querySelector("ul").replaceChildren(...others.slice(0, MOST_SEEN - 1).map(card));
  section.hidden = !others.length;
  const picture = document.querySelector("[data-gallery] img")?.getAttribute("src") ?? "";
  const open = { path, name: document.querySelector("h1").textContent, picture, lang: document.documentElement.lang };
  write(SEEN, [open, ...others].slice(0, MOST_SEEN));
}

// A product's page. The buttons and the link are drawn anew with each choice, so their state stands at the root.
export function startSaving(announce) {
  const show = () => {
    const { slug } = document.querySelector("[data-save]").dataset;
    document.documentElement.dataset.saved = read(SAVED).includes(slug) ? "yes" : "no";
  };
  show();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save] button");
    if (!button) return;
    const { slug, saved, most, full } = button.closest("[data-save]").dataset;
    const others = read(SAVED).filter((one) => one !== slug);
    const isAdded = button.hasAttribute("data-add-to-list");
    if (isAdded && others.length >= Number(most)) { announce(full); return; }
    write(SAVED, isAdded ? [slug, ...others] : others);
    show();
    document.querySelector(isAdded ? "[data-save] a" : "[data-add-to-list]").focus();
    if (isAdded) announce(saved);
  });
}

// The list. Its own comes from the browser; one that was shared can be kept beside it.
export function startList(page) {
  const asked = new URLSearchParams(location.search).getAll("product");
  const mine = read(SAVED);
  if (!asked.length) {
    if (mine.length) location.replace(addressOf(location.pathname, mine));
    return;
  }
  const isMine = asked.every((slug) => mine.includes(slug));
  // Read again: a page that the browser goes back to shows what was kept when it was drawn.
  const takeOut = (...slugs) => write(SAVED, read(SAVED).filter((slug) => !slugs.includes(slug)));
  for (const link of page.querySelectorAll("[data-take-out]")) {
    link.addEventListener("click", () => { if (isMine) takeOut(link.dataset.takeOut); });
  }
  const gone = page.querySelector("[data-gone]");
  if (gone) {
    gone.hidden = !isMine;
    gone.querySelector("button").addEventListener("click", () => {
      takeOut(...gone.dataset.gone.split(" "));
      const left = read(SAVED);
      location.replace(left.length ? addressOf(location.pathname, left) : location.pathname);
    });
  }
  const keep = page.querySelector("[data-keep-list]");
  if (!keep) return;
  keep.hidden = isMine;
  keep.querySelector("button").addEventListener("click", () => {
    write(SAVED, [...new Set([...read(SAVED), ...asked])].slice(0, Number(page.dataset.most)));
    location.replace(addressOf(location.pathname, read(SAVED)));
  });
}
