from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from geoportal.build import build
from geoportal.cards import load_inventory
from geoportal.errors import Problems
from geoportal.finder.answer import Question
from geoportal.finder.find import find
from geoportal.intake.fetch import fetch
from geoportal.services.book import service_book
from geoportal.services.service import Service
from geoportal.settings import Settings
from geoportal.site import load_site
from geoportal.snapshot.reader import Follower, Snapshot

KEPT = ("pohotovosti", "zzs", "nemocnice", "obce", "okresy", "kraj")
NEEDED = ("datalk-pohotovosti-geojson", "vzp-pohotovosti", "ruian-hranice", "csu-ciselnik-okresy", "csu-ciselnik-kraje")


@pytest.fixture(scope="module")
def held(mirror_settings: Settings) -> Snapshot:
    return Follower(mirror_settings.build)()


@pytest.fixture(scope="module")
def report(held: Snapshot) -> dict[str, Any]:
    (one,) = held.manifest["services"]
    return one


def small(home: Path) -> None:
    """Leaves of a home only what services need, so that it is built in a second."""
    shutil.rmtree(home / "layers/indicators")
    shutil.rmtree(home / "tiles", ignore_errors=True)
    for card in (home / "layers").glob("*.toml"):
        if card.stem not in KEPT:
            card.unlink()
    site = (home / "geoportal.toml").read_text(encoding="utf-8")
    for table in ("atlas", "search", "profiles"):
        if f"\n[{table}]\n" in site:
            start = site.index(f"\n[{table}]\n")
            site = site[:start] + site[site.index("\n#", start + 1) :]
    (home / "geoportal.toml").write_text(site, encoding="utf-8")


def built(home: Path, data: Path, mirror: Path | None) -> Snapshot:
    settings = Settings(home=home, data=data, mirror=str(mirror) if mirror else None)
    if mirror:
        fetch([card for name, card in load_inventory(home).sources.items() if name in NEEDED], settings)
    build(settings)
    return Follower(settings.build)()


def by_id(held: Snapshot) -> dict[str, Service]:
    return {service.id: service for service in service_book(held).services}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_all_eleven_of_the_insurer_have_their_partner_and_one_of_the_region_has_none(report: dict[str, Any]):
    pairs = {pair["id"]: pair["with"] for pair in report["matched"]}
    assert pairs == {
        "1": "54100931_1", "2": "54100991_1", "3": "54101002_1", "4": "67184001_1", "5": "50100027_1",
        "6": "50100036_1", "7": "53201033_1", "8": "53201043_1", "9": "67102350_1", "10": "67102370_1",
        "11": "54100992_1",
    }  # fmt: skip
    assert [one["name"] for one in report["only_in_layer"]] == ["Liberecká dentální s.r.o."]
    assert report["only_in_source"] == report["doubtful"] == []
    assert max(pair["distance_m"] for pair in report["matched"]) == pytest.approx(250.4, abs=0.1)


def test_the_disagreements_are_reported_with_both_values(report: dict[str, Any]):
    differs = {pair["id"]: pair["differs"] for pair in report["matched"] if pair["differs"]}
    assert differs.keys() == {"2", "3", "4", "9", "10", "11"}
    assert differs["4"]["hours"] == [
        "Mo-Fr 17:00-22:00; Sa-Su,PH 08:00-20:00", "Mo-Fr 17:00-21:00; Sa-Su,PH 08:00-18:00",
    ]  # fmt: skip
    assert differs["10"]["phones"] == [["+420481551111"], ["+420481551332"]]


def test_the_page_about_data_tells_what_was_joined(held: Snapshot):
    notes = {note["code"]: note for note in held.manifest["layers"]["pohotovosti"]["notes"]}
    assert (notes["statements-joined"]["count"], notes["statements-differ"]["count"]) == (11, 6)
    turnov = next(text for text in notes["statements-differ"]["examples"] if "Turnov" in text)
    assert "17:00-22:00" in turnov
    assert "17:00-21:00" in turnov


def test_the_layer_keeps_the_regions_own_values(held: Snapshot):
    feature = held.collections["pohotovosti"].feature(held.collections["pohotovosti"].position("4") or 0)
    assert feature["properties"]["ordinacni_hodiny_pondeli"] == "17:00 - 22:00"
    assert len(feature["properties"]) == 25
    assert held.collections["pohotovosti"].count == 12


def test_a_service_lies_where_its_feature_lies(held: Snapshot):
    for service in service_book(held).services:
        collection = held.collections[service.layer]
        position = collection.position(str(service.fid))
        assert position is not None
        assert (service.lon, service.lat) == tuple(collection.points[position])


def test_without_the_insurers_file_every_service_stands_by_itself(facts_settings: Settings):
    held = Follower(facts_settings.build)()
    assert held.manifest["services"] == [
        {"layer": "pohotovosti", "source": "vzp-pohotovosti", "absent": "zdroj vzp-pohotovosti není stažen"}
    ]
    assert {len(service.records) for service in service_book(held).services} == {1}
    assert by_id(held)["pohotovosti/4"].records[0].osm == "Mo-Fr 17:00-22:00; Sa-Su,PH 08:00-20:00"


