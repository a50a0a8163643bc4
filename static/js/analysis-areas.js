// The map on which an area is drawn, by pointer or by keyboard. What is drawn stands as text in the form's field, which
// alone is sent and which can be written by hand.

import { layOverlays } from "./ground.js";
import { announce, busy, say } from "./loading.js";
import { colour } from "./symbols.js";

const { portal } = window;
const { map } = portal;
const box = document.getElementById("kresleni");
const field = document.getElementById("oblast");
const [undo, clear] = ["odebrat", "smazat"].map((id) => document.getElementById(id));
const texts = JSON.parse(box.dataset.texts);
const DECIMALS = 5; // of a degree: a metre
const KM_PER_DEGREE = 111.2;
const PAIR = /^\s*(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)\s*$/;

const line = () => ({ color: colour("ink"), weight: 3, fillColor: colour("ink"), fillOpacity: 0.12, interactive: false });
const asked = L.layerGroup().addTo(map);
const drawn = L.layerGroup().addTo(map);
const corners = []; // Leaflet positions
const shape = L.polygon([], line()).addTo(map);

function words(key, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), texts[key]);
}

function add(latlng) {
  corners.push(latlng);
  changed(words("corner", { number: corners.length }));
}

function remove() {
  corners.pop();
  changed(corners.length ? words("removed", { number: corners.length }) : words("cleared"));
}

function empty() {
  corners.length = 0;
  changed(words("cleared"));
}

/** Shows the corners, writes them into the field and says what happened. */
function changed(said) {
  asked.clearLayers();
  show();
  field.value = corners.map(({ lng, lat }) => `${lng.toFixed(DECIMALS)},${lat.toFixed(DECIMALS)}`).join("; ");
  if (corners.length) leavePlace();
  const more = corners.length > 2 ? words("area", { km2: km2() }) : corners.length ? words("too_few") : "";
  announce(`${said} ${more}`.trim());
}

function show() {
  drawn.clearLayers();
  shape.setLatLngs(corners);
  corners.forEach((corner, place) => handle(corner, place).addTo(drawn));
  undo.disabled = clear.disabled = !corners.length;
}

/** A corner that can be dragged; by keyboard it is removed and set again, so it takes no stop of its own. */
function handle(corner, place) {
  const icon = L.divIcon({ className: "corner", html: `<span>${place + 1}</span>`, iconSize: [28, 28] });
  const made = L.marker(corner, { icon, draggable: true, keyboard: false });
  made.on("drag", ({ latlng }) => {
    corners[place] = latlng;
    shape.setLatLngs(corners);
  });
  made.on("dragend", () => changed(words("corners", { number: corners.length })));
  return made;
}

/** Square kilometres, good enough to see whether the area is of the size that was meant. */
function km2() {
  const narrow = Math.cos((corners[0].lat * Math.PI) / 180);
  const turns = corners.map((one, place) => {
    const next = corners[(place + 1) % corners.length];
    return one.lng * next.lat - next.lng * one.lat;
  });
  const size = (Math.abs(turns.reduce((sum, turn) => sum + turn, 0)) / 2) * narrow * KM_PER_DEGREE ** 2;
  return new Intl.NumberFormat(portal.language, { maximumSignificantDigits: 3 }).format(size);
}

/** An area and a place can't be asked for at once: what was done last counts. */
function leavePlace() {
  document.getElementById("misto").value = "";
  box.closest("form").querySelector("[name=bod]")?.remove();
}

/** Takes the corners over from the field; other forms of an area are left to the server. */
function read() {
  const pairs = field.value.split(";").filter((part) => part.trim()).map((part) => part.match(PAIR));
  corners.length = 0;
  if (pairs.every(Boolean)) corners.push(...pairs.map(([, lng, lat]) => L.latLng(Number(lat), Number(lng))));
  asked.clearLayers();
  show();
}

function press(event) {
  if (event.target !== map.getContainer()) return;
  const done = { Enter: () => add(map.getCenter()), Backspace: remove, Delete: empty }[event.key];
  if (!done || (event.key !== "Enter" && !corners.length)) return;
  event.preventDefault();
  done();
}

function showAsked() {
  asked.clearLayers();
  const held = L.geoJSON(JSON.parse(box.dataset.shape), { style: line });
  if (!held.getBounds().isValid()) return;
  if (!corners.length) held.addTo(asked);
  map.fitBounds(held.getBounds().pad(0.3), { animate: false });
}

/** Loads the map when it is first seen; what was laid out while it was hidden has no size. */
function unfold() {
  if (!box.open) return;
  map.invalidateSize({ animate: false });
  if (box.dataset.shape) showAsked();
  if (portal.canvas) return;
  portal.canvas = L.canvas();
  busy(portal, true);
  layOverlays(portal)
    .catch(() => announce(say(portal, "failed", document.querySelector("h1").textContent)))
    .finally(() => busy(portal, false));
}

map.on("click", ({ latlng }) => add(latlng));
map.doubleClickZoom.disable(); // the second of two quick corners
map.getContainer().addEventListener("keydown", press);
map.getContainer().setAttribute("aria-describedby", "kresleni-jak");
undo.addEventListener("click", remove);
clear.addEventListener("click", empty);
field.addEventListener("change", read);
box.closest("form").addEventListener("place-chosen", empty);
document.getElementById("misto").addEventListener("input", () => corners.length && empty());
box.addEventListener("toggle", unfold);
read();
unfold();
