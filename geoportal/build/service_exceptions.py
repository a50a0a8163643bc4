"""Dated exceptions from opening hours, such as a sudden closure: they hold whichever source decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from geoportal.build.sources import SourceReader
from geoportal.errors import HoursRefused, Problems, alternatives
from geoportal.hours.dated import DatedHours, with_exceptions
from geoportal.hours.schedule import parse_schedule
from geoportal.services.service import Record, Service

COLUMNS = ("vrstva", "id", "od", "do", "hodiny", "duvod", "zdroj", "overeno")


def read_exceptions(source: str, sources: SourceReader) -> dict[str, list[DatedHours]]:
    """The exceptions in a table of ours by the id of the service, such as ``pohotovosti/4``. Raises ``Problems``."""
    frame = sources.read(source).frame
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise Problems([f"{source}: has no column '{name}'; {alternatives(name, frame.columns)}" for name in missing])
    found: dict[str, list[DatedHours]] = {}
    problems = []
    for number, row in enumerate(frame.to_dict("records"), start=2):
        try:
            found.setdefault(f"{row['vrstva']}/{row['id']}", []).append(_dated(row))
        except (TypeError, ValueError) as error:
            problems.append(f"{source}: row {number}: {error}; dates are written as 2026-12-24")
    if problems:
        raise Problems(problems)
    return found


def apply_exceptions(services: Iterable[Service], exceptions: Mapping[str, list[DatedHours]]) -> list[Service]:
    """The services with their exceptions in every record that has hours.

    Raises ``Problems`` for exceptions that are about no service or can't be read.
    """
    held = list(services)
    known = [service.id for service in held]
    problems = [
        f"exceptions: '{one}' is no service; {alternatives(one, known)}" for one in exceptions if one not in known
    ]
    changed = []
    for service in held:
        try:
            records = tuple(_excepted(record, exceptions.get(service.id, [])) for record in service.records)
            changed.append(replace(service, records=records))
        except HoursRefused as error:
            problems.append(f"exceptions: {service.id}: {error}")
    if problems:
        raise Problems(problems)
    return changed


def _dated(row: Mapping[str, Any]) -> DatedHours:
    return DatedHours(
        first=dt.date.fromisoformat(row["od"]),
        last=dt.date.fromisoformat(row["do"] or row["od"]),
        hours=row["hodiny"] or "",
        reason=row["duvod"] or "",
        source=row["zdroj"] or "",
        verified=dt.date.fromisoformat(row["overeno"]) if row["overeno"] else None,
    )


def _excepted(record: Record, exceptions: list[DatedHours]) -> Record:
    if not exceptions or record.osm is None:
        return record
    return replace(record, osm=with_exceptions(parse_schedule(record.osm), exceptions).osm)
