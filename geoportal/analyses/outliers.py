"""Local Moran's I (Anselin 1995): which units lie amid similar values, and which stand out from their neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from geoportal.analyses.contiguity import Contiguity

PERMUTATIONS = 999
SEED = 20_240_101  # any number, so that equal values give an equal answer
FEWEST = 10  # units; of fewer the rearrangements are too few to tell anything from chance
FALSE_SHARE = 0.05  # of what is found, at most by chance (Benjamini and Hochberg 1995)
_SAME = 1e-9  # of a standard deviation: means of equal values differ by the order in which they were added

Kind = Literal["high-high", "low-low", "high-low", "low-high", "insignificant", "alone", "unknown"]
FOUND: tuple[Kind, ...] = ("high-high", "low-low", "high-low", "low-high")
KINDS: tuple[Kind, ...] = (*FOUND, "insignificant", "alone", "unknown")


@dataclass(frozen=True)
class Outliers:
    """For each unit, NaN where there is nothing to say: the local I, the mean of its neighbours in the indicator's
    unit, and the two-sided pseudo p-value.

    ``quadrants``: what each would be if it were no chance, ``kinds`` what it is. ``alone``: it has a value, and no
    neighbour has one. ``threshold``: the largest p-value that still counts, 0 where none does; ``tested``: how many
    units have one.
    """

    statistic: np.ndarray
    around: np.ndarray
    p: np.ndarray
    quadrants: tuple[Kind, ...]
    kinds: tuple[Kind, ...]
    threshold: float
    tested: int


class TooFew(ValueError):
    """Fewer than ``FEWEST`` units have a value and a neighbour with one."""


class Constant(ValueError):
    """All values are equal, so nothing can stand out."""


def local_outliers(
    values: np.ndarray, touch: Contiguity, control: str = "p05", permutations: int = PERMUTATIONS
) -> Outliers:
    """The outliers among ``values`` (NaN where unknown). Units without a value take no part, nor do they as neighbours.

    Weights are row-standardised; ``control`` is one of ``CONTROLS``. Raises ``TooFew`` and ``Constant``.
    """
    known = ~np.isnan(values)
    within = touch.among(known)
    beside = within.neighbours > 0
    if beside.sum() < FEWEST:
        raise TooFew
    held = values[known]
    if held.min() == held.max():
        raise Constant
    spread = held.std()
    z = (held - held.mean()) / spread
    lag = _lag(z, within)
    p = _pseudo_p(z, lag, within.neighbours, permutations)
    threshold = CONTROLS[control](p[beside])
    quadrants = [_quadrant(one, around) for one, around in zip(z.tolist(), lag.tolist(), strict=True)]
    kinds: list[Kind] = [
        "alone" if not touches else name if chance <= threshold else "insignificant"
        for name, chance, touches in zip(quadrants, p.tolist(), beside.tolist(), strict=True)
    ]
    nothing = np.where(beside, 0.0, np.nan)
    statistic = (len(z) - 1) * z * lag / (z @ z)
    return Outliers(
        statistic=_placed(statistic + nothing, known),
        around=_placed(lag * spread + held.mean() + nothing, known),
        p=_placed(p + nothing, known),
        quadrants=_named(quadrants, known),
        kinds=_named(kinds, known),
        threshold=threshold,
        tested=int(beside.sum()),
    )


def _lag(z: np.ndarray, touch: Contiguity) -> np.ndarray:
    """The mean of each unit's neighbours; 0 without any."""
    sums = np.bincount(touch.one, weights=z[touch.other], minlength=touch.count)
    return sums / np.maximum(touch.neighbours, 1)


def _quadrant(z: float, lag: float) -> Kind:
    if z > 0:
        return "high-high" if lag > 0 else "high-low"
    return "low-high" if lag > 0 else "low-low"


def _pseudo_p(z: np.ndarray, lag: np.ndarray, neighbours: np.ndarray, permutations: int) -> np.ndarray:
    """Twice the share of rearrangements that are as extreme on the rarer side; 1 for a unit without neighbours.

    Conditional: a unit keeps its value and gets random others as neighbours, so that only the mean of the neighbours
    changes. Ties count on both sides, or a unit amid zeros would seem rare where most values are zero.
    """
    others = np.broadcast_to(np.arange(len(z) - 1, dtype=np.int32), (permutations, len(z) - 1))
    drawn = np.random.default_rng(SEED).permuted(others, axis=1)[:, : neighbours.max()]
    p = np.ones(len(z))
    for unit in np.flatnonzero(neighbours).tolist():
        chosen = drawn[:, : neighbours[unit]]
        means = z[chosen + (chosen >= unit)].mean(axis=1)
        rarer = min((means >= lag[unit] - _SAME).sum(), (means <= lag[unit] + _SAME).sum())
        p[unit] = min(1.0, 2 * (int(rarer) + 1) / (permutations + 1))
    return p


def false_discovery(p: np.ndarray) -> float:
    """The largest of ``p`` for which at most ``FALSE_SHARE`` of those up to it are expected by chance, or 0."""
    ordered = np.sort(p)
    passing = ordered <= FALSE_SHARE * np.arange(1, len(p) + 1) / len(p)
    return float(ordered[passing].max()) if passing.any() else 0.0


# How strict the test is, by name: the largest p-value that counts, given all of them.
CONTROLS: Mapping[str, Callable[[np.ndarray], float]] = MappingProxyType(
    {"p05": lambda p: 0.05, "p01": lambda p: 0.01, "fdr": false_discovery}
)


def _placed(found: np.ndarray, known: np.ndarray) -> np.ndarray:
    placed = np.full(len(known), np.nan)
    placed[known] = found
    return placed


def _named(found: list[Kind], known: np.ndarray) -> tuple[Kind, ...]:
    names = iter(found)
    return tuple(next(names) if held else "unknown" for held in known.tolist())
