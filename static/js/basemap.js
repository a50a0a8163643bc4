// The basemap of a map: our own vector tiles, drawn by MapLibre GL in the look of the page. It comes after the map's own
// content, never before it, and where it can't be drawn the map stays as it was.

import { element } from "./popup.js";

const VENDOR = new URL("../vendor/", import.meta.url);
const LOOKS = [["contrast", matchMedia("(prefers-contrast: more)")], ["dark", matchMedia("(prefers-color-scheme: dark)")]];

/**
 * Lays the basemap of `portal` under its content, or with `over` as lines and names over coloured areas. `drawn` is
 * called once it stands there, to take away what it replaces. The map's element then says in `data-basemap` whether it
 * is "drawn" or "absent".
 */
export async function layBasemap(portal, { over = false, drawn = () => {} } = {}) {
  offer(portal);
  const stands = await draw(portal, over).catch(() => false);
  portal.map.getContainer().dataset.basemap = stands ? "drawn" : "absent";
  if (stands) drawn();
}

async function draw(portal, over) {
  const { map, basemap } = portal;
  if (!basemap.styles.light || navigator.connection?.saveData || !drawsGl()) return false;
  await import(new URL("maplibre-gl-leaflet/leaflet-maplibre-gl.js", await library()));
  const layer = L.maplibreGL({
    style: styleOf(basemap, over),
    pane: over ? pane(map) : "tilePane",
    fadeDuration: still() ? 0 : 300,
    attributionControl: { customAttribution: "" }, // said below, source by source, so that none is said twice
  });
  portal.basemapLayer = layer;
  const wear = () => layer.getMaplibreMap()?.setStyle(styleOf(basemap, over));
  if (!over) for (const [, query] of LOOKS) query.addEventListener("change", wear);
  if (!over) document.addEventListener("look", wear);
  return show(map, layer);
}

/**
 * The same once a visitor moves or zooms the map: where the list is what people come for, the first view must not cost
 * them the 0.4 MB of a renderer, which is more than all else of the page together. Gives what lays it at once.
 */
export function layBasemapWhenUsed(portal, options) {
  offer(portal);
  const container = portal.map.getContainer();
  let used = false;
  const lay = () => {
    if (!used) layBasemap(portal, options);
    used = true;
  };
  portal.map.once("dragstart", lay);
  container.addEventListener("wheel", lay, { once: true, passive: true });
  container.querySelector(".leaflet-control-zoom").addEventListener("click", lay, { once: true, capture: true }); // Leaflet stops it there
  return lay;
}

function show(map, layer) {
  return new Promise((resolve) => {
    layer.addTo(map);
    const gl = layer.getMaplibreMap();
    const container = layer.getContainer();
    hideFromReaders(container);
    container.style.visibility = "hidden"; // until it is whole: its names would stand among those that it replaces
    const fail = () => {
      gl.off("idle", stand);
      layer.remove();
      resolve(false);
    };
    const stand = () => {
      gl.off("error", fail);
      container.style.visibility = "";
      said(gl).forEach((source) => map.attributionControl.addAttribution(source));
      resolve(true);
    };
    gl.once("error", fail);
    gl.once("idle", stand);
    map.on("unload", () => layer.remove());
  });
}

/** Whom the tiles name. */
function said(gl) {
  const sources = Object.keys(gl.getStyle().sources).map((name) => gl.getSource(name).attribution ?? "");
  return sources.flatMap((names) => names.split("; "));
}

/** The library's folder, once its parts are where the binding looks for them. */
async function library() {
  window.maplibregl ??= await import(new URL("maplibre-gl/maplibre-gl.mjs", VENDOR));
  return VENDOR;
}

function styleOf({ styles }, over) {
  if (over) return new URL(styles.over, location.href).href;
  const { look: chosen = "auto" } = document.documentElement.dataset;
  const look = chosen === "auto" ? (LOOKS.find(([, query]) => query.matches)?.[0] ?? "light") : chosen;
  return new URL(styles[look], location.href).href;
}

function drawsGl() {
  const gl = document.createElement("canvas").getContext("webgl2");
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return gl !== null;
}

function still() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** A pane above areas, circles and layers, whose names would be hidden by them; below markers and popups. */
function pane(map) {
  const made = map.getPane("basemap-over") ?? map.createPane("basemap-over");
  made.style.zIndex = 440;
  made.style.pointerEvents = "none";
  return "basemap-over";
}

/** What the picture shows, the page also says in words; a second region called "Map" would only be in the way. */
function hideFromReaders(container) {
  container.setAttribute("aria-hidden", "true");
  for (const part of container.querySelectorAll("[tabindex], [role]")) {
    part.removeAttribute("tabindex");
    part.removeAttribute("role");
    part.removeAttribute("aria-label");
  }
}

/** The choice between our own map and those that the region allows besides. Nothing of these is loaded unchosen. */
function offer(portal) {
  const { map, basemap } = portal;
  if (!basemap.external.length || portal.choice) return;
  const own = L.layerGroup().addTo(map);
  portal.choice = L.control.layers({ [text(basemap.title)]: own }, {}, { position: "topright", collapsed: false });
  for (const one of basemap.external) portal.choice.addBaseLayer(pictures(one), text(one.title));
  portal.choice.addTo(map);
  map.on("baselayerchange", ({ layer }) => map.getContainer().classList.toggle("has-pictures", layer !== own));
}

function pictures({ url, attribution, link, zooms: [minZoom, maxNativeZoom], logo, logo_link: home }) {
  const layer = L.tileLayer(url, { minZoom, maxNativeZoom, attribution: element("a", attribution, { href: link }).outerHTML });
  if (!logo) return layer;
  const mark = L.control({ position: "bottomleft" });
  mark.onAdd = () => {
    const anchor = element("a", "", { href: home, class: "map-logo" });
    anchor.append(element("img", "", { src: logo, alt: attribution, height: 32 }));
    return anchor;
  };
  return layer.on("add", () => mark.addTo(layer._map)).on("remove", () => mark.remove());
}

function text(words) {
  return element("span", words).innerHTML;
}
