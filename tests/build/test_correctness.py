"""The built snapshot against independent computations on the same upstream files."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geoportal.settings import Settings
from geoportal.snapshot.reader import Follower, Snapshot

COUNTS = {
    "obce": 215, "pou": 21, "orp": 10, "okresy": 4, "kraj": 1, "pohotovosti": 12, "zzs": 14, "nemocnice": 8,
    "chranena-uzemi": 7, "silnice": 919, "zeleznice": 603, "reky": 225, "vodni-plochy": 41, "dojezd": 16,
}  # fmt: skip


@pytest.fixture(scope="module")
def held(mirror_settings: Settings) -> Snapshot:
    return Follower(mirror_settings.build)()


@pytest.fixture(scope="module")
def obce(mirror: Path) -> gpd.GeoDataFrame:
    """The obce straight from the upstream's Shapefile."""
    pack = mirror / "services.cuzk.gov.cz/shp/stat/epsg-5514/1.zip"
    return gpd.read_file(f"zip://{pack}!1/OBCE_P.shp", encoding="cp1250").set_index("KOD").sort_index()


@pytest.fixture(scope="module")
def mos(mirror: Path) -> pd.DataFrame:
    """Municipal statistics of 2024: obce x indicators."""
    table = pd.read_csv(mirror / "opendata.csu.gov.cz/soubory/od/od_mos01/mos_data_2024.csv", dtype={"koduzemi": str})
    return table.pivot_table(index="koduzemi", columns="kodukaz", values="hodnota")


def values(held: Snapshot, indicator: str, level: str = "obec", period: str | None = None) -> pd.Series:
    table = held.indicators[indicator]
    rows = table.values(level, period or table.periods(level)[-1])
    return pd.Series({row.code: row.value for row in rows}, dtype=float)


def parents(held: Snapshot, field: str) -> pd.Series:
    rows = [feature["properties"] for feature in held.collections["obce"].features()]
    return pd.Series({row["kod"]: row[field] for row in rows})


def test_every_layer_has_the_features_of_its_source(held: Snapshot) -> None:
    assert {name: collection.count for name, collection in held.collections.items()} == COUNTS


def test_areas_are_those_of_the_upstream_geometry(held: Snapshot, obce: gpd.GeoDataFrame) -> None:
    area = values(held, "rozloha")
    assert np.allclose(area, obce.area.loc[area.index] / 1e6, rtol=1e-12)
    assert values(held, "rozloha", "kraj").sum() == pytest.approx(3163.58, abs=0.01)


@pytest.mark.parametrize(
    ("indicator", "code"), [("obyvatel", 111000), ("saldo-migrace", 110600), ("dokoncene-byty", 121800)]
)
def test_sums_agree_with_the_source_over_all_levels(
    held: Snapshot, mos: pd.DataFrame, indicator: str, code: int
) -> None:
    base = values(held, indicator, "obec", "2024")
    assert (base == mos[code].loc[base.index]).all()
    for level, field in (("pou", "kod_pou"), ("orp", "kod_orp"), ("okres", "kod_okresu"), ("kraj", "kod_kraje")):
        expected = base.groupby(parents(held, field)).sum()
        assert values(held, indicator, level, "2024").to_dict() == expected.to_dict()


def test_the_population_is_the_published_one(held: Snapshot) -> None:
    assert values(held, "obyvatel", "kraj", "2024").to_dict() == {"CZ051": 449_377}
    assert values(held, "obyvatel", "obec", "2024")["563889"] == 107_699


def test_a_ratio_is_a_ratio_of_sums_at_every_level(held: Snapshot, mos: pd.DataFrame) -> None:
    sums = mos[[121800, 111000]].groupby(parents(held, "kod_orp")).sum()
    expected = 1000 * sums[121800] / sums[111000]
    assert np.allclose(values(held, "dokoncene-byty-na-1000", "orp", "2024"), expected.sort_index())


