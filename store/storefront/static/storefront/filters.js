// The facets of the product list: a choice changes the list without a page load. Without this script the form is sent.
const PARTS = ["[data-facets]", "[data-results]", "[data-show]"];
let latest = 0;

const address = (form) => {
  const chosen = [...new FormData(form)].filter(([, value]) => value);
  return chosen.length ? `${form.getAttribute("action")}?${new URLSearchParams(chosen)}` : form.getAttribute("action");
};

// Whether a field says something else than the page was sent with.
const isChanged = (field) => {
  if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  return field.checked !== field.defaultChecked || field.value !== (field.defaultValue ?? field.value);
};

async function show(url, announce) {
  const request = ++latest;
  const focused = document.activeElement?.id;
  const response = await fetch(url);
  if (!response.ok) throw new Error(response.statusText);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (request !== latest) return; // a later choice is on its way
  for (const part of PARTS) document.querySelector(part).replaceWith(page.querySelector(part));
  document.title = page.title;
  history.pushState(null, "", url);
  if (focused) document.getElementById(focused)?.focus();
  announce(document.querySelector("[data-total]").firstChild.textContent.trim());
}

export function start(announce) {
  const form = document.querySelector("[data-filters]");
  let shown = location.search;
  const change = () => { const url = address(form); shown = new URL(url, location.href).search; show(url, announce).catch(() => { location.href = url; }); };
  document.addEventListener("change", (event) => { if (event.target.form === form) change(); });
  form.addEventListener("submit", (event) => {
    const drawer = document.getElementById("filters");
    if (!drawer.matches(":popover-open")) return;
    event.preventDefault(); // the list below is already the one that was chosen
    drawer.hidePopover();
  });
  addEventListener("popstate", () => { if (location.search !== shown) location.reload(); }); // not for a link within the page
  if ([...form.elements].some(isChanged)) change(); // chosen while this script was on its way
}
