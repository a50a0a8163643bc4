// The form of the atlas and the address of the page say the same.

const USUAL = { metoda: "kvantily", tridy: "5", razeni: "-hodnota" };
const KEPT = ["lang", "embed"];

/** What the form asks for, without what is as usual; the permanent address of what is shown. */
export function read(form, { razeni, vrstvy, vyber }) {
  const query = new URLSearchParams();
  for (const [name, value] of [...new FormData(form), ["razeni", razeni], ["vrstvy", vrstvy], ["vyber", vyber]]) {
    if (value && value !== USUAL[name]) query.set(name, value);
    else query.delete(name);
  }
  if (query.get("metoda") !== "vlastni") query.delete("hranice");
  else query.delete("tridy");
  if (!query.get("druhy")) for (const name of ["zobrazeni", ...(query.get("druhe_obdobi") ? [] : ["druhe_obdobi"])]) if (!query.get("druhe_obdobi")) query.delete(name);
  return query;
}

/** The part of the address that values and classes depend on, so that nothing else is asked for again. */
export function asked(query) {
  const held = new URLSearchParams(query);
  for (const name of ["razeni", "vrstvy", "vyber", "embed"]) held.delete(name);
  return held;
}

/** Puts an address into the form, for the way back. */
export function write(form, query) {
  for (const field of form.elements) {
    if (!field.name || KEPT.includes(field.name)) continue;
    const value = query.get(field.name);
    if (field.type === "checkbox") field.checked = value === field.value;
    else if (value !== null || field.name in USUAL || ["paleta", "druhy", "druhe_obdobi", "zobrazeni", "hranice"].includes(field.name)) field.value = value ?? USUAL[field.name] ?? "";
  }
}

/** Offers what goes with the chosen indicators. */
export function offer(form, state, at) {
  const [first, second] = state.panes;
  options(form.elements.uroven, state.levels, state.level);
  options(form.elements.obdobi, [...first.periods].reverse().map((period) => [period, period]), first.periods[at]);
  const field = form.elements.druhe_obdobi;
  const [same] = field.options;
  const chosen = field.value;
  field.replaceChildren(same, ...[...(second ?? first).periods].reverse().map((period) => new Option(period, period)));
  field.value = [...field.options].some(({ value }) => value === chosen) ? chosen : "";
  for (const part of form.querySelectorAll("[data-only], [data-unless]")) {
    const { only, unless } = part.dataset;
    part.hidden = only ? form.elements.metoda.value !== only : form.elements.metoda.value === unless;
  }
}

function options(field, pairs, chosen) {
  if ([...field.options].map(({ value }) => value).join() !== pairs.map(([value]) => value).join()) field.replaceChildren(...pairs.map(([value, text]) => new Option(text, value)));
  field.value = chosen;
}
