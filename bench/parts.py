"""What single parts take in process: opening hours, natural breaks, a profile page, a picture, the nearest service."""

from __future__ import annotations

import datetime as dt
import timeit
from collections.abc import Callable, Iterator

import numpy as np

from geoportal.app import create_app
from geoportal.atlas.natural import natural_edges
from geoportal.hours.schedule import parse_schedule
from geoportal.settings import Settings

HOURS = "Mo-Fr 17:00-21:00; Sa,Su,PH 08:00-18:00"
LIBEREC, FRYDLANT = "563889", "564028"
CZECH_OBCE = 6258


def measure_parts(settings: Settings) -> Iterator[tuple[str, float, float, str]]:
    """Name, value, limit and unit of each part; the best of several rounds, the pictures and pages made afresh."""
    schedule, moment = parse_schedule(HOURS), dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
    yield "open or closed at a moment", best(lambda: schedule.state(moment), 200) * 1e6, 20, "us"
    yield "a week of opening hours", best(lambda: schedule.week(moment.date()), 50) * 1e6, 200, "us"
    values = np.sort(np.random.default_rng(1).gamma(2, 300, CZECH_OBCE))
    yield f"natural breaks of {CZECH_OBCE:,} values", best(lambda: natural_edges(values, 9), 1) * 1e3, 100, "ms"
    client = create_app(settings).test_client()
    client.get(f"/obec/{FRYDLANT}").close()  # brings what all profiles share
    yield "a profile page", once(lambda: client.get(f"/obec/{LIBEREC}").close()) * 1e3, 50, "ms"
    yield "a picture of a map, cold", once(lambda: client.get("/indicators/obyvatel/map.png").close()) * 1e3, 700, "ms"


def best(action: Callable[[], object], number: int) -> float:
    """Seconds of one ``action``, the best of ten rounds of ``number``."""
    return min(timeit.repeat(action, number=number, repeat=10)) / number


def once(action: Callable[[], object]) -> float:
    """Seconds of ``action`` done for the first time."""
    return timeit.timeit(action, number=1)
