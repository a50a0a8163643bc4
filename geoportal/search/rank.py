"""How well entries fit what was typed: the words first, then what is large, then what is near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from geoportal.search.vocabulary import EXACT

# What counts besides the words themselves, which give at most 1. A name that begins as was typed goes before one in
# which a whole word fits; a whole name goes before all. Weight and nearness decide only between those that fit alike.
_BEGINS, _WHOLE, _WEIGHT, _NEAR = 0.3, 0.25, 0.2, 0.1
_FULL = 1 + _BEGINS + _WHOLE + _WEIGHT + _NEAR
_NEIGHBOURHOOD_KM = 10
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Fit:
    """The entries that fit: ``qualities`` of each typed word in each (words x entries, 1 to 255).

    ``begins``: the name begins with the word typed first; ``same_count``: a name has as many words as were typed.
    """

    numbers: np.ndarray
    qualities: np.ndarray
    begins: np.ndarray
    same_count: np.ndarray

    @property
    def complete(self) -> bool:
        """Whether several words were typed and some entry has all of them as they are."""
        exact = np.isin(self.qualities, (EXACT, around(EXACT)))
        return len(self.qualities) > 1 and bool(exact.all(axis=0).any())


def around(quality: int) -> int:
    """What a word of ``quality`` counts where it stands around a name, not in it."""
    return quality // 2


def score(fit: Fit, weights: np.ndarray, points: np.ndarray, near: tuple[float, float] | None) -> np.ndarray:
    """The score of each entry, 0 to 1; ``points`` are in degrees (n x 2), ``near`` is longitude and latitude."""
    text = fit.qualities.mean(axis=0, dtype=np.float32) / EXACT
    whole = fit.same_count & (fit.qualities == EXACT).all(axis=0)
    total = text + _BEGINS * fit.begins + _WHOLE * whole + _WEIGHT * weights
    if near:
        total = total + _NEAR * _nearness(points, *near)
    return np.asarray(total / _FULL)


def _nearness(points: np.ndarray, lon: float, lat: float) -> np.ndarray:
    """1 at the position, falling with distance; 0 for what has no place. Meant for ranking, not for measuring."""
    east = (points[:, 0] - lon) * np.cos(np.radians(lat))
    km = np.hypot(east, points[:, 1] - lat) * _KM_PER_DEGREE
    return np.asarray(np.nan_to_num(np.exp(-km / _NEIGHBOURHOOD_KM)))


def overlap(typed: tuple[str, ...]) -> bool:
    """Whether one word in a name could stand for two that were typed, as in ``jablonec n j``."""
    return any(one.startswith(other) for one, other in permutations(typed, 2))


def share_met(typed: tuple[str, ...], held: Iterable[str]) -> float:
    """The share of ``typed`` that remains when each word of a name may stand for one typed word only."""
    left = sorted(held)
    begun = [word for word in typed if any(other.startswith(word) for other in left)]
    missed = 0
    for word in sorted(begun, key=len, reverse=True):
        match = next((other for other in left if other.startswith(word)), None)
        if match is None:
            missed += 1
        else:
            left.remove(match)
    return 1 - missed / len(typed)
