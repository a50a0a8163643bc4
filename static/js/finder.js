// The finder: what is chosen stands in the address, the answer comes from the same page that works without scripts.
// A position is asked for on a click only, rounded, sent to this service alone, and never put into the address.

import { excuse, refocus } from "./answer.js";
import { countDown, expire } from "./countdown.js";
import { keepOffline, offline, online } from "./offline.js";

const DECIMALS = 3; // of a degree, about 100 m
const STALE = 300_000; // milliseconds after which an answer about now is asked for again
const RETRY = 10_000; // milliseconds after which a lost connection is tried again
const SLOW = 500; // milliseconds after which a wait is told
const HIGH = 0.7; // of the window's height, above which an answer is seen well enough without scrolling
const WIDE = matchMedia("(min-width: 60rem)");

const form = document.getElementById("dotaz");
const field = document.getElementById("misto");
const mapBox = document.getElementById("mapa");
const texts = JSON.parse(mapBox.dataset.texts);
const status = document.getElementById("stav");
let results = document.getElementById("vysledky");
let point = form.elements.bod.disabled ? null : { bod: form.elements.bod.value, own: false };
let chosen = { typed: field.value, obec: new URLSearchParams(location.search).get("obec") };
let asked = new AbortController();
let map = null;
let again = 0;
let mine = null; // one's own position, for the way back and forth; it is gone with the page
let shown = location.search;
let search = 0; // the latest one, so that a position found too late is not taken

/** Says `words` to who listens; with `seen` below the question too, since the answer may lie out of sight. */
function say(words, seen = false) {
  status.textContent = words;
  status.classList.toggle("hidden", !seen);
}

/** What is asked, as the parameters of the page; `pocet` is how many places are wanted. */
function question(pocet = "") {
  const given = new FormData(form);
  const query = new URLSearchParams();
  const put = (name, value) => value && query.set(name, value);
  const typed = field.value.trim();
  put("lang", given.get("lang"));
  put("embed", given.get("embed"));
  if (typed && chosen.obec && typed === chosen.typed) put("obec", chosen.obec);
  else if (typed) put("misto", typed);
  else put("bod", point?.bod);
  put("druh", given.getAll("druh").join(","));
  put("otevreno", given.get("otevreno"));
  put("kdy", given.get("kdy"));
  put("pocet", pocet);
  return query;
}

/** The address of this page with a question; one's own position is left out unless it is `shared`. */
function address(query, shared = false) {
  const kept = new URLSearchParams(query);
  if (point?.own && !shared) kept.delete("bod");
  const text = kept.toString().replaceAll("%2C", ",");
  return location.pathname + (text && `?${text}`);
}

/** Asks, shows the answer and puts the question into the address. */
async function look({ pocet = "", focus = false } = {}) {
  search += 1;
  const query = question(pocet);
  history.pushState({ own: point?.own ?? false }, "", address(query));
  shown = location.search;
  const slow = setTimeout(say, SLOW, texts.updating, true);
  const page = await answer(query, true);
  clearTimeout(slow);
  if (!page && status.textContent === texts.updating) say(""); // another question has taken its place
  if (page && focus) toResults(page);
}

/** The page with the answer to `query`, once it is shown; null where there is none. `said`: it is announced. */
async function answer(query, said) {
  asked.abort();
  clearTimeout(again);
  asked = new AbortController();
  const { signal } = asked;
  results.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(`${location.pathname}?${query}`, { signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    show(page, response.ok, said);
    online();
    return page;
  } catch (error) {
    if (error.name !== "AbortError") fail(said);
    return null;
  }
}

function show(page, right, said) {
  const found = right ? page.getElementById("vysledky") : excuse(page, results);
  const open = [...results.querySelectorAll(".service details[open]")].map((details) => details.closest(".service").id);
  const focused = results.contains(document.activeElement) ? document.activeElement : null;
  const place = focused && { card: focused.closest(".service")?.id, label: focused.getAttribute("aria-label"), text: focused.textContent };
  results.replaceWith(found);
  results = found;
  for (const id of open) document.getElementById(id)?.querySelector("details").setAttribute("open", "");
  if (place) refocus(results, place);
  if (point?.own && right) document.getElementById("seznam").textContent = texts.nearest_here;
  for (const id of ["kdy-slovy", "stav-z", "upresneni"]) document.getElementById(id).textContent = page.getElementById(id)?.textContent ?? "";
  if (!point?.own) document.querySelector(".languages")?.replaceWith(page.querySelector(".languages"));
  if (said) say(results.dataset.said);
  enliven();
}

function fail(said) {
  results.removeAttribute("aria-busy");
  offline(results, texts.expired);
  clearTimeout(again);
  again = setTimeout(() => answer(question(), false), RETRY);
  if (said) say(texts.offline_failed, true);
}

/** What scripts add to an answer: buttons, the countdown, the map in step. */
function enliven() {
  countDown(results, texts, () => answer(question(), false));
  results.querySelector(".copy-link")?.toggleAttribute("hidden", !navigator.clipboard);
  map?.update(results, texts);
  if (document.body.hasAttribute("data-stored")) expire(results, texts.expired);
}

/** Leads to the answer, with the question folded as `page` has it: so the numbers to call stay in sight with it. */
function toResults(page) {
  const asking = page.getElementById("dotaz");
  if (asking) {
    form.className = asking.className;
    form.querySelector(".refine").open = asking.querySelector(".refine").open;
  }
  const heading = document.getElementById("seznam");
  scrollTo(0, 0);
  if (heading.getBoundingClientRect().top > innerHeight * HIGH) heading.scrollIntoView({ block: "start" });
  heading.focus({ preventScroll: true });
}

function locate() {
  search += 1;
  const wanted = search;
  say(texts.locating, true);
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    if (wanted !== search) return;
    mine = `${coords.longitude.toFixed(DECIMALS)},${coords.latitude.toFixed(DECIMALS)}`;
    field.value = "";
    point = { bod: mine, own: true };
    look({ focus: true });
  }, () => {
    if (wanted !== search) return;
    say(texts.denied, true);
    field.focus();
  }, { timeout: 15_000, maximumAge: 60_000 });
}

