"""How an indicator is cited: in words by ČSN ISO 690, and for reference managers as BibTeX and RIS."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response

from geoportal.web.indicators.figures import visit_in
from geoportal.web.indicators.picture import WHICH, chosen_map, page_address
from geoportal.web.operation import operation
from geoportal.web.params import choice_parameter
from geoportal.web.respond import body_response, chosen_format
from geoportal.web.screens.atlas.choice import Choice
from geoportal.web.screens.picture.words import headline, licence_names, tables
from geoportal.web.screens.take_away import TakeAway, take_away
from geoportal.web.screens.visit import Visit

blueprint = Blueprint("citation", __name__)

FORMS = {"text": "text/plain", "bibtex": "application/x-bibtex", "ris": "application/x-research-info-systems"}
ENDS = {"text": "txt", "bibtex": "bib", "ris": "ris"}
ZONE = ZoneInfo("Europe/Prague")
_TEX = re.compile(r"[&%#_{}$~^\\]")
_TEX_SIGNS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Citation:
    """What identifies an indicator at a level in a period.

    ``creators`` published the sources, ``publisher`` made the indicator of them and serves it under ``service``;
    ``date`` is the newest state of the world among the sources, ``url`` the page that shows it.
    """

    key: str
    creators: tuple[str, ...]
    title: str
    publisher: str
    service: str
    date: str
    url: str
    licences: str

    @property
    def year(self) -> str:
        """The year of the newest source."""
        found = re.findall(r"\d{4}", self.date)
        return max(found) if found else ""


def citation(visit: Visit, chosen: Choice) -> Citation:
    """What is to be cited of what a page shows."""
    held = visit.snapshot.manifest["sources"]
    shown = tables(chosen)
    cards = [held[name] for name in chosen.sources]
    return Citation(
        key="-".join((*(table.id for table in shown), chosen.level, chosen.period)),
        creators=tuple(dict.fromkeys(card["publisher"] for card in cards)),
        title=headline(visit, chosen),
        publisher=visit.site.publisher.name,
        service=visit.into(visit.site.title),
        date=max(card["date"] for card in cards),
        url=page_address(chosen, visit.language),
        licences=", ".join(licence_names(shown)),
    )


def in_words(visit: Visit, cited: Citation, day: str) -> str:
    """The citation as a sentence of a list of references; ``day`` is when it was looked at."""
    return visit.say(
        "citation.text",
        creators="; ".join(name.upper() for name in cited.creators),
        title=cited.title,
        publisher=cited.publisher,
        service=cited.service,
        date=visit.say.date(cited.date),
        day=day,
        url=cited.url,
        licences=cited.licences,
    )


def bibtex(cited: Citation, day: str) -> str:
    """The citation as one entry of BibTeX."""
    authors = " and ".join(f"{{{_tex(name)}}}" for name in cited.creators)
    fields = {
        "author": authors,
        "title": f"{{{_tex(cited.title)}}}",
        "year": cited.year,
        "publisher": _tex(cited.publisher),
        "howpublished": _tex(cited.service),
        "url": cited.url,
        "urldate": day,
        "note": _tex(cited.licences),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{cited.key},\n{lines}}}\n"


def ris(cited: Citation, day: str) -> str:
    """The citation as one record of RIS, whose lines end as its specification wants."""
    fields = [
        ("TY", "DATA"),
        ("ID", cited.key),
        *(("AU", name) for name in cited.creators),
        ("TI", cited.title),
        ("PY", cited.year),
        ("PB", cited.publisher),
        ("DP", cited.service),
        ("UR", cited.url),
        ("Y2", day.replace("-", "/")),
        ("N1", cited.licences),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields)


def _tex(text: str) -> str:
    return _TEX.sub(lambda sign: _TEX_SIGNS.get(sign[0], "\\" + sign[0]), text)


_CITED = [*WHICH, choice_parameter("f", "Form of the citation.", FORMS)]


@blueprint.get("/indicators/<indicator_id>/citation")
@operation("How to cite an indicator.", "Indicators", dict.fromkeys(FORMS.values()), _CITED)
def cite(indicator_id: str, given: dict[str, Any]) -> Response:
    """The citation of an indicator at a level in a period, with today's date in Czechia."""
    visit, chosen = visit_in(given["lang"]), chosen_map(indicator_id, given)
    form = chosen_format(given["f"], FORMS)
    cited, day = citation(visit, chosen), dt.datetime.now(ZONE).date().isoformat()
    match form:
        case "bibtex":
            body = bibtex(cited, day)
        case "ris":
            body = ris(cited, day)
        case _:
            body = in_words(visit, cited, day) + "\n"
    response = body_response(body, FORMS[form])
    response.headers["Cache-Control"] = "private, max-age=60"  # a table of ready answers would keep the day
    response.headers["Content-Disposition"] = f'inline; filename="{cited.key}.{ENDS[form]}"'
    return response


@blueprint.app_template_global()
def taken_from(visit: Visit, chosen: Choice) -> TakeAway:
    """What the page of a map offers of it, for its template."""
    cited = citation(visit, chosen)
    before, _, after = in_words(visit, cited, "\0").partition("\0")
    return take_away(visit, chosen, cited.title, cited.url, (before, after))
