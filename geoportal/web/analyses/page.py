"""The page of an analysis: its fields, its answer in words, the map, the table, and what can be taken away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response

from geoportal.errors import FontsMissing
from geoportal.figures.typeface import typeface
from geoportal.maps.shell import Shell
from geoportal.web import current
from geoportal.web.analyses.files import TABLES, page_address
from geoportal.web.indicators.citation import Citation, in_words
from geoportal.web.indicators.figures import TYPE_FOLDER
from geoportal.web.portal.views import page
from geoportal.web.screens.analysis.answer import Result, Screen, entry
from geoportal.web.screens.analysis.map import InlineMap, inline_map
from geoportal.web.screens.analysis.table import page_table
from geoportal.web.screens.visit import Visit


def analysis_page(
    visit: Visit, name: str, screen: Screen, template: str = "analysis.html", shell: Shell | None = None, **more: Any
) -> Response:
    """The page of the analysis called ``name``; ``more`` is what its own template needs besides."""
    result = screen.result
    content = {
        "analysis": entry(visit, name),
        "fields": screen.fields,
        "prompt": screen.prompt,
        "notices": screen.notices,
        "result": result,
        **(_shown(visit, result) if result else {}),
        **more,
    }
    return page(template, visit, content, shell)


def _shown(visit: Visit, result: Result) -> dict[str, Any]:
    """What a page shows of an answer besides its words."""
    permanent = page_address(visit, result)
    before, _, after = in_words(visit, _citation(visit, result, permanent), "\0").partition("\0")
    pictures = result.files.pictures and result.figure is not None
    return {
        "table": page_table(visit, result.table),
        "map": _map(result),
        "downloads": list(_downloads(visit, result, pictures)),
        "permanent": permanent,
        "share": current.base_url() + _address(visit, result, "png", size="share")[len(visit.root) :]
        if pictures
        else "",
        "cited": (before, after),
    }


def _map(result: Result) -> InlineMap | None:
    """The map of an answer; none without the typeface of its names, since the table says the same."""
    if result.figure is None:
        return None
    try:
        face = typeface(current.settings().page_file(TYPE_FOLDER))
    except FontsMissing:
        return None
    return inline_map(result.figure, face)


def _downloads(visit: Visit, result: Result, pictures: bool) -> Iterator[tuple[str, str, str]]:
    """Words, address and the name of the file; JSON is opened in the browser."""
    for form in TABLES:
        name = "" if form == "json" else f"{result.files.name}.{form}"
        yield form.upper(), _address(visit, result, form), name
    for form, size in (("png", ""), ("svg", ""), ("pdf", "print")) if pictures else ():
        words = visit.say("picture.download." + form)
        yield words, _address(visit, result, form, size=size), f"{result.files.name}.{form}"


def _address(visit: Visit, result: Result, form: str, **more: str) -> str:
    language = visit.language if visit.language != visit.site.languages[0] else ""
    return visit.address(result.files.path, {**result.files.query, "f": form, "lang": language, **more})


def _citation(visit: Visit, result: Result, address: str) -> Citation:
    held = visit.snapshot.manifest["sources"]
    cards = [held[name] for name in result.cited if name in held]
    return Citation(
        key=result.files.name,
        creators=tuple(dict.fromkeys(card["publisher"] for card in cards)),
        title=result.title,
        publisher=visit.site.publisher.name,
        service=visit.into(visit.site.title),
        date=max((card["date"] for card in cards), default=""),
        url=address,
        licences=", ".join(dict.fromkeys(name for source in result.sources for name, _ in source.licences)),
    )
