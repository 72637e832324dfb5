// Saved products: their slugs, kept in this browser only. A list is shared by its address, /wishlist/?product=…
const KEY = "wishlist";

const read = () => {
  try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch { return []; }
};
const write = (slugs) => {
  try { localStorage.setItem(KEY, JSON.stringify(slugs)); } catch { /* then nothing is kept */ }
};
const addressOf = (path, slugs) => `${path}?${new URLSearchParams(slugs.map((slug) => ["product", slug]))}`;

// A product's page. The buttons and the link are drawn anew with each choice, so their state stands at the root.
export function startAtProduct(announce) {
  const show = () => {
    const { slug } = document.querySelector("[data-save]").dataset;
    document.documentElement.dataset.saved = read().includes(slug) ? "yes" : "no";
  };
  show();
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-save] button");
    if (!button) return;
    const { slug, saved, most, full } = button.closest("[data-save]").dataset;
    const others = read().filter((one) => one !== slug);
    const isAdded = button.hasAttribute("data-add-to-list");
    if (isAdded && others.length >= Number(most)) { announce(full); return; }
    write(isAdded ? [slug, ...others] : others);
    show();
    document.querySelector(isAdded ? "[data-save] a" : "[data-add-to-list]").focus();
    if (isAdded) announce(saved);
  });
}

// The list. Its own comes from the browser; one that was shared can be kept beside it.
export function startAtList(page) {
  const asked = new URLSearchParams(location.search).getAll("product");
  const mine = read();
  if (!asked.length) {
    if (mine.length) location.replace(addressOf(location.pathname, mine));
    return;
  }
  const isMine = asked.every((slug) => mine.includes(slug));
  for (const link of page.querySelectorAll("[data-take-out]")) {
    link.addEventListener("click", () => {
      if (isMine) write(mine.filter((slug) => slug !== link.dataset.takeOut));
    });
  }
  const keep = page.querySelector("[data-keep-list]");
  if (!keep) return;
  keep.hidden = isMine;
  keep.querySelector("button").addEventListener("click", () => {
    write([...new Set([...mine, ...asked])].slice(0, Number(page.dataset.most)));
    location.replace(addressOf(location.pathname, read()));
  });
}
