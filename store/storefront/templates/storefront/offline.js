// Service worker: caches guides and inserts for reading without a connection. Its scopes are /guides/ and /inserts/ (of one language) only,
// and it fetches what it caches without cookies, so that no personal data, cart or price is ever cached.
const PLAN = {{ plan }};
const CACHES = `guides-${PLAN.language}-`; // each language has its own
const CACHE_NAME = CACHES + PLAN.edition;
const TIMEOUT_MS = 8000; // after that the cached copy of a page is shown
const ownsCache = self.registration.scope.endsWith("/guides/"); // one of the two workers fills and cleans the cache

self.addEventListener("install", (event) => {
  self.skipWaiting();
  if (ownsCache) event.waitUntil(precache());
});

self.addEventListener("activate", (event) => {
  if (ownsCache) event.waitUntil(deleteOldCaches());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(networkFirst(event));
  else if (PLAN.assets.includes(new URL(request.url).pathname)) event.respondWith(cacheFirst(request));
});

async function precache() {
  const cache = await caches.open(CACHE_NAME);
  for (const address of [...PLAN.assets, ...PLAN.pages]) {
    if (!(await cache.match(address))) await save(cache, address).catch(() => {}); // what fails here is saved when visited
  }
}

async function deleteOldCaches() {
  const oldNames = (await caches.keys()).filter((name) => name.startsWith(CACHES) && name !== CACHE_NAME);
  await Promise.all(oldNames.map((name) => caches.delete(name)));
}

async function save(cache, address) {
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) return;
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  headers.set("x-saved", new Date().toISOString());
  await cache.put(address, new Response(await response.blob(), { headers }));
}

async function cacheFirst(request) {
  return (await caches.match(request.url)) ?? fetch(request);
}

// The network first; the cached copy when there is no response in time, or a status of 500 and above.
async function networkFirst(event) {
  const address = new URL(event.request.url);
  address.hash = "";
  let response;
  try {
    response = await Promise.race([fetch(event.request), timeout()]);
    if (response.status < 500) {
      if (response.ok) event.waitUntil(saveOnce(address.href));
      return response;
    }
  } catch {
    // no connection
  }
  return (await findCopy(address)) ?? response ?? offlinePage();
}

function timeout() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("timeout")), TIMEOUT_MS));
}

async function saveOnce(address) {
  const cache = await caches.open(CACHE_NAME);
  if (!(await cache.match(address))) await save(cache, address).catch(() => {});
}

// A URL with another query (such as the version of a printed insert) falls back to the plain page.
async function findCopy(address) {
  const lang = address.searchParams.get("lang") ?? "en"; // in the address of a printed code
  const plain = lang === "en" ? address.pathname : `/${lang}${address.pathname}`;
  const copy = (await caches.match(address.href)) ?? (await caches.match(plain));
  return copy && withSavedNote(copy);
}

async function offlinePage() {
  return (await caches.match(PLAN.offline)) ?? Response.error();
}

async function withSavedNote(copy) {
  if (!copy.headers.get("content-type")?.startsWith("text/html")) return copy;
  const day = new Intl.DateTimeFormat(PLAN.language, { dateStyle: "long" }).format(new Date(copy.headers.get("x-saved")));
  const note = `<p class="notice info saved-copy" role="status" lang="${PLAN.language}">${PLAN.note.replace("{date}", day)}</p>`;
  const html = (await copy.text())
    .replace(/<!--online-->[\s\S]*?<!--\/online-->/g, "")
    .replace(/<main\b[^>]*>/, (open) => open + note);
  return new Response(html, { headers: copy.headers });
}
