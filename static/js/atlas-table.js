// The table beside the map: the same units, the same order everywhere, made anew when values change.

import { unitPage } from "./atlas-units.js";

const SVG = "http://www.w3.org/2000/svg";
const MOST = 500; // rows at first; the rest come when they are asked for
const ARROWS = { ascending: "↑", descending: "↓" };

export class Table {
  /** `chosen(unit)` is called for a unit that is pressed, `pointed(unit)` for one under the pointer or the focus. */
  constructor(table, words, { chosen, pointed, sorted }) {
    Object.assign(this, { table, words, chosen, pointed, body: table.tBodies[0], heads: table.tHead.rows[0], rows: [] });
    this.more = Object.assign(document.createElement("button"), { type: "button", className: "plain", hidden: true });
    this.more.addEventListener("click", () => {
      this.whole = true;
      this.place();
    });
    table.after(this.more);
    this.body.addEventListener("click", ({ target }) => !target.closest("a") && this.unit(target) !== null && chosen(this.unit(target)));
    for (const kind of ["mouseover", "focusin"]) this.body.addEventListener(kind, ({ target }) => pointed(this.unit(target)));
    for (const kind of ["mouseleave", "focusout"]) this.body.addEventListener(kind, () => pointed(null));
    this.heads.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-sort]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      sorted(link.dataset.sort);
    });
  }

  unit(target) {
    return target.closest("tr")?.unit ?? null;
  }

  /** `fills` are what units are filled with on the map. */
  draw({ units, level, level_one: title }, first, second, order, fills) {
    Object.assign(this, { units, level, first, second, fills });
    if (this.codes !== units.codes.join()) {
      Object.assign(this, { codes: units.codes.join(), rows: [], whole: units.codes.length <= MOST });
      this.body.replaceChildren();
    }
    this.table.caption.textContent = first.title + (second ? `; ${this.words.second_is.replace("{title}", second.title)}` : "");
    this.head(units, first, second, order, title);
    this.order = this.sort(units, order.endsWith("druha") && second ? second : first, order);
    this.place();
  }

  /** Puts the rows that are shown into their order. */
  place() {
    const shown = this.whole ? this.order : this.order.slice(0, MOST);
    this.more.hidden = this.whole;
    this.more.textContent = this.words.all.replace("{count}", this.order.length.toLocaleString(this.first.portal.language));
    const rows = shown.map((unit) => this.row(unit));
    if (rows.length !== this.body.rows.length || rows.some((row, place) => this.body.rows[place] !== row)) this.body.replaceChildren(...rows);
    this.select(this.selected ?? []);
  }

  row(unit) {
    this.rows[unit] ??= this.make(unit);
    this.write(this.rows[unit], unit, this.first, this.second);
    return this.rows[unit];
  }

  make(unit) {
    const row = document.createElement("tr");
    row.dataset.code = this.units.codes[unit];
    row.unit = unit;
    const [rank, name, value, second] = ["td", "th", "td", "td"].map((kind) => row.appendChild(document.createElement(kind)));
    rank.className = "number quiet";
    name.scope = "row";
    value.className = second.className = "number";
    const called = this.units.names[unit];
    const button = Object.assign(document.createElement("button"), { type: "button", className: "pick" });
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", this.words.choose.replace("{name}", called));
    button.append(swatch());
    const page = unitPage(this.first.portal, this.level, this.units.codes[unit]);
    const link = document.createElement(page ? "a" : "span");
    Object.assign(link, { className: "name", textContent: called });
    if (page) link.href = page;
    name.append(button, link);
    return row;
  }

  write(row, unit, first, second) {
    const [rank, name, value, beside] = row.children;
    name.querySelector("rect").setAttribute("fill", this.fills[unit][0]);
    const held = first.values[unit];
    rank.textContent = first.ranks[unit] || "";
    value.textContent = held === null ? "" : first.number(held);
    const status = first.status(unit);
    if (status !== "ok") value.append(" ", Object.assign(document.createElement("span"), { className: "quiet", textContent: first.portal.words[status] }));
    beside.hidden = !second;
    if (second) beside.textContent = second.values[unit] === null ? "" : second.number(second.values[unit]);
  }

  head(units, first, second, order, title) {
    const [, name, value, beside] = this.heads.children;
    const direction = order.startsWith("-") ? "descending" : "ascending";
    const key = order.replace("-", "");
    const made = this.beside(beside, second);
    const heads = [[name, title, "nazev"], [value, this.words.value.replace("{unit}", first.pane.unit), "hodnota"]];
    if (second) heads.push([made, this.words.second.replace("{unit}", second.pane.unit), "druha"]);
    for (const [cell, words, own] of heads) {
      const link = cell.querySelector("a");
      link.textContent = words;
      if (own === key) cell.setAttribute("aria-sort", direction);
      else cell.removeAttribute("aria-sort");
      if (own === key) link.append("\u00a0", Object.assign(document.createElement("span"), { ariaHidden: "true", textContent: ARROWS[direction] }));
    }
  }

  /** The head of the second indicator's column; made when it is first wanted. */
  beside(cell, second) {
    if (cell || !second) {
      if (cell) cell.hidden = !second;
      return cell;
    }
    const made = this.heads.appendChild(Object.assign(document.createElement("th"), { scope: "col", className: "number second" }));
    made.append(Object.assign(document.createElement("a"), { href: this.heads.querySelector("a").href }));
    made.firstElementChild.dataset.sort = "druha";
    return made;
  }

  /** Units in their order; those without a value last, by name. */
  sort({ places }, { values }, order) {
    const sign = order.startsWith("-") ? -1 : 1;
    const byName = (one, other) => places[one] - places[other];
    const byValue = (one, other) => {
      const [a, b] = [values[one], values[other]];
      if (a === null || b === null) return (a === null) - (b === null) || byName(one, other);
      return sign * (a - b) || byName(one, other);
    };
    const known = (one, other) => (values[one] === null) - (values[other] === null) || byName(one, other);
    return values.map((_, unit) => unit).sort(order === "nazev" ? known : byValue);
  }

  select(units) {
    this.selected = units;
    const held = new Set(units);
    for (const row of this.body.rows) {
      const chosen = held.has(row.unit);
      if (row.classList.contains("selected") === chosen) continue;
      row.classList.toggle("selected", chosen);
      row.querySelector("button").setAttribute("aria-pressed", String(chosen));
    }
  }

  point(unit) {
    this.body.querySelector("tr.pointed")?.classList.remove("pointed");
    this.rows[unit]?.classList.add("pointed");
  }
}

function swatch() {
  const made = document.createElementNS(SVG, "svg");
  const rect = made.appendChild(document.createElementNS(SVG, "rect"));
  const look = { x: 0.5, y: 0.5, width: 13, height: 13, rx: 2, stroke: "#55615c" };
  for (const [name, value] of Object.entries(look)) rect.setAttribute(name, value);
  for (const [name, value] of Object.entries({ class: "swatch", viewBox: "0 0 14 14", "aria-hidden": "true" })) made.setAttribute(name, value);
  return made;
}
