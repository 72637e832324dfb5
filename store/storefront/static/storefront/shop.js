// Small comforts on top of pages that work without them: each function below may fail alone.
const root = document.documentElement;
root.classList.add("js");

const announce = (text, link) => {
  const place = document.querySelector("[data-announce]");
  if (!place) return;
  place.replaceChildren(text);
  if (link) {
    const onward = Object.assign(document.createElement("a"), { href: link.href, textContent: link.text });
    place.append(" ", onward);
  }
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => place.replaceChildren(), 12000);
};

// A message about what went wrong takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();

// Sorting happens on choosing; without this there is a button.
for (const form of document.querySelectorAll("[data-auto-submit]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// Another country brings its own fields: press its button for the shopper.
for (const button of document.querySelectorAll("[data-country]")) {
  const select = document.getElementById(button.dataset.country);
  select?.addEventListener("change", () => button.form.requestSubmit(button));
}

// The second address opens when the tick goes away.
for (const details of document.querySelectorAll("[data-unless]")) {
  const tick = document.getElementById(details.dataset.unless);
  tick?.addEventListener("change", () => { details.open = !tick.checked; });
}

// A form that pays is sent once, and says so.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    const button = form.querySelector("button[type=submit]");
    button.setAttribute("aria-disabled", "true");
    announce("Sending. Please wait a moment.");
  });
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    form.querySelector("button[type=submit]")?.removeAttribute("aria-disabled");
  });
}

if (document.querySelector("[data-product]")) import("./product.js").then((module) => module.start(announce));

const check = document.querySelector("[data-self-check]");
if (check) import("./selfcheck.js").then((module) => module.start(check));

// Guides and inserts are kept by a worker of their own, to be read again without a connection.
const reader = document.querySelector("[data-keep]");
if (reader && navigator.serviceWorker) {
  window.addEventListener("load", () => {
    for (const scope of ["/guides/", "/inserts/"]) {
      navigator.serviceWorker.register(reader.dataset.keep, { scope }).catch(() => {}); // then there is no copy
    }
  });
}
