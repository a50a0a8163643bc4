"""Colours of classes. The hex values stand only here; pages and figures take them from this table."""

from __future__ import annotations

from dataclasses import dataclass

from geoportal.atlas.classes import Classes

# ColorBrewer YlGnBu (Brewer 2003): sequential, safe for colour-blind readers and in print.
SEQUENTIAL: dict[int, tuple[str, ...]] = {
    1: ("#7fcdbb",),
    2: ("#a1dab4", "#2c7fb8"),
    3: ("#edf8b1", "#7fcdbb", "#2c7fb8"),
    4: ("#ffffcc", "#a1dab4", "#41b6c4", "#225ea8"),
    5: ("#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"),
    6: ("#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#2c7fb8", "#253494"),
    7: ("#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84"),
    8: ("#ffffd9", "#edf8b1", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84"),
    9: ("#ffffd9", "#edf8b1", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#253494", "#081d58"),
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


@dataclass(frozen=True)
class Palette:
    """``ramp``: from light to dark or, with ``diverging``, from one end through the neutral middle to the other."""

    ramp: tuple[str, ...]
    diverging: bool = False


def _ramp(colours: str) -> tuple[str, ...]:
    return tuple(f"#{colour}" for colour in colours.split())


# ColorBrewer (Brewer 2003) and viridis (van der Walt and Smith 2015): all safe for colour-blind readers.
PALETTES: dict[str, Palette] = {
    "modrozelena": Palette(SEQUENTIAL[9]),
    "viridis": Palette(_ramp("fde725 addc30 5ec962 28ae80 21918c 2c728e 3b528b 472d7b 440154")),
    "oranzova": Palette(_ramp("fff7bc fee391 fec44f fe9929 ec7014 cc4c02 993404 662506")),
    "fialova": Palette(_ramp("e0ecf4 bfd3e6 9ebcda 8c96c6 8c6bb1 88419d 810f7c 4d004b")),
    "seda": Palette(_ramp("f0f0f0 d9d9d9 bdbdbd 969696 737373 525252 252525")),
    "hnedozelena": Palette(
        _ramp("543005 8c510a bf812d dfc27d f6e8c3 f5f5f5 c7eae5 80cdc1 35978f 01665e 003c30"), diverging=True
    ),
    "oranzovofialova": Palette(
        _ramp("7f3b08 b35806 e08214 fdb863 fee0b6 f7f7f7 d8daeb b2abd2 8073ac 542788 2d004b"), diverging=True
    ),
    "cervenomodra": Palette(
        _ramp("67001f b2182b d6604d f4a582 fddbc7 f7f7f7 d1e5f0 92c5de 4393c3 2166ac 053061"), diverging=True
    ),
}
ONE_WAY, TWO_WAYS = "modrozelena", "hnedozelena"  # what is taken where none is chosen

# Two indicators at once: columns by the first from its lowest third, towards blue, rows by the second, towards orange.
# Blue and orange differ for every kind of colour vision, and lightness falls with both.
BIVARIATE: tuple[tuple[str, ...], ...] = (
    ("#f0f0f0", "#a6c8e6", "#2f74b8"),
    ("#fbd28c", "#b9a58f", "#5d6d86"),
    ("#f0a000", "#95641a", "#3a2f28"),
)

# Circles: filled for what grew or exists, hollow for what shrank, so that colour is never alone.
CIRCLE = "#2c7fb8"
CIRCLE_BELOW_ZERO = "#b3261e"
CIRCLE_OVER = "#1a2421"  # over filled areas, whose colours may be any


def natural_palette(classes: Classes) -> str:
    """The palette that classes ask for: of two ways where they lie around a value."""
    return TWO_WAYS if classes.diverging or classes.middle is not None else ONE_WAY


def class_colours(classes: Classes, name: str | None = None) -> tuple[str, ...]:
    """A colour for each class, from the palette called ``name`` or from the one that the classes ask for."""
    name = name or natural_palette(classes)
    palette = PALETTES[name]
    if not palette.diverging:
        return sequential(len(classes.counts), name)
    below, middle, above = _sides(classes)
    half = len(palette.ramp) // 2
    lower, upper = palette.ramp[:half], palette.ramp[half + 1 :][::-1]
    if name == TWO_WAYS and max(below, above) <= max(BELOW_ZERO):
        low, high = BELOW_ZERO[below], ABOVE_ZERO[above]
    else:
        low, high = spread(lower, below), spread(upper, above)
    return (*low, *(palette.ramp[half],) * middle, *reversed(high))


def _sides(classes: Classes) -> tuple[int, int, int]:
    """How many classes lie below, around and above the middle; the middle one of all where there is no such value."""
    count, lowers = len(classes.counts), classes.edges
    if classes.diverging:
        around = int(classes.zeros is not None)
        below = sum(upper <= 0 for upper in classes.uppers) - around
        return below, around, count - below - around
    middle = classes.middle
    if middle is None and lowers and lowers[0] < 0 < lowers[-1]:
        middle = 0.0
    if middle is None:
        return count // 2, count % 2, count // 2
    below = sum(upper <= middle for upper in classes.uppers)
    around = int(below < count and lowers[below] < middle)
    return below, around, count - below - around


def sequential(count: int, name: str = ONE_WAY) -> tuple[str, ...]:
    """``count`` hex colours from light to dark; none for no classes. Raises ``ValueError`` past ``MOST``."""
    if count == 0:
        return ()
    if name != ONE_WAY:
        return spread(PALETTES[name].ramp, count)
    if count not in SEQUENTIAL:
        raise ValueError(f"{count} classes are not in the palette; allowed: {', '.join(map(str, SEQUENTIAL))}")
    return SEQUENTIAL[count]


def spread(ramp: tuple[str, ...], count: int) -> tuple[str, ...]:
    """``count`` colours at equal steps along ``ramp``, from its first to its last; the middle one where it is one."""
    last = len(ramp) - 1
    places = [last / 2] if count == 1 else [last * i / (count - 1) for i in range(count)]
    return tuple(_between(ramp, place) for place in places)


def _between(ramp: tuple[str, ...], place: float) -> str:
    before = min(int(place), len(ramp) - 2)
    share = place - before
    one, other = (bytes.fromhex(colour[1:]) for colour in ramp[before : before + 2])
    return "#" + bytes(round(a + (b - a) * share) for a, b in zip(one, other, strict=True)).hex()
