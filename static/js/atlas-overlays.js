// Layers above the coloured map, each as opaque as its slider says.

import { gather } from "./clusters.js";
import { announce, say } from "./loading.js";
import { draw, stack } from "./overlay.js";

/** Wires the boxes of the page to `portal.map`; `changed(text)` gets the layers that are on as the address writes them. */
export function layOverlays(portal, changed) {
  const drawn = new Map();
  gather(portal.map, portal.words.several);
  const pane = portal.map.createPane("over");
  pane.style.zIndex = 420;
  portal.canvas = L.svg({ pane: "over" });
  const boxes = portal.overlays.map((overlay) => [overlay, document.querySelector(`[data-layer="${overlay.id}"]`), document.querySelector(`[data-opacity="${overlay.id}"]`)]);
  const written = () => boxes.filter(([, box]) => box.checked).map(([{ id }, , { value }]) => (value === "100" ? id : `${id}:${value}`)).join(",");

  function fade(layer, share) {
    layer.eachLayer((one) => (one.setOpacity ? one.setOpacity(share) : one.setStyle({ opacity: share, fillOpacity: one.options.fillOpacity && 0.35 * share })));
  }

  async function show(overlay, box, slider) {
    slider.disabled = !box.checked;
    if (!box.checked) {
      drawn.get(overlay.id)?.remove();
      return;
    }
    try {
      if (!drawn.has(overlay.id)) drawn.set(overlay.id, await draw(portal, overlay));
    } catch {
      box.checked = false;
      slider.disabled = true;
      announce(say(portal, "failed", overlay.title));
      return;
    }
    if (!box.checked) return;
    drawn.get(overlay.id).addTo(portal.map);
    fade(drawn.get(overlay.id), slider.value / 100);
    stack(portal.map);
    announce(say(portal, "shown", overlay.title));
  }

  for (const [overlay, box, slider] of boxes) {
    box.addEventListener("change", () => {
      show(overlay, box, slider);
      changed(written());
    });
    slider.addEventListener("input", () => drawn.has(overlay.id) && fade(drawn.get(overlay.id), slider.value / 100));
    slider.addEventListener("change", () => changed(written()));
    if (box.checked) show(overlay, box, slider);
  }
}
