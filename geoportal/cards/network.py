"""What a layer card says on travel by road: which lines are a network, and which areas are in reach on it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from geoportal.schema import Declaration, Text


class Speed(Declaration):
    """The usual speed on a class of roads, an estimate, and why it is so."""

    kmh: Annotated[float, Field(gt=0, le=200)]
    reason: Text


class NetworkCard(Declaration):
    """``[network]`` makes a layer of lines the road network. Of several at hand the first that is not coarse is taken.

    ``class_field``: the field with the class of a road; a class without a speed is not driven on. ``closed``: classes
    that are entered at their ends only, such as motorways. ``oneway_field``: the field that says in which direction a
    road is driven; ``oneway_along`` and ``oneway_against`` are its values, any other means both. ``snap_m``: ends of
    lines no farther apart are one junction. ``access``: speed between a place and its nearest road as the crow flies,
    at most ``access_limit_m`` metres. ``coarse``: smaller roads are missing. ``note``: what to tell people of it.
    """

    class_field: str
    speeds: Annotated[dict[str, Speed], Field(min_length=1)]
    closed: tuple[str, ...] = ()
    oneway_field: str | None = None
    oneway_along: tuple[str, ...] = ("yes", "true", "1", "F")
    oneway_against: tuple[str, ...] = ("-1", "reverse", "T")
    snap_m: Annotated[float, Field(gt=0, le=50)] = 1.0
    access: Speed
    access_limit_m: Annotated[float, Field(gt=0, le=20_000)] = 2_000.0
    coarse: bool = False
    note: Text

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the layer that say how a road is driven."""
        return (self.class_field, *((self.oneway_field,) if self.oneway_field else ()))

    @model_validator(mode="after")
    def _closes_roads_that_it_knows(self) -> NetworkCard:
        for name in self.closed:
            if name not in self.speeds:
                raise ValueError(f"closed: '{name}' has no speed; there are {', '.join(self.speeds)}")
        return self


class ReachFrom(Declaration):
    """Services to which a way is sought: those of a layer whose fields have the values of ``keep``.

    ``id`` begins the ids of their areas, ``kind`` is what the areas say they are for.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    kind: str
    layer: str
    keep: dict[str, str | tuple[str, ...]] = {}


class ReachCard(Declaration):
    """``[reach]`` makes a layer of the areas from which the nearest service of each kind is reached in time.

    It has no source of its own. ``kind_field`` and ``minutes_field`` are the fields that are filled; the layer's
    ``id_field`` becomes ``<id>-<minutes>``.
    """

    minutes: Annotated[tuple[Annotated[int, Field(gt=0, le=240)], ...], Field(min_length=1)]
    kind_field: str
    minutes_field: str
    services: Annotated[tuple[ReachFrom, ...], Field(alias="to", min_length=1)]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the layer that are filled."""
        return self.kind_field, self.minutes_field

    @model_validator(mode="after")
    def _ascends(self) -> ReachCard:
        if list(self.minutes) != sorted(set(self.minutes)):
            raise ValueError(f"minutes {list(self.minutes)} must ascend, each named once")
        return self
