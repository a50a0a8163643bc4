"""The table of the atlas as files: the rows of the page in their order, and a sheet that says what they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from geoportal.encode.workbook import Bold, Cell, Sheet, below, sheet_name, write_sheets
from geoportal.snapshot.indicator import STATUSES, IndicatorTable
from geoportal.web.screens.atlas.choice import Choice
from geoportal.web.screens.atlas.pair import heading
from geoportal.web.screens.atlas.rows import Row
from geoportal.web.screens.picture.words import tables
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

WIDTHS = (10, 32, 8, 10, 14, 14, 10, 14, 14)


def file_name(choice: Choice, ext: str) -> str:
    """What a file of the table is called."""
    return "-".join((*(table.id for table in tables(choice)), choice.level, choice.period)) + f".{ext}"


def to_csv(choice: Choice, rows: Sequence[Row]) -> str:
    """The table as CSV; a missing value is empty, as its status says."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_columns(choice))
    writer.writerows(_cells(choice, rows))
    return text.getvalue()


def to_xlsx(visit: Visit, choice: Choice, rows: Sequence[Row], address: str) -> bytes:
    """The table as a workbook: the rows, the development of the chosen units, and what all of it is."""
    title = heading(visit, choice)
    sheets = [Sheet(visit.say("atlas.table"), below(_columns(choice), _cells(choice, rows)), WIDTHS, frozen=True)]
    if choice.chosen:
        sheets += [_development(visit, choice, table) for table in tables(choice)]
    told = [(Bold(word), said) for word, said in _explained(visit, choice, address)]
    sheets.append(Sheet(visit.say("value_sheet.name"), told, (24, 90)))
    saved = io.BytesIO()
    write_sheets(saved, sheets, title, "; ".join(table.attribution for table in tables(choice)))
    return saved.getvalue()


def _columns(choice: Choice) -> list[str]:
    names = ["kod", "nazev", "poradi", "obdobi", choice.table.id, "stav"]
    if choice.second is None:
        return names
    other = choice.second.table.id
    return [*names, "obdobi_2", other if other != choice.table.id else f"{other}_2", "stav_2"]


def _cells(choice: Choice, rows: Sequence[Row]) -> Iterator[list[Cell]]:
    sides = choice.sides
    held = [{unit.code: unit for unit in side.table.values(choice.level, side.period)} for side in sides]
    for row in rows:
        cells: list[Cell] = [row.code, row.name]
        for number, (side, values) in enumerate(zip(sides, held, strict=True)):
            unit = values[row.code]
            cells += [] if number else [row.place or None]
            cells += [side.period, unit.value, unit.status]
        yield cells


def _development(visit: Visit, choice: Choice, table: IndicatorTable) -> Sheet:
    """The values of the chosen units in all periods."""
    periods, names = table.periods(choice.level), unit_names(visit.snapshot, choice.level)
    held = [{unit.code: unit.value for unit in table.values(choice.level, period)} for period in periods]
    rows = [[code, names[code], *(values[code] for values in held)] for code in choice.chosen]
    return Sheet(sheet_name(visit.into(table.title)), below(("kod", "nazev", *periods), rows), WIDTHS[:2], frozen=True)


def _explained(visit: Visit, choice: Choice, address: str) -> Iterator[tuple[str, str]]:
    say, into = visit.say, visit.into
    yield say("value_sheet.address"), address
    yield say("atlas.level"), say("level." + choice.level)
    for side in choice.sides:
        table = side.table
        yield say("value_sheet.title"), into(table.title)
        yield say("atlas.period"), side.period
        yield say("value_sheet.description"), into(table.description)
        yield say("value_sheet.unit"), into(table.unit)
        yield say("value_sheet.source"), table.attribution
        yield say("value_sheet.licence"), "; ".join(licence["name"] for licence in table.licences)
        held = visit.snapshot.manifest["sources"]
        for name in table.sources(side.period):
            card = held[name]
            yield say("value_sheet.state"), f"{card['title'][visit.language]}: {say.date(card['date'])}"
        yield say("atlas.method"), say("atlas.aggregate." + table.aggregate)
        if table.comparability:
            yield say("value_sheet.comparability"), into(table.comparability)
    for status in STATUSES:
        yield f"stav = {status}", say("value_sheet.status." + status)
