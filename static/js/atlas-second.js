// The second map beside the first: made when it is first wanted, it moves with the first.

import { AtlasMap } from "./atlas-map.js";
import { layBasemap } from "./basemap.js";
import { keepLabels } from "./labels.js";
import { makeAccessible } from "./popup.js";

/** A map after `portal.map`, with a place for its title. */
export function secondMap(portal, hands) {
  const box = document.getElementById("mapy").appendChild(document.querySelector(".pane").cloneNode(false));
  const title = Object.assign(document.createElement("p"), { className: "map-title" });
  const place = Object.assign(document.createElement("div"), { className: "map" });
  place.setAttribute("role", "region");
  box.append(title, place);
  const map = L.map(place, { ...portal.map.options, center: portal.map.getCenter(), zoom: portal.map.getZoom(), zoomControl: false });
  map.attributionControl.setPrefix(false);
  makeAccessible(map, portal.words.close);
  together(portal.map, map);
  return new AtlasMap(map, hands);
}

/** Names and the basemap over the second map, as the first has them. */
export function furnish(portal, { map }, towns, label) {
  keepLabels(map, towns.features, label);
  layBasemap({ ...portal, map }, { over: true });
}

/** Keeps the views of two maps the same. */
function together(one, other) {
  let moving = false;
  const follow = (leader, follower) => () => {
    if (moving) return;
    moving = true;
    follower.setView(leader.getCenter(), leader.getZoom(), { animate: false });
    moving = false;
  };
  one.on("move", follow(one, other));
  other.on("move", follow(other, one));
}
