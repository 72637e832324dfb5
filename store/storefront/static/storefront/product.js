// The product page: choose, add and zoom without leaving the page. Every step has a plain link or form behind it.
const parse = (html) => new DOMParser().parseFromString(html, "text/html");

const swap = (page) => {
  for (const part of ["[data-product]", "[data-cart-link]"]) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceWith(fresh);
  }
};

async function choose(link, announce) {
  const answer = await fetch(link.href);
  if (!answer.ok) throw new Error(answer.statusText);
  swap(parse(await answer.text()));
  history.replaceState(null, "", link.href);
  document.getElementById(link.id)?.focus();
  announce([".price.big", ".stock"].map((part) => document.querySelector(part)?.textContent.trim()).join(". "));
}

async function add(form, announce) {
  const answer = await fetch(form.action || location.href, { method: "POST", body: new FormData(form) });
  const page = parse(await answer.text());
  if (answer.redirected) {
    const said = page.querySelector(".notice.success")?.textContent.trim() ?? "It is in your cart.";
    const count = page.querySelector("[data-cart-link]");
    if (count) {
      count.removeAttribute("aria-current");
      document.querySelector("[data-cart-link]").replaceWith(count);
    }
    announce(said, { href: answer.url, text: "See your cart" });
    return;
  }
  if (!page.querySelector("[data-product]")) throw new Error(answer.statusText);
  swap(page);
  document.querySelector(".buy [data-focus]")?.focus();
}

function zoom(link) {
  const dialog = document.createElement("dialog");
  dialog.className = "zoom";
  const inside = link.querySelector("img");
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  close.setAttribute("aria-label", "Close the large picture");
  dialog.setAttribute("aria-label", inside.alt || "Large picture");
  dialog.append(Object.assign(document.createElement("img"), { src: link.href, alt: inside.alt }), close);
  dialog.addEventListener("click", (event) => { if (event.target !== dialog.querySelector("img")) dialog.close(); });
  dialog.addEventListener("close", () => { dialog.remove(); link.focus(); });
  document.body.append(dialog);
  dialog.showModal();
}

export function start(announce) {
  document.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    const option = event.target.closest("a[data-option]");
    const picture = event.target.closest("a[data-zoom]");
    if (option) {
      event.preventDefault();
      choose(option, announce).catch(() => { location.href = option.href; });
    } else if (picture) {
      event.preventDefault();
      zoom(picture);
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-add]");
    if (!form || form.dataset.plain) return;
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    add(form, announce)
      .catch(() => announce("That did not go through. Please try again."))
      .finally(() => button.removeAttribute("aria-disabled"));
  });
}
