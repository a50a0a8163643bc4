"""The kinds of services that can be looked for, and which of them an address means."""

from __future__ import annotations

from operator import itemgetter

from geoportal.errors import InvalidParameter, NotFound, alternatives
from geoportal.web.screens.finder.services import service_collections
from geoportal.web.screens.visit import Visit

EVERYTHING = "vse"


def known_kinds(visit: Visit) -> dict[str, tuple[str, str]]:
    """Title and short title of every kind of service, by id: those to go to first, the layer drawn on top first."""
    found: list[tuple[bool, str, str, str]] = []
    for collection in service_collections(visit.snapshot):
        for kind in collection.card.kinds:
            title = visit.into(kind.title)
            found.append((not kind.walk_in, kind.id, title, visit.into(kind.short) if kind.short else title))
        if not collection.card.kinds:
            found.append((False, collection.id, visit.into(collection.title), visit.into(collection.title)))
    if not found:
        raise NotFound("this snapshot has no layer of services; see /o-datech for what is absent and why")
    return {name: (title, short) for _, name, title, short in sorted(found, key=itemgetter(0))}


def chosen_kinds(visit: Visit) -> tuple[str, ...]:
    """The ids of the chosen kinds; none of them means every place that one can walk into.

    Layers and ``layer:value``, which addresses had before there were kinds, still mean the kinds they meant.
    """
    known = known_kinds(visit)
    meant = {EVERYTHING: tuple(known), **{name: (name,) for name in known}, **_of_layers(visit)}
    chosen: dict[str, None] = {}
    for name in filter(None, visit.args.get("druh", "").split(",")):
        if name not in meant:
            raise InvalidParameter(f"druh={name[:80]!r} is not a kind of service; {alternatives(name[:80], meant)}")
        chosen.update(dict.fromkeys(meant[name]))
    return tuple(chosen)


def _of_layers(visit: Visit) -> dict[str, tuple[str, ...]]:
    meant: dict[str, tuple[str, ...]] = {}
    for collection in service_collections(visit.snapshot):
        kinds = collection.card.kinds
        meant[collection.id] = tuple(kind.id for kind in kinds) or (collection.id,)
        meant.update({f"{collection.id}:{value}": (kind.id,) for kind in kinds for value in kind.values})
    return meant
