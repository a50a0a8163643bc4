// Maps on paper: what is seen of a map on the screen is seen of it on the sheet, which has other measures.

const WIDE = 180; // mm, within the margins of an upright A4
const HIGH = [130, 80]; // mm, of one map and of two

/** Fits the maps that `maps` gives when a page is printed to the sheet, side by side; afterwards they are as before. */
export function fitToPaper(maps) {
  let before = null;
  addEventListener("beforeprint", () => {
    const printed = maps();
    const [leader] = printed;
    const seen = leader.getBounds();
    before ??= [leader.getCenter(), leader.getZoom()];
    for (const map of printed) measure(map, `${WIDE / printed.length}mm`, `${HIGH[printed.length - 1]}mm`);
    leader.fitBounds(seen, { animate: false });
  });
  addEventListener("afterprint", () => {
    const printed = maps();
    for (const map of printed) measure(map, "", "");
    if (before) printed[0].setView(...before, { animate: false });
    before = null;
  });
}

function measure(map, width, height) {
  Object.assign(map.getContainer().style, { width, height });
  map.invalidateSize({ animate: false, pan: false });
}
