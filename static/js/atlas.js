// The atlas: asks for values and classes, never for shapes again, and draws them on the map, in the table and beside.

import { wirePanels } from "./atlas-actions.js";
import { Address } from "./atlas-address.js";
import { drawChosen } from "./atlas-chosen.js";
import { scatter } from "./atlas-charts.js";
import { asked, offer, write } from "./atlas-form.js";
import { AtlasMap } from "./atlas-map.js";
import { Overlays } from "./atlas-overlays.js";
import { paint } from "./atlas-paint.js";
import { Player } from "./atlas-player.js";
import { furnish, secondMap } from "./atlas-second.js";
import { Table } from "./atlas-table.js";
import { Values } from "./atlas-units.js";
import { fillParts, heading, writeWords } from "./atlas-words.js";
import { layBasemap } from "./basemap.js";
import { announce, busy, load, say } from "./loading.js";
import { keepLabels } from "./labels.js";
import { fitToPaper } from "./paper.js";
import { makeAccessible } from "./popup.js";

const { portal } = window;
const [theme] = portal.thematic;
const words = JSON.parse(document.getElementById("slova").textContent);
const form = document.getElementById("volby");
const part = (id) => document.getElementById(id);
const MOST = 8;
const LARGE = 1000; // units; the table of so many follows once the map is drawn

let state;
let at = 0;
let first;
let second = null;
let plot = null;
let other = null;
let towns = null;
let filled = [];

makeAccessible(portal.map, portal.words.close);
for (const box of document.querySelectorAll(".no-script")) box.hidden = true;
const address = new Address(form);
const { kept } = address;
const hands = { told: (unit) => tell(unit), chosen: toggle, pointed: (unit) => point(unit, "map") };
const main = new AtlasMap(portal.map, hands);
const table = new Table(part("srovnani"), words, { chosen: (unit) => toggle(unit, true), pointed: (unit) => point(unit, "table"), sorted });
const player = new Player(words, (place, playing) => move(place, playing));
const overlays = new Overlays(portal, (written) => {
  kept.vrstvy = written;
  address.write(true);
});
wirePanels(address);
fitToPaper(() => (state?.view === "vedle" && other ? [portal.map, other.map] : [portal.map]));

function tell(unit) {
  const lines = [`${first.pane.title}: ${first.told(unit)}`, ...first.lines(unit, state, words)];
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
  select();
  address.write(true);
  announce([state.units.names[unit], first.told(unit), ...first.lines(unit, state, words)].join(", "));
}

function select() {
  const units = chosen();
  for (const map of maps()) map.select(units);
  table.select(units);
  drawChosen(part("vybrane-obsah"), { portal, words, state, first, chosen: units, remove: (unit) => toggle(unit) });
  drawScatter(units);
}

function point(unit, from) {
  const here = unit === null || unit < 0 ? [] : [unit];
  if (from !== "table") table.point(here[0] ?? null);
  for (const map of maps()) if (from !== "map") map.ring("pointed", here);
  plot?.mark(here);
}

function maps() {
  return state?.view === "vedle" && other ? [main, other] : [main];
}

function sorted(key) {
  kept.razeni = kept.razeni === `-${key}` || key === "nazev" ? key : `-${key}`;
  address.write(true);
  table.draw(state, first, second, kept.razeni, filled);
  table.select(chosen());
}

function draw() {
  first = new Values(portal, state.panes[0], at);
  const pair = state.pairs[at];
  second = pair ? new Values(portal, state.panes[1], pair.second) : null;
  if (state.view === "dvojrozmerna") filled = paint(main, theme, first, { other: second, pair });
  else filled = paint(main, theme, first, { over: state.view === "kruhy" ? second : null });
  if (state.view === "vedle") paint(other, theme, second);
  writeWords(words, state, { first, second, pair }, maps());
  player.show(first.pane.periods, at);
  form.elements.obdobi.value = first.period;
  if (state.units.codes.length > LARGE) setTimeout(drawRest);
  else drawRest();
}

function drawRest() {
  table.draw(state, first, second, kept.razeni, filled);
  select();
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
  address.write(false);
  if (!playing) announce(words.changed.replace("{title}", first.title));
}

/** The second map stands beside the first while both are wanted. */
async function arrange() {
  const two = state.view === "vedle";
  const turned = two !== part("mapy").classList.contains("two");
  if (!two && !turned) return;
  part("mapy").classList.toggle("two", two);
  const made = two && !other;
  if (made) other = secondMap(portal, hands);
  if (other) other.map.getContainer().parentElement.hidden = !two;
  if (turned || made) {
    portal.map.invalidateSize({ pan: false });
    if (!address.seen) portal.map.fitBounds(main.bounds, { animate: false, padding: [8, 8] });
  }
  if (!two) return;
  other.map.invalidateSize({ pan: false });
  await other.show(state.geometry, state.units.codes);
  if (made) overlays.lay(other.map);
  if (made && towns) furnish(portal, other, towns, state.geometry.label);
}

const held = new Map();
let newest = 0;

/** What the service tells of what the form says. */
async function ask() {
  const url = `${theme.state_url}?${asked(address.query)}`;
  if (!held.has(url)) held.set(url, await load(url));
  return held.get(url);
}

/** Asks for what the form says and shows it. */
async function show(step) {
  const order = (newest += 1);
  player.stop();
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
    if (step !== null) address.write(step);
    part("stav").className = "hidden";
    announce(words.changed.replace("{title}", heading(words, first, second)));
  } catch (error) {
    if (order === newest) part("stav").className = "warning";
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
  address.restore(query);
  overlays.restore(kept.vrstvy);
  show(null);
});

show(null).then(async () => {
  address.follow(portal.map);
  towns = await load(state.geometry.names);
  keepLabels(portal.map, towns.features, state.geometry.label);
  overlays.lay(portal.map);
  layBasemap(portal, { over: true });
  if (other) furnish(portal, other, towns, state.geometry.label);
});
