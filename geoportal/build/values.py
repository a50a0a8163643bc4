"""All values of each indicator as files: every level and period, one row a value, as CSV, JSON and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from geoportal.build.indicators import BuiltIndicator
from geoportal.build.inputs import Inputs
from geoportal.build.run import Joined
from geoportal.encode.values import write_workbook
from geoportal.snapshot.indicator import STATUSES
from geoportal.territory.units import Territory

COLUMNS = ("uroven", "kod", "nazev", "obdobi", "hodnota", "stav")
_NAMES = ("level", "code", "name", "period", "value", "status")

Row = tuple[str, str, str, str, float | None, str]


def write_values(folder: Path, joined: Joined) -> None:
    """Writes ``values/<id>.csv``, ``.json`` and ``.xlsx`` of every indicator."""
    target = folder / "values"
    target.mkdir()
    for name, indicator in joined.indicators.items():
        table = list(_rows(indicator, joined.territory))
        about = _about(indicator, joined.inputs)
        (target / f"{name}.csv").write_bytes(_csv(table))
        values = [dict(zip(_NAMES, row, strict=True)) for row in table]
        (target / f"{name}.json").write_bytes(orjson.dumps({**about, "values": values}))
        write_workbook(target / f"{name}.xlsx", about, COLUMNS, table)


def _rows(indicator: BuiltIndicator, territory: Territory) -> Iterator[Row]:
    for level, series in indicator.levels.items():
        units = territory.levels[level]["name"]
        for period, values, statuses in zip(series.periods, series.values, series.status, strict=True):
            for (code, name), value, status in zip(units.items(), values.tolist(), statuses.tolist(), strict=True):
                shown = None if value != value else int(value) if value.is_integer() else value
                yield level, str(code), name, period, shown, STATUSES[status]


def _about(indicator: BuiltIndicator, inputs: Inputs) -> dict[str, Any]:
    """What travels with the values; ``licences`` are pairs of name and address."""
    card, sources = indicator.card, [inputs.source(name) for name in indicator.sources]
    return {
        "id": card.id,
        "title": card.title.model_dump(exclude_none=True),
        "description": card.description.model_dump(exclude_none=True),
        "unit": card.unit.model_dump(exclude_none=True),
        "attribution": "; ".join(dict.fromkeys(source.attribution for source in sources)),
        "licences": list(dict.fromkeys(source.licence.url or source.licence.name for source in sources)),
    }


def _csv(table: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(["" if cell is None else cell for cell in row] for row in table)
    return text.getvalue().encode()
