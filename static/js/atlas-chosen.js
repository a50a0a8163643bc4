// The chosen units: what each has now, and how they went on in time, as a picture and a table.

import { unitPage } from "./atlas-units.js";
import { sign, tick, ticks, timeLine } from "./atlas-charts.js";
import { element, reports } from "./popup.js";

const SVG = "http://www.w3.org/2000/svg";

/** Fills `box` for the `chosen` units; `remove(unit)` lets one go. */
export function drawChosen(box, { portal, words, state, first, chosen, remove }) {
  document.getElementById("vybrane-rada").hidden = chosen.length > 0;
  if (!chosen.length) {
    box.replaceChildren();
    return;
  }
  const { units } = state;
  const list = element("ul", "", { class: "chosen-list" });
  chosen.forEach((unit, series) => list.append(entry({ portal, words, state, first, unit, series, remove })));
  box.replaceChildren(list);
  const { periods, values } = first.pane;
  if (periods.length < 2) return;
  const series = chosen.map((unit) => ({ name: units.names[unit], values: values.map((row) => row[unit]) }));
  const known = series.flatMap((one) => one.values).filter((value) => value !== null);
  const steps = known.length ? ticks(Math.min(...known), Math.max(...known)) : [0, 1];
  const label = words.time.replace("{title}", `${first.pane.title} (${first.pane.unit})`);
  box.append(timeLine({ periods, series, format: tick(portal.language, steps), label }), table(first, periods, series, label, words));
}

function entry({ portal, words, state, first, unit, series, remove }) {
  const line = element("li");
  const key = document.createElementNS(SVG, "svg");
  key.setAttribute("viewBox", "0 0 16 16");
  key.setAttribute("class", "series-key");
  key.setAttribute("aria-hidden", "true");
  key.append(sign(series, 8, 8));
  const name = state.units.names[unit];
  const page = unitPage(portal, state.level, state.units.codes[unit]);
  const heading = page ? element("a", name, { href: page }) : element("span", name);
  const told = element("p", "", { class: "small" });
  told.append([first.told(unit), ...first.lines(unit, state, words)].join(" · "));
  for (const [text, url] of reports(portal, name)) told.append(" · ", element("a", text, { href: url }));
  const button = element("button", "×", { type: "button", class: "plain drop", "aria-label": words.remove.replace("{name}", name) });
  button.addEventListener("click", () => remove(unit));
  const body = element("div");
  body.append(heading, told);
  line.append(key, body, button);
  return line;
}

function table(first, periods, series, label, words) {
  const box = element("div", "", { class: "scroll", tabindex: "0", role: "group", "aria-label": label });
  const made = element("table", "", { class: "small" });
  made.createCaption().textContent = label;
  const head = made.createTHead().insertRow();
  head.append(element("th", words.unit, { scope: "col" }), ...periods.map((period) => element("th", period, { scope: "col", class: "number" })));
  const body = made.createTBody();
  for (const { name, values } of series) {
    const row = body.insertRow();
    row.append(element("th", name, { scope: "row" }), ...values.map((value) => element("td", value === null ? "" : first.number(value), { class: "number" })));
  }
  box.append(made);
  return box;
}
