"""Who has an open service within reach, against a computation that goes from door to door."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyproj
import pytest
from opening_hours import OpeningHours

from geoportal.analyses.reach import (
    Question,
    Reach,
    Way,
    counts_of_people,
    next_evening,
    reach,
    usual_kind,
)
from geoportal.analyses.seats import seats_of
from geoportal.hours.clock import PRAGUE
from geoportal.services.book import service_book
from geoportal.services.service import Service
from geoportal.settings import Settings
from geoportal.site import LEVELS, Level, Site, load_site
from geoportal.snapshot.reader import Follower, Snapshot
from geoportal.snapshot.road_lengths import read_road_lengths
from tests.conftest import ROOT

SUNDAY = dt.datetime(2026, 11, 22, 20, tzinfo=PRAGUE)  # 17 November is a holiday, this day is none
GEOD = pyproj.Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site(ROOT)


@pytest.fixture(scope="module")
def snapshot(mirror_settings: Settings) -> Snapshot:
    return Follower(mirror_settings.build)()


def asked(snapshot: Snapshot, site: Site, **changed: Any) -> Reach:
    people = counts_of_people(snapshot, site)[0]
    question = {"at": SUNDAY, "kinds": (), "way": "air", "limit": 20.0, "level": "orp", "people": people}
    return reach(snapshot, site, Question(**{**question, **changed}))  # type: ignore[arg-type]


def definition_points() -> dict[str, tuple[float, float]]:
    with (ROOT / "data/facts/uzemi.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["kod"]: (float(row["lon"]), float(row["lat"]))
            for row in csv.DictReader(file)
            if row["uroven"] == "obec"
        }


def inhabitants(mirror: Path) -> dict[str, float]:
    path = mirror / "opendata.csu.gov.cz/soubory/od/od_mos01/mos_data_2024.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        return {row["koduzemi"]: float(row["hodnota"]) for row in rows if row["kodukaz"] == "111000"}


def said(service: Service, at: dt.datetime) -> str:
    """What the sources that have hours say, one by one."""
    told = {
        OpeningHours(record.osm, country="CZ").is_open(at.replace(tzinfo=None))
        for record in service.records
        if record.osm
    }
    return {(): "unknown", (True,): "open", (False,): "closed"}.get(tuple(told), "disputed")


def metres_by_road(snapshot: Snapshot, code: str, service: Service) -> float:
    tables = read_road_lengths(snapshot.folder / "roads", snapshot.manifest["roads"])
    assert tables is not None
    assert service.fid is not None
    unit = [held for held, _ in snapshot.units["obec"]].index(code)
    return float(tables[service.layer][unit, snapshot.collections[service.layer].position(service.fid)])


def door_to_door(
    snapshot: Snapshot, people: Mapping[str, float], kinds: tuple[str, ...], at: dt.datetime, way: Way, limit: float
) -> dict[str, tuple[float, float]]:
    """By obec: people with an open service within reach, and those who have only a disputed one."""
    found = {}
    for code, (lon, lat) in definition_points().items():
        near = {"open": False, "disputed": False}
        for service in service_book(snapshot).services:
            state = said(service, at)
            if not set(kinds) & set(service.kinds) or state not in near:
                continue
            if way == "air":
                length = GEOD.inv(lon, lat, service.lon, service.lat)[2] / 1000
            elif way == "road_km":
                length = metres_by_road(snapshot, code, service) / 1000
            else:
                assert snapshot.roads is not None
                assert service.fid is not None
                position = snapshot.collections[service.layer].position(service.fid)
                length = float((snapshot.roads.from_unit(code) or {})[service.layer][position]) / 60
            near[state] = near[state] or length <= limit
        certain = people[code] if near["open"] else 0.0
        found[code] = (certain, people[code] - certain if near["open"] or near["disputed"] else 0.0)
    return found


@pytest.mark.parametrize(
    ("kinds", "at", "way", "limit"),
    [
        (("lps-dospeli",), SUNDAY, "air", 20.0),
        (("lps-deti", "zubni"), SUNDAY, "air", 12.5),
        (("lps-dospeli",), dt.datetime(2026, 11, 23, 17, 30, tzinfo=PRAGUE), "road", 15.0),
        (("lps-deti",), dt.datetime(2026, 11, 17, 18, 30, tzinfo=PRAGUE), "road", 25.0),
        (("lps-deti",), dt.datetime(2026, 11, 17, 18, 30, tzinfo=PRAGUE), "road_km", 18.0),
        (("lps-dospeli", "nemocnice"), dt.datetime(2026, 11, 25, 2, tzinfo=PRAGUE), "air", 200.0),
    ],
)
def test_shares_are_those_counted_from_door_to_door(
    mirror: Path, snapshot: Snapshot, site: Site, kinds: tuple[str, ...], at: dt.datetime, way: Way, limit: float
) -> None:
    people = inhabitants(mirror)
    expected = door_to_door(snapshot, people, kinds, at, way, limit)
    obce = snapshot.collections["obce"].features()
    for level in LEVELS:
        answer = asked(snapshot, site, kinds=kinds, at=at, way=way, limit=limit, level=level)
        field = {"obec": "kod", "okres": "kod_okresu", "kraj": "kod_kraje"}.get(level, f"kod_{level}")
        for unit in answer.units:
            members = [str(one["id"]) for one in obce if one["properties"][field] == unit.code]
            assert unit.people == sum(people[code] for code in members)
            assert unit.reached == sum(expected[code][0] for code in members)
            assert unit.doubtful == sum(expected[code][1] for code in members)
        assert answer.whole.reached == sum(unit.reached for unit in answer.units)


def test_the_mean_way_is_that_of_the_indicator_when_all_are_open(snapshot: Snapshot, site: Site) -> None:
    """On a Monday evening every surgery for adults is open; the build measured minutes on its own, kilometres flat."""
    monday = dt.datetime(2026, 11, 23, 18, 30, tzinfo=PRAGUE)
    for name, way, off in (("dojezd-pohotovost", "road", 1e-6), ("vzdalenost-pohotovosti", "air", 1e-3)):
        answer = asked(snapshot, site, kinds=("lps-dospeli",), at=monday, way=way, level="kraj")
        assert answer.count("open") == len(answer.services)
        expected = snapshot.indicators[name].values("kraj", "2025")[0].value
        assert answer.whole.nearest == pytest.approx(expected, rel=off)


def test_the_way_by_road_is_longer_than_by_air_and_no_slower_than_the_roads_allow(
    snapshot: Snapshot, site: Site
) -> None:
    seats = seats_of(snapshot)
    for service in service_book(snapshot).services:
        assert (seats.road_km(service) > 0.99 * seats.km(service) - 0.05).all()
        fastest = 130 / 60  # km a minute
        assert (seats.road_km(service) <= 1e-3 + fastest * seats.minutes(service)).all()


def test_a_service_without_hours_is_never_open(snapshot: Snapshot, site: Site) -> None:
    answer = asked(snapshot, site, kinds=("nemocnice",), at=dt.datetime(2026, 11, 23, 10, tzinfo=PRAGUE), limit=200.0)
    assert {held for _, held in answer.services} == {"unknown"}
    assert (answer.whole.reached, answer.whole.doubtful, answer.whole.nearest) == (0, 0, None)


def test_what_sources_dispute_is_told_apart(snapshot: Snapshot, site: Site) -> None:
    answer = asked(snapshot, site, kinds=("lps-dospeli",), limit=200.0)
    assert answer.count("disputed") == 1
    assert (answer.whole.share, answer.whole.doubtful_share) == (0, 100)


def test_a_wider_limit_never_reaches_fewer(snapshot: Snapshot, site: Site) -> None:
    shares = [asked(snapshot, site, way=way, limit=float(limit)).whole.share for way in ("air", "road")
              for limit in (1, 5, 20, 60, 200)]  # fmt: skip
    assert shares[:5] == sorted(shares[:5])
    assert shares[5:] == sorted(shares[5:])
    assert shares[4] == 100


def test_without_roads_and_with_drawn_boundaries_the_crow_flies(facts_settings: Settings, site: Site) -> None:
    snapshot = Follower(facts_settings.build)()
    answer = asked(snapshot, site, kinds=("lps-deti",), at=dt.datetime(2026, 11, 23, 18, tzinfo=PRAGUE), level="okres")
    assert len(answer.units) == 4
    assert 0 < answer.whole.reached <= (answer.whole.people or 0)


def test_people_are_counts_in_the_unit_of_the_population(snapshot: Snapshot, site: Site) -> None:
    held = [table.id for table in counts_of_people(snapshot, site)]
    assert held[0] == "obyvatel"
    assert "obyvatel-65-plus" in held
    assert "rozloha" not in held
    assert "nevolici" not in held


def test_the_usual_kind_has_hours(snapshot: Snapshot, site: Site) -> None:
    assert usual_kind(snapshot, site) == "lps-dospeli"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (dt.datetime(2026, 11, 22, 19, 59, tzinfo=PRAGUE), dt.datetime(2026, 11, 22, 20, tzinfo=PRAGUE)),
        (dt.datetime(2026, 11, 22, 20, tzinfo=PRAGUE), dt.datetime(2026, 11, 29, 20, tzinfo=PRAGUE)),
        (dt.datetime(2026, 11, 23, tzinfo=dt.UTC), dt.datetime(2026, 11, 29, 20, tzinfo=PRAGUE)),
        (dt.datetime(2026, 10, 24, 12, tzinfo=PRAGUE), dt.datetime(2026, 10, 25, 20, tzinfo=PRAGUE)),
    ],
)
def test_the_next_evening_is_the_next_sunday_at_eight(now: dt.datetime, expected: dt.datetime) -> None:
    assert next_evening(now) == expected


def test_all_levels_have_their_units(snapshot: Snapshot, site: Site) -> None:
    counts: dict[Level, int] = {"obec": 215, "pou": 21, "orp": 10, "okres": 4, "kraj": 1}
    assert {level: len(asked(snapshot, site, level=level).units) for level in counts} == counts
