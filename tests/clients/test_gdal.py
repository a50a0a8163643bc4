"""GDAL as its users run it: Debian's ogr2ogr, and the GDAL inside pyogrio."""

from __future__ import annotations

import subprocess
from pathlib import Path

import geopandas as gpd
import pytest

from tests.conftest import needs

pytestmark = pytest.mark.client


def ogr(*arguments: str) -> str:
    """What a command says; it may not warn of anything."""
    done = subprocess.run([needs(arguments[0]), *arguments[1:]], check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout


def test_ogrinfo_lists_the_collections(live: str) -> None:
    listed = ogr("ogrinfo", f"OAPIF:{live}")
    assert "obce" in listed
    assert "pohotovosti" in listed


def test_ogr2ogr_copies_a_collection_whole(live: str, tmp_path: Path) -> None:
    target = tmp_path / "obce.gpkg"
    ogr("ogr2ogr", "-oo", "PAGE_SIZE=50", str(target), f"OAPIF:{live}", "obce")
    copied = gpd.read_file(target)
    assert len(copied) == 215
    assert copied["kod"].is_unique


@pytest.mark.parametrize("ext", ["geojson", "gpkg", "fgb", "csv", "geojsonseq"])
def test_ogrinfo_reads_every_whole_file_over_http(live: str, ext: str) -> None:
    prefix = "CSV:" if ext == "csv" else ""
    assert "Feature Count: 14" in ogr("ogrinfo", "-so", "-al", f"{prefix}/vsicurl/{live}/layers/zzs.{ext}")


def test_pyogrio_reads_the_collection(live: str) -> None:
    frame = gpd.read_file(f"OAPIF:{live}", layer="orp")
    assert sorted(frame["kod"]) == [str(code) for code in range(5101, 5111)]
    assert frame.crs == "EPSG:5514"  # it takes the storageCrs
    assert frame.area.sum() > 3e9


def test_geopandas_reads_the_parquet(live: str, tmp_path: Path) -> None:
    import urllib.request

    path = tmp_path / "obce.parquet"
    with urllib.request.urlopen(f"{live}/layers/obce.parquet") as answer:
        path.write_bytes(answer.read())
    frame = gpd.read_parquet(path, bbox=(15.0, 50.7, 15.1, 50.8))
    assert 0 < len(frame) < 215
