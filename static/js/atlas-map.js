// A map of the atlas: shapes stay, what fills them changes. One unit at a time can be reached by keyboard; arrows walk on.

import { element } from "./popup.js";
import { colour } from "./symbols.js";
import { load } from "./loading.js";
import { middle } from "./middle.js";

const SVG = "http://www.w3.org/2000/svg";
const AHEAD = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const DASH = "4 3";

export class AtlasMap {
  /** `told(unit)` gives the heading and the lines of a unit, `chosen(unit)` is called when one is pressed. */
  constructor(map, { told, chosen, pointed }) {
    Object.assign(this, { map, told, chosen, pointed, layers: [], circles: [], selected: [] });
    this.tip = L.tooltip({ direction: "auto", offset: [14, 0], sticky: true, className: "atlas-tip" });
    const pane = map.createPane("circles");
    pane.style.zIndex = 430; // above areas and layers, below the names of the basemap
    pane.style.pointerEvents = "none";
    this.circleRenderer = L.svg({ pane: "circles" });
    map.on("zoomend moveend viewreset", () => requestAnimationFrame(() => this.refresh())); // the shapes move first
  }

  /** Puts the shapes of a level on the map, in the order of `codes`; keeps those that are there. */
  async show({ units, outline, attribution }, codes) {
    if (this.shown === units) return false;
    const [collection, above] = await Promise.all([load(units), outline && load(outline)]);
    this.group?.remove();
    this.circleGroup?.remove();
    const places = new Map(codes.map((code, place) => [code, place]));
    const line = { color: colour("boundary"), weight: codes.length > 1000 ? 0.3 : 0.7, opacity: 1, fillOpacity: 1, fillColor: "#ffffff" };
    this.layers = new Array(codes.length);
    this.group = L.layerGroup().addTo(this.map);
    const shapes = L.geoJSON(collection, { attribution, style: line, onEachFeature: (feature, layer) => this.take(layer, places.get(String(feature.id))) });
    shapes.addTo(this.group);
    this.bounds = shapes.getBounds();
    if (above) L.geoJSON(above, { interactive: false, style: { color: colour("boundary"), weight: 1.8, opacity: 1, fill: false } }).addTo(this.group);
    this.fills = new Array(codes.length).fill("#ffffff|");
    this.circles = new Array(codes.length);
    this.circleGroup = L.layerGroup().addTo(this.map);
    this.shown = units;
    this.collection = collection;
    this.rings = null;
    this.reach(this.largest());
    return true;
  }

  take(layer, unit) {
    if (unit === undefined) return;
    this.layers[unit] = layer;
    layer.on({
      mouseover: () => this.point(unit),
      mousemove: ({ latlng }) => this.tip.setLatLng(latlng),
      mouseout: () => this.point(null),
      click: () => this.chosen(unit),
      add: () => this.listen(layer.getElement(), unit),
    });
  }

  listen(path, unit) {
    path.addEventListener("keydown", (event) => this.press(event, unit));
    path.addEventListener("focus", () => path.matches(":focus-visible") && this.point(unit, true));
    path.addEventListener("blur", () => this.point(null));
  }

  /** Fills each unit: pairs of a fill and whether its line is broken. */
  fill(pairs) {
    pairs.forEach(([fill, broken], unit) => {
      const key = `${fill}|${broken ? DASH : ""}`;
      const layer = this.layers[unit];
      if (!layer || this.fills[unit] === key) return;
      this.fills[unit] = key;
      const path = layer.getElement();
      layer.options.fillColor = fill;
      path.setAttribute("fill", fill);
      if (broken) path.setAttribute("stroke-dasharray", DASH);
      else path.removeAttribute("stroke-dasharray");
    });
  }

  /** Draws a circle for each unit with a value, the small ones above the large. `radii` are null where there is none. */
  circle(radii, look) {
    this.circleGroup.clearLayers();
    const order = radii.map((radius, unit) => [radius, unit]).filter(([radius, unit]) => radius !== null && this.layers[unit]);
    order.sort(([one], [other]) => Math.abs(other) - Math.abs(one));
    for (const [radius, unit] of order) {
      const below = radius < 0;
      const { lon, lat } = middle(this.layers[unit].feature.geometry);
      L.circleMarker([lat, lon], {
        renderer: this.circleRenderer,
        pane: "circles",
        interactive: false,
        radius: Math.max(2, Math.abs(radius)),
        color: below ? look.below : "#ffffff",
        weight: below ? 2 : 1,
        dashArray: below ? DASH : null,
        fillColor: below ? "#ffffff" : look.colour,
        fillOpacity: 0.75,
      }).addTo(this.circleGroup);
    }
  }

