from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from geoportal.errors import SourceRefused
from geoportal.intake.download import Patience
from geoportal.intake.fetch import fetch
from geoportal.intake.readers import read
from geoportal.intake.service import read_service, service_address
from geoportal.settings import Settings

from .conftest import Answer, Server, make_source


@pytest.fixture
def service(server: Server) -> Server:
    """The server as an OGC API Features with the collection ``obce`` of one point."""
    feature = {"type": "Feature", "properties": {"kod": "01"}, "geometry": {"type": "Point", "coordinates": [15, 50]}}
    items = {"type": "FeatureCollection", "features": [feature], "numberMatched": 1, "numberReturned": 1, "links": []}
    base = server.base
    collection = {
        "id": "obce",
        "title": "Obce",
        "links": [{"rel": "items", "type": "application/geo+json", "href": f"{base}/collections/obce/items"}],
    }
    pages = {
        "/": {"title": "t", "links": [{"rel": "data", "type": "application/json", "href": f"{base}/collections"}]},
        "/collections": {"collections": [collection], "links": []},
        "/collections/obce": collection,
        "/collections/obce/items": items,
    }
    for path, content in pages.items():
        kind = "application/geo+json" if path.endswith("items") else "application/json"
        server.say(path, Answer(json.dumps(content).encode(), headers={"Content-Type": kind}))
    return server


def test_a_service_is_read_through_gdal(service: Server) -> None:
    frame = read_service(f"OAPIF:{service.base}/", "obce").frame
    assert (frame["kod"].tolist(), frame.geometry[0]) == (["01"], shapely.Point(15, 50))


def test_a_table_that_the_service_lacks_is_refused_naming_those_it_has(service: Server) -> None:
    with pytest.raises(SourceRefused, match="has no table 'okresy'; there are: obce"):
        read_service(f"OAPIF:{service.base}/", "okresy")


def test_a_service_that_does_not_answer_is_refused(service: Server) -> None:
    with pytest.raises(SourceRefused, match="can't be opened"):
        read_service(f"WFS:{service.base}/nowhere", "obce")


@pytest.mark.parametrize(
    ("address", "called"),
    [
        ("https://h.example/ogc", "OAPIF:https://h.example/ogc"),
        ("https://h.example/ows?service=WFS", "WFS:https://h.example/ows?service=WFS"),
        ("https://h.example/geoserver/wfs", "WFS:https://h.example/geoserver/wfs"),
        ("https://h.example/ogc/collections/obce/items?f=json", None),
        ("https://h.example/wfs?SERVICE=WFS&REQUEST=GetFeature", None),
    ],
)
def test_a_service_is_told_from_an_answer_by_its_address(address: str, called: str | None) -> None:
    assert service_address(make_source("ogc", {"table": "obce"}, url=address), address) == called


def test_a_fetched_service_is_a_file_like_any_other(service: Server, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, data=tmp_path / "data")
    card = make_source("ogc", {"table": "obce"}, url=f"{service.base}/")
    results = [fetch([card], settings, patience=Patience(retries=0))[0] for _ in range(2)]
    assert [result.status for result in results] == ["new", "unchanged"]
    frame = read(card, [settings.raw / "pramen" / results[0].file]).frame
    assert (frame["kod"].tolist(), frame.geometry[0]) == (["01"], shapely.Point(15, 50))
    service.answers.clear()
    (kept,) = fetch([card], settings, patience=Patience(retries=0))
    assert kept.status == "kept"
    assert "can't be opened" in kept.message
