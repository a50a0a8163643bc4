// The map of a layer's page or of some of its features; ground for orientation and what the page is about can't be clicked.

import { gather } from "./clusters.js";
import { layOverlays } from "./ground.js";
import { announce, busy, say } from "./loading.js";
import { makeAccessible } from "./popup.js";

const { portal } = window;
const { map } = portal;

portal.canvas = L.canvas({ tolerance: 6 });
makeAccessible(map, portal.words.close);
gather(map, portal.words.several);
busy(portal, true);
layOverlays(portal)
  .catch(() => announce(say(portal, "failed", document.querySelector("h1").textContent)))
  .finally(() => busy(portal, false));
