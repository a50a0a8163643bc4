"""What the build finds names for, down to a layer of addresses whose card asks for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from geoportal.build.inputs import gather_inputs
from geoportal.build.run import join_all
from geoportal.build.search import write_search
from geoportal.cards import load_inventory
from geoportal.errors import Problems
from geoportal.intake.fetch import fetch
from geoportal.search.index import Query, SearchIndex, search_index
from geoportal.settings import Settings
from geoportal.snapshot.reader import Follower, Snapshot

SOURCE = """
title = { cs = "Adresy", en = "Addresses" }
publisher = "ČÚZK"
file = "data/facts/adresy.csv"
reader = "table"
attribution = "© ČÚZK"
date = "2026"
read = { lon = "lon", lat = "lat" }
licence = { name = "CC BY 4.0" }
"""
CARD = """
title = { cs = "Adresní místa", en = "Address places" }
description = { cs = "Adresy.", en = "Addresses." }
theme = "sprava-a-rozvoj-uzemi"
geometry = "point"
id_field = "kod"
label = "ulice"
search = { kind = { cs = "adresa", en = "address" }, name = ["ulice", "cislo"], around = ["psc"] }

[fields]
kod = { title = { cs = "Kód" }, type = "code" }
ulice = { title = { cs = "Ulice" } }
cislo = { title = { cs = "Číslo" } }
psc = { title = { cs = "PSČ" }, type = "code" }
kod_obce = { title = { cs = "Obec" }, type = "code" }

[[from]]
source = "adresy"
"""
ROWS = """kod,ulice,cislo,psc,kod_obce,lon,lat
1,Vzorová,12,46001,563889,15.058,50.770
2,Vzorová,120,46001,563889,15.059,50.771
3,Vzorová,12,47001,561380,14.538,50.686
"""


def opened(settings: Settings) -> tuple[Snapshot, SearchIndex]:
    held = Follower(settings.build)()
    index = search_index(held)
    assert index
    return held, index


def test_every_kind_of_thing_is_found(built_settings: Settings):
    held, index = opened(built_settings)
    counts = Counter(index.entry(number).kind for number in range(index.count))
    levels = {level: len(units) for level, units in held.units.items()}
    assert {level: counts[level] for level in levels} == levels
    assert (counts["layer"], counts["indicator"]) == (len(held.collections), len(held.indicators))
    services = {name: c.count for name, c in held.collections.items() if c.service}
    assert {name: counts[name] for name in services} == services
    assert counts["psc"] == 310
    assert 500 < counts["cast_obce"] < 768  # those called as their obec is are left out


def test_everything_leads_to_what_the_snapshot_holds(built_settings: Settings):
    held, index = opened(built_settings)
    for number in range(index.count):
        entry = index.entry(number)
        match entry.path.strip("/").split("/"):
            case ["collections", layer, "items", fid]:
                assert held.collections[layer].position(fid) is not None, entry
            case ["collections", layer]:
                assert layer in held.collections
            case ["kraj"]:
                assert len(held.units["kraj"]) == 1
            case [("obec" | "pou" | "orp" | "okres") as level, code]:
                assert code in {unit[0] for unit in held.units[level]}, entry
            case _:
                assert (entry.path, entry.query["ukazatel"] in held.indicators) == ("/mapa/indikatory", True)


def test_ids_are_unique_and_every_place_lies_in_the_region(facts_settings: Settings):
    _, index = opened(facts_settings)
    entries = [index.entry(number) for number in range(index.count)]
    assert Counter(entry.id for entry in entries).most_common(1)[0][1] == 1
    for entry in entries:
        if entry.place:
            assert (14.31 < entry.place.lon < 15.67, 50.45 < entry.place.lat < 51.05) == (True, True), entry
        else:
            assert entry.kind in ("layer", "indicator")


def test_a_part_without_a_point_stands_where_its_obec_does(facts_settings: Settings):
    _, index = opened(facts_settings)
    part = index.find(Query("marianska hora", kinds=("cast_obce",))).found[0].entry
    obec = index.find(Query("albrechtice v jizerskych horach", kinds=("obec",))).found[0].entry
    assert part.place
    assert obec.place
    assert (part.place.exact, obec.place.exact) == (False, True)
    assert (part.place.lon, part.place.lat) == (obec.place.lon, obec.place.lat)


def test_the_sources_are_named_with_their_checksums(facts_settings: Settings):
    held, index = opened(facts_settings)
    assert {"psc", "casti-obci"} <= held.manifest["sources"].keys()
    assert "GeoNames" in index.about["attribution"]


def joined_index(settings: Settings) -> SearchIndex:
    """The index of what ``settings`` has, without all else that a snapshot holds."""
    write_search(settings.data, join_all(gather_inputs(settings)))
    return SearchIndex(settings.data / "search")


@pytest.fixture
def with_addresses(home: Path, tmp_path: Path) -> Settings:
    """A home with a layer of three made-up addresses."""
    (home / "data/sources/adresy.toml").write_text(SOURCE, encoding="utf-8")
    (home / "data/facts/adresy.csv").write_text(ROWS, encoding="utf-8")
    (home / "layers/adresy.toml").write_text(CARD, encoding="utf-8")
    return Settings(home=home, data=tmp_path / "data")


@pytest.fixture
def with_strangers(home: Path, tmp_path: Path, mirror: Path) -> Settings:
    """A home in which hardly any row of the insurer's list is near enough to a surgery of the region."""
    card = home / "layers/pohotovosti.toml"
    text = card.read_text(encoding="utf-8")
    assert "match_m = 300" in text
    card.write_text(text.replace("match_m = 300", "match_m = 1"), encoding="utf-8")
    settings = Settings(home=home, data=tmp_path / "data", mirror=str(mirror))
    sources = load_inventory(home).sources
    fetch([sources["vzp-pohotovosti"], sources["datalk-pohotovosti-geojson"]], settings)
    return settings


