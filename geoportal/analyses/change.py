"""How an indicator changed between two periods, unit by unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoportal.snapshot.indicator import Status, UnitValue


@dataclass(frozen=True)
class Change:
    """The change of one unit, in the indicator's unit and in percent of the first value.

    Each is None where it is not known. ``status`` is the worse of the two values': without both there is no change, and
    one that is incomplete makes the change so.
    """

    code: str
    before: UnitValue
    after: UnitValue
    absolute: float | None
    relative: float | None

    @property
    def status(self) -> Status:
        """What is to be known of both values."""
        held = (self.before.status, self.after.status)
        return next((worst for worst in ("confidential", "missing", "incomplete") if worst in held), "ok")


def has_ratio(*periods: Sequence[UnitValue]) -> bool:
    """Whether percent of a value can be spoken of: only where no value is below zero, as a balance may be."""
    return all(unit.value is None or unit.value >= 0 for values in periods for unit in values)


def changes(before: Sequence[UnitValue], after: Sequence[UnitValue]) -> tuple[Change, ...]:
    """The change of each unit, in the order of the values, which are of the same units.

    A value that grew from zero has no relative change, and nothing has where ``has_ratio`` does not hold.
    """
    ratio = has_ratio(before, after)
    return tuple(_change(one, other, ratio) for one, other in zip(before, after, strict=True))


def _change(before: UnitValue, after: UnitValue, ratio: bool) -> Change:
    if before.value is None or after.value is None:
        return Change(before.code, before, after, None, None)
    absolute = after.value - before.value
    relative = absolute / before.value * 100 if ratio and before.value else None
    return Change(before.code, before, after, absolute, relative)