def test_without_the_regions_permission_the_source_is_left_out_and_the_layer_is_the_same(
    home: Path, tmp_path: Path, mirror: Path, held: Snapshot
):
    small(home)
    change(home / "geoportal.toml", 'allow = ["vzp-pohotovosti"]', "allow = []")
    without = built(home, tmp_path / "data", mirror)
    assert "není uvolněn" in without.manifest["services"][0]["absent"]
    assert {len(service.records) for service in service_book(without).services} == {1}
    name = "layers/pohotovosti/pohotovosti.geojson"
    assert without.manifest["files"][name]["sha256"] == held.manifest["files"][name]["sha256"]


def test_a_row_without_a_partner_becomes_a_service_of_its_own_and_no_row_of_the_layer(
    home: Path, tmp_path: Path, mirror: Path
):
    small(home)
    change(home / "layers/pohotovosti.toml", "match_m = 300", "match_m = 100")
    held = built(home, tmp_path / "data", mirror)
    alone = by_id(held)["vzp-pohotovosti/54101002_1"]
    assert (alone.fid, alone.layer, alone.kinds, alone.municipality) == (None, "pohotovosti", ("zubni",), "Liberec")
    assert alone.records[0].osm == "Mo-Fr closed; Sa-Su,PH 08:00-16:00"
    assert held.collections["pohotovosti"].count == 12


def test_an_unreadable_hour_is_noted_and_the_hours_are_not_known(home: Path, tmp_path: Path):
    small(home)
    change(
        home / "data/facts/pohotovosti.csv",
        "\n12,",
        "\n13,Zubní nový,Zubní,,Liberec,563889,Liberec,,," + "podle dohody," * 8 + "1,,15.1,50.7\n12,",
    )
    held = built(home, tmp_path / "data", None)
    odd = by_id(held)["pohotovosti/13"]
    assert (odd.records[0].osm, odd.kinds) == (None, ("zubni",))
    (note,) = [one for one in held.manifest["layers"]["pohotovosti"]["notes"] if one["code"] == "hours-unreadable"]
    assert "podle dohody" in note["examples"][0]


def test_a_kind_that_no_card_knows_is_noted(home: Path, tmp_path: Path):
    small(home)
    change(home / "layers/pohotovosti.toml", 'values = ["zubní"]', 'values = ["zuby"]')
    held = built(home, tmp_path / "data", None)
    assert by_id(held)["pohotovosti/12"].kinds == ()
    (note,) = [one for one in held.manifest["layers"]["pohotovosti"]["notes"] if one["code"] == "kind-unknown"]
    assert note["examples"][1] == "Liberecká dentální s.r.o. (zubní)"


def test_what_is_no_place_to_go_to_is_never_offered_as_open(home: Path, tmp_path: Path):
    small(home)
    change(home / "layers/pohotovosti.toml", 'values = ["zubní"]', 'values = ["zubní"]\nwalk_in = false')
    held, site = built(home, tmp_path / "data", None), load_site(home)
    saturday = dt.datetime(2026, 11, 28, 9, 0, tzinfo=dt.UTC)
    dental = Question(15.05, 50.77, saturday, ("zubni",))
    assert find(held, site, replace(dental, only_open=True)).nearest == ()
    assert {one.state for one in find(held, site, dental).nearest} == {"open", "closed"}
    assert find(held, site, dental).next_to_open == ()


def test_a_dated_exception_holds_for_both_sources_and_tells_its_reason(home: Path, tmp_path: Path, mirror: Path):
    small(home)
    with (home / "data/facts/vyjimky.csv").open("a", encoding="utf-8") as table:
        table.write("pohotovosti,4,2026-11-24,2026-11-25,zavřeno,havárie vody,nemocnice,2026-11-23\n")
    held = built(home, tmp_path / "data", mirror)
    turnov = by_id(held)["pohotovosti/4"]
    assert len(turnov.records) == 2
    assert all("2026 Nov 24-2026 Nov 25 closed" in str(record.osm) for record in turnov.records)
    assert all("havárie vody" in str(record.osm) for record in turnov.records)
    assert held.collections["pohotovosti"].feature(0)["properties"]["ordinacni_hodiny_utery"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("pohotovosti,99,2026-11-24,,zavřeno,,,", "'pohotovosti/99' is no service"),
        ("pohotovosti,4,24. 11. 2026,,zavřeno,,,", "row 2"),
        ("pohotovosti,4,2026-11-24,,podle dohody,,,", "podle dohody"),
        ("pohotovosti,4,2026-11-24,2026-11-01,zavřeno,,,", "the last is before the first"),
    ],
)
def test_an_exception_that_can_not_hold_is_refused(home: Path, tmp_path: Path, row: str, told: str):
    small(home)
    with (home / "data/facts/vyjimky.csv").open("a", encoding="utf-8") as table:
        table.write(row + "\n")
    with pytest.raises(Problems, match=told):
        build(Settings(home=home, data=tmp_path / "data"))
