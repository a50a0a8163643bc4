// An analysis on its page: the map and the table point at each other, the table sorts without another visit.

import { copying } from "./clipboard.js";

const table = document.getElementById("tabulka");
const map = document.querySelector(".analysis-map");

function pairs() {
  const shapes = new Map();
  for (const shape of map?.querySelectorAll("[data-code]") ?? []) {
    const held = shapes.get(shape.dataset.code) ?? [];
    shapes.set(shape.dataset.code, [...held, shape]);
  }
  return shapes;
}

function point(shapes, code) {
  for (const one of document.querySelectorAll(".analysis-map .pointed, .analysis-table .pointed")) one.classList.remove("pointed");
  if (!code) return;
  for (const shape of shapes.get(code) ?? []) shape.classList.add("pointed");
  table.tBodies[0].querySelector(`tr[data-code="${CSS.escape(code)}"]`)?.classList.add("pointed");
}

function follow(shapes) {
  for (const box of [map, table.tBodies[0]].filter(Boolean)) {
    for (const kind of ["mouseover", "focusin"]) box.addEventListener(kind, ({ target }) => point(shapes, target.closest("[data-code]")?.dataset.code));
    for (const kind of ["mouseleave", "focusout"]) box.addEventListener(kind, () => point(shapes, null));
  }
}

/** Rows by the cells of one column; those without a value last, equal ones as they are. */
function sorted(rows, place, falls, numeric, language) {
  const words = new Intl.Collator(language, { numeric: true });
  const value = (row) => row.cells[place].dataset.value;
  const known = rows.filter((row) => value(row) !== "");
  const compare = numeric ? (one, other) => value(one) - value(other) : (one, other) => words.compare(value(one), value(other));
  known.sort((one, other) => (falls ? -1 : 1) * compare(one, other));
  return [...known, ...rows.filter((row) => value(row) === "")];
}

function sort(cell) {
  const heads = [...cell.parentElement.cells];
  const numeric = cell.classList.contains("number");
  const falls = cell.ariaSort ? cell.ariaSort === "ascending" : numeric;
  for (const head of heads) {
    head.querySelector(".arrow")?.remove();
    head.removeAttribute("aria-sort");
  }
  cell.setAttribute("aria-sort", falls ? "descending" : "ascending");
  cell.append(" ", Object.assign(document.createElement("span"), { className: "arrow", ariaHidden: "true", textContent: falls ? "↓" : "↑" }));
  table.tBodies[0].replaceChildren(...sorted([...table.tBodies[0].rows], heads.indexOf(cell), falls, numeric, document.documentElement.lang));
  const here = new URL(location.href);
  here.searchParams.set("razeni", (falls ? "-" : "") + cell.querySelector("a").dataset.sort);
  history.replaceState(null, "", here);
}

if (table) {
  follow(pairs());
  table.tHead.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-sort]");
    if (!link || "cut" in table.dataset || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    sort(link.closest("th"));
  });
  copying(document.getElementById("trvaly"), document.getElementById("kopirovat"));
}
