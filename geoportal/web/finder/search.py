"""Search by name: ``/search`` as GeoJSON, and ``/hledani``, the page of results that needs no scripts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response

from geoportal.errors import InvalidParameter, alternatives
from geoportal.search.entry import Entry
from geoportal.search.folding import LONGEST
from geoportal.search.index import Query, Result, search_index
from geoportal.snapshot.reader import Snapshot
from geoportal.web.current import base_url, site, snapshot
from geoportal.web.operation import operation
from geoportal.web.params import Parameter, choice_parameter, number_parameter, whole_parameter
from geoportal.web.portal.views import open_visit, page
from geoportal.web.respond import json_response
from geoportal.web.screens import search as screen
from geoportal.web.texts import Phrases, phrases

blueprint = Blueprint("search", __name__)

DEFAULT_LIMIT, MAX_LIMIT = 10, 50


def read_text(text: str) -> str:
    """What was typed, without blanks around it. Raises ``InvalidParameter`` for nothing and for more than a name."""
    stripped = text.strip()
    if not stripped:
        raise InvalidParameter("q is empty; write a name, a part of one, a postcode or a code")
    if len(stripped) > LONGEST:
        raise InvalidParameter(f"q has {len(stripped)} characters; at most {LONGEST} are allowed")
    return stripped


def read_kinds(text: str) -> tuple[str, ...]:
    """The kinds that a list with commas names. Raises ``InvalidParameter`` for one that does not exist."""
    known, named = screen.search_kinds(snapshot()), tuple(dict.fromkeys(text.split(",")))
    for kind in named:
        if kind not in known:
            raise InvalidParameter(f"kind={kind[:40]!r} is nothing that can be found; {alternatives(kind[:40], known)}")
    return named


def _parameters() -> list[Parameter]:
    words = {"type": "string", "minLength": 1, "maxLength": LONGEST}
    kinds = {"type": "array", "minItems": 1, "items": {"type": "string", "enum": screen.search_kinds(snapshot())}}
    return [
        Parameter("q", "A name or its beginning, a postcode or a code.", read_text, words, required=True),
        whole_parameter("limit", "How many results.", 1, MAX_LIMIT, default=DEFAULT_LIMIT),
        Parameter("kind", "Only these kinds; by default all.", read_kinds, kinds),
        number_parameter("lon", "Longitude in degrees: what is near goes before its equals.", -180, 180),
        number_parameter("lat", "Latitude in degrees.", -90, 90),
        choice_parameter("lang", "Language of words and titles.", site().spoken),
    ]


@blueprint.get("/search")
@operation("What has this name.", "Finder", {"application/geo+json": "featureCollection"}, _parameters)
def search(given: dict[str, Any]) -> Response:
    """The things with this name, the best fit first; ``hint`` is the nearest spelling where there are none.

    A position is not logged or stored, and the answer to it is not kept by shared caches.
    """
    if (given["lon"] is None) != (given["lat"] is None):
        raise InvalidParameter("lon and lat go together; one of them is missing")
    near = None if given["lon"] is None else (given["lon"], given["lat"])
    held, say = snapshot(), phrases(given["lang"] or site().languages[0])
    query = Query(given["q"], given["limit"] or DEFAULT_LIMIT, given["kind"] or (), near)
    results = screen.find(held, query)
    index = search_index(held)
    response = json_response(
        {
            "type": "FeatureCollection",
            "features": [_feature(result, held, say) for result in results.found],
            "numberMatched": results.matched,
            "numberReturned": len(results.found),
            **({"hint": results.hint.title(say.language)} if results.hint else {}),
            "attribution": index.about["attribution"] if index else "",
        },
        "application/geo+json",
    )
    if near:
        response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get("/hledani")
def search_page() -> Response:
    """The results on a page, by kind."""
    visit = open_visit(*screen.PARAMETERS)
    text = visit.args.get("q", "").strip()
    kinds = read_kinds(visit.args["kind"]) if "kind" in visit.args else ()
    return page("search.html", visit, screen.search_screen(visit, read_text(text) if text else "", kinds))


def _feature(result: Result, held: Snapshot, say: Phrases) -> dict[str, Any]:
    entry, place = result.entry, result.entry.place
    return {
        "type": "Feature",
        "id": entry.id,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if place else None,
        **({"bbox": place.bbox} if place and place.bbox else {}),
        "properties": {
            "kind": entry.kind,
            "kind_title": screen.kind_word(entry, held, say),
            "name": entry.title(say.language),
            "label": screen.label(entry, say),
            "context": screen.context(entry, say),
            "code": entry.code,
            "url": _address(entry, say.language),
            "score": result.score,
            **({"position": "exact" if place.exact else "obec"} if place else {}),
        },
    }


def _address(entry: Entry, language: str) -> str:
    """The page that the entry leads to, in the language asked for."""
    chosen = {} if language == site().languages[0] else {"lang": language}
    query = urlencode({**entry.query, **chosen})
    return f"{base_url()}{entry.path}" + (f"?{query}" if query else "")
