// Pictures beside the map: the time line of chosen units and the scatter plot of two indicators. Each has its numbers in
// a table as well.

const SVG = "http://www.w3.org/2000/svg";
const ROOM = { left: 56, right: 12, top: 12, bottom: 36 };

/** Numbers at round steps that cover the values, about `count` of them. */
export function ticks(low, high, count = 4) {
  const span = high - low || Math.abs(high) || 1;
  const power = 10 ** Math.floor(Math.log10(span / count));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((size) => span / size <= count) ?? 10 * power;
  const first = Math.floor(low / step);
  const found = [];
  for (let at = first; (at - 1) * step < high; at += 1) found.push(at * step);
  return found.length > 1 ? found : [found[0], found[0] + step];
}

function part(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function scale([from, to], [start, end]) {
  return (value) => start + ((value - from) / (to - from || 1)) * (end - start);
}

/** The sign of a series: its shape tells it as well as its colour. */
export function sign(series, x, y) {
  const shapes = [
    () => part("circle", { cx: x, cy: y, r: 4.5 }),
    () => part("rect", { x: x - 4, y: y - 4, width: 8, height: 8 }),
    () => part("path", { d: `M${x},${y - 6}l6,6l-6,6l-6,-6z` }),
    () => part("path", { d: `M${x},${y - 5.5}l5.5,10h-11z` }),
  ];
  const made = shapes[series % shapes.length]();
  made.setAttribute("class", `series-${series}`);
  return made;
}

/** Points in time: years stand as far apart as they are. */
function moments(periods) {
  const years = periods.map(Number);
  return years.every(Number.isFinite) ? years : periods.map((_, place) => place);
}

/** The development of several series, `{values}` by period each. */
export function timeLine({ periods, series, format, label }) {
  const [width, height] = [480, 220];
  const known = series.flatMap(({ values }) => values).filter((value) => value !== null && value !== undefined);
  const chart = part("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, class: "chart" });
  if (!known.length) return chart;
  const steps = ticks(Math.min(...known), Math.max(...known));
  const at = moments(periods);
  const x = scale([at[0], at.at(-1)], [ROOM.left + 8, width - ROOM.right - 16]);
  const y = scale([steps[0], steps.at(-1)], [height - ROOM.bottom, ROOM.top]);
  levels(chart, steps, y, [ROOM.left, width - ROOM.right], format);
  periods.forEach((period, place) => chart.append(part("text", { x: x(at[place]), y: height - 12, class: "tick middle" }, period)));
  series.forEach(({ values }, number) => {
    const points = values.map((value, place) => [value, place]).filter(([value]) => value !== null && value !== undefined);
    const line = points.map(([value, place], first) => `${first ? "L" : "M"}${x(at[place]).toFixed(1)},${y(value).toFixed(1)}`).join("");
    chart.append(part("path", { d: line, class: `line series-${number}` }));
    chart.append(...points.map(([value, place]) => sign(number, x(at[place]), y(value))));
  });
  return chart;
}

function levels(chart, steps, y, [left, right], format) {
  for (const step of steps) {
    chart.append(part("line", { x1: left, x2: right, y1: y(step), y2: y(step), class: "grid" }));
    chart.append(part("text", { x: left - 8, y: y(step) + 4, class: "tick end" }, format(step)));
  }
}

/** Two indicators, a point for each unit that has both; `chosen` stand out. */
export function scatter({ first, second, names, chosen, label, language, pointed, pressed }) {
  const [width, height] = [640, 420];
  const room = { ...ROOM, left: 72, bottom: 56, top: 28 };
  const chart = part("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label, class: "chart" });
  const units = names.map((_, unit) => unit).filter((unit) => first.values[unit] !== null && second.values[unit] !== null);
  if (!units.length) return chart;
  const [across, up] = [first, second].map(({ values }) => {
    const held = units.map((unit) => values[unit]);
    return ticks(held.reduce((a, b) => Math.min(a, b)), held.reduce((a, b) => Math.max(a, b)), 6);
  });
  const x = scale([across[0], across.at(-1)], [room.left, width - room.right]);
  const y = scale([up[0], up.at(-1)], [height - room.bottom, room.top]);
  levels(chart, up, y, [room.left, width - room.right], tick(language, up));
  for (const step of across) chart.append(part("text", { x: x(step), y: height - room.bottom + 20, class: "tick middle" }, tick(language, across)(step)));
  chart.append(part("text", { x: width - room.right, y: height - 10, class: "axis end" }, `${first.title} (${first.pane.unit}) →`));
  chart.append(part("text", { x: 4, y: 14, class: "axis" }, `↑ ${second.title} (${second.pane.unit})`));
  const points = part("g", {});
  for (const unit of units) {
    const point = part("circle", { cx: x(first.values[unit]).toFixed(1), cy: y(second.values[unit]).toFixed(1), r: 4, class: "point" });
    point.unit = unit;
    points.append(point);
  }
  points.addEventListener("mouseover", ({ target }) => pointed(target.unit ?? null));
  points.addEventListener("mouseout", () => pointed(null));
  points.addEventListener("click", ({ target }) => target.unit !== undefined && pressed(target.unit));
  chart.append(points, part("g", { class: "named" }));
  chart.mark = (marked) => {
    const here = [...new Set([...chosen, ...marked])].filter((unit) => units.includes(unit));
    chart.lastElementChild.replaceChildren(...here.flatMap((unit) => beside(names[unit], x(first.values[unit]), y(second.values[unit]), width)));
  };
  chart.mark([]);
  return chart;
}

function beside(name, x, y, width) {
  const left = x > width / 2;
  return [
    part("circle", { cx: x, cy: y, r: 6, class: "point chosen" }),
    part("text", { x: left ? x - 10 : x + 10, y: y + 5, class: `label${left ? " end" : ""}` }, name),
  ];
}

/** Numbers of an axis with as many decimals as its steps need. */
export function tick(language, steps) {
  const decimals = Math.max(0, Math.min(6, -Math.floor(Math.log10(Math.abs(steps[1] - steps[0]) || 1) + 1e-9)));
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: decimals });
  return (value) => format.format(value).replace("-", "−");
}
