"""Colours of classes. The hex values stand only here; pages and figures take them from this table."""

from __future__ import annotations

from geoportal.atlas.classes import Classes

# ColorBrewer YlGnBu (Brewer 2003): sequential, safe for colour-blind readers and in print.
SEQUENTIAL: dict[int, tuple[str, ...]] = {
    1: ("#7fcdbb",),
    2: ("#a1dab4", "#2c7fb8"),
    3: ("#edf8b1", "#7fcdbb", "#2c7fb8"),
    4: ("#ffffcc", "#a1dab4", "#41b6c4", "#225ea8"),
    5: ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"),
}
MOST = max(SEQUENTIAL)

# ColorBrewer BrBG (Brewer 2003): diverging, safe for colour-blind readers. Each side from the strongest to the palest.
BELOW_ZERO: dict[int, tuple[str, ...]] = {
    0: (),
    1: ("#d8b365",),
    2: ("#a6611a", "#dfc27d"),
    3: ("#8c510a", "#d8b365", "#f6e8c3"),
    4: ("#8c510a", "#bf812d", "#dfc27d", "#f6e8c3"),
}
ABOVE_ZERO: dict[int, tuple[str, ...]] = {
    0: (),
    1: ("#5ab4ac",),
    2: ("#018571", "#80cdc1"),
    3: ("#01665e", "#5ab4ac", "#c7eae5"),
    4: ("#01665e", "#35978f", "#80cdc1", "#c7eae5"),
}
ZERO = "#f5f5f5"

# Circles: filled for what grew or exists, hollow for what shrank, so that colour is never alone.
CIRCLE = "#2c7fb8"
CIRCLE_BELOW_ZERO = "#b3261e"


def class_colours(classes: Classes) -> tuple[str, ...]:
    """A colour for each class: from light to dark, or diverging from zero where the classes part there."""
    if not classes.diverging:
        return sequential(len(classes.counts))
    zeros = int(classes.zeros is not None)
    below = sum(upper <= 0 for upper in classes.uppers) - zeros
    above = len(classes.counts) - below - zeros
    return (*BELOW_ZERO[below], *(ZERO,) * zeros, *reversed(ABOVE_ZERO[above]))


def sequential(count: int) -> tuple[str, ...]:
    """``count`` hex colours from light to dark; none for no classes. Raises ``ValueError`` past ``MOST``."""
    if count == 0:
        return ()
    if count not in SEQUENTIAL:
        raise ValueError(f"{count} classes are not in the palette; allowed: {', '.join(map(str, SEQUENTIAL))}")
    return SEQUENTIAL[count]
