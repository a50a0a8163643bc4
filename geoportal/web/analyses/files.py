"""Answers of analyses for programs: the rows of the page as JSON, CSV and XLSX, and its map as a picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response

from geoportal.encode.workbook import Bold, Sheet, sheet_name, write_sheets
from geoportal.errors import AnalysisRefused, InvalidParameter, alternatives
from geoportal.figures.figure import compose
from geoportal.figures.look import SIZES
from geoportal.figures.pdf import to_pdf
from geoportal.figures.png import to_png
from geoportal.figures.subject import Captions
from geoportal.figures.svg import to_svg
from geoportal.figures.typeface import typeface
from geoportal.web import current
from geoportal.web.indicators.figures import TYPE_FOLDER, TYPES
from geoportal.web.indicators.forms import XLSX
from geoportal.web.indicators.picture import LANGUAGES
from geoportal.web.operation import Answers
from geoportal.web.params import Parameter, choice_parameter
from geoportal.web.respond import body_response, chosen_format, json_response
from geoportal.web.screens.analysis.answer import Result
from geoportal.web.screens.visit import Visit
from geoportal.web.texts import phrases

TABLES = {"json": "application/json", "csv": "text/csv", "xlsx": XLSX}
FORMATS = {**TABLES, **TYPES}
_NARROW, _WIDE = 14, 24  # widths of columns, in characters
ANSWERS: Answers = {media_type: "analysis" if name == "json" else None for name, media_type in FORMATS.items()}


def output_parameters(pictures: bool = True) -> list[Parameter]:
    """The parameters that say in which form and language an answer comes."""
    held = [
        choice_parameter("f", "Format of the answer.", FORMATS if pictures else TABLES),
        choice_parameter("lang", "Language of the words; by default the site's first.", LANGUAGES),
    ]
    size = choice_parameter("size", "A picture's size and shape.", SIZES)
    return [*held, size] if pictures else held


def answer(visit: Visit, result: Result, given: dict[str, Any]) -> Response:
    """``result`` in the form that ``given`` asks for, of those that it has."""
    form = chosen_format(given["f"], FORMATS if result.files.pictures else TABLES)
    if form == "json":
        return json_response(as_json(visit, result))
    if form in TYPES:
        body = _picture(visit, result, form, given["size"])
    else:
        body = as_csv(result).encode() if form == "csv" else as_workbook(visit, result)
    response = body_response(body, FORMATS[form])
    kind = "inline" if form in TYPES else "attachment"
    response.headers["Content-Disposition"] = f'{kind}; filename="{result.files.name}.{form}"'
    return response


@contextmanager
def refused_in_english() -> Iterator[None]:
    """Tells a program in words why an analysis is refused. Raises ``InvalidParameter`` in its place."""
    try:
        yield
    except AnalysisRefused as error:
        raise InvalidParameter(phrases("en")("analysis.refused." + error.key, **error.values)) from None


def as_json(visit: Visit, result: Result) -> dict[str, Any]:
    """The rows by the keys of their columns, with what is to be known of them."""
    keys = [column.key for column in result.table.columns]
    licences = {name: address for source in result.sources for name, address in source.licences}
    return {
        "title": result.title,
        **result.told,
        "findings": list(result.findings),
        "cautions": list(result.cautions),
        "method": result.about[0][1] if result.about else "",
        "attribution": "; ".join(source.said for source in result.sources),
        "licences": [{"name": name, "url": address} for name, address in licences.items()],
        "columns": [{"key": column.key, "meaning": column.meaning} for column in result.table.columns],
        "page": page_address(visit, result),
        "rows": [dict(zip(keys, row.cells, strict=True)) for row in result.table.rows],
    }


def as_csv(result: Result) -> str:
    """The rows as CSV (RFC 4180); what is not known is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([column.name for column in result.table.columns])
    writer.writerows(["" if cell is None else cell for cell in row.cells] for row in result.table.rows)
    return text.getvalue()


def as_workbook(visit: Visit, result: Result) -> bytes:
    """The rows as a workbook with a sheet that tells method, source, licence and what each column means."""
    rows = [row.cells for row in result.table.rows]
    head = [Bold(column.name) for column in result.table.columns]
    widths = [_WIDE if column.decimals is None else _NARROW for column in result.table.columns]
    held = Sheet(sheet_name(result.title), [head, *rows], widths, frozen=True)
    explained = Sheet("Popis", [(Bold(word), said) for word, said in _explained(visit, result)], (24, 90))
    saved = io.BytesIO()
    write_sheets(saved, (held, explained), result.title, "; ".join(source.said for source in result.sources))
    return saved.getvalue()


def _explained(visit: Visit, result: Result) -> Iterator[tuple[str, str]]:
    say = visit.say
    yield say("analysis.sheet.title"), result.title
    yield from result.about
    for said in (*result.findings, *result.notes):
        yield say("analysis.sheet.finding"), said
    for said in result.cautions:
        yield say("analysis.sheet.caution"), said
    for source in result.sources:
        yield say("analysis.sheet.source"), source.said
        yield say("analysis.sheet.licence"), "; ".join(" ".join(filter(None, one)) for one in source.licences)
    yield say("analysis.sheet.address"), page_address(visit, result)
    for column in result.table.columns:
        yield column.name, column.meaning


def page_address(visit: Visit, result: Result) -> str:
    """The whole address of the page that shows the same answer."""
    language = visit.language if visit.language != visit.site.languages[0] else None
    return current.base_url() + visit.address(visit.path, {**result.asked, "lang": language})[len(visit.root) :]


def _picture(visit: Visit, result: Result, form: str, size: str | None) -> bytes:
    figure = result.figure
    if figure is None:
        raise InvalidParameter(f"f={form!r} is not an output format here; {alternatives(form, TABLES)}")
    shape, face = SIZES[size or "default"], typeface(current.settings().page_file(TYPE_FOLDER))
    drawing = compose(figure.subject, figure.legend, _captions(visit, result, figure.label), shape, face)
    if form == "svg":
        return to_svg(drawing, face.web, *shape.paper).encode()
    return to_png(drawing, face, shape.dots) if form == "png" else to_pdf(drawing, face, visit.site.publisher.name)


def _captions(visit: Visit, result: Result, described: str) -> Captions:
    licences = ", ".join(dict.fromkeys(name for source in result.sources for name, _ in source.licences))
    sources = "; ".join(source.said for source in result.sources)
    notes = [visit.say("picture.source", sources=sources, licences=licences)]
    notes += [*result.cautions[:1], f"{visit.site.publisher.name} · {page_address(visit, result)}"]
    return Captions(result.title, result.findings[0], described, notes, visit.language)
