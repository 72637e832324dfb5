// Keeps guides and inserts for reading without a connection. Rules over /guides/ and /inserts/ only, and asks for what it
// keeps without cookies: nothing of a person, no cart, no price of a market is ever saved.
const PLAN = {{ plan }};
const SHELF = `guides-${PLAN.edition}`;
const PATIENCE = 8000; // milliseconds until a page that does not come is shown as it was saved
const librarian = self.registration.scope.endsWith("/guides/"); // one of the two fills the shelf and tidies up

self.addEventListener("install", (event) => {
  self.skipWaiting();
  if (librarian) event.waitUntil(fill());
});

self.addEventListener("activate", (event) => {
  if (librarian) event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (PLAN.assets.includes(new URL(request.url).pathname)) event.respondWith(kept(request));
});

async function fill() {
  const shelf = await caches.open(SHELF);
  for (const address of [...PLAN.assets, ...PLAN.pages]) {
    if (!(await shelf.match(address))) await save(shelf, address).catch(() => {}); // what fails is saved when visited
  }
}

async function tidy() {
  const old = (await caches.keys()).filter((name) => name.startsWith("guides-") && name !== SHELF);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function save(shelf, address) {
  const fresh = await fetch(address, { credentials: "omit" });
  if (!fresh.ok) return;
  const headers = new Headers(fresh.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  headers.set("x-saved", new Date().toISOString());
  await shelf.put(address, new Response(await fresh.blob(), { headers }));
}

async function kept(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}

// The shop's own answer first; a saved copy when there is none, or when the shop is in trouble.
async function page(event) {
  const address = new URL(event.request.url);
  address.hash = "";
  let fresh;
  try {
    fresh = await Promise.race([fetch(event.request), late()]);
    if (fresh.status < 500) {
      if (fresh.ok) event.waitUntil(remember(address.href));
      return fresh;
    }
  } catch {
    // no connection
  }
  return (await saved(address)) ?? fresh ?? lost();
}

function late() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE));
}

async function remember(address) {
  const shelf = await caches.open(SHELF);
  if (!(await shelf.match(address))) await save(shelf, address).catch(() => {});
}

// A page with a version in its address that was never read here: the page of today will do.
async function saved(address) {
  const lang = address.searchParams.get("lang") ?? "en";
  const plain = address.pathname + (lang === "en" ? "" : `?lang=${lang}`);
  const copy = (await caches.match(address.href)) ?? (await caches.match(plain));
  return copy && dated(copy, PLAN.notes[lang] ? lang : "en");
}

async function lost() {
  return (await caches.match(PLAN.lost)) ?? Response.error();
}

async function dated(copy, lang) {
  if (!copy.headers.get("content-type")?.startsWith("text/html")) return copy;
  const day = new Intl.DateTimeFormat(lang, { dateStyle: "long" }).format(new Date(copy.headers.get("x-saved")));
  const note = `<p class="notice info saved-copy" role="status" lang="${lang}">${PLAN.notes[lang].replace("{date}", day)}</p>`;
  const words = (await copy.text())
    .replace(/<!--online-->[\s\S]*?<!--\/online-->/g, "")
    .replace(/<main\b[^>]*>/, (open) => open + note);
  return new Response(words, { headers: copy.headers });
}
