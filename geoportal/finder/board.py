"""What is open for a while: every service at once, and what of it each choice of kinds asks for."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from geoportal.finder.nearest import NearestIndex

OFFERED = 3  # of what opens next

Chosen = tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """What is open between ``since`` and ``until`` (POSIX seconds), by the number of the service.

    ``opens``: when it opens next; infinite where it is open, is no place to go to, or nobody knows. ``offers``: what
    was made from it by choice of kinds.
    """

    since: float
    until: float
    closed: Sequence[bool]
    open: Sequence[bool]
    opens: Sequence[float]
    offers: dict[Chosen, Offer] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """The services of some kinds while a board holds, as positions in ``index``.

    ``numbers``: of the services by position. ``every``: those of these kinds, None where the index has no others.
    ``open``: what is certainly open, ``maybe``: what is open or may be. ``soonest``: what opens next, a group for each
    time. ``any``: there is one at all. ``walk_in``: there is one to go to.
    """

    index: NearestIndex
    numbers: Sequence[int]
    every: frozenset[int] | None
    open: frozenset[int]
    maybe: frozenset[int]
    soonest: tuple[frozenset[int], ...]
    any: bool
    walk_in: bool


def make_offer(
    board: Board, index: NearestIndex, numbers: Sequence[int], every: frozenset[int] | None, walk_in: frozenset[int]
) -> Offer:
    """What ``board`` holds of the services at the positions ``every``; ``walk_in`` are numbers of services."""
    held = range(len(numbers)) if every is None else sorted(every)
    return Offer(
        index=index,
        numbers=numbers,
        every=every,
        open=frozenset(at for at in held if board.open[numbers[at]]),
        maybe=frozenset(at for at in held if not board.closed[numbers[at]]),
        soonest=_soonest({at: board.opens[numbers[at]] for at in held}),
        any=bool(held),
        walk_in=any(numbers[at] in walk_in for at in held),
    )


def _soonest(opens: dict[int, float]) -> tuple[frozenset[int], ...]:
    """Positions by the time at which they open, the first ``OFFERED`` and whatever opens together with one of them."""
    times = sorted(time for time in opens.values() if time < math.inf)[:OFFERED]
    return tuple(frozenset(at for at, time in opens.items() if time == one) for one in sorted(set(times)))
