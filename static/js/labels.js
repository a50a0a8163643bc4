// Names of places on the map: towns that give their name to larger units first, none over another.

import { element } from "./popup.js";
import { middle } from "./middle.js";

const LINE = 18; // px, height of a name
const LETTER = 8; // px, a generous width of a letter
const FROM = { 1: 11, 2: 9 }; // zoom from which a place that is the seat of so many units is named

/** Keeps the names of `features` (their property `label`) on the map, as many as fit into the view. */
export function keepLabels(map, features, label) {
  const pane = map.createPane("names");
  pane.style.zIndex = 450; // above areas, below markers
  pane.style.pointerEvents = "none";
  pane.setAttribute("aria-hidden", "true");
  const ranked = features.map((feature) => rank(feature, label)).sort((one, other) => other.seats - one.seats || other.area - one.area);
  const group = L.layerGroup().addTo(map);
  const redraw = () => place(map, group, ranked);
  map.on("zoomend moveend resize", redraw);
  redraw();
}

/** A seat of three levels (obec, ORP, okres of one name) comes before a seat of one. */
function rank(feature, label) {
  const name = String(feature.properties[label]);
  const seats = Object.values(feature.properties).filter((value) => value === name).length;
  return { name, seats, ...middle(feature.geometry) };
}

function place(map, group, ranked) {
  group.clearLayers();
  const view = map.getBounds();
  const taken = [];
  for (const { name, seats, lon, lat } of ranked) {
    if (map.getZoom() < FROM[seats]) continue;
    if (!view.contains([lat, lon])) continue;
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    const half = (name.length * LETTER) / 2;
    const box = [x - half, y, x + half, y + LINE];
    if (taken.some(([w, n, e, s]) => box[0] < e && box[2] > w && box[1] < s && box[3] > n)) continue;
    taken.push(box);
    const icon = L.divIcon({ className: "place-name", html: element("span", name), iconSize: [half * 2, LINE], iconAnchor: [half, -12] });
    L.marker([lat, lon], { icon, pane: "names", interactive: false, keyboard: false }).addTo(group);
  }
}
