"""Every documented parameter and part of a path, with what a hostile or broken client may send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

LONG = 10_000
NASTY = [
    "", "%00", "a%00b", "%", "%zz", "%FF%FE", "%C3%28", "%ED%A0%80", "%F0%9F%92%A9", "%E2%80%AE", "A" * LONG, "9" * 400,
    "-1", "-0", "%2B1", "%201", "1_000", "0x10", "%D9%A3", "1.5", "1e309", "-1e309", "1e-400", "nan", "-inf",
    "99999999999999999999", "0,0,1e309,1", ",", "," * 1000, "null", "true", "[]", "{}", "%5B" * 2000, "(" * 2000,
    "'", "%22%3E%3Cscript%3E", "%0D%0ASet-Cookie:%20x=1", "..%2F..%2Fetc%2Fpasswd", "-", "%2A", "2024-02-30T25:61:61Z",
    "../..", "[EPSG:]", "http://www.opengis.net/def/crs/EPSG/0/999999", "%7B%22op%22:%22=%22,%22args%22:[]%7D",
]  # fmt: skip
# Collections differ in their fields alone: one with codes and areas, and one of points, stand for all.
STANDING = ("obce", "zzs")


@pytest.fixture(scope="module")
def operations(api: FlaskClient) -> dict[str, dict[str, Any]]:
    """The documented operations by path."""
    paths = api.get("/api").get_json(force=True)["paths"]
    left_out = {path for path in paths if path.endswith("/items") and path.split("/")[2] not in STANDING}
    return {path: held["get"] for path, held in paths.items() if "get" in held and path not in left_out}


EXAMPLES = {
    "layer_id": "obce",
    "fid": "563889",
    "indicator_id": "obyvatel",
    "filename": "obce.csv",
    "style_id": "zaklad",
    "dataset_id": "obce",
    "ext": "svg",
    "tileset_id": "obce",
    "z": "8",
    "x": "138",
    "y": "86",
    "tileMatrixSetId": "WebMercatorQuad",
    "tileMatrix": "8",
    "tileRow": "86",
    "tileCol": "138",
}


def filled(path: str, operation: dict[str, Any]) -> str:
    """The path with allowed values for its parts."""
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", EXAMPLES[parameter["name"]])
    return path


def addresses(path: str, operation: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """``(parameter, nasty value, address)`` for each of an operation's parameters."""
    whole = filled(path, operation)
    needed = [f"{p['name']}=15" for p in operation["parameters"] if p["required"] and p["in"] == "query"]
    for parameter in operation["parameters"]:
        name = parameter["name"]
        for value in NASTY:
            if parameter["in"] == "query":
                others = [pair for pair in needed if not pair.startswith(f"{name}=")]
                yield name, value, f"{whole}?{'&'.join([*others, f'{name}={value}'])}"
            else:
                yield name, value, filled(path.replace(f"{{{name}}}", value), operation)


def test_nothing_that_a_client_sends_is_a_fault_of_ours(
    api: FlaskClient, operations: dict[str, dict[str, Any]]
) -> None:
    tried = refused = 0
    for path, operation in operations.items():
        for name, value, address in addresses(path, operation):
            answer = api.get(address, buffered=True)
            told = f"{path} {name}={value[:60]}: {answer.status}"
            assert answer.status_code in (200, 308, 400, 404), told
            assert "Set-Cookie" not in answer.headers, told
            tried += 1
            if answer.status_code in (400, 404):
                refused += 1
                problem = answer.get_json(force=True)
                assert set(problem) == {"code", "description"}, told
                assert len(problem["description"]) < 2_000, told
    assert refused > tried / 2


def test_a_parameter_given_twice_is_refused_by_name(api: FlaskClient, operations: dict[str, dict[str, Any]]) -> None:
    for path, operation in operations.items():
        whole = filled(path, operation)
        for parameter in operation["parameters"]:
            if parameter["in"] == "query" and "or repeated" not in parameter["description"]:
                name = parameter["name"]
                answer = api.get(f"{whole}?{name}=1&{name}=1")
                assert answer.status_code == 400, f"{whole} {name}"
                assert name in answer.get_json(force=True)["description"]


def test_an_unknown_parameter_is_refused_by_name(api: FlaskClient, operations: dict[str, dict[str, Any]]) -> None:
    for path, operation in operations.items():
        whole = filled(path, operation)
        answer = api.get(f"{whole}?nonsense=1")
        assert answer.status_code == 400, whole
        assert "nonsense" in answer.get_json(force=True)["description"]


@pytest.mark.parametrize("value", NASTY)
def test_the_feature_server_refuses_in_its_own_form(api: FlaskClient, value: str) -> None:
    base = "/esri/rest/services/obce/FeatureServer/0/query"
    names = ("where", "geometry", "inSR", "outSR", "outFields", "orderByFields", "objectIds", "resultOffset",
             "resultRecordCount", "returnGeometry", "returnCountOnly", "spatialRel", "f")  # fmt: skip
    for name in names:
        answer = api.get(f"{base}?{name}={value}")
        assert answer.status_code in (200, 400), f"{name}={value[:60]}"
        if answer.status_code == 400:
            assert len(answer.get_json(force=True)["error"]["message"]) < 2_000, f"{name}={value[:60]}"