async function copyLink(button) {
  const link = new URL(address(question(), true), location.href).href;
  await navigator.clipboard.writeText(link);
  button.textContent = point?.own ? texts.copied_here : texts.copied;
  say(button.textContent);
}

/** The map, loaded when it is first wanted. */
async function theMap() {
  mapBox.classList.add("shown");
  const { openMap } = await import("./finder-map.js");
  map ??= await openMap(mapBox, (lon, lat) => {
    field.value = "";
    point = { bod: `${lon.toFixed(5)},${lat.toFixed(5)}`, own: false };
    look();
  });
  map.update(results, texts);
  return map;
}

async function onClick({ target }) {
  const pressed = target.closest("button, a");
  if (!pressed || !results.contains(pressed)) return;
  if (pressed.matches(".copy-link")) copyLink(pressed);
  else if (pressed.matches(".to-map")) (await theMap()).focus();
  else if (pressed.matches(".on-map")) (await theMap()).point(pressed.closest(".service").id, pressed);
}

/** Puts the controls where `page` has them, after a step back or forth. */
function controlsOf(page) {
  const other = page.getElementById("dotaz");
  for (const control of form.querySelectorAll("input[name=druh], input[name=otevreno]")) {
    control.checked = other.querySelector(`[name="${control.name}"][value="${control.value}"]`).checked;
  }
  field.value = other.querySelector("#misto").getAttribute("value");
  form.elements.kdy.value = other.querySelector("#kdy").getAttribute("value");
  chosen = { typed: field.value, obec: new URLSearchParams(location.search).get("obec") };
}

async function back({ state }) {
  if (location.search === shown && !state?.own && !point?.own) return; // only the place in the page has changed
  shown = location.search;
  const query = new URLSearchParams(location.search);
  point = state?.own && mine ? { bod: mine, own: true } : query.get("bod") ? { bod: query.get("bod"), own: false } : null;
  if (point?.own) query.set("bod", mine);
  try {
    const response = await fetch(`${location.pathname}?${query}`, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (response.ok) controlsOf(page);
    show(page, response.ok, true);
  } catch {
    fail(true);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  look({ focus: true });
});
form.addEventListener("change", ({ target }) => target !== field && look());
field.addEventListener("input", () => field.value && (point = null));
form.addEventListener("place-chosen", ({ detail: { properties } }) => {
  chosen = { typed: properties.label, obec: properties.kind === "obec" ? properties.code : null };
  point = null;
  look({ focus: true });
});
document.addEventListener("click", onClick);
addEventListener("popstate", back);
addEventListener("online", () => answer(question(), false));
document.addEventListener("visibilitychange", () => {
  const age = Date.now() - Number(results.dataset.received ?? Date.now());
  if (!document.hidden && results.dataset.live && age > 60_000) answer(question(), false);
});
setInterval(() => !document.hidden && results.dataset.live && answer(question(), false), STALE);
addEventListener("beforeprint", () => (document.getElementById("adresa").textContent = location.href));
for (const [event, open] of [["beforeprint", true], ["afterprint", false]]) {
  addEventListener(event, () => results.querySelectorAll("details").forEach((details) => (details.open = open)));
}

const here = document.getElementById("kde-jsem");
here.hidden = !("geolocation" in navigator);
here.addEventListener("click", locate);
history.replaceState({ own: false }, "");
document.body.dataset.live = "";
enliven();
keepOffline(form.dataset.worker, results, texts);
if (WIDE.matches) {
  mapBox.querySelector(".map").setAttribute("aria-busy", "true");
  const soon = window.requestIdleCallback ?? setTimeout;
  addEventListener("load", () => soon(theMap), { once: true });
  if (document.readyState === "complete") soon(theMap);
}
