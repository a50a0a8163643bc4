"""``/metodika``: how each indicator is made, from its card and from what the build noted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from geoportal.cards import IndicatorCard
from geoportal.formula import Name, Number, Tree, spoken
from geoportal.query.collation import collation
from geoportal.schema import Text
from geoportal.snapshot.indicator import STATUSES, IndicatorTable
from geoportal.web.screens.visit import Visit

_SIGNS = {"+": "plus", "-": "minus", "*": "times", "/": "by"}


@dataclass(frozen=True)
class Words:
    """Words of a sentence with the spaces around them, maybe with the address that they lead to."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class SourceWords:
    """A source that an indicator stands on; ``licence`` is a name and maybe an address."""

    title: str
    address: str
    date: str
    licence: tuple[str, str | None]


@dataclass(frozen=True)
class MethodEntry:
    """An indicator. ``facts`` are pairs of a heading and the words below it; ``formula`` is empty without one."""

    id: str
    title: str
    description: str
    made: tuple[Words, ...]
    formula: str
    facts: tuple[tuple[str, str], ...]
    weight: Words | None
    sources: tuple[SourceWords, ...]
    comparability: str
    atlas: str
    dataset: str


@dataclass(frozen=True)
class ThemeMethods:
    """The indicators of a theme."""

    id: str
    title: str
    address: str
    entries: tuple[MethodEntry, ...]


def methods_screen(visit: Visit) -> dict[str, Any]:
    """What the page shows."""
    return {
        "themes": list(_themes(visit)),
        "statuses": [(visit.say("status." + one), visit.say("value_sheet.status." + one)) for one in STATUSES[1:]],
    }


def _themes(visit: Visit) -> Iterator[ThemeMethods]:
    for theme in visit.site.themes:
        tables = [table for table in visit.snapshot.indicators.values() if table.theme == theme.id]
        tables.sort(key=lambda table: collation(visit.into(table.title)))
        if tables:
            entries = tuple(_entry(visit, table) for table in tables)
            yield ThemeMethods(f"tema-{theme.id}", visit.into(theme.title), visit.link(f"/temata/{theme.id}"), entries)


def _entry(visit: Visit, table: IndicatorTable) -> MethodEntry:
    card = table.card
    return MethodEntry(
        id=table.id,
        title=visit.into(table.title),
        description=visit.into(table.description),
        made=tuple(_made(visit, card)),
        formula=card.formula or "",
        facts=tuple((heading, words) for heading, words in _facts(visit, table) if words),
        weight=_indicator(visit, card.weight) if card.weight else None,
        sources=tuple(_source(visit, name) for name in table.entry["sources"]),
        comparability=visit.into(table.comparability) if table.comparability else "",
        atlas=visit.link("/mapa/indikatory", ukazatel=table.id),
        dataset=visit.link(f"/datasets/{table.id}"),
    )


def _facts(visit: Visit, table: IndicatorTable) -> Iterator[tuple[str, str]]:
    say = visit.say
    yield say("methods.unit"), visit.into(table.unit)
    yield say("methods.periods"), ", ".join(table.periods(table.levels[0]))
    yield say("methods.levels"), ", ".join(say("level." + level) for level in table.levels)
    yield say("methods.direction"), say("methods.better." + table.direction)
    yield say("methods.coarser"), say("atlas.aggregate." + table.aggregate) if len(table.levels) > 1 else ""
    yield say("methods.borrowed"), "; ".join(_borrowed(visit, table))
    yield say("methods.gaps"), "; ".join(_gaps(visit, table))
    yield visit.into(visit.site.region.country), "; ".join(_country(visit, table))


def _borrowed(visit: Visit, table: IndicatorTable) -> Iterator[str]:
    for name, taken in table.borrowed.items():
        told = (visit.say("methods.for", period=period, other=other) for period, other in taken.items())
        yield f"{visit.into(visit.snapshot.indicators[name].title)}: {', '.join(told)}"


def _gaps(visit: Visit, table: IndicatorTable) -> Iterator[str]:
    level = visit.say("level." + table.levels[0])
    for period, held in table.gaps.items():
        told = (f"{visit.say('about.times', count=n)} {visit.say('status.' + name)}" for name, n in held.items())
        yield f"{period}, {level}: {', '.join(told)}"


def _country(visit: Visit, table: IndicatorTable) -> Iterator[str]:
    for period, value in table.countries.items():
        yield f"{period}: {visit.say.number(value, table.country_decimals(period))}\u00a0{visit.into(table.unit)}"
    if table.countries:
        yield table.country_attribution


def _made(visit: Visit, card: IndicatorCard) -> Iterator[Words]:
    """How values of obce come about; a formula in words that lead to its parts."""
    if card.tree:
        yield from _formula(visit, card.tree)
    elif card.spatial and card.spatial.layer:
        yield Words(visit.say("methods.made." + card.spatial.operation, layer=_layer(visit, card.spatial.layer)))
        yield from _kept(visit, card.spatial.layer, card.spatial.keep)
    elif card.spatial:
        yield Words(visit.say("methods.made.area"))
    elif card.travel:
        yield Words(visit.say("methods.made.travel", layer=_layer(visit, card.travel.layer)))
        yield from _kept(visit, card.travel.layer, card.travel.keep)
    else:
        yield Words(visit.say("methods.made.source"))


def _formula(visit: Visit, tree: Tree) -> Iterator[Words]:
    for piece in spoken(tree):
        if isinstance(piece, Name):
            yield _indicator(visit, piece.id)
        elif piece in _SIGNS:
            yield Words(f" {visit.say('methods.sign.' + _SIGNS[piece])} ")
        else:
            yield Words(piece if piece in "()" else _number(visit, Number(piece)))


def _number(visit: Visit, number: Number) -> str:
    return visit.say.number(float(number.text), len(number.text.partition(".")[2]))


def _indicator(visit: Visit, name: str) -> Words:
    return Words(visit.into(visit.snapshot.indicators[name].title), f"#{name}")


def _layer(visit: Visit, name: str) -> str:
    return visit.into(visit.snapshot.collections[name].title)


def _kept(visit: Visit, layer: str, keep: dict[str, str | tuple[str, ...]]) -> Iterator[Words]:
    for field, wanted in keep.items():
        title = visit.into(visit.snapshot.collections[layer].card.fields[field].title)
        values = wanted if isinstance(wanted, str) else ", ".join(wanted)
        yield Words(" " + visit.say("methods.made.kept", field=title, values=values))


def _source(visit: Visit, name: str) -> SourceWords:
    source = visit.snapshot.manifest["sources"][name]
    return SourceWords(
        title=visit.into(Text.model_validate(source["title"])),
        address=f"{visit.link('/o-datech')}#{name}",
        date=visit.say.date(source["date"]),
        licence=(source["licence"]["name"], source["licence"].get("url")),
    )
