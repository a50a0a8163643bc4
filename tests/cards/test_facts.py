from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from geoportal.site import LEVELS, load_site

HOME = Path(__file__).resolve().parents[2]
FACTS = HOME / "data/facts"
TABLES = sorted(path.stem for path in FACTS.glob("*.csv"))
LON_LAT = {"uzemi": ("lon", "lat"), "nemocnice": ("lon", "lat"), "pohotovosti": ("x", "y"), "zzs": ("x", "y")}
SERIES = ("obyvatelstvo", "ukazatele")

Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def table(name: str) -> list[Row]:
    return rows_of(FACTS / f"{name}.csv")


def units(level: str) -> dict[str, Row]:
    return {row["kod"]: row for row in table("uzemi") if row["uroven"] == level}


def total(name: str, series: str, year: str) -> float:
    return sum(float(row["hodnota"]) for row in table(name) if (row["ukazatel"], row["rok"]) == (series, year))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_card_and_a_line_in_the_readme(name: str) -> None:
    assert (HOME / f"data/sources/{name}.toml").is_file()
    assert f"`{name}.csv` | {len(table(name)):,} |" in (FACTS / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_plain_utf_8_with_commas_and_no_boundary(name: str) -> None:
    content = (FACTS / f"{name}.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert b"POLYGON" not in content.upper()
    assert not [row for row in table(name) if None in row or None in row.values()], "a row is longer or shorter"


def test_there_are_251_units_with_the_counts_of_the_levels() -> None:
    assert Counter(row["uroven"] for row in table("uzemi")) == dict(zip(LEVELS, (215, 21, 10, 4, 1), strict=True))


@pytest.mark.parametrize("system", ["kod", "kod_ruian", "kod_csu"])
def test_codes_are_unique_within_a_level(system: str) -> None:
    codes = Counter((row["uroven"], row[system]) for row in table("uzemi"))
    assert codes.most_common(1)[0][1] == 1
    assert all(code for _, code in codes)


PARENTS = {"kod_pou": "pou", "kod_orp": "orp", "kod_okresu": "okres", "kod_kraje": "kraj"}


@pytest.mark.parametrize(("field", "level"), PARENTS.items())
def test_every_parent_exists_and_every_coarser_unit_is_a_parent(field: str, level: str) -> None:
    assert {row[field] for row in table("uzemi") if row[field]} == set(units(level))


def test_every_unit_has_its_seat_in_an_obec_that_exists() -> None:
    assert {row["kod_sidla"] for row in table("uzemi")} == set(units("obec"))


def test_every_obec_has_all_its_parents() -> None:
    assert all(row[f] for row in units("obec").values() for f in PARENTS)


def test_districts_have_the_number_of_municipalities_of_the_law() -> None:
    counts = Counter(row["kod_okresu"] for row in units("obec").values())
    assert counts == {"CZ0511": 57, "CZ0512": 35, "CZ0513": 59, "CZ0514": 64}


def test_the_changes_of_2021_are_in_the_hierarchy() -> None:
    assert units("obec")["577081"]["kod_okresu"] == "CZ0512"  # Harrachov
    assert units("obec")["563579"]["kod_orp"] == "5103"  # Frýdštejn


@pytest.mark.parametrize("name", LON_LAT)
def test_coordinates_lie_in_the_box_of_the_region(name: str) -> None:
    west, south, east, north = load_site(HOME).region.bounds
    lon, lat = LON_LAT[name]
    outside = [row for row in table(name) if not (west < float(row[lon]) < east and south < float(row[lat]) < north)]
    assert not outside


def test_population_adds_up_to_the_published_totals() -> None:
    assert total("obyvatelstvo", "obyvatel", "2024") == 449_377
    assert total("obyvatelstvo", "obyvatel", "2020") == 442_476
    liberec = [row for row in table("obyvatelstvo") if row["kod_obce"] == "563889" and row["ukazatel"] == "obyvatel"]
    assert {row["rok"]: row["hodnota"] for row in liberec}["2024"] == "107699"


def test_age_groups_add_up_to_the_population_in_every_obec() -> None:
    sums: Counter[str] = Counter()
    for row in table("obyvatelstvo"):
        if row["rok"] == "2020" and row["ukazatel"].startswith("obyvatel-"):
            sums[row["kod_obce"]] += int(row["hodnota"])
    whole = {
        row["kod_obce"]: int(row["hodnota"])
        for row in table("obyvatelstvo")
        if (row["ukazatel"], row["rok"]) == ("obyvatel", "2020")
    }
    assert sums == whole


@pytest.mark.parametrize("name", SERIES)
def test_a_value_is_given_once_for_an_obec_that_exists(name: str) -> None:
    keys = Counter((row["ukazatel"], row["rok"], row["kod_obce"]) for row in table(name))
    assert keys.most_common(1)[0][1] == 1
    assert {code for _, _, code in keys} == set(units("obec"))


def test_only_unemployment_lacks_obce_and_it_lacks_three() -> None:
    counts = Counter((row["ukazatel"], row["rok"]) for name in SERIES for row in table(name))
    assert {key: count for key, count in counts.items() if count != 215} == {("nezamestnanost", "2024"): 212}


@pytest.mark.parametrize("name", ["pohotovosti", "zzs", "nemocnice"])
def test_a_service_names_an_obec_of_the_region(name: str) -> None:
    assert {row["kod_obce"] for row in table(name)} <= set(units("obec"))


def test_names_of_people_from_the_register_are_not_in_our_table() -> None:
    columns = "zz_id nazev ulice cislo psc obec kod_obce telefon web lon lat"
    assert " ".join(table("nemocnice")[0]) == columns


def test_values_agree_with_the_official_files(mirror: Path) -> None:
    codes = {"obyvatel": "111000", "saldo-migrace": "110600", "prirozeny-prirustek": "110350"}
    codes |= {"nezamestnanost": "500020", "dokoncene-byty": "121800", "ekologicka-stabilita": "142000"}
    official = {
        (row["kodukaz"], row["koduzemi"]): row["hodnota"]
        for row in rows_of(mirror / "opendata.csu.gov.cz/soubory/od/od_mos01/mos_data_2024.csv")
    }
    ours = {
        (codes[row["ukazatel"]], row["kod_obce"]): row["hodnota"]
        for name in SERIES
        for row in table(name)
        if row["rok"] == "2024"
    }
    assert ours == official


def test_seats_lie_in_their_obec(mirror: Path, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    with zipfile.ZipFile(io.BytesIO((mirror / "services.cuzk.gov.cz/shp/stat/epsg-5514/1.zip").read_bytes())) as pack:
        pack.extractall(tmp_path)
    obce = geopandas.read_file(tmp_path / "1/OBCE_P.shp", encoding="cp1250", columns=["KOD"]).astype({"KOD": str})
    rows = list(units("obec").values())
    points = geopandas.points_from_xy([float(r["lon"]) for r in rows], [float(r["lat"]) for r in rows], crs="EPSG:4326")
    seats = geopandas.GeoDataFrame({"kod": [r["kod"] for r in rows]}, geometry=points).to_crs(obce.crs)
    joined = seats.sjoin(obce, predicate="within")
    assert len(joined) == 215
    assert (joined["kod"] == joined["KOD"]).all()
