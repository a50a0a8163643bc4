// What is told of a unit: its value, its rank, and the values of what it lies in.

const STATUSES = ["ok", "missing", "confidential", "incomplete"];

/** One indicator in one period, unit by unit. */
export class Values {
  constructor(portal, pane, at) {
    Object.assign(this, { portal, pane, at, view: pane.views[at], values: pane.values[at] });
    this.format = new Intl.NumberFormat(portal.language, { minimumFractionDigits: pane.decimals, maximumFractionDigits: pane.decimals });
  }

  get period() {
    return this.pane.periods[this.at];
  }

  get title() {
    return `${this.pane.title}, ${this.period}`;
  }

  /** Equal values share a rank; 0 where there is no value. */
  get ranks() {
    if (this.ranked) return this.ranked;
    const known = this.values.map((value, unit) => [value, unit]).filter(([value]) => value !== null).sort(([one], [other]) => other - one);
    this.ranked = new Array(this.values.length).fill(0);
    known.forEach(([value, unit], place) => {
      this.ranked[unit] = place && known[place - 1][0] === value ? this.ranked[known[place - 1][1]] : place + 1;
    });
    this.known = known.length;
    return this.ranked;
  }

  status(unit) {
    return STATUSES[this.pane.statuses[this.at][unit] ?? 0];
  }

  /** The class of a unit; NaN where it has no value or nothing is classed. */
  mark(unit) {
    return Number.parseInt(this.view.marks[unit], 10);
  }

  number(value) {
    return this.format.format(value).replace("-", "−");
  }

  /** The value with its unit, or why there is none. */
  told(unit, values = this.values) {
    const value = values[unit];
    if (value === null || value === undefined) return this.portal.words[values === this.values ? this.status(unit) : "missing"];
    const amount = `${this.number(value)}\u00a0${this.pane.unit}`;
    return values === this.values && this.status(unit) === "incomplete" ? `${amount} (${this.portal.words.incomplete})` : amount;
  }

  /** Lines about a unit: its rank, and the values of what it lies in up to the country. */
  lines(unit, { units, country }, words) {
    const rank = this.ranks[unit];
    const last = rank + this.ranks.filter((one) => one === rank).length - 1;
    const place = last > rank ? words.rank_shared.replace("{last}", last) : words.rank;
    const lines = rank ? [place.replace("{rank}", rank).replace("{count}", this.known)] : [];
    for (const { level, names, of } of units.above) {
      const values = this.pane.above[level]?.[this.at];
      const around = of[unit];
      if (values && around !== null) lines.push(words.above.replace("{name}", names[around]).replace("{value}", this.told(around, values)));
    }
    const whole = this.pane.country[this.at];
    if (whole !== null) lines.push(words.above.replace("{name}", country).replace("{value}", `${this.number(whole)}\u00a0${this.pane.unit}`));
    return lines;
  }
}

/** The address of a unit's own page in the language and frame of this one; undefined where its level has none. */
export function unitPage(portal, level, code) {
  const page = portal.thematic[0].unit_urls.find(([name]) => name === level)?.[1];
  const query = [...new URLSearchParams(location.search)].filter(([name]) => ["lang", "embed"].includes(name));
  return page && (page.endsWith("/") ? page + code : page) + (query.length ? `?${new URLSearchParams(query)}` : "");
}
