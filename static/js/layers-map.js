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

async function show(overlay, box) {
  announce(say(portal, "loading", overlay.title));
  try {
    if (!drawn.has(overlay.id)) drawn.set(overlay.id, await draw(portal, overlay));
  } catch {
    box.checked = false;
    announce(say(portal, "failed", overlay.title));
    return;
  }
  if (!box.checked) return; // unticked while it was loading
  drawn.get(overlay.id).addTo(portal.map);
  if (overlay.named && !named) {
    named = true;
    keepLabels(portal.map, drawn.get(overlay.id).features, overlay.label);
  }
  stack(portal.map);
  announce(say(portal, "shown", overlay.title));
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

for (const overlay of portal.overlays) {
  const box = document.querySelector(`[data-layer="${overlay.id}"]`);
  box.addEventListener("change", () => {
    remember();
    if (box.checked) show(overlay, box);
    else hide(overlay);
  });
}

busy(portal, true);
const shown = portal.overlays.map((overlay) => [overlay, document.querySelector(`[data-layer="${overlay.id}"]`)]);
Promise.all(shown.filter(([, box]) => box.checked).map(([overlay, box]) => show(overlay, box))).then(() => {
  busy(portal, false);
  layBasemap(portal);
});
