// The atlas: units filled by the server's classes, or circles for counts; the table beside it is the map's twin.

import { announce, busy, load, say } from "./loading.js";
import { keepLabels } from "./labels.js";
import { middle } from "./middle.js";
import { content, element, makeAccessible } from "./popup.js";
import { colour } from "./symbols.js";

const { portal } = window;
const { map } = portal;
const theme = portal.thematic[0];
const number = new Intl.NumberFormat(portal.language, { minimumFractionDigits: theme.decimals, maximumFractionDigits: theme.decimals });
const rows = new Map([...document.querySelectorAll("tr[data-code]")].map((row) => [row.dataset.code, row]));
const line = { color: colour("boundary"), weight: 0.7, opacity: 1 };

makeAccessible(map, portal.words.close);

function fill({ value, status } = { status: "missing" }) {
  if (theme.measure === "count") return { fillColor: "#ffffff", fillOpacity: value === null ? 1 : 0.6, ...(value === null && pattern(status)) };
  if (value === null || value === undefined) return pattern(status);
  const found = theme.uppers.findIndex((upper) => value <= upper);
  const place = found < 0 ? theme.colours.length - 1 : found;
  return { fillColor: theme.colours[place], fillOpacity: 1, dashArray: status === "incomplete" ? "4 3" : null };
}

function pattern(status) {
  return { fillColor: `url(#${status})`, fillOpacity: 1 };
}

function told(unit) {
  if (!unit || unit.value === null) return portal.words[unit?.status ?? "missing"];
  const value = `${number.format(unit.value)} ${theme.unit}`;
  return unit.status === "incomplete" ? `${value} (${portal.words.incomplete})` : value;
}

function circle(layer, unit) {
  const { lon, lat } = middle(layer.feature.geometry);
  const below = unit.value < 0;
  return L.circleMarker([lat, lon], {
    radius: Math.max(2, theme.radius * Math.sqrt(Math.abs(unit.value) / theme.largest)),
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

function join(layer, unit, name) {
  const row = rows.get(unit?.code);
  layer.bindTooltip(() => element("span", `${name}: ${told(unit)}`), { sticky: true, direction: "top" });
  layer.bindPopup(() => content(name, [[document.querySelector("h1").textContent, told(unit)]], []), { maxWidth: 300 });
  layer.on({
    mouseover: () => layer.setStyle({ color: colour("ink"), weight: 2.5 }).bringToFront(),
    mouseout: () => layer.setStyle(line),
    click: () => select(layer, row, false),
  });
  const label = row?.querySelector(".name");
  if (!label) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "text name";
  button.textContent = label.textContent;
  button.addEventListener("click", () => select(layer, row, true));
  label.replaceWith(button);
}

async function outline() {
  if (!theme.outline_url) return;
  const style = { color: colour("boundary"), weight: 1.8, opacity: 1, fill: false };
  L.geoJSON(await load(theme.outline_url), { interactive: false, style }).addTo(map);
}

async function start() {
  const title = document.querySelector("h1").textContent;
  busy(portal, true);
  announce(say(portal, "loading", title));
  try {
    const [collection, table] = await Promise.all([load(theme.units_url), load(theme.values_url)]);
    const values = new Map(table.values.map((unit) => [unit.code, unit]));
    const units = L.geoJSON(collection, {
      attribution: theme.attribution,
      style: (feature) => ({ ...line, ...fill(values.get(String(feature.id))) }),
      onEachFeature: (feature, layer) => join(layer, values.get(String(feature.id)), feature.properties[theme.label]),
    }).addTo(map);
    await outline();
    if (theme.measure === "count") {
      const drawn = units.getLayers().map((layer) => [layer, values.get(String(layer.feature.id))]).filter(([, unit]) => unit?.value);
      drawn.sort(([, one], [, other]) => Math.abs(other.value) - Math.abs(one.value)).forEach(([layer, unit]) => circle(layer, unit).addTo(map));
    }
    const towns = theme.names_url === theme.units_url ? collection : await load(theme.names_url);
    keepLabels(map, towns.features, theme.names_label);
    announce(say(portal, "shown", title));
  } catch {
    announce(say(portal, "failed", title));
  }
  busy(portal, false);
}

start();
