// Layers above the coloured maps, each as opaque as its slider says.

import { gather } from "./clusters.js";
import { announce, say } from "./loading.js";
import { draw, stack } from "./overlay.js";

export class Overlays {
  /** Wires the boxes of the page; `changed(text)` gets the layers that are on as the address writes them. */
  constructor(portal, changed) {
    Object.assign(this, { portal, changed, grounds: [] });
    this.boxes = portal.overlays.map((overlay) => [overlay, document.querySelector(`[data-layer="${overlay.id}"]`), document.querySelector(`[data-opacity="${overlay.id}"]`)]);
    for (const [overlay, box, slider] of this.boxes) {
      box.addEventListener("change", () => {
        slider.disabled = !box.checked;
        this.show(overlay, box, slider);
        changed(this.written);
      });
      slider.addEventListener("input", () => this.fade(overlay, slider));
      slider.addEventListener("change", () => changed(this.written));
    }
  }

  get written() {
    return this.boxes.filter(([, box]) => box.checked).map(([{ id }, , { value }]) => (value === "100" ? id : `${id}:${value}`)).join(",");
  }

  /** Lays what is on over one more map. */
  lay(map) {
    const pane = map.createPane("over");
    pane.style.zIndex = 420;
    gather(map, this.portal.words.several);
    this.grounds.push({ portal: { ...this.portal, map, canvas: L.svg({ pane: "over" }) }, drawn: new Map() });
    for (const one of this.boxes) if (one[1].checked) this.show(...one);
  }

  /** Puts the boxes as the address has them, for the way back. */
  restore(written) {
    const wanted = new Map(written.split(",").filter(Boolean).map((one) => one.split(":")));
    for (const [overlay, box, slider] of this.boxes) {
      const value = wanted.get(overlay.id) ?? "100";
      if (box.checked === wanted.has(overlay.id) && slider.value === value) continue;
      Object.assign(slider, { value, disabled: !wanted.has(overlay.id) });
      box.checked = wanted.has(overlay.id);
      this.show(overlay, box, slider);
    }
  }

  async show(overlay, box, slider) {
    for (const { portal, drawn } of this.grounds) {
      if (!box.checked) {
        drawn.get(overlay.id)?.remove();
        continue;
      }
      try {
        if (!drawn.has(overlay.id)) drawn.set(overlay.id, await draw(portal, overlay));
      } catch {
        box.checked = false;
        slider.disabled = true;
        document.getElementById("stav").className = "warning";
        announce(say(portal, "failed", overlay.title));
        return;
      }
      if (!box.checked) return;
      drawn.get(overlay.id).addTo(portal.map);
      stack(portal.map);
    }
    this.fade(overlay, slider);
    if (box.checked) announce(say(this.portal, "shown", overlay.title));
  }

  fade({ id }, { value }) {
    const share = value / 100;
    for (const { drawn } of this.grounds) {
      drawn.get(id)?.eachLayer((one) => (one.setOpacity ? one.setOpacity(share) : one.setStyle({ opacity: share, fillOpacity: one.options.fillOpacity && 0.35 * share })));
    }
  }
}
