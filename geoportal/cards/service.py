"""What a layer of services tells the finder: kinds, where hours and addresses stand, who else speaks of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from geoportal.schema import Declaration, Text

DayName = Literal["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH"]


class KindCard(Declaration):
    """A kind of service under a stable ``id``.

    ``values``: the values of the layer's ``kind_field`` that mean it, in any case of letters; without them every
    feature is of this kind. ``walk_in``: one can go there for help, so it may be offered as the nearest. ``urgent``:
    offered besides, whenever nothing else is open. ``short``: the title in a word, where a choice is offered.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    title: Text
    short: Text | None = None
    values: tuple[str, ...] = ()
    walk_in: bool = True
    urgent: bool = False


class HoursCard(Declaration):
    """Where opening hours stand.

    ``form``: ``region`` (a column a day in words such as ``17:00 - 21:00``), ``insurer`` (a column a day, an empty one
    means closed) or ``osm`` (one column, ``osm``, in the syntax of OpenStreetMap). ``days``: day -> column, ``PH`` for
    public holidays.
    """

    form: Literal["region", "insurer", "osm"]
    days: dict[DayName, str] = {}
    osm: str | None = None

    @model_validator(mode="after")
    def _names_its_columns(self) -> HoursCard:
        if (self.form == "osm") != (self.osm is not None) or (self.form == "osm") == bool(self.days):
            raise ValueError("form = 'osm' goes with 'osm' (a column), the other forms with 'days'")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read."""
        return (self.osm,) if self.osm else tuple(self.days.values())


class PlaceCard(Declaration):
    """Fields that say where a service is: the address in one piece, or its parts. ``where``: floor and pavilion.

    ``ruian``: the code of the address place in RÚIAN.
    """

    where: str | None = None
    address: str | None = None
    street: str | None = None
    number: str | None = None
    postcode: str | None = None
    municipality: str | None = None
    district: str | None = None
    ruian: str | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that is named."""
        return tuple(name for name in self.model_dump().values() if name)


class StatementCard(Declaration):
    """Another source that speaks of the same services; its values stand beside the layer's, never in their place.

    A row is about a feature of the layer when it is of the same kind and at most ``match_m`` metres away, and when
    neither has another such partner. A row without a partner becomes a service of its own. Keys name columns of the
    source; ``kinds`` translates values of column ``kind`` to ids.
    """

    source: str
    match_m: Annotated[float, Field(gt=0, le=5000)]
    id: str
    name: str
    kind: str
    kinds: dict[str, str]
    phone: str | None = None
    url: str | None = None
    place: PlaceCard = PlaceCard()
    hours: HoursCard | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read."""
        named = (self.id, self.name, self.kind, self.phone, self.url, *self.place.fields)
        return tuple(dict.fromkeys(name for name in (*named, *(self.hours.columns if self.hours else ())) if name))


def wrong_kinds(
    kinds: tuple[KindCard, ...], kind_field: str | None, statements: tuple[StatementCard, ...]
) -> Iterator[str]:
    """What is wrong with a layer's kinds, as clauses."""
    known = [kind.id for kind in kinds]
    yield from (f"kinds: id '{name}' is used twice" for name, count in Counter(known).items() if count > 1)
    if kind_field is None and any(kind.values for kind in kinds):
        yield "kinds.values: need 'kind_field', the field whose values they are"
    named = {name for entry in statements for name in entry.kinds.values()}
    yield from (
        f"statements.kinds: '{name}' is none of its kinds: {', '.join(known)}" for name in sorted(named - set(known))
    )
