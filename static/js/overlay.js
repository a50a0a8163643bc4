// One overlay of the map: loaded when first wanted, drawn as its card says, with popups.

import { load } from "./loading.js";
import { content, reports } from "./popup.js";
import { colour, pin } from "./symbols.js";

/** The Leaflet layer of an overlay; `popups` is false where the page has its own list of the features. */
export async function draw(portal, overlay, popups = true) {
  const collection = await load(overlay.url);
  const layer = L.geoJSON(collection, {
    attribution: overlay.attribution,
    renderer: portal.canvas,
    interactive: popups,
    style: () => shape(overlay),
    pointToLayer: marker(overlay),
  });
  layer.features = collection.features ?? [collection];
  if (popups) layer.bindPopup((part) => describe(portal, overlay, part.feature), { minWidth: 220, maxWidth: 320, autoPanPadding: [24, 24] });
  layer.order = overlay.order;
  return layer;
}

function shape({ geometry, colour: name, width, order }) {
  const stroke = colour(name);
  if (geometry === "line") return { color: stroke, weight: width, opacity: 0.9 };
  const filled = order < 40; // boundaries are lines to look through, water and forests are areas
  return { color: stroke, weight: width, opacity: 1, fillColor: stroke, fillOpacity: filled ? 0.35 : 0 };
}

function marker(overlay) {
  return (feature) => {
    const place = feature.geometry.coordinates;
    const name = feature.properties[overlay.label] ?? overlay.title;
    const made = pin(place, overlay.letter || "•", overlay.colour, `${overlay.title}: ${name}`);
    made.on("add", () => made.getElement().setAttribute("aria-expanded", "false"));
    return made;
  };
}

function describe(portal, overlay, feature) {
  const properties = feature.properties;
  const facts = overlay.fields
    .filter(([field]) => ![null, undefined, ""].includes(properties[field]))
    .map(([field, title]) => [title, String(properties[field])]);
  const links = [[portal.words.feature, sameLanguage(`${overlay.items_url}/${encodeURIComponent(feature.id)}`)]];
  if (overlay.hub) links.push([portal.words.dataset, overlay.hub]);
  const name = properties[overlay.label] ?? overlay.title;
  links.push(...reports(portal, name));
  return content(name, [["", overlay.title], ...facts].filter(([title]) => title), links);
}

/** An address of ours in the language and frame of this page. */
function sameLanguage(path) {
  const kept = [...new URLSearchParams(location.search)].filter(([name]) => ["lang", "embed"].includes(name));
  return kept.length ? `${path}?${new URLSearchParams(kept)}` : path;
}

/** Puts the layers that are on above each other in their order. */
export function stack(map) {
  const layers = [];
  map.eachLayer((layer) => layer.order !== undefined && layers.push(layer));
  layers.sort((one, other) => one.order - other.order).forEach((layer) => layer.bringToFront());
}
