// Popups and what Leaflet leaves out: focus goes in and comes back, Escape closes, markers say whether they are open.

/** An element with text; text from data never becomes markup. */
export function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** A popup's content: a heading, lines of title and value, links; the last one leads to the hub, if none of them does. */
export function content(title, facts, links) {
  const box = element("div", "", { tabindex: "-1" });
  box.append(element("h3", title));
  for (const [name, value] of facts) {
    const line = element("p");
    line.append(element("span", `${name}: `, { class: "quiet" }), document.createTextNode(value));
    box.append(line);
  }
  for (const [text, url] of [...links, ...home(links)]) {
    const line = element("p");
    line.append(element("a", text, { href: url }));
    box.append(line);
  }
  return box;
}

/** The hub as the frame of the page names it, where none of `links` leads there. */
function home(links) {
  const hub = document.querySelector("a.hub");
  if (!hub || links.some(([, url]) => url.startsWith(hub.href))) return [];
  return [[hub.lastChild.textContent.trim(), hub.href]];
}

/** The link that reports a mistake at the thing called `name`, as an entry of `links`; none where nobody reads it. */
export function reports(portal, name) {
  if (!portal.report) return [];
  const here = new URLSearchParams(location.search);
  here.delete("embed");
  const page = (location.pathname + (here.size ? `?${here}` : "")).slice(0, 500);
  const query = new URLSearchParams({ misto: String(name).slice(0, 200), stranka: page });
  return [[portal.words.report, `${portal.report}${portal.report.includes("?") ? "&" : "?"}${query}`]];
}

/** The element of the marker that a popup belongs to, or of the group that stands for it on the map. */
function standing({ _source: source }) {
  return (source?.group ?? source)?.getElement?.();
}

/** Makes the popups of a map usable by keyboard. */
export function makeAccessible(map, closeWord) {
  let before = null;
  map.on("popupopen", ({ popup }) => {
    const box = popup.getElement();
    before = document.activeElement;
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", box.querySelector("h3")?.textContent ?? "");
    box.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", closeWord);
    standing(popup)?.setAttribute("aria-expanded", "true");
    box.querySelector("[tabindex]")?.focus({ preventScroll: true });
  });
  map.on("popupclose", ({ popup }) => {
    const marker = standing(popup);
    if (marker?.hasAttribute("aria-expanded")) marker.setAttribute("aria-expanded", "false");
    const lost = document.activeElement === document.body; // a popup that closes without fading is gone by now
    if (lost || popup.getElement()?.contains(document.activeElement)) (marker?.matches("[tabindex]") ? marker : before)?.focus?.();
    before = null;
  });
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
  });
}
