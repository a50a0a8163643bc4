// Fetching and saying what happens.

/** The words of the page with `%s` filled in. */
export function say(portal, key, value = "") {
  return portal.words[key].replace("%s", value);
}

/** Writes into the page's status line, which screen readers announce. */
export function announce(text) {
  document.getElementById("stav").textContent = text;
}

/** Marks the map as not yet drawn, or as drawn, for whoever can't see it. */
export function busy(portal, whether) {
  portal.map.getContainer().setAttribute("aria-busy", String(whether));
}

/** The JSON at `url`. Throws on anything but success. */
export async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}
