// The map of the finder: numbered markers equal to the list; a click on it chooses the place to look from.

import { layBasemapWhenUsed } from "./basemap.js";
import { choose, gather } from "./clusters.js";
import { keepLabels } from "./labels.js";
import { busy } from "./loading.js";
import { draw, stack } from "./overlay.js";
import { content, makeAccessible } from "./popup.js";
import { pin } from "./symbols.js";

const NEAR = 12; // the zoom at which the map still tells something without its basemap
const CLOSE = 15; // the zoom at which one place is looked at

/** Opens the map in `box`; `pressed` is told the longitude and latitude of clicks. */
export async function openMap(box, pressed) {
  const element = box.querySelector(".map");
  element.setAttribute("aria-busy", "true");
  await build(box.querySelector("template"));
  const made = new FinderMap(window.portal, element);
  made.map.on("click", ({ latlng }) => pressed(latlng.lng, latlng.lat));
  ground(window.portal, made).catch(() => null).finally(() => busy(window.portal, false));
  return made;
}

/** Loads the parts of a map's shell, one after the other. */
async function build({ content: shell }) {
  for (const part of shell.children) {
    const made = document.createElement(part.localName);
    for (const { name, value } of part.attributes) made.setAttribute(name, value);
    made.textContent = part.textContent;
    const loaded = made.src || made.href ? new Promise((done, fail) => Object.assign(made, { onload: done, onerror: fail })) : null;
    if (made.href) document.head.prepend(made); // before our own styles, which decide
    else document.head.append(made);
    await loaded;
  }
}

async function ground(portal, made) {
  portal.canvas = L.canvas();
  const plain = [];
  made.used = layBasemapWhenUsed(portal, { drawn: () => plain.forEach((layer) => layer.remove()) });
  for (const overlay of portal.overlays) {
    const layer = await draw(portal, overlay, false);
    plain.push(layer.addTo(portal.map));
    stack(portal.map);
    if (overlay.named) keepLabels(portal.map, layer.features, overlay.label);
  }
}

class FinderMap {
  constructor(portal, element) {
    this.map = portal.map;
    this.words = portal.words;
    this.element = element;
    this.whole = this.map.getBounds();
    this.markers = new Map();
    this.layer = L.layerGroup().addTo(this.map);
    this.here = null;
    this.opener = null;
    this.used = () => {}; // lays the basemap
    makeAccessible(this.map, this.words.close);
    gather(this.map, this.words.several);
    this.map.on("popupclose", () => {
      this.chosen("");
      this.opener?.focus();
      this.opener = null;
    });
  }

  /** Shows the places of the list and where it is looked from. */
  update(results, texts) {
    this.layer.clearLayers();
    this.markers.clear();
    for (const card of results.querySelectorAll(".service")) this.mark(card, texts);
    const { lon, lat } = results.dataset;
    if (this.from === `${lon} ${lat}`) return;
    this.from = `${lon} ${lat}`;
    this.here?.remove();
    this.here = null;
    if (!lon) return void this.map.fitBounds(this.whole, { animate: false });
    const icon = L.divIcon({ className: "here", html: "", iconSize: [24, 24] });
    this.here = L.marker([lat, lon], { icon, title: this.words.here, keyboard: false, interactive: false }).addTo(this.map);
    const near = [...results.querySelectorAll(".service")].slice(0, 3).map(({ dataset }) => [dataset.lat, dataset.lon]);
    this.map.fitBounds(L.latLngBounds([[lat, lon], ...near]), { animate: false, maxZoom: NEAR, padding: [48, 48] });
  }

  mark(card, texts) {
    const number = card.querySelector(".key").textContent;
    const name = card.querySelector(".name").textContent;
    const marker = pin([Number(card.dataset.lon), Number(card.dataset.lat)], number, card.dataset.colour, `${number}: ${name}`);
    marker.bindPopup(() => told(card, texts), { minWidth: 220, maxWidth: 300, autoPanPadding: [24, 24] });
    marker.on("add", () => marker.getElement().setAttribute("aria-expanded", "false"));
    marker.on("popupopen", () => {
      this.chosen(card.id);
      card.scrollIntoView({ block: "nearest", behavior: "instant" });
    });
    this.markers.set(card.id, marker.addTo(this.layer));
  }

  /** Marks the card and the marker of a place; of none with an empty id. */
  chosen(id) {
    document.querySelectorAll(".service[aria-current]").forEach((card) => card.removeAttribute("aria-current"));
    document.getElementById(id)?.setAttribute("aria-current", "true");
    choose([...this.markers.values()], this.markers.get(id));
  }

  /** Opens the place with this id; the focus comes back to `opener`. */
  point(id, opener) {
    const marker = this.markers.get(id);
    this.element.scrollIntoView({ block: "nearest", behavior: "instant" });
    this.map.setView(marker.getLatLng(), CLOSE, { animate: false });
    this.used();
    marker.openPopup();
    this.opener = opener;
  }

  focus() {
    this.map.invalidateSize();
    this.element.scrollIntoView({ block: "start", behavior: "instant" });
    this.element.focus({ preventScroll: true });
  }
}

/** The popup of a place: what stands on its card, in short. */
function told(card, texts) {
  const lines = [".kind", ".state", ".way"].map((part) => card.querySelector(part)?.textContent.trim()).filter(Boolean);
  const call = card.querySelector("a[href^='tel:']");
  const links = [[texts.details, `#${card.id}`], ...(call ? [[call.textContent, call.href]] : [])];
  const box = content(`${card.querySelector(".key").textContent} ${card.querySelector(".name").textContent}`, [], links.reverse());
  const heading = box.querySelector("h3");
  for (const line of lines.reverse()) heading.after(Object.assign(document.createElement("p"), { textContent: line }));
  return box;
}
