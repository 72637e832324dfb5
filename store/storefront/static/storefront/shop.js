// Progressive enhancement: every page works without this script, and each part below may fail on its own.
const root = document.documentElement;
root.classList.add("js");

const announce = (text, link) => {
  const region = document.querySelector("[data-announce]");
  if (!region) return;
  region.replaceChildren(text);
  if (link) {
    const anchor = Object.assign(document.createElement("a"), { href: link.href, textContent: link.text });
    region.append(" ", anchor);
  }
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => region.replaceChildren(), 12000);
};

// An error message takes the focus, so that screen readers read it first.
document.querySelector("[data-focus]")?.focus();

// Another country has other address fields: submit by its button on change.
for (const button of document.querySelectorAll("[data-country]")) {
  const select = document.getElementById(button.dataset.country);
  select?.addEventListener("change", () => button.form.requestSubmit(button));
}

// The billing address opens when its checkbox is unticked.
for (const details of document.querySelectorAll("[data-unless]")) {
  const tick = document.getElementById(details.dataset.unless);
  tick?.addEventListener("change", () => { details.open = !tick.checked; });
}

// A payment form is submitted once; a second click is ignored.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    const button = form.querySelector("button[type=submit]");
    button.setAttribute("aria-disabled", "true");
    announce(form.dataset.once);
  });
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    form.querySelector("button[type=submit]")?.removeAttribute("aria-disabled");
  });
}

const wishlist = document.querySelector("[data-wishlist]");
if (wishlist) import("./kept_products.js").then((module) => module.startList(wishlist));

if (document.querySelector("[data-product]")) import("./product.js").then((module) => module.start(announce));

if (document.querySelector("[data-filters]")) import("./filters.js").then((module) => module.start(announce));

// The search field: the part that suggests is loaded when one goes there.
const search = document.querySelector("[data-suggest]");
search?.addEventListener("focusin", () => import("./search.js").then((module) => module.start(search)), { once: true });

const seen = document.querySelector("[data-seen]");
if (seen) import("./kept_products.js").then((module) => { module.startSeen(seen); module.startSaving(announce); });

const questions = document.querySelector("[data-choose]");
if (questions) import("./choose.js").then((module) => module.start(questions, announce));

const timers = document.querySelectorAll("[data-timer]");
if (timers.length || document.querySelector(".gb-fold")) {
  import("./reading.js").then((module) => { timers.forEach(module.start); module.openFolds(); });
}

// Guides and inserts register the service worker that caches them for reading without a connection.
const reader = document.querySelector("[data-keep]");
if (reader && navigator.serviceWorker) {
  window.addEventListener("load", () => {
    for (const folder of ["guides/", "inserts/"]) {
      const scope = new URL(folder, new URL(reader.dataset.keep, location.href)).pathname; // such as /de/guides/
      navigator.serviceWorker.register(reader.dataset.keep, { scope }).catch(() => {}); // then there is no copy
    }
  });
}
