// The address of the page says all of what is shown, so that it can be kept, sent and gone back to.

import { read } from "./atlas-form.js";

const AFTER = 60; // ms, so that what is redrawn is painted by then
const VIEW = /^#mapa=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/;

export class Address {
  constructor(form) {
    const page = new URLSearchParams(location.search);
    this.form = form;
    this.kept = { razeni: page.get("razeni") ?? "-hodnota", vrstvy: form.elements.vrstvy.value, vyber: form.elements.vyber.value };
  }

  get query() {
    return read(this.form, this.kept);
  }

  /** Takes over what stands in the address and not in the form, for the way back. */
  restore(query) {
    clearTimeout(this.due);
    this.step = this.due = undefined;
    for (const [name, usual] of [["razeni", "-hodnota"], ["vyber", ""], ["vrstvy", ""]]) this.kept[name] = query.get(name) ?? usual;
  }

  /** Writes the address, as a step back where `step` says so. It costs a browser more than a redraw, so it comes after. */
  write(step) {
    for (const name of ["vrstvy", "vyber"]) this.form.elements[name].value = this.kept[name];
    this.step ||= step;
    this.due ??= setTimeout(() => this.put(), AFTER);
  }

  put() {
    const { query } = this;
    const url = `${location.pathname}${query.size ? `?${query}` : ""}${location.hash}`;
    const other = url !== location.pathname + location.search + location.hash;
    if (other) history[this.step ? "pushState" : "replaceState"](null, "", url);
    this.step = this.due = undefined;
    document.getElementById("adresa").textContent = location.href;
  }

  /** Whether the address says what part of the map is seen. */
  get seen() {
    return VIEW.test(location.hash);
  }

  /** Keeps what part of `map` is seen behind `#`, once a visitor has moved it; opens it as it is said there. */
  follow(map) {
    const [, zoom, lat, lon] = (VIEW.exec(location.hash) ?? []).map(Number);
    if (zoom) map.setView([lat, lon], zoom, { animate: false });
    for (const kind of ["pointerdown", "wheel", "keydown"]) map.getContainer().addEventListener(kind, () => (this.moved = true), { passive: true, capture: true });
    map.on("moveend", () => {
      if (!this.moved) return;
      const { lat: south, lng: east } = map.getCenter();
      history.replaceState(null, "", `#mapa=${map.getZoom()}/${south.toFixed(4)}/${east.toFixed(4)}`);
    });
    return Boolean(zoom);
  }
}
