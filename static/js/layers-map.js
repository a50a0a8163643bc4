// The page of layers: checkboxes beside the map turn overlays on and off.

import { layBasemap } from "./basemap.js";
import { gather } from "./clusters.js";
import { keepLabels } from "./labels.js";
import { announce, busy, say } from "./loading.js";
import { draw, stack } from "./overlay.js";
import { makeAccessible } from "./popup.js";

const { portal } = window;
const drawn = new Map();
let named = false;

portal.canvas = L.canvas({ tolerance: 6 });
makeAccessible(portal.map, portal.words.close);
gather(portal.map, portal.words.several);

/** Puts overlays with ticked boxes on the map, and says all of them in one sentence. */
async function show(overlays) {
  if (!overlays.length) return;
  announce(say(portal, "loading", titles(overlays)));
  const done = await Promise.allSettled(overlays.map(put));
  const failed = overlays.filter((_, place) => done[place].status === "rejected");
  for (const overlay of failed) box(overlay).checked = false;
  const standing = overlays.filter((overlay) => box(overlay).checked); // some may have been unticked while they were loading
  if (failed.length) announce(say(portal, "failed", titles(failed)));
  else if (standing.length) announce(say(portal, "shown", titles(standing)));
}

async function put(overlay) {
  if (!drawn.has(overlay.id)) drawn.set(overlay.id, await draw(portal, overlay));
  if (!box(overlay).checked) return;
  drawn.get(overlay.id).addTo(portal.map);
  if (overlay.named && !named) {
    named = true;
    keepLabels(portal.map, drawn.get(overlay.id).features, overlay.label);
  }
  stack(portal.map);
}

function hide(overlay) {
  drawn.get(overlay.id)?.remove();
  announce(say(portal, "hidden", overlay.title));
}

function remember() {
  const on = [...document.querySelectorAll("[data-layer]:checked")].map((box) => box.dataset.layer);
  const url = new URL(location);
  url.searchParams.set("vrstvy", on.join(",") || "zadne");
  history.replaceState(null, "", url);
}

function box(overlay) {
  return document.querySelector(`[data-layer="${overlay.id}"]`);
}

function titles(overlays) {
  return overlays.map((overlay) => overlay.title).join(", ");
}

for (const overlay of portal.overlays) {
  box(overlay).checked = box(overlay).defaultChecked; // not as a browser remembers it: the address says what is shown
  box(overlay).addEventListener("change", () => {
    remember();
    if (box(overlay).checked) show([overlay]);
    else hide(overlay);
  });
}

busy(portal, true);
show(portal.overlays.filter((overlay) => box(overlay).checked)).then(() => {
  busy(portal, false);
  layBasemap(portal);
});
