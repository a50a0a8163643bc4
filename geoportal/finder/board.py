"""What is open for a while: every service at once, what of it each choice of kinds asks for, and how it is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from geoportal.finder.answer import Nearby
from geoportal.finder.nearest import NearestIndex

OFFERED = 3  # of what opens next

Chosen = tuple[str, ...]
Halves = tuple[bytes, bytes]


@dataclass(frozen=True)
class Board:
    """What is open between ``since`` and ``until`` (POSIX seconds), by the number of the service.

    All that is told of a service but its distance stays the same meanwhile, so it is made once: ``shown`` by number,
    ``encoded`` by public address and number (what stands before and behind the distance). ``opens``: when it opens
    next; infinite where it is open, is no place to go to, or nobody knows. ``offers``: what was made from it by choice
    of kinds.
    """

    since: float
    until: float
    closed: Sequence[bool]
    open: Sequence[bool]
    opens: Sequence[float]
    offers: dict[Chosen, Offer] = field(default_factory=dict)
    shown: dict[int, Nearby] = field(default_factory=dict)
    encoded: dict[str, dict[int, Halves]] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """The services of some kinds while a board holds, by number.

    ``index``: where they are. ``every``: those of these kinds, None where the index has no others. ``open``: what is
    certainly open, ``maybe``: what is open or may be. ``soonest``: what opens next, a group for each time. ``any``:
    there is one at all. ``walk_in``: there is one to go to.
    """

    index: NearestIndex
    every: frozenset[int] | None
    open: frozenset[int]
    maybe: frozenset[int]
    soonest: tuple[frozenset[int], ...]
    any: bool
    walk_in: bool


def make_offer(board: Board, index: NearestIndex, chosen: Sequence[int], walk_in: frozenset[int]) -> Offer:
    """What ``board`` holds of the ``chosen`` services, some or all of ``index``; ``walk_in``: those to go to."""
    return Offer(
        index=index,
        every=frozenset(chosen) if len(chosen) < len(index) else None,
        open=frozenset(one for one in chosen if board.open[one]),
        maybe=frozenset(one for one in chosen if not board.closed[one]),
        soonest=_soonest({one: board.opens[one] for one in chosen}),
        any=bool(chosen),
        walk_in=not walk_in.isdisjoint(chosen),
    )


def _soonest(opens: dict[int, float]) -> tuple[frozenset[int], ...]:
    """Services by the time at which they open, the first ``OFFERED`` and whatever opens together with one of them."""
    times = sorted(time for time in opens.values() if time < math.inf)[:OFFERED]
    return tuple(frozenset(number for number, time in opens.items() if time == one) for one in sorted(set(times)))
