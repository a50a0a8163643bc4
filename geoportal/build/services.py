"""Services: the features of the layers that have them, each with what other sources say of the same place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from geoportal.build.layers import BuiltLayer, build_layer
from geoportal.build.service_exceptions import apply_exceptions, read_exceptions
from geoportal.build.service_rows import Rows, kinds_of, service_rows, statement_layer
from geoportal.build.sources import SourceReader
from geoportal.cards import LayerCard, LayerFrom, SourceCard
from geoportal.cards.service import StatementCard
from geoportal.crs import distance_m
from geoportal.errors import GeoportalError
from geoportal.intake.reading import Note, examples
from geoportal.services.match import Matching, match
from geoportal.services.service import Book, Kind, Origin, Service
from geoportal.territory.units import Territory

NAMED = 20  # places in one note


@dataclass
class BuiltServices:
    """The services of a build, growing layer by layer.

    ``report``: how each second source met its layer. ``notes``: by layer, for people. ``origins``: sources used.
    """

    services: list[Service] = field(default_factory=list)
    kinds: dict[str, Kind] = field(default_factory=dict)
    origins: dict[str, SourceCard] = field(default_factory=dict)
    report: list[dict[str, Any]] = field(default_factory=list)
    notes: dict[str, list[Note]] = field(default_factory=dict)

    def book(self) -> Book:
        """What a snapshot holds of them."""
        origins = {
            name: Origin(card.title, card.publisher, card.attribution, card.date, card.landing or card.url)
            for name, card in self.origins.items()
        }
        return Book(self.kinds, origins, tuple(self.services))


def build_services(
    sources: SourceReader, territory: Territory, layers: Mapping[str, BuiltLayer], problems: list[str]
) -> BuiltServices:
    """Every service; what is wrong with a second source is added to ``problems``."""
    built = BuiltServices()
    for name, layer in sorted(layers.items()):
        if not layer.card.service:
            continue
        rows = service_rows(layer, territory)
        built.kinds |= {k.id: Kind(k.id, k.title, k.walk_in, k.urgent) for k in kinds_of(layer.card)}
        built.origins[layer.source.id] = layer.source
        built.notes[name] = rows.notes()
        held = rows.services
        for entry in layer.card.statements:
            try:
                held = _meet(built, layer, entry, held, sources, territory)
            except GeoportalError as error:
                problems += getattr(error, "problems", None) or [f"layers/{name}.toml: statements: {error}"]
        built.services += held
    named = sources.inputs.inventory.site.finder.exceptions
    if named:
        try:
            built.services = apply_exceptions(built.services, read_exceptions(named, sources))
        except GeoportalError as error:
            problems += getattr(error, "problems", None) or [str(error)]
    return built


def with_notes(layers: Mapping[str, BuiltLayer], services: BuiltServices) -> dict[str, BuiltLayer]:
    """The layers with what was noted of their services."""
    more = services.notes
    return {name: replace(layer, notes=(*layer.notes, *more.get(name, ()))) for name, layer in layers.items()}


def _meet(
    built: BuiltServices, layer: BuiltLayer, entry: StatementCard, held: list[Service], sources: SourceReader,
    territory: Territory,
) -> list[Service]:  # fmt: skip
    """``held`` with the statements of one more source, and its rows without a partner behind them."""
    hindrance = sources.inputs.hindrance(entry.source)
    if hindrance:
        built.report.append({"layer": layer.card.id, "source": entry.source, "absent": hindrance})
        return held
    card = statement_layer(layer.card, entry)
    others = service_rows(build_layer(card, LayerFrom(source=entry.source), sources, territory), territory)
    ours = Rows(held)
    matching = match(ours.spots, others.spots, entry.match_m)
    pairs = {mine: others.services[other] for mine, other in matching.pairs.items()}
    joined = [_joined(one, pairs[at]) if at in pairs else one for at, one in enumerate(held)]
    paired = set(matching.pairs.values())
    alone = [_alone(one, entry.source) for at, one in enumerate(others.services) if at not in paired]
    built.origins[entry.source] = sources.inputs.source(entry.source)
    built.report.append(_report(layer.card, entry, held, others.services, matching))
    built.notes[layer.card.id] += [*others.notes(), *_notes(built.report[-1], sources.inputs.source(entry.source))]
    return [*joined, *alone]


def _joined(mine: Service, other: Service) -> Service:
    """One place with both statements; what the layer lacks is taken from the other, what it has stays."""
    return replace(
        mine,
        address=mine.address or other.address,
        web=mine.web or other.web,
        ruian=mine.ruian or other.ruian,
        records=(*mine.records, *other.records),
    )


def _alone(service: Service, source: str) -> Service:
    row = service.id.partition("/")[2]
    return replace(service, id=f"{source}/{row}", fid=None)


def _report(
    card: LayerCard, entry: StatementCard, ours: list[Service], theirs: list[Service], matching: Matching
) -> dict[str, Any]:
    pairs = [_pair(ours[mine], theirs[other]) for mine, other in sorted(matching.pairs.items())]
    doubtful = set(matching.doubtful)
    alone = set(range(len(theirs))) - set(matching.pairs.values()) - doubtful
    lonely = [one for at, one in enumerate(ours) if at not in matching.pairs]
    return {
        "layer": card.id,
        "source": entry.source,
        "match_m": entry.match_m,
        "matched": pairs,
        "only_in_layer": _named(lonely),
        "only_in_source": _named(theirs[at] for at in sorted(alone)),
        "doubtful": _named(theirs[at] for at in sorted(doubtful)),
    }


def _pair(mine: Service, other: Service) -> dict[str, Any]:
    """Two rows about one place, how far they put it apart, and what they disagree on."""
    record, stated = mine.records[0], other.records[0]
    values = {"hours": (record.osm, stated.osm), "phones": (record.phones, stated.phones)}
    differs = {name: list(pair) for name, pair in values.items() if pair[0] != pair[1]}
    apart = round(distance_m(mine.lon, mine.lat, other.lon, other.lat), 1)
    return {**_named([mine])[0], "with": other.id.partition("/")[2], "distance_m": apart, "differs": differs}


def _named(services: Iterable[Service]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id.partition("/")[2],
            "name": one.name,
            "kind": ", ".join(one.kinds),
            "municipality": one.municipality,
        }
        for one in services
    ]


def _notes(report: Mapping[str, Any], source: SourceCard) -> list[Note]:
    name = source.title.cs
    differ = [pair for pair in report["matched"] if pair["differs"]]
    told = (
        ("statements-joined", report["matched"], f"místo spojeno se záznamem zdroje „{name}“"),
        ("statements-differ", differ, f"hodiny nebo telefon se liší od zdroje „{name}“, ukazují se obě hodnoty"),
        ("statements-missing", report["only_in_layer"], f"místo, které zdroj „{name}“ neuvádí"),
        ("statements-alone", report["only_in_source"], f"záznam zdroje „{name}“ bez protějšku, ve vyhledávači zvlášť"),
        ("statements-doubtful", report["doubtful"], f"záznam zdroje „{name}“ má víc možných protějšků, nespojeno"),
    )
    return [Note(code, len(rows), text, examples(map(_in_words, rows), NAMED)) for code, rows, text in told if rows]


def _in_words(row: Mapping[str, Any]) -> str:
    """The place, its kind, and both values of what differs: the layer's own first."""
    differs = "; ".join(
        " × ".join(str(value or "neuvádí") if isinstance(value, str | None) else ", ".join(value) for value in pair)
        for pair in row.get("differs", {}).values()
    )
    return f"{row['name']} ({row['kind']})" + (f": {differs}" if differs else "")
