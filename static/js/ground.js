// What a map is drawn on until its basemap stands, and what lies on that from the start.

import { layBasemap } from "./basemap.js";
import { keepLabels } from "./labels.js";
import { draw } from "./overlay.js";

/** Draws the overlays of the page in their order, with popups where they are neither ground nor what the page is about. */
export async function layOverlays(portal) {
  const { map, overlays } = portal;
  const drawn = await Promise.all(overlays.map((overlay) => draw(portal, overlay, !overlay.ground && !overlay.subject)));
  drawn.forEach((layer) => layer.addTo(map));
  const named = overlays.findIndex((overlay) => overlay.named);
  if (named >= 0) keepLabels(map, drawn[named].features, overlays[named].label);
  const plain = drawn.filter((_, place) => overlays[place].ground);
  layBasemap(portal, { drawn: () => plain.forEach((layer) => layer.remove()) });
}
