// The atlas: asks for values and classes, never for shapes again, and draws them on the map, in the table and beside.

import { drawChosen } from "./atlas-chosen.js";
import { scatter } from "./atlas-charts.js";
import { asked, offer, read, write } from "./atlas-form.js";
import { AtlasMap, together } from "./atlas-map.js";
import { layOverlays } from "./atlas-overlays.js";
import { Player } from "./atlas-player.js";
import { Table } from "./atlas-table.js";
import { Values } from "./atlas-units.js";
import { layBasemap } from "./basemap.js";
import { announce, busy, load, say } from "./loading.js";
import { keepLabels } from "./labels.js";
import { makeAccessible } from "./popup.js";

const { portal } = window;
const [theme] = portal.thematic;
const words = JSON.parse(document.getElementById("slova").textContent);
const form = document.getElementById("volby");
const part = (id) => document.getElementById(id);
const MOST = 8;
const REST = 400; // ms
const LARGE = 1000; // units; the table of so many follows once the map is drawn

let state;
let at = 0;
let first;
let second = null;
let plot = null;
let settled;
let other = null;
const page = new URLSearchParams(location.search);
const kept = { razeni: page.get("razeni") ?? "-hodnota", vrstvy: form.elements.vrstvy.value, vyber: form.elements.vyber.value };

makeAccessible(portal.map, portal.words.close);
for (const box of document.querySelectorAll(".no-script")) box.hidden = true;
const hands = { told: (unit) => tell(unit), chosen: toggle, pointed: (unit) => point(unit, "map") };
const main = new AtlasMap(portal.map, hands);
const table = new Table(part("srovnani"), words, { chosen: (unit) => toggle(unit, true), pointed: (unit) => point(unit, "table"), sorted });
const player = new Player(words, (place, playing) => move(place, playing));

function tell(unit) {
  const lines = [`${first.pane.title}: ${first.told(unit)}`, ...first.lines(unit, state.units, words)];
  if (second) lines.push(`${second.title}: ${second.told(unit)}`);
  return [state.units.names[unit], lines];
}

function chosen() {
  return kept.vyber.split(",").map((code) => state.units.codes.indexOf(code)).filter((unit) => unit >= 0);
}

function toggle(unit, seek = false) {
  const units = chosen();
  const had = units.includes(unit);
  if (!had && units.length === MOST) {
    announce(words.several);
    return;
  }
  kept.vyber = (had ? units.filter((one) => one !== unit) : [...units, unit]).map((one) => state.units.codes[one]).join(",");
  if (seek && !had) portal.map.panInside(main.layers[unit].getBounds().getCenter(), { padding: [60, 60], animate: false });
  remember(true);
  select();
  announce([state.units.names[unit], first.told(unit), ...first.lines(unit, state.units, words)].join(", "));
}

function select() {
  const units = chosen();
  for (const map of maps()) map.select(units);
  table.select(units);
  drawChosen(part("vybrane-obsah"), { portal, words, state, first, chosen: units, remove: (unit) => toggle(unit) });
  drawScatter(units);
}

function point(unit, from) {
  const here = unit === null || unit < 0 ? null : unit;
  if (from !== "table") table.point(here);
  for (const map of maps()) if (from !== "map") map.ring("pointed", here === null ? [] : [here]);
  plot?.mark(here === null ? [] : [here]);
}

function maps() {
  return state?.view === "vedle" && other ? [main, other] : [main];
}

function sorted(key) {
  if (key === "hodnota") kept.razeni = kept.razeni === "-hodnota" ? "hodnota" : "-hodnota";
  else kept.razeni = "nazev";
  remember(true);
  table.draw(state.units, first, second, kept.razeni, state.level_one);
  table.select(chosen());
}

/** Fills by the class of each unit, by the pair of thirds, or white under circles. */
function fills(values, pair) {
  return state.units.codes.map((_, unit) => {
    const status = values.status(unit);
    const empty = values.values[unit] === null;
    if (pair) {
      const [column, row] = pair.thirds.map((digits) => Number.parseInt(digits[unit], 10));
      const fill = theme.bivariate[row]?.[column];
      return [fill ?? `url(#${empty ? status : second.status(unit)})`, status === "incomplete"];
    }
    if (empty) return [`url(#${status})`, false];
    const mark = values.mark(unit);
    return [Number.isNaN(mark) ? "#ffffff" : values.view.colours[mark], status === "incomplete"];
  });
}

function radii({ values, view }) {
  return values.map((value) => (value ? Math.sign(value) * theme.radius * Math.sqrt(Math.abs(value) / view.largest) : null));
}

function paint(map, values, over, pair) {
  map.fill(fills(values, pair));
  const shown = over ?? (values.pane.measure === "count" ? values : null);
  const look = { colour: over ? theme.circle_over : theme.circle, below: theme.circle_below_zero };
  map.circle(shown ? radii(shown) : [], look);
  map.name();
}

function draw() {
  first = new Values(portal, state.panes[0], at);
  const pair = state.pairs[at];
  second = pair ? new Values(portal, state.panes[1], pair.second) : null;
  paint(main, first, state.view === "kruhy" ? second : null, state.view === "dvojrozmerna" ? pair : null);
  if (state.view === "vedle") paint(other, second, null, null);
  write_words(pair);
  const rest = () => {
    table.draw(state.units, first, second, kept.razeni, state.level_one);
    select();
  };
  if (state.units.codes.length > LARGE) setTimeout(rest);
  else rest();
}

