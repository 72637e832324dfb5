// The cart beside the page, after something was put in: the cart page's own form, so its buttons lead to that page.
// Without this script the cart page opens instead.
export function open(page, words, opener) {
  const form = page.querySelector("form.cart");
  if (!form || !HTMLDialogElement.prototype.showModal) return false;
  for (const sheet of page.querySelectorAll('link[rel="stylesheet"]')) {
    if (!document.querySelector(`link[href="${sheet.getAttribute("href")}"]`)) document.head.append(sheet);
  }
  const drawer = document.createElement("dialog");
  drawer.className = "drawer";
  drawer.setAttribute("aria-labelledby", "drawer-title");
  const title = Object.assign(document.createElement("h2"), { id: "drawer-title", textContent: words.cart });
  const close = Object.assign(document.createElement("button"), { type: "button", className: "drawer-close", textContent: "×" });
  close.setAttribute("aria-label", words.closeCart);
  const message = page.querySelector(".notice.success");
  const link = Object.assign(document.createElement("a"), { className: "button quiet", href: words.cartUrl, textContent: words.seeCart });
  drawer.append(title, close, ...(message ? [message] : []), form, ...page.querySelectorAll("form#codes"), link);
  document.body.append(drawer);
  close.addEventListener("click", () => drawer.close());
  drawer.addEventListener("click", (event) => { if (event.target === drawer) drawer.close(); });
  drawer.addEventListener("close", () => { drawer.remove(); opener?.focus(); });
  drawer.showModal();
  return true;
}
