"""``/mapa/pohotovosti``: what is open near a place at a moment, or everything by district."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from geoportal.errors import InvalidParameter
from geoportal.finder.answer import Answer, Nearby, Question
from geoportal.finder.board import OFFERED
from geoportal.finder.find import directory, find
from geoportal.finder.moment import Moment, read_moment
from geoportal.finder.places import places_of
from geoportal.maps.shell import Shell, layers_map
from geoportal.query.collation import collation
from geoportal.web.finder.remarks import in_words
from geoportal.web.params import choice, whole
from geoportal.web.screens.canvas import canvas
from geoportal.web.screens.catalogue import outlines
from geoportal.web.screens.finder.kinds import chosen_kinds, known_kinds
from geoportal.web.screens.finder.opening import Clock, moment_words, short_moment
from geoportal.web.screens.finder.place import Place, Sought, place_kinds, sought_place
from geoportal.web.screens.finder.services import ServiceCard, service_card
from geoportal.web.screens.visit import Visit

PARAMETERS = ("obec", "misto", "bod", "druh", "kdy", "otevreno", "pocet")
SEVERAL = ("druh",)
SHOWN, MOST = 10, 50
TEXTS = (
    "copied", "copied_here", "denied", "details", "expired", "locating", "nearest_here", "offline_failed", "updating",
)  # fmt: skip
WAITS = ("hours", "minutes", "whole")
NOTES = frozenset(("coarse-roads", "no-road"))  # remarks that can wait until the end
IN_THE_BOX = frozenset(("nothing-open", "far-open"))  # remarks that head the box with what to do


@dataclass(frozen=True)
class KindChoice:
    """A kind of service that can be chosen. ``short``: its title in a word."""

    id: str
    title: str
    short: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """Services under one heading; without a title they stand alone."""

    title: str
    services: tuple[ServiceCard, ...]


@dataclass(frozen=True)
class Asked:
    """The question as the page took it."""

    sought: Sought
    kinds: tuple[str, ...]
    moment: Moment
    clock: Clock
    only_open: bool
    limit: int


def finder_screen(visit: Visit, now: dt.datetime) -> tuple[dict[str, Any], Shell]:
    """What the page shows at ``now``, and its map."""
    asked = read_question(visit, now)
    place = asked.sought.place
    shown = _nearest(visit, asked, place) if place else _everywhere(visit, asked)
    cards = [card for group in shown["groups"] for card in group.services]
    choices = _choices(visit, asked.kinds)
    content = {
        **shown,
        "asked": asked,
        "place": place,
        "kinds": choices,
        "refined": _refined(visit, choices, asked),
        "place_kinds": place_kinds(visit),
        "when": moment_words(visit, asked.clock),
        "stale": any(card.stale for card in cards),
        "first_open": first_open(cards),
        "attributions": list(dict.fromkeys(source.said for card in cards for source in card.sources)),
        "texts": script_texts(visit),
        "emergency": visit.site.finder.emergency,
    }
    return content, layers_map(canvas(visit, visit.say("finder.map")), outlines(visit))


def read_question(visit: Visit, now: dt.datetime) -> Asked:
    """The question in the address. Raises ``InvalidParameter``; ``NotFound`` without any layer of services."""
    try:
        moment = read_moment(visit.args.get("kdy"), now)
    except InvalidParameter as error:
        raise InvalidParameter(str(error).replace("at=", "kdy=", 1)) from None
    return Asked(
        sought=sought_place(visit),
        kinds=chosen_kinds(visit),
        moment=moment,
        clock=Clock(moment.at, "kdy" not in visit.args),
        only_open=choice("otevreno", ("0", "1"))(visit.args.get("otevreno", "0")) == "1",
        limit=whole("pocet", 1, MOST)(visit.args.get("pocet", str(SHOWN))),
    )


def _choices(visit: Visit, chosen: Iterable[str]) -> list[KindChoice]:
    held = set(chosen)
    return [KindChoice(one, title, short, one in held) for one, (title, short) in known_kinds(visit).items()]


def _refined(visit: Visit, choices: Iterable[KindChoice], asked: Asked) -> list[str]:
    """What is looked for and when, in a few words."""
    kinds = [choice.short for choice in choices if choice.chosen] or [visit.say("finder.everything")]
    only = [visit.say("finder.only_open")] if asked.only_open else []
    return [*kinds, *only, visit.say("finder.now") if asked.clock.live else short_moment(visit, asked.clock)]


def _nearest(visit: Visit, asked: Asked, place: Place) -> dict[str, Any]:
    """The nearest places, and what to do where none of them is open."""
    question = Question(place.lon, place.lat, asked.moment.at, asked.kinds, asked.only_open, asked.limit)
    answer = find(visit.snapshot, visit.site, question, asked.moment.remarks)
    cards = _cards(visit, answer.nearest, asked.clock)
    total = len(places_of(visit.snapshot, visit.site.finder.stale_after_days).of(asked.kinds))
    more = len(cards) == asked.limit < min(total, MOST)
    return {
        "heading": _heading(visit, place),
        "groups": [Group("", cards)] if cards else [],
        "instead": _instead(visit, answer, asked.clock),
        "warnings": [in_words(one, visit.say) for one in answer.remarks if one.code not in IN_THE_BOX | NOTES],
        "remarks": [in_words(one, visit.say) for one in answer.remarks if one.code in NOTES],
        "more": visit.here(pocet=str(MOST)) if more else "",
        "by_road": answer.by_road,
    }


def _heading(visit: Visit, place: Place) -> str:
    if place.point:
        return visit.say("finder.nearest_point")
    return visit.say("finder.nearest_to", name=place.name)


def _instead(visit: Visit, answer: Answer, clock: Clock) -> dict[str, Any] | None:
    """Where nothing suitable is open: why, what opens next, who may help at once; None where something is open."""
    reasons = [one for one in answer.remarks if one.code in IN_THE_BOX]
    if not reasons:
        return None
    return {
        "reasons": [in_words(one, visit.say) for one in reasons if one.code == "far-open" or not answer.urgent],
        "next": _cards(visit, answer.next_to_open, clock),
        "urgent": _cards(visit, answer.urgent, clock),
    }


def _everywhere(visit: Visit, asked: Asked) -> dict[str, Any]:
    """All places by district, those in each that are open first."""
    found = listed(visit, asked.kinds, asked.clock.at)
    kept = [one for one in found if one.state == "open" or not asked.only_open]
    groups, number = [], 1
    for name in districts(kept):
        held = sorted((one for one in kept if one.district == name), key=_openness)
        title = visit.say("finder.in_district", name=name) if name else visit.say("finder.elsewhere")
        groups.append(Group(title, _cards(visit, held, asked.clock, number)))
        number += len(held)
    opened = sum(_openness(one) == 0 for one in found)
    return {
        "heading": visit.say("finder.all", count=len(kept)),
        "opened": visit.say("finder.open_now" if asked.clock.live else "finder.open_then", count=opened),
        "groups": groups,
        "instead": None if opened else _opening_first(visit, found, asked.clock),
        "warnings": [in_words(one, visit.say) for one in asked.moment.remarks],
        "remarks": [],
        "more": "",
        "by_road": False,
    }


def _opening_first(visit: Visit, found: Iterable[Nearby], clock: Clock) -> dict[str, Any] | None:
    """What opens first of all places, where none of them is open; None where that is not known of any."""
    times = {one.id: one.opening.opens for one in found if one.walk_in and one.opening and one.opening.opens}
    soon = sorted((one for one in found if one.id in times), key=lambda one: times[one.id])[:OFFERED]
    if not soon:
        return None
    return {"reasons": [visit.say("remark.nothing-open")], "next": _cards(visit, soon, clock), "urgent": ()}


def listed(visit: Visit, kinds: tuple[str, ...], at: dt.datetime, district: str | None = None) -> list[Nearby]:
    """Places of any of the ``kinds``, in alphabetical order of municipality and name."""
    found = {
        one.id: one
        for kind in kinds or (None,)
        for one in directory(visit.snapshot, visit.site, at, district=district, kind=kind)
    }
    return sorted(found.values(), key=lambda one: (collation(one.municipality), collation(one.name), one.id))


def place_card(visit: Visit, layer: str, fid: str, at: dt.datetime) -> ServiceCard | None:
    """The card of the place that is the feature ``fid`` of ``layer``; None where it is no place to find help."""
    found = directory(visit.snapshot, visit.site, at)
    held = next((one for one in found if (one.layer, one.fid) == (layer, fid)), None)
    return service_card(visit, held, 0, Clock(at, live=True)) if held else None


def districts(found: Iterable[Nearby]) -> list[str]:
    """The districts of places in alphabetical order."""
    return sorted({one.district for one in found}, key=collation)


def _openness(nearby: Nearby) -> int:
    if nearby.disputed or not nearby.walk_in:
        return 2
    return {"open": 0, "closed": 1, "unknown": 2}[nearby.state]


def _cards(visit: Visit, found: Iterable[Nearby], clock: Clock, first: int = 1) -> tuple[ServiceCard, ...]:
    return tuple(service_card(visit, one, number, clock) for number, one in enumerate(found, start=first))


def script_texts(visit: Visit) -> dict[str, Any]:
    """What the page's script says."""
    waits = {name: visit.say.entries["opening.wait." + name] for name in WAITS}
    return {**{name: visit.say("finder." + name) for name in TEXTS}, "wait": waits}


def first_open(cards: Iterable[ServiceCard]) -> ServiceCard | None:
    """The first of the cards that is certainly open, unless it heads the list anyway."""
    for position, card in enumerate(cards):
        if card.state.mark in ("open", "soon"):
            return card if position else None
    return None
