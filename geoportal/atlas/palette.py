"""Colours of classes. The hex values stand only here; pages and figures take them from this table."""

from __future__ import annotations

# ColorBrewer YlGnBu (Brewer 2003): sequential, safe for colour-blind readers and in print.
SEQUENTIAL: dict[int, tuple[str, ...]] = {
    1: ("#7fcdbb",),
    2: ("#a1dab4", "#2c7fb8"),
    3: ("#edf8b1", "#7fcdbb", "#2c7fb8"),
    4: ("#ffffcc", "#a1dab4", "#41b6c4", "#225ea8"),
    5: ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"),
}
MOST = max(SEQUENTIAL)

# Circles: filled for what grew or exists, hollow for what shrank, so that colour is never alone.
CIRCLE = "#2c7fb8"
CIRCLE_BELOW_ZERO = "#b3261e"


def sequential(count: int) -> tuple[str, ...]:
    """``count`` hex colours from light to dark; none for no classes. Raises ``ValueError`` past ``MOST``."""
    if count == 0:
        return ()
    if count not in SEQUENTIAL:
        raise ValueError(f"{count} classes are not in the palette; allowed: {', '.join(map(str, SEQUENTIAL))}")
    return SEQUENTIAL[count]
