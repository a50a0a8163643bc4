// How things look on the map: colours from the stylesheet, markers with a letter or a number.

export const SIZE = 30; // px, across a marker

/** The value of the custom property of a map colour. */
export function colour(name) {
  const style = getComputedStyle(document.documentElement);
  return (style.getPropertyValue(`--map-${name}`) || style.getPropertyValue("--map-layer")).trim();
}

/** A marker with `text` in it. */
export function pin([lon, lat], text, colourName, name) {
  const icon = L.divIcon({ className: "pin", html: "", iconSize: [SIZE, SIZE] });
  const marker = L.marker([lat, lon], { icon, title: name, riseOnHover: true });
  Object.assign(marker, { isPin: true, called: name, colourName });
  marker.on("add", () => {
    const made = marker.getElement();
    made.textContent = text;
    made.dataset.colour = colourName;
    made.setAttribute("aria-label", name);
  });
  return marker;
}