function write_words(pair) {
  const { view, pane } = first;
  document.querySelector("h1").textContent = first.title;
  document.title = document.title.replace(/^.*(?= – )/, first.title);
  part("zjisteni").textContent = view.finding;
  part("legenda").innerHTML = view.legend;
  part("souvislost").hidden = !second;
  part("souvislost-slovy").innerHTML = view.together;
  const titles = document.querySelectorAll(".map-title");
  [first, second].forEach((values, place) => titles[place] && Object.assign(titles[place], { hidden: state.view !== "vedle", textContent: values?.title ?? "" }));
  player.show(pane.periods, at);
  form.elements.obdobi.value = pane.periods[at];
  main.map.getContainer().setAttribute("aria-label", words.first_map.replace("{title}", first.title));
  if (other && second) other.map.getContainer().setAttribute("aria-label", words.second_map.replace("{title}", second.title));
}

function drawScatter(units) {
  plot = null;
  if (!second) {
    part("body").replaceChildren();
    return;
  }
  const label = words.scatter.replace("{first}", first.title).replace("{second}", second.title);
  plot = scatter({ first, second, names: state.units.names, chosen: units, label, language: portal.language, pointed: (unit) => point(unit, "plot"), pressed: toggle });
  part("body").replaceChildren(plot);
}

/** Another period of what is here: nothing is loaded. */
function move(place, playing) {
  at = place;
  draw();
  remember(false);
  if (playing) return;
  announce(words.changed.replace("{title}", first.title));
  clearTimeout(settled);
  settled = setTimeout(settle, REST);
}

/** What leads elsewhere with this period: pictures, citations, downloads. */
async function settle() {
  const found = await ask().catch(() => null);
  if (found && found.panes[0].at === at && found.panes[0].id === state.panes[0].id) fillParts(found.parts);
}

function fillParts(parts) {
  for (const [id, html] of Object.entries(parts)) {
    const box = part(id);
    if (box && box.innerHTML.trim() !== html) box.innerHTML = html;
  }
}

function remember(step) {
  form.elements.vrstvy.value = kept.vrstvy;
  form.elements.vyber.value = kept.vyber;
  const query = read(form, kept);
  const url = `${location.pathname}${query.size ? `?${query}` : ""}`;
  if (step && url !== location.pathname + location.search) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
}

/** The second map stands beside the first while both are wanted. */
async function arrange() {
  const two = state.view === "vedle";
  const turned = two !== part("mapy").classList.contains("two");
  part("mapy").classList.toggle("two", two);
  if (two && !other) {
    const box = part("mapy").appendChild(document.querySelector(".pane").cloneNode(false));
    box.append(Object.assign(document.createElement("p"), { className: "map-title" }), Object.assign(document.createElement("div"), { className: "map" }));
    box.lastElementChild.setAttribute("role", "region");
    const map = L.map(box.lastElementChild, { ...portal.map.options, center: portal.map.getCenter(), zoom: portal.map.getZoom(), zoomControl: false });
    map.attributionControl.setPrefix(false);
    other = new AtlasMap(map, hands);
    together(portal.map, map);
  }
  if (other) other.map.getContainer().parentElement.hidden = !two;
  portal.map.invalidateSize({ pan: false });
  if (turned) portal.map.fitBounds(main.bounds, { animate: false, padding: [8, 8] });
  if (!two) return;
  other.map.invalidateSize({ pan: false });
  await other.show(state.geometry, state.units.codes);
}

const held = new Map();
let newest = 0;

/** What the service tells of what the form says. */
async function ask() {
  const url = `${theme.state_url}?${asked(read(form, kept))}`;
  if (!held.has(url)) held.set(url, await load(url));
  return held.get(url);
}

/** Asks for what the form says and shows it. */
async function show(step) {
  const order = (newest += 1);
  player.stop();
  clearTimeout(settled);
  busy(portal, true);
  try {
    const found = await ask();
    if (order !== newest) return;
    state = found;
    at = state.panes[0].at;
    second = null;
    first = new Values(portal, state.panes[0], at);
    offer(form, state, at);
    fillParts(state.parts);
    await main.show(state.geometry, state.units.codes);
    await arrange();
    if (order !== newest) return;
    draw();
    if (step !== null) remember(step);
    announce(words.changed.replace("{title}", first.title));
  } catch (error) {
    if (order === newest) announce(say(portal, "failed", document.querySelector("h1").textContent));
    throw error;
  } finally {
    if (order === newest) busy(portal, false);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  show(true);
});
form.addEventListener("change", ({ target }) => {
  if (!target.name) return;
  const place = state?.panes[0].periods.indexOf(target.value);
  if (target.name === "obdobi" && place >= 0) move(place, false);
  else if (target.name !== "metoda" || target.value !== "vlastni" || form.elements.hranice.value) show(true);
  else offer(form, state, at);
});
form.addEventListener("place-chosen", ({ detail }) => {
  form.elements.ukazatel.value = detail.properties.code;
  show(true);
});
addEventListener("popstate", () => {
  const query = new URLSearchParams(location.search);
  write(form, query);
  Object.assign(kept, { razeni: query.get("razeni") ?? "-hodnota", vyber: query.get("vyber") ?? "" });
  show(null);
});

show(null).then(async () => {
  const towns = await load(state.geometry.names);
  keepLabels(portal.map, towns.features, state.geometry.label);
  layOverlays(portal, (written) => {
    kept.vrstvy = written;
    remember(true);
  });
  layBasemap(portal, { over: true });
});
