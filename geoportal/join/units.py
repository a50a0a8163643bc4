"""The gazetteer of a snapshot."""

from __future__ import annotations

from functools import lru_cache

from geoportal.join.gazetteer import Gazetteer, Unit
from geoportal.snapshot.collection import Collection
from geoportal.snapshot.reader import Snapshot


@lru_cache(maxsize=2)
def gazetteer(snapshot: Snapshot) -> Gazetteer:
    """All units of ``snapshot`` with what they lie in: an obec as its layer says, others as their obce do."""
    parents = _parents(snapshot)
    names = {level: dict(units) for level, units in snapshot.units.items()}
    within: dict[tuple[str, str], set[str]] = {}
    for held in parents.values():
        for level, code in held.items():
            within.setdefault((level, code), set()).update(held.values())
    units = []
    for level, named in names.items():
        for code, name in named.items():
            above = parents.get(code, {}) if level == "obec" else {}
            lies_in = above.values() if level == "obec" else within.get((level, code), set()) - {code}
            district = names.get("okres", {}).get(above.get("okres", ""), "")
            units.append(Unit(level, code, name, frozenset(lies_in), district))
    return Gazetteer(tuple(units), snapshot.codes)


def _parents(snapshot: Snapshot) -> dict[str, dict[str, str]]:
    """For each obec by code the codes of the units around it, by level."""
    layer = layer_of(snapshot, "obec")
    if layer is None or layer.card.territory is None or layer.card.id_field is None:
        return {}
    fields = {level: field for level, field in layer.card.territory.parents.items() if field in layer.fields}
    columns = {level: layer.columns.table.column(field).to_pylist() for level, field in fields.items()}
    codes = layer.columns.table.column(layer.card.id_field).to_pylist()
    return {
        code: {level: column[at] for level, column in columns.items() if column[at]} for at, code in enumerate(codes)
    }


def layer_of(snapshot: Snapshot, level: str) -> Collection | None:
    """The layer with the units of ``level``, None where the snapshot has none."""
    return next((collection for collection in snapshot.collections.values() if collection.level == level), None)
