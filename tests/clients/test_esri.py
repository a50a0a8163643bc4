"""GDAL as a client of the FeatureServer, for want of ArcGIS on a test machine."""

from __future__ import annotations

import subprocess

import pyogrio
import pytest

from tests.conftest import needs

pytestmark = pytest.mark.client

QUERY = "FeatureServer/0/query?where=1%3D1&outFields=*&f=json&orderByFields=OBJECTID&resultRecordCount=50"


@pytest.fixture
def obce(live: str) -> str:
    return f"ESRIJSON:{live}/esri/rest/services/obce/{QUERY}"


def test_ogrinfo_pages_to_the_end(obce: str) -> None:
    command = [needs("ogrinfo"), "-so", "-al", "-oo", "FEATURE_SERVER_PAGING=YES", obce]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Feature Count: 215" in listed


@pytest.mark.parametrize(("number", "crs"), [("4326", "EPSG:4326"), ("102067", "EPSG:5514"), ("102100", "EPSG:3857")])
def test_pyogrio_pages_to_the_end(obce: str, live: str, number: str, crs: str) -> None:
    frame = pyogrio.read_dataframe(f"{obce}&outSR={number}", FEATURE_SERVER_PAGING="YES")
    assert frame.crs == crs
    assert sorted(frame["OBJECTID"]) == list(range(1, 216))
    standard = pyogrio.read_dataframe(f"{live}/layers/obce.fgb").to_crs("EPSG:5514").set_index("kod")
    here = frame.to_crs("EPSG:5514").set_index("kod").reindex(standard.index)
    assert (here.area - standard.area).abs().max() < 1e-3 * standard.area.max()
    assert here.distance(standard).max() == 0


def test_geojson_in_another_crs_is_read_in_it(live: str) -> None:
    query = QUERY.replace("f=json", "f=geojson").replace("resultRecordCount=50", "outSR=5514")
    frame = pyogrio.read_dataframe(f"GEOJSON:{live}/esri/rest/services/obce/{query}")
    assert frame.crs == "EPSG:5514"
    assert len(frame) == 215
    assert 3e9 < frame.area.sum() < 4e9  # m²; the region has 3,163 km², boundaries drawn around seats some more


def test_lines_and_points_are_read_too(live: str) -> None:
    stations = pyogrio.read_dataframe(f"ESRIJSON:{live}/esri/rest/services/zzs/{QUERY}")
    assert len(stations) == 14
    assert set(stations.geom_type) == {"Point"}
