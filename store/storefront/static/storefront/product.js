// The product page: select options, add to the cart and zoom without a page load. Each has a plain link or form behind it.
// The words of this page in its language: data-see-cart, data-failed, and those of the large pictures.
const words = { ...document.querySelector("[data-product]").dataset };

const parse = (html) => new DOMParser().parseFromString(html, "text/html");

const replaceParts = (page) => {
  for (const part of ["[data-product]", "[data-compare]", "[data-cart-link]"]) {
    const replacement = page.querySelector(part);
    if (replacement) document.querySelector(part)?.replaceWith(replacement);
  }
};

async function selectOption(link, announce) {
  const response = await fetch(link.href);
  if (!response.ok) throw new Error(response.statusText);
  replaceParts(parse(await response.text()));
  history.replaceState(null, "", link.href);
  document.getElementById(link.id)?.focus();
  announce([".price.big", ".stock"].map((part) => document.querySelector(part)?.textContent.trim()).join(". "));
}

async function addToCart(form, announce) {
  const response = await fetch(form.action || location.href, { method: "POST", body: new FormData(form) });
  const page = parse(await response.text());
  if (response.ok && response.redirected && new URL(response.url).pathname !== location.pathname) {
    const message = page.querySelector(".notice.success")?.textContent.trim() ?? "";
    const cartLink = page.querySelector("[data-cart-link]");
    if (cartLink) {
      cartLink.removeAttribute("aria-current");
      document.querySelector("[data-cart-link]").replaceWith(cartLink);
    }
    const { open } = await import("./drawer.js").catch(() => ({ open: () => false }));
    const isOpen = open(page, { ...words, cartUrl: response.url }, form.querySelector("button[type=submit]"));
    if (!isOpen) announce(message, { href: response.url, text: words.seeCart });
    return;
  }
  if (!page.querySelector("[data-product]")) throw new Error(page.querySelector("[data-reason]")?.textContent.trim() ?? "");
  replaceParts(page);
  document.querySelector(".buy [data-focus]")?.focus();
}

export function start(announce) {
  document.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    const option = event.target.closest("a[data-option]");
    const picture = event.target.closest("a[data-zoom]");
    if (option) {
      event.preventDefault();
      selectOption(option, announce).catch(() => { location.href = option.href; });
    } else if (picture) {
      event.preventDefault();
      import("./zoom.js").then(({ open }) => open(picture, words)).catch(() => { location.href = picture.href; });
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-add]");
    if (!form || form.dataset.plain) return;
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    addToCart(form, announce)
      .catch((error) => announce(error.name === "Error" && error.message || words.failed))
      .finally(() => button.removeAttribute("aria-disabled"));
  });
}