def test_a_service_that_only_another_source_knows_is_found_and_leads_to_the_finder(with_strangers: Settings):
    index = joined_index(with_strangers)
    found = [one.entry for one in index.find(Query("pohotovost turnov", kinds=("pohotovosti",))).found]
    assert {entry.path for entry in found} == {"/mapa/pohotovosti", "/collections/pohotovosti/items/4"}
    (stranger,) = [entry for entry in found if entry.path == "/mapa/pohotovosti"]
    assert stranger.place
    assert stranger.query == {"bod": f"{stranger.place.lon},{stranger.place.lat}", "druh": "lps-dospeli"}
    assert (stranger.obec, stranger.okres, stranger.detail) == ("Turnov", "Semily", "dospělí")
    assert "VZP ČR" in index.about["attribution"]


def test_what_the_region_has_not_allowed_to_publish_is_not_found(with_strangers: Settings):
    site = with_strangers.home / "geoportal.toml"
    text = site.read_text(encoding="utf-8")
    assert 'allow = ["vzp-pohotovosti"]' in text
    site.write_text(text.replace('allow = ["vzp-pohotovosti"]', "allow = []"), encoding="utf-8")
    index = joined_index(with_strangers)
    entries = [index.entry(number) for number in range(index.count)]
    assert [entry.id for entry in entries if entry.path == "/mapa/pohotovosti"] == []
    assert "VZP ČR" not in index.about["attribution"]


def test_addresses_are_found_where_a_card_asks_for_it(with_addresses: Settings):
    index = joined_index(with_addresses)

    def codes(typed: str) -> list[str]:
        return [result.entry.code for result in index.find(Query(typed, kinds=("adresy",))).found]

    assert codes("vzorova 12 liberec") == ["1", "2"]
    assert codes("ceska lipa vzorova 12") == ["3"]
    assert codes("vzorova 46001") == ["1", "2"]
    assert index.find(Query("vzorova 12")).found[0].entry.path == "/collections/adresy/items/1"


@pytest.mark.parametrize(
    ("line", "spoiled", "said"),
    [
        ('around = ["psc"]', 'around = ["pcs"]', "did you mean 'psc'"),
        ('id_field = "kod"', "", r"needs 'id_field', by which what was found is opened"),
    ],
)
def test_a_card_that_cannot_be_searched_is_refused(with_addresses: Settings, line: str, spoiled: str, said: str):
    card = with_addresses.home / "layers/adresy.toml"
    assert line in CARD
    card.write_text(CARD.replace(line, spoiled), encoding="utf-8")
    with pytest.raises(Problems, match=said):
        gather_inputs(with_addresses)


@pytest.fixture
def spoiled(home: Path, tmp_path: Path) -> Callable[..., Settings]:
    """A home in whose site file texts are replaced."""

    def spoil(**replaced: str) -> Settings:
        text = (home / "geoportal.toml").read_text(encoding="utf-8")
        for key, line in replaced.items():
            text, count = re.subn(rf"(?m)^{key} = .*$", line, text)
            assert count == 1
        (home / "geoportal.toml").write_text(text, encoding="utf-8")
        return Settings(home=home, data=tmp_path / "data")

    return spoil


def test_a_region_without_these_tables_is_searched_all_the_same(spoiled: Callable[..., Settings]):
    index = joined_index(spoiled(parts="", postcodes="", population=""))
    assert index.find(Query("liberec")).found[0].entry.kind == "obec"
    assert "psc" not in index.kinds


def test_a_table_that_does_not_exist_is_named(spoiled: Callable[..., Settings]):
    with pytest.raises(Problems, match="search: 'pcs' does not exist; did you mean 'psc'"):
        gather_inputs(spoiled(postcodes='postcodes = "pcs"'))
