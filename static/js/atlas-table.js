// The table beside the map: the same units, the same order everywhere, made anew when values change.

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
    this.body.addEventListener("click", ({ target }) => target.closest("button") && chosen(this.unit(target)));
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

  draw(units, first, second, order, title) {
    Object.assign(this, { units, first, second });
    if (this.codes !== units.codes.join()) {
      Object.assign(this, { codes: units.codes.join(), rows: [], whole: units.codes.length <= MOST });
      this.body.replaceChildren();
    }
    this.table.caption.textContent = first.title + (second ? `; ${this.words.second_is.replace("{title}", second.title)}` : "");
    this.head(units, first, second, order, title);
    this.order = this.sort(units, first, order);
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
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "text name", textContent: this.units.names[unit] });
    button.setAttribute("aria-pressed", "false");
    name.append(swatch(), " ", button);
    return row;
  }

  write(row, unit, first, second) {
    const [rank, name, value, beside] = row.children;
    const mark = first.mark(unit);
    const square = name.firstElementChild;
    square.toggleAttribute("hidden", Number.isNaN(mark));
    if (!Number.isNaN(mark)) square.firstElementChild.setAttribute("fill", first.view.colours[mark]);
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
    for (const [cell, words, own] of [[name, title, "nazev"], [value, this.words.value.replace("{unit}", first.pane.unit), "hodnota"]]) {
      const link = cell.querySelector("a");
      link.textContent = words;
      if (own === key) cell.setAttribute("aria-sort", direction);
      else cell.removeAttribute("aria-sort");
      if (own === key) link.append(" ", Object.assign(document.createElement("span"), { ariaHidden: "true", textContent: ARROWS[direction] }));
    }
    if (second && !beside) this.heads.append(Object.assign(document.createElement("th"), { scope: "col", className: "number second" }));
    const last = this.heads.children[3];
    if (last) Object.assign(last, { hidden: !second, textContent: second ? this.words.second.replace("{unit}", second.pane.unit) : "" });
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
