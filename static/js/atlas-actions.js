// The panels above the map: one at a time, closed by Escape or by going elsewhere. What is taken away is asked for when
// its panel opens, so that it is of what is shown then.

import { fillParts } from "./atlas-words.js";
import { copying } from "./clipboard.js";
import { load } from "./loading.js";

const part = (id) => document.getElementById(id);

/** Wires the panels; `address.query` is what the page shows. */
export function wirePanels(address) {
  const panels = [...document.querySelectorAll("details[name=panel]")];
  for (const panel of panels) {
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || !panel.open) return;
      panel.open = false;
      panel.querySelector("summary").focus();
      event.stopPropagation();
    });
    panel.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !panel.contains(relatedTarget) && close(panel));
  }
  document.addEventListener("pointerdown", ({ target }) => panels.forEach((panel) => !panel.contains(target) && close(panel)));
  const taken = part("odnest");
  if (!taken) return;
  for (const panel of taken.querySelectorAll("details[name=panel]")) panel.addEventListener("toggle", () => panel.open && refresh(taken.dataset.source, address));
  copying(part("odkaz"), part("odkaz-kopirovat"));
}

/** A panel that lies over others goes away; in a sheet it stays. */
function close(panel) {
  if (!panel.closest(":popover-open")) panel.open = false;
}

async function refresh(source, { query }) {
  query.delete("embed");
  part("odkaz").value = location.href.replace(/([?&])embed=1&?/, "$1");
  const { stazeni, citace } = await load(`${source}?${query}`);
  fillParts({ stazeni, citace });
}
