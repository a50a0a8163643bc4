from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from geoportal.crs import CRS84, KROVAK, crs_name, distances_m, project
from geoportal.errors import SourceRefused

# DOMAIN facts, measured with several programs: lon, lat, x, y
POINTS = [(14.413719, 50.085346, -743375.94, -1043172.85), (15.0584, 50.7699, -687908.78, -973749.30)]


@pytest.mark.parametrize(("lon", "lat", "x", "y"), POINTS)
def test_krovak_agrees_with_the_one_metre_operation_to_a_centimetre(lon: float, lat: float, x: float, y: float) -> None:
    assert project(np.array([[lon, lat]]), CRS84, KROVAK)[0] == pytest.approx([x, y], abs=0.01)
    assert project(np.array([[x, y]]), KROVAK, CRS84)[0] == pytest.approx([lon, lat], abs=2e-7)


def test_threads_do_not_disturb_each_other() -> None:
    lon, lat, x, y = POINTS[0]
    with ThreadPoolExecutor(8) as pool:
        moved = list(pool.map(lambda _: project(np.array([[lon, lat]]), CRS84, KROVAK)[0], range(64)))
    assert all(one == pytest.approx([x, y], abs=0.01) for one in moved)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("EPSG:5514", KROVAK),
        ("ESRI:102067", KROVAK),
        ("EPSG:4326", CRS84),
        ("OGC:CRS84", CRS84),
        ("EPSG:3857", "EPSG:3857"),
        (102100, "EPSG:3857"),
        ("EPSG:4258", "EPSG:4258"),
    ],
)
def test_one_system_has_one_name(given: object, name: str) -> None:
    assert crs_name(f"ESRI:{given}" if isinstance(given, int) else given) == name


def test_southing_and_westing_axes_are_refused() -> None:
    with pytest.raises(SourceRefused, match="EPSG:5514 instead"):
        crs_name("EPSG:5513")


def test_an_unknown_crs_is_named() -> None:
    with pytest.raises(SourceRefused, match="'EPSG:999999'"):
        crs_name("EPSG:999999")


def test_distance_is_geodesic() -> None:
    # One degree of latitude along the meridian from 50 to 51 N on WGS 84.
    assert distances_m(15, 50, np.array([15.0]), np.array([51.0]))[0] == pytest.approx(111_239, abs=1)
