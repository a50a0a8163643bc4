// Markers that would cover each other become one with their number, which stands in their middle. Every other marker
// stays exactly at its place.

import { element } from "./popup.js";
import { SIZE, pin } from "./symbols.js";

/** Keeps the pins of `map` from covering each other, anew at each zoom; `word` says what a group is, `%s` its number. */
export function gather(map, word) {
  const clusters = L.layerGroup().addTo(map);
  let waiting = false;
  const later = () => {
    if (!waiting) requestAnimationFrame(() => arrange(map, clusters, word, () => (waiting = false)));
    waiting = true;
  };
  map.on("zoomend", later);
  map.on("layeradd layerremove", ({ layer }) => layer.isPin && !layer.members && later());
}

/** The marker that stands on the map for `marker`: itself, or the group that it is in. */
function shownFor(marker) {
  return marker.group ?? marker;
}

/** Marks one of `markers` as chosen, also in the group that stands for it; it stays so at other zooms. */
export function choose(markers, chosen) {
  for (const marker of markers) marker.chosen = marker === chosen;
  for (const marker of markers) highlight(shownFor(marker));
}

function highlight(shown) {
  shown.getElement()?.classList.toggle("selected", (shown.members ?? [shown]).some((marker) => marker.chosen));
}

function arrange(map, clusters, word, done) {
  const pins = [];
  map.eachLayer((layer) => layer.isPin && !layer.members && pins.push(layer));
  const holder = [...clusters.getLayers(), ...pins].find((layer) => layer.getElement() === document.activeElement);
  clusters.clearLayers();
  for (const members of groups(map, pins, map.getZoom())) {
    const group = members.length > 1 ? cluster(map, members, word).addTo(clusters) : null;
    for (const marker of members) {
      marker.group = group;
      marker.getElement().hidden = group !== null;
    }
    highlight(group ?? members[0]);
  }
  if (holder) shownFor(holder.members?.[0] ?? holder).getElement()?.focus({ preventScroll: true });
  done();
}

/** The pins by group at a zoom; no two groups have their middles nearer than a marker is wide. */
function groups(map, pins, zoom) {
  const found = [];
  for (const marker of pins) join(found, { members: [marker], at: map.project(marker.getLatLng(), zoom) });
  return found.map((group) => group.members);
}

function join(found, group) {
  const near = found.findIndex((other) => other.at.distanceTo(group.at) < SIZE);
  if (near < 0) {
    found.push(group);
    return;
  }
  const [other] = found.splice(near, 1);
  const [one, two] = [other.members.length, group.members.length];
  const at = other.at.multiplyBy(one).add(group.at.multiplyBy(two)).divideBy(one + two);
  join(found, { members: [...other.members, ...group.members], at }); // its middle has moved and may be near a third
}

function cluster(map, members, word) {
  const colours = new Set(members.map((marker) => marker.colourName));
  const name = `${word.replace("%s", members.length)}: ${members.map((marker) => marker.called).join("; ")}`;
  const { lat, lng } = middle(map, members);
  const made = pin([lng, lat], `${members.length}×`, colours.size === 1 ? [...colours][0] : "mixed", name);
  made.members = members;
  made.on("add", () => made.getElement().classList.add("several"));
  if (groups(map, members, map.getMaxZoom()).length === 1) {
    made.bindPopup(() => list(map, members, word), { minWidth: 220, maxWidth: 320, autoPanPadding: [24, 24] });
    made.on("add", () => made.getElement().setAttribute("aria-expanded", "false"));
    return made;
  }
  const open = () => map.setView(made.getLatLng(), parting(map, members), { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
  made.on("click", open);
  made.on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && open());
  return made;
}

function middle(map, members) {
  const zoom = map.getZoom();
  const places = members.map((marker) => map.project(marker.getLatLng(), zoom));
  return map.unproject(places.reduce((one, other) => one.add(other)).divideBy(places.length), zoom);
}

/** The first whole zoom at which all members stand alone, or the deepest at which all fit into the view. */
function parting(map, members) {
  const fits = map.getBoundsZoom(L.latLngBounds(members.map((marker) => marker.getLatLng())), false, L.point(2 * SIZE, 2 * SIZE));
  const deepest = Math.min(map.getMaxZoom(), Math.max(Math.floor(fits), Math.floor(map.getZoom()) + 1));
  let zoom = Math.floor(map.getZoom()) + 1;
  while (zoom < deepest && groups(map, members, zoom).length < members.length) zoom += 1;
  return zoom;
}

/** The places that no zoom parts, each as a button that does what its own marker would do. */
function list(map, members, word) {
  const box = element("div", "", { tabindex: "-1" });
  box.append(element("h3", word.replace("%s", members.length)));
  for (const marker of members) {
    const line = element("p");
    const button = element("button", marker.called, { type: "button", class: "text" });
    button.addEventListener("click", () => {
      map.closePopup();
      marker.fire("click", { latlng: marker.getLatLng() }, true);
    });
    line.append(button);
    box.append(line);
  }
  return box;
}
