// How things look on the map: colours from the stylesheet, markers with a letter or a number.

const SIZE = 30; // px
const STEPS = [-3, -2, -1, 0, 1, 2, 3];

/** Places beside a marker, the nearest first. */
const BESIDE = STEPS.flatMap((x) => STEPS.map((y) => ({ x: x * SIZE, y: y * SIZE }))).sort(
  (one, other) => Math.hypot(one.x, one.y) - Math.hypot(other.x, other.y),
);

/** The value of the custom property of a map colour. */
export function colour(name) {
  const style = getComputedStyle(document.documentElement);
  return (style.getPropertyValue(`--map-${name}`) || style.getPropertyValue("--map-layer")).trim();
}

/** A marker with `text` in it. */
export function pin([lon, lat], text, colourName, name) {
  const icon = L.divIcon({ className: "pin", html: "", iconSize: [SIZE, SIZE] });
  const marker = L.marker([lat, lon], { icon, title: name, riseOnHover: true });
  marker.on("add", () => {
    const made = marker.getElement();
    made.textContent = text;
    made.dataset.colour = colourName;
    made.setAttribute("aria-label", name);
  });
  return marker;
}

/** Lays markers that would cover each other side by side, anew at each zoom; the first stays at its place. */
export function keepApart(map) {
  let waiting = false;
  const spread = () => {
    waiting = false;
    const taken = [];
    map.eachLayer((layer) => {
      const made = layer.getElement?.();
      if (!made?.classList.contains("pin")) return;
      const { x, y } = map.latLngToLayerPoint(layer.getLatLng());
      const free = (aside) => !taken.some((spot) => Math.max(Math.abs(spot.x - x - aside.x), Math.abs(spot.y - y - aside.y)) < SIZE);
      const aside = BESIDE.find(free) ?? BESIDE[0];
      taken.push({ x: x + aside.x, y: y + aside.y });
      made.style.marginLeft = `${aside.x - SIZE / 2}px`;
      made.style.marginTop = `${aside.y - SIZE / 2}px`;
    });
  };
  map.on("zoomend layeradd layerremove", () => {
    if (!waiting) requestAnimationFrame(spread);
    waiting = true;
  });
}
