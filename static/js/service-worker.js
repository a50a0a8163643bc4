// Keeps the finder readable without a connection: its own files, and the last answer with the time it is of.
// An answer always comes from the network where there is one; a kept one is marked, so that it is never taken for fresh.
// VERSION, FINDER (its path) and SHELL (addresses of its files) are written above by the server.

const FILES = `finder-files-${VERSION}`;
const ANSWERS = `finder-answers-${VERSION}`;
const LAST = "last"; // the latest answer, whatever it was asked
const PATIENCE = 8000; // milliseconds for the network where an answer is kept

addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(SHELL.map((url) => new Request(url, { cache: "no-cache" })))));
  skipWaiting();
});

addEventListener("activate", (event) => {
  event.waitUntil(replace().then(() => clients.claim()));
});

addEventListener("message", ({ data }) => fetchAnswer(new Request(data.keep, { headers: { Accept: "text/html" } })).catch(() => null));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname === FINDER) event.respondWith(request.mode === "navigate" ? opened(request) : fetchAnswer(request));
  else if (pathname.includes("/static/")) event.respondWith(file(request));
});

/** Drops what belongs to another version; the last answer is taken over. */
async function replace() {
  const answers = await caches.open(ANSWERS);
  for (const name of await caches.keys()) {
    if (!name.startsWith("finder-") || [FILES, ANSWERS].includes(name)) continue;
    const kept = name.startsWith("finder-answers-") && (await (await caches.open(name)).match(LAST));
    if (kept && !(await answers.match(LAST))) await answers.put(LAST, kept);
    await caches.delete(name);
  }
}

/** A page that is opened: from the network, or the last answer to the same question, or the last of all. */
async function opened(request) {
  const fresh = fetchAnswer(request);
  const cache = await caches.open(ANSWERS);
  const kept = (await cache.match(request)) ?? (await cache.match(LAST));
  if (!kept) return fresh;
  const late = new Promise((done) => setTimeout(done, PATIENCE, null));
  const first = await Promise.race([fresh, late]).catch(() => null);
  return first ?? marked(kept);
}

/** An answer from the network, kept unless it is of a position or an error. */
async function fetchAnswer(request) {
  const response = await fetch(request);
  if (!response.ok || (response.headers.get("Cache-Control") ?? "").includes("no-store")) return response;
  const cache = await caches.open(ANSWERS);
  await Promise.all([cache.put(request.url, response.clone()), cache.put(LAST, response.clone())]);
  await forget(cache);
  return response;
}

/** Leaves the last few answers only. */
async function forget(cache) {
  const keys = await cache.keys();
  await Promise.all(keys.filter(({ url }) => !url.endsWith(`/${LAST}`)).slice(0, -5).map((key) => cache.delete(key)));
}

/** A kept answer that says it is one. */
async function marked(response) {
  const text = (await response.text()).replace("<body", "<body data-stored");
  return new Response(text, { headers: response.headers });
}

/** A file of ours: of this version, so from the cache first. */
async function file(request) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && response.status === 200) await cache.put(request, response.clone());
  return response;
}
