// A user's own table on the map: units filled by the server's classes, or circles for counts; the table is its twin.

import { layBasemap } from "./basemap.js";
import { copying } from "./clipboard.js";
import { keepLabels } from "./labels.js";
import { announce, busy, load, say } from "./loading.js";
import { middle } from "./middle.js";
import { content, element, makeAccessible } from "./popup.js";
import { colour } from "./symbols.js";

const { portal } = window;
const { map } = portal;
const theme = JSON.parse(document.getElementById("hodnoty").textContent);
const title = document.querySelector("h1").textContent;
const number = new Intl.NumberFormat(portal.language, { minimumFractionDigits: theme?.decimals, maximumFractionDigits: theme?.decimals });
const rows = new Map([...document.querySelectorAll("tr[data-code]")].map((row) => [row.dataset.code, row]));
const line = { color: colour("boundary"), weight: 0.7, opacity: 1 };

makeAccessible(map, portal.words.close);

function fill({ value, status }) {
  if (value === null) return { fillColor: `url(#${status})`, fillOpacity: 1 };
  if (theme.measure === "count") return { fillColor: "#ffffff", fillOpacity: 1 };
  const found = theme.uppers.findIndex((upper) => value <= upper);
  return { fillColor: theme.colours[found < 0 ? theme.colours.length - 1 : found], fillOpacity: 1 };
}

function told({ value, status }) {
  return value === null ? portal.words[status] : `${number.format(value)} ${theme.unit}`.trim();
}

function circle(layer, { value }) {
  const { lon, lat } = middle(layer.feature.geometry);
  const below = value < 0;
  return L.circleMarker([lat, lon], {
    radius: Math.max(2, theme.radius * Math.sqrt(Math.abs(value) / theme.largest)),
    color: below ? theme.circle_below_zero : "#ffffff",
    weight: below ? 2 : 1,
    dashArray: below ? "4 3" : null,
    fillColor: below ? "#ffffff" : theme.circle,
    fillOpacity: 0.75,
    interactive: false,
  });
}

function select(layer, row, zoom) {
  document.querySelector("tr.selected")?.classList.remove("selected");
  row?.classList.add("selected");
  if (zoom) map.fitBounds(layer.getBounds(), { maxZoom: 12, animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  layer.openPopup();
}

function join(layer, code, unit) {
  const [row, name] = [rows.get(code), theme.names[code]];
  layer.bindTooltip(() => element("span", `${name}: ${told(unit)}`), { sticky: true, direction: "top" });
  layer.bindPopup(() => content(name, [[title, told(unit)]], []), { maxWidth: 300 });
  layer.on({
    mouseover: () => layer.setStyle({ color: colour("ink"), weight: 2.5 }).bringToFront(),
    mouseout: () => layer.setStyle(line),
    click: () => select(layer, row, false),
  });
  const label = row?.querySelector(".name");
  if (!label) return;
  const button = element("button", label.textContent, { type: "button", class: "text name" });
  button.addEventListener("click", () => select(layer, row, true));
  label.replaceWith(button);
}

async function draw() {
  const values = new Map(theme.values.map(([code, value, status]) => [code, { value, status }]));
  const collection = await load(theme.units_url);
  const units = L.geoJSON(collection, {
    attribution: theme.attribution,
    style: (feature) => ({ ...line, ...fill(values.get(String(feature.id))) }),
    onEachFeature: (feature, layer) => join(layer, String(feature.id), values.get(String(feature.id))),
  }).addTo(map);
  if (theme.outline_url) {
    const style = { color: colour("boundary"), weight: 1.8, opacity: 1, fill: false };
    L.geoJSON(await load(theme.outline_url), { interactive: false, style }).addTo(map);
  }
  if (theme.measure === "count") {
    const drawn = units.getLayers().map((layer) => [layer, values.get(String(layer.feature.id))]).filter(([, unit]) => unit.value);
    drawn.sort(([, one], [, other]) => Math.abs(other.value) - Math.abs(one.value)).forEach(([layer, unit]) => circle(layer, unit).addTo(map));
  }
  const towns = theme.names_url === theme.units_url ? collection : await load(theme.names_url);
  keepLabels(map, towns.features, theme.names_label);
  announce(say(portal, "shown", title));
  layBasemap(portal, { over: true });
}

function keepLink() {
  const [button, field] = [document.getElementById("kopie"), document.getElementById("odkaz")];
  if (button) copying(field, button);
}

keepLink();
if (theme) {
  busy(portal, true);
  announce(say(portal, "loading", title));
  draw()
    .catch(() => announce(say(portal, "failed", title)))
    .finally(() => busy(portal, false));
}
