"""A tileset: which layers a vector tile holds, and how they are generalised from zoom to zoom. One card per tileset."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from geoportal.cards.layer import LayerCard
from geoportal.schema import Declaration, Text

Form = Literal["point", "line", "polygon", "label"]
Zoom = Annotated[int, Field(ge=0, le=16)]
Pixels = Annotated[float, Field(ge=0, le=64)]

LEVEL_FIELD, OUTER_FIELD = "uroven", "vnejsi"
RANK_FIELD, SEAT_FIELD = "poradi", "druh"


class Rules(Declaration):
    """How features are generalised. What a step leaves out is as the layer says; sizes are in 1/256 of a tile.

    ``fields``: the attributes kept. ``where``: field -> values; only features that have one of them. ``simplify``: how
    far a border or a line may be moved. ``min_size``: smaller ones (side of an equal square, length) are left out.
    ``coalesce``: features with equal attributes become one, without an id.
    """

    fields: tuple[str, ...] | None = None
    where: dict[str, tuple[str, ...]] | None = None
    simplify: Pixels | None = None
    min_size: Pixels | None = None
    coalesce: bool | None = None


class Step(Rules):
    """What is otherwise in a span of zooms, both ends included."""

    zooms: tuple[Zoom, Zoom]


class SeatTable(Declaration):
    """A source with one row per unit: the column of its level, and of the code of the obec that is its seat."""

    source: str
    level: str
    code: str


class TileLayerCard(Rules):
    """One layer of a tile.

    ``as = "line"`` on a layer of polygons draws each shared border once, with ``levels``: value of ``uroven`` -> field,
    the coarsest first; a border is of the first level whose field differs on its sides. ``as = "label"`` gives one
    point inside each polygon. ``rank``: an indicator that is added to the attributes, with the place (``poradi``) that
    it gives. ``seats``: adds what each obec is the seat of (``druh``). ``drop``: the field with the importance of a
    feature, its size where there is none; the least important are left out of a tile that is too large.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9_-]+$")]
    source: Annotated[str, Field(alias="from")]
    form: Annotated[Form, Field(alias="as")]
    zooms: tuple[Zoom, Zoom] | None = None
    description: Text | None = None
    levels: dict[str, str] = {}
    rank: str | None = None
    seats: SeatTable | None = None
    drop: str | None = None
    steps: tuple[Step, ...] = ()

    def at(self, zoom: int) -> Rules:
        """The rules at ``zoom``."""
        given = self.model_dump(include=set(Rules.model_fields), exclude_none=True)
        for step in self.steps:
            if step.zooms[0] <= zoom <= step.zooms[1]:
                given |= step.model_dump(include=set(Rules.model_fields), exclude_none=True)
        return Rules.model_validate(given)

    @property
    def rules(self) -> tuple[Rules, ...]:
        """The layer's own rules and those of its steps."""
        return (self, *self.steps)

    @property
    def added(self) -> list[str]:
        """The attributes that the build adds to those of the layer's card."""
        ranked = [self.rank, RANK_FIELD] if self.rank else []
        return [*ranked, *([SEAT_FIELD] if self.seats else []), *([LEVEL_FIELD, OUTER_FIELD] if self.levels else [])]


class TilesetCard(Declaration):
    """``tiles/<id>.toml``.

    ``buffer``: how far features are drawn beyond a tile's edge, in 1/256 of a tile. ``max_kilobytes``: of a tile as it
    is sent; ``drop``: layers in the order in which they give way to it. At the deepest zoom nothing is simplified, and
    nothing is ever left out: a tile that is too large there stops the build.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9_-]+$")]
    title: Text
    description: Text
    zooms: tuple[Zoom, Zoom] = (0, 14)
    buffer: Annotated[float, Field(ge=1, le=64)] = 4.0
    max_kilobytes: Annotated[int, Field(ge=1, le=10_000)] = 500
    drop: tuple[str, ...] = ()
    layers: Annotated[tuple[TileLayerCard, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _spans_are_in_order(self) -> TilesetCard:
        for where, span in self._spans():
            if span[0] > span[1]:
                raise ValueError(f"{where}: zooms = [{span[0]}, {span[1]}] end before they begin")
            if span[0] < self.zooms[0] or span[1] > self.zooms[1]:
                allowed = f"{self.zooms[0]} to {self.zooms[1]}"
                raise ValueError(f"{where}: zooms = [{span[0]}, {span[1]}] leave those of the tileset, {allowed}")
        for layer in self.layers:
            spans = sorted(step.zooms for step in layer.steps)
            if any(one[1] >= other[0] for one, other in pairwise(spans)):
                raise ValueError(f"layer '{layer.id}': two steps share a zoom; each zoom has one step at most")
        names = [layer.id for layer in self.layers]
        if len(set(names)) < len(names):
            raise ValueError("two layers have the same id; ids of a tileset's layers differ")
        return self

    def _spans(self) -> Iterator[tuple[str, tuple[int, int]]]:
        yield "tileset", self.zooms
        for layer in self.layers:
            yield f"layer '{layer.id}'", self.span(layer)
            yield from ((f"layer '{layer.id}': a step", step.zooms) for step in layer.steps)

    def span(self, layer: TileLayerCard) -> tuple[int, int]:
        """The first and the last zoom that show ``layer``."""
        return layer.zooms or self.zooms


def own_tileset(layer: LayerCard) -> TilesetCard:
    """The tileset of a single layer that has no card of its own: every feature with every field, zooms 0 to 14."""
    single = TileLayerCard(id=layer.id, source=layer.id, form=layer.geometry)
    return TilesetCard(id=layer.id, title=layer.title, description=layer.description, layers=(single,))