def test_a_mean_is_weighted_and_leaves_out_what_is_missing(held: Snapshot, mos: pd.DataFrame) -> None:
    rate, weight = mos[500020], values(held, "obyvatel-15-64", "obec", "2020")
    known = rate.dropna().index
    expected = np.average(rate[known], weights=weight[known])
    assert values(held, "nezamestnanost", "kraj")["CZ051"] == pytest.approx(expected)
    rows = held.indicators["nezamestnanost"].values("obec", "2024")
    assert sorted(row.code for row in rows if row.status == "missing") == ["544604", "564401", "577481"]


def test_protected_area_agrees_with_an_overlay_and_conserves_the_total(
    held: Snapshot, obce: gpd.GeoDataFrame, mirror: Path
) -> None:
    protected = gpd.read_file(mirror / "data.nature.cz/chranena_uzemi.gpkg").to_crs("EPSG:5514").dissolve()
    pieces = gpd.overlay(obce.reset_index()[["KOD", "geometry"]], protected[["geometry"]], keep_geom_type=True)
    expected = (pieces.area / 1e6).groupby(pieces["KOD"]).sum().reindex(obce.index, fill_value=0)
    area = values(held, "chranena-uzemi-plocha")
    assert np.allclose(area, expected.loc[area.index], atol=0.002)  # to_crs without an area of interest is metres off
    assert area.sum() == pytest.approx(values(held, "chranena-uzemi-plocha", "kraj").sum())


def test_points_per_unit_agree_with_a_spatial_join(held: Snapshot, obce: gpd.GeoDataFrame) -> None:
    points = gpd.GeoDataFrame.from_features(held.collections["zzs"].features(), crs="EPSG:4326").to_crs("EPSG:5514")
    expected = gpd.sjoin(points, obce, predicate="within")["KOD"].value_counts()
    counts = values(held, "pocet-zzs")
    assert counts[counts > 0].to_dict() == expected.to_dict()
    assert counts.sum() == 14


def test_distances_to_the_nearest_agree_with_brute_force_on_the_ellipsoid(held: Snapshot, mirror: Path) -> None:
    import pyproj

    seats = pd.read_csv(held_facts(), dtype=str).query("uroven == 'obec'").set_index("kod")
    zzs = held.collections["zzs"].points
    geod = pyproj.Geod(ellps="WGS84")
    found = values(held, "vzdalenost-zzs")
    for code in found.index[::10]:
        lon, lat = float(seats.loc[code, "lon"]), float(seats.loc[code, "lat"])
        truth = min(geod.inv(lon, lat, x, y)[2] for x, y in zzs) / 1000
        assert found[code] == pytest.approx(truth, rel=3e-4, abs=0.001)  # the plane's scale differs by up to 1e-4


def held_facts() -> Path:
    return Path(__file__).parents[2] / "data" / "facts" / "uzemi.csv"


def test_line_lengths_add_up_to_the_lines_in_the_region(held: Snapshot, obce: gpd.GeoDataFrame, mirror: Path) -> None:
    rails = gpd.read_file(mirror / "geoportal.cuzk.cz/data200/zeleznice.gpkg").to_crs("EPSG:5514")
    inside = rails.intersection(obce.union_all()).length.sum() / 1000
    assert values(held, "zeleznice-delka").sum() == pytest.approx(inside, rel=1e-4)
    assert values(held, "zeleznice-delka", "kraj").sum() == pytest.approx(values(held, "zeleznice-delka").sum())


def test_several_upstream_formats_of_one_dataset_give_the_same_features(mirror_settings: Settings) -> None:
    from geoportal.build.inputs import gather_inputs
    from geoportal.build.layers import build_layer
    from geoportal.build.levels import build_territory
    from geoportal.build.sources import SourceReader

    sources = SourceReader(gather_inputs(mirror_settings))
    territory, _ = build_territory(sources)
    card = sources.inputs.inventory.layers["pohotovosti"]
    built = [build_layer(card, entry, sources, territory).frame for entry in card.sources[:3]]
    for frame in built[1:]:
        assert frame["nazev"].tolist() == built[0]["nazev"].tolist()
        assert frame["kod_obce"].tolist() == built[0]["kod_obce"].tolist()
        assert (frame.distance(built[0]) < 0.05).all()
