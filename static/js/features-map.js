// The map of a layer's page or of some of its features; ground for orientation and what the page is about can't be clicked.

import { layBasemap } from "./basemap.js";
import { gather } from "./clusters.js";
import { keepLabels } from "./labels.js";
import { announce, busy, say } from "./loading.js";
import { draw } from "./overlay.js";
import { makeAccessible } from "./popup.js";

const { portal } = window;
const { map } = portal;

async function show() {
  const drawn = await Promise.all(portal.overlays.map((overlay) => draw(portal, overlay, !overlay.ground && !overlay.subject)));
  drawn.forEach((layer) => layer.addTo(map)); // in the order of the list: the ground first
  const named = portal.overlays.findIndex((overlay) => overlay.named);
  if (named >= 0) keepLabels(map, drawn[named].features, portal.overlays[named].label);
  const plain = drawn.filter((_, place) => portal.overlays[place].ground);
  layBasemap(portal, { drawn: () => plain.forEach((layer) => layer.remove()) });
}

portal.canvas = L.canvas({ tolerance: 6 });
makeAccessible(map, portal.words.close);
gather(map, portal.words.several);
busy(portal, true);
show()
  .catch(() => announce(say(portal, "failed", document.querySelector("h1").textContent)))
  .finally(() => busy(portal, false));
