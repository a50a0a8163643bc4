"""Opening hours in the syntax of OpenStreetMap's key ``opening_hours``, taken as they are."""

from __future__ import annotations

from geoportal.hours.schedule import Schedule, parse_schedule


def osm_hours(text: str | None) -> Schedule | None:
    """The schedule of ``text``, or None if it is empty. Raises ``HoursRefused``."""
    return parse_schedule(text) if text and text.strip() else None