  /** Shows what is told of a unit; by keyboard at its middle, by pointer where that is. */
  point(unit, byKey = false) {
    this.current = unit;
    this.ring("pointed", unit === null ? [] : [unit], byKey);
    this.pointed(unit);
    if (unit === null) {
      this.tip.remove();
      return;
    }
    const [heading, lines] = this.told(unit);
    const box = element("div");
    box.append(element("strong", heading), ...lines.map((line) => element("span", line)));
    this.tip.setContent(box);
    if (byKey || !this.tip.getLatLng()) this.tip.setLatLng(this.layers[unit].getBounds().getCenter());
    this.map.openTooltip(this.tip);
  }

  select(units) {
    this.selected = units;
    this.ring("chosen", units);
    for (const [unit, layer] of this.layers.entries()) if (layer?.getElement()?.hasAttribute("aria-pressed")) layer.getElement().setAttribute("aria-pressed", String(units.includes(unit)));
  }

  refresh() {
    this.ring("chosen", this.selected);
    if (this.current !== undefined && this.current !== null) this.ring("pointed", [this.current]);
  }

  /** Outlines above all shapes, so that no shape has to move and lose the focus. */
  ring(name, units, strong = false) {
    const root = this.layers.find(Boolean)?.getElement()?.closest("svg");
    if (!root) return;
    this.rings ??= {};
    const group = (this.rings[name] ??= root.appendChild(document.createElementNS(SVG, "g")));
    root.append(group);
    group.setAttribute("class", `ring ${name}${strong ? " strong" : ""}`);
    group.setAttribute("aria-hidden", "true");
    group.replaceChildren(...units.filter((unit) => this.layers[unit]).flatMap((unit) => {
      const shape = this.layers[unit].getElement().getAttribute("d");
      return ["outer", "inner"].map((part) => {
        const path = document.createElementNS(SVG, "path");
        path.setAttribute("d", shape);
        path.setAttribute("class", part);
        return path;
      });
    }));
  }

  largest() {
    const sizes = this.layers.map((layer) => middle(layer.feature.geometry).area);
    return sizes.indexOf(Math.max(...sizes.filter((size) => size !== undefined)));
  }

  /** Makes `unit` the one that Tab leads to. */
  reach(unit) {
    const before = this.layers[this.reached]?.getElement();
    for (const name of ["tabindex", "role", "aria-label", "aria-pressed"]) before?.removeAttribute(name);
    this.reached = unit;
    this.name();
  }

  name() {
    const path = this.layers[this.reached]?.getElement();
    if (!path) return;
    const [heading, lines] = this.told(this.reached);
    const said = { tabindex: "0", role: "button", "aria-label": [heading, ...lines].join(", "), "aria-pressed": String(this.selected.includes(this.reached)) };
    for (const [name, value] of Object.entries(said)) path.setAttribute(name, value);
  }

  press(event, unit) {
    if (event.key === "Escape") this.point(null);
    if (["Enter", " "].includes(event.key)) this.chosen(unit);
    const next = AHEAD[event.key] && this.neighbour(unit, AHEAD[event.key]);
    if (!AHEAD[event.key] && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (next === undefined) return;
    this.reach(next);
    const layer = this.layers[next];
    this.map.panInside(layer.getBounds().getCenter(), { padding: [40, 40], animate: false });
    layer.getElement().focus({ preventScroll: true });
    this.point(next, true);
  }

  /** The nearest unit in a direction: along it counts once, aside twice. */
  neighbour(unit, [dx, dy]) {
    const at = (layer) => this.map.latLngToLayerPoint(layer.getBounds().getCenter());
    const from = at(this.layers[unit]);
    let [best, found] = [Infinity, undefined];
    this.layers.forEach((layer, other) => {
      if (other === unit || !layer) return;
      const to = at(layer);
      const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
      const aside = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
      if (along <= 0 || aside > 2 * along || along + 2 * aside >= best) return;
      [best, found] = [along + 2 * aside, other];
    });
    return found;
  }
}
