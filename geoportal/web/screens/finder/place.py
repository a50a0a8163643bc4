"""Where a visitor looks from: a municipality by its code, a place by what was typed, or a point."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geoportal.errors import InvalidParameter, alternatives
from geoportal.finder.places import places_of
from geoportal.search.entry import PART, POSTCODE, Entry
from geoportal.search.folding import LONGEST, query_words, words
from geoportal.search.index import Query, SearchIndex, search_index
from geoportal.web.screens.search import label
from geoportal.web.screens.units import municipalities
from geoportal.web.screens.visit import Visit

_POINT = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?),(-?\d{1,2}(?:\.\d{1,12})?)", re.ASCII)
OTHERS = 5  # places with the same name that are offered besides
LONGEST_NAME = 4  # words of a name that is looked for within a longer text


@dataclass(frozen=True)
class Place:
    """A position in degrees and its name in the sentence "nearest to …"; ``typed`` is what the field then says.

    ``exact``: the position is the place's own, not that of its municipality. ``point``: a point without a name, as
    its address has it.
    """

    lon: float
    lat: float
    name: str
    typed: str
    exact: bool = True
    point: str = ""


@dataclass(frozen=True)
class Sought:
    """What became of the question where. ``others``: pairs of name and address, ``hint`` is a name like the one typed.
    ``partly``: only a part of what was typed is known, such as the obec of an address.

    Without a ``place`` either nothing was asked for, or what was ``typed`` is not known.
    """

    place: Place | None = None
    typed: str = ""
    others: tuple[tuple[str, str], ...] = ()
    hint: tuple[str, str] | None = None
    partly: bool = False


def sought_place(visit: Visit) -> Sought:
    """The place that the address names: what was typed goes before a point, a point before an obec.

    Raises ``InvalidParameter`` for a code that there is not, for a point that is none, and for too long a text.
    """
    typed = visit.args.get("misto", "").strip()
    if typed:
        return _by_name(visit, typed)
    if "bod" in visit.args:
        return Sought(_point(visit, visit.args["bod"]))
    return Sought(_municipality(visit, visit.args["obec"]) if "obec" in visit.args else None)


def place_kinds(visit: Visit) -> tuple[str, ...]:
    """The kinds of things that a search for a place offers."""
    index = search_index(visit.snapshot)
    layers = {service.layer for service in places_of(visit.snapshot, visit.site.finder.stale_after_days).services}
    wanted = ("obec", PART, POSTCODE, *sorted(layers))
    return tuple(kind for kind in wanted if index and kind in index.kinds)


def _by_name(visit: Visit, typed: str) -> Sought:
    if len(typed) > LONGEST:
        raise InvalidParameter(f"misto has {len(typed)} characters; at most {LONGEST} are allowed")
    index = search_index(visit.snapshot)
    results = index.find(Query(_name_alone(typed), OTHERS + 1, place_kinds(visit))) if index else None
    entries = [one.entry for one in results.found if one.entry.place] if results else []
    if not entries and index and (within := _named_within(index, typed)):
        return Sought(_place(visit, within), typed, partly=True)
    if not entries:
        hint = results.hint.title(visit.language) if results and results.hint else ""
        return Sought(typed=typed, hint=(hint, visit.here(misto=hint, bod=None, obec=None)) if hint else None)
    chosen = next((entry for entry in entries if label(entry, visit.say) == typed), entries[0])
    others = () if label(chosen, visit.say) == typed else [one for one in entries if _namesakes(one, chosen)]
    return Sought(_place(visit, chosen), typed, tuple(_other(visit, one) for one in others))


def _named_within(index: SearchIndex, typed: str) -> Entry | None:
    """The place whose whole name stands within ``typed``, as in an address whose street is not known.

    The longest name; of equally long ones the last, since an obec is written after its street.
    """
    given, kinds = query_words(typed), tuple(kind for kind in ("obec", PART, POSTCODE) if kind in index.kinds)
    for length in range(min(len(given) - 1, LONGEST_NAME), 0, -1):
        for start in range(len(given) - length, -1, -1):
            part = given[start : start + length]
            found = index.find(Query(" ".join(part), 1, kinds)).found
            if found and _is_called(found[0].entry, part):
                return found[0].entry
    return None


def _is_called(entry: Entry, part: tuple[str, ...]) -> bool:
    """Whether ``part`` is the name of an entry, word by word; words after the first may be cut short, as in n. N."""
    name = words(entry.name["cs"])
    return name[:1] == part[:1] and len(name) == len(part) and all(map(str.startswith, name, part))


def _name_alone(typed: str) -> str:
    """What was typed without the words in parentheses, which only tell a suggestion from others of its name."""
    return typed.partition(" (")[0]


def _namesakes(one: Entry, other: Entry) -> bool:
    return one.id != other.id and one.name["cs"] == other.name["cs"] and one.kind == other.kind


def _place(visit: Visit, entry: Entry) -> Place:
    assert entry.place is not None
    named = label(entry, visit.say)
    return Place(entry.place.lon, entry.place.lat, named, named, entry.place.exact and entry.kind != "obec")


def _other(visit: Visit, entry: Entry) -> tuple[str, str]:
    named = label(entry, visit.say)
    return named, visit.here(misto=named, bod=None, obec=None)


def _point(visit: Visit, text: str) -> Place:
    found = _POINT.fullmatch(text)
    lon, lat = (float(part) for part in found.groups()) if found else (999.0, 999.0)
    if abs(lon) > 180 or abs(lat) > 90:
        raise InvalidParameter(
            f"bod={text[:40]!r} is not a point; write longitude and latitude in degrees with a comma between, "
            "such as 15.0584,50.7699"
        )
    return Place(lon, lat, "", "", point=text)


def _municipality(visit: Visit, code: str) -> Place:
    known = municipalities(visit.snapshot)
    if code not in known:
        raise InvalidParameter(f"obec='{code}' is not the code of an obec of the region; {alternatives(code, known)}")
    one = known[code]
    repeated = sum(other.name == one.name for other in known.values()) > 1
    told = f"{one.name} ({visit.say('finder.district', name=one.district)})" if repeated else one.name
    return Place(one.lon, one.lat, told, told, exact=False)
