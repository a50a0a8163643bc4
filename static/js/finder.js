// The finder: numbered markers equal to the list; a click on the map or one's position sorts the list by distance.
// The position stays in the browser: it is neither sent nor kept.

import { choose, gather } from "./clusters.js";
import { keepLabels } from "./labels.js";
import { announce, busy, say } from "./loading.js";
import { draw, stack } from "./overlay.js";
import { makeAccessible } from "./popup.js";
import { pin } from "./symbols.js";

const { portal } = window;
const { map } = portal;
const results = document.getElementById("vysledky");
const cards = [...results.querySelectorAll(".service")];
const markers = L.layerGroup().addTo(map);
const number = new Intl.NumberFormat(portal.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
let here = null;

function place(card) {
  return [Number(card.dataset.lon), Number(card.dataset.lat)];
}

function mark() {
  markers.clearLayers();
  for (const card of results.querySelectorAll(".service")) {
    const text = card.querySelector(".key").textContent;
    const name = card.querySelector(".name").textContent;
    const marker = pin(place(card), text, card.dataset.colour, `${text}: ${name}`);
    marker.on("click keypress", (event) => event.originalEvent?.key !== "Tab" && point(card, marker));
    marker.addTo(markers);
  }
}

function point(card, marker) {
  choose(markers.getLayers(), marker);
  card.tabIndex = -1;
  card.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  card.focus({ preventScroll: true });
}

function nearestFrom(lat, lon) {
  const from = L.latLng(lat, lon);
  const ranked = cards.map((card) => [from.distanceTo([place(card)[1], place(card)[0]]), card]);
  ranked.sort(([one], [other]) => one - other);
  const list = document.createElement("ol");
  list.className = "services";
  ranked.forEach(([metres, card], position) => {
    card.querySelector(".key").textContent = String(position + 1);
    const distance = card.querySelector(".distance");
    distance.textContent = results.dataset.distance.replace("{distance}", number.format(metres / 1000));
    distance.hidden = false;
    list.append(card);
  });
  results.replaceChildren(list);
  const heading = document.getElementById("seznam");
  heading.textContent = heading.dataset.nearest;
  here?.remove();
  const icon = L.divIcon({ className: "here", html: "", iconSize: [24, 24] });
  here = L.marker([lat, lon], { icon, title: portal.words.here, keyboard: false, interactive: false }).addTo(map);
  mark();
  const [metres, first] = ranked[0];
  announce(say(portal, "nearest", `${first.querySelector(".name").textContent}, ${number.format(metres / 1000)} km`));
}

function locate() {
  const failed = () => announce(portal.words.denied);
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    nearestFrom(coords.latitude, coords.longitude);
    map.setView([coords.latitude, coords.longitude], 12, { animate: false });
  }, failed, { timeout: 15000, maximumAge: 60000 });
}

async function ground() {
  portal.canvas = L.canvas();
  for (const overlay of portal.overlays) {
    const layer = await draw(portal, overlay, false);
    layer.addTo(map);
    stack(map);
    if (overlay.named) keepLabels(map, layer.features, overlay.label);
  }
}

makeAccessible(map, portal.words.close);
gather(map, portal.words.several);
mark();
if (cards.length) map.on("click", ({ latlng }) => nearestFrom(latlng.lat, latlng.lng));
const button = document.getElementById("kde-jsem");
button.hidden = !("geolocation" in navigator);
button.addEventListener("click", locate);
busy(portal, true);
ground()
  .catch(() => announce(say(portal, "failed", document.querySelector("h1").textContent)))
  .finally(() => busy(portal, false));
