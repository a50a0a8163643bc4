"""QGIS from Debian, without a screen."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.client

SESSION = Path(__file__).with_name("qgis_session.py")


@pytest.fixture(scope="module")
def seen(python_of_qgis: Path, live: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a session in QGIS shows of the service."""
    home = tmp_path_factory.mktemp("qgis")
    env = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    command = [python_of_qgis, SESSION, live]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    shown: dict[str, Any] = json.loads(done.stdout)
    return shown


@pytest.mark.parametrize(
    ("way", "crs"),
    [
        ("standard", "EPSG:4326"),
        ("feature_server", "EPSG:4326"),
        ("geopackage", "EPSG:5514"),
        ("flatgeobuf", "EPSG:4326"),
    ],
)
def test_the_layer_comes_whole_and_in_its_place(seen: dict[str, Any], live: str, way: str, crs: str) -> None:
    shown = seen[way]
    assert shown.get("error") is None
    assert shown["count"] == 215
    assert shown["crs"] == crs
    assert {"kod", "nazev", "kod_okresu"} <= set(shown["fields"])
    if crs == "EPSG:4326":
        assert shown["extent"] == pytest.approx(fetched(f"{live}/collections/obce")["extent"]["spatial"]["bbox"][0])
    else:
        assert -740_000 < shown["extent"][0] < shown["extent"][2] < -640_000


def test_a_box_and_a_filter_bring_what_the_service_says(seen: dict[str, Any], live: str) -> None:
    items = f"{live}/collections/obce/items?limit=1"
    in_box = fetched(f"{items}&bbox=15.0,50.7,15.1,50.8")["numberMatched"]
    assert seen["standard"]["in_box"] == seen["feature_server"]["in_box"] == in_box > 0
    assert seen["standard"]["chosen"] == fetched(f"{items}&kod_okresu=CZ0513")["numberMatched"]


def test_the_geopackage_is_drawn_in_its_own_style(seen: dict[str, Any]) -> None:
    assert (
        seen["geopackage"] | {"stroke": "#6b7672", "labels": True, "alias": "Správní obvod ORP"} == seen["geopackage"]
    )


def test_the_feature_server_is_drawn_in_the_same_colour(seen: dict[str, Any]) -> None:
    assert seen["feature_server"]["stroke"] == seen["geopackage"]["stroke"]
    assert seen["feature_server"]["alias"] == "Správní obvod ORP"


def fetched(address: str) -> dict[str, Any]:
    with urlopen(address) as answer:
        content: dict[str, Any] = json.load(answer)
    return content
