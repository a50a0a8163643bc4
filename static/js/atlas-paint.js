// How units are drawn: fills by class, by pair of thirds, or white under circles.

/** A pair of fill and whether the line is broken, for each unit. */
function fills(theme, values, other, pair) {
  return values.values.map((value, unit) => {
    const status = values.status(unit);
    const broken = status === "incomplete";
    if (pair) {
      const [column, row] = pair.thirds.map((digits) => Number.parseInt(digits[unit], 10));
      const fill = theme.bivariate[row]?.[column];
      return [fill ?? `url(#${value === null ? status : other.status(unit)})`, broken];
    }
    if (value === null) return [`url(#${status})`, false];
    const mark = values.mark(unit);
    return [Number.isNaN(mark) ? "#ffffff" : values.view.colours[mark], broken];
  });
}

/** The radius of each unit's circle in px, negative below zero; null where there is none. */
function radii(theme, { values, view }) {
  return values.map((value) => (value ? Math.sign(value) * theme.radius * Math.sqrt(Math.abs(value) / view.largest) : null));
}

/**
 * Draws `values` on `map`; `over` are values of a second indicator as circles, `pair` makes one colour of both. Gives the
 * fill of each unit with whether its line is broken.
 */
export function paint(map, theme, values, { over = null, other = null, pair = null } = {}) {
  const filled = fills(theme, values, other, pair);
  map.fill(filled);
  const shown = over ?? (values.pane.measure === "count" ? values : null);
  const look = { colour: over ? theme.circle_over : theme.circle, below: theme.circle_below_zero };
  map.circle(shown ? radii(theme, shown) : [], look);
  map.name();
  return filled;
}
