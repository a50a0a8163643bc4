"""Statistics and different values from the FeatureServer, against pandas over the same layer."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import orjson
import pandas as pd
import pytest
from flask.testing import FlaskClient

from geoportal.query.collation import collation

OBCE = "/esri/rest/services/obce/FeatureServer/0"
POINTS = "/esri/rest/services/zzs/FeatureServer/0"


def address(layer: str, **given: Any) -> str:
    texts = {name: value if isinstance(value, str) else orjson.dumps(value).decode() for name, value in given.items()}
    return f"{layer}/query?" + "&".join(f"{name}={quote(text)}" for name, text in texts.items())


def statistic(kind: str, field: str, name: str | None = None) -> dict[str, str]:
    return {
        "statisticType": kind, "onStatisticField": field, **({"outStatisticFieldName": name} if name else {}),
    }  # fmt: skip


@pytest.fixture
def frame(get: Any) -> pd.DataFrame:
    """All obce as a table, from the other interface."""
    features = get("/collections/obce/items?skipGeometry=true")["features"]
    rows = pd.DataFrame([feature["properties"] for feature in features])
    ids = get(address(OBCE, returnGeometry="false", outFields="OBJECTID,kod"))["features"]
    number = {one["attributes"]["kod"]: one["attributes"]["OBJECTID"] for one in ids}
    return rows.assign(OBJECTID=rows["kod"].map(number))


@pytest.mark.parametrize("where", ["1=1", "kod_okresu = 'CZ0512'", "kod = 'none'"])
def test_statistics_of_all_agree_with_pandas(get: Any, frame: pd.DataFrame, where: str) -> None:
    kinds = {"count": "count", "sum": "sum", "min": "min", "max": "max", "avg": "mean", "stddev": "std", "var": "var"}
    answer = get(address(OBCE, where=where, outStatistics=[statistic(kind, "OBJECTID", kind) for kind in kinds]))
    chosen = frame[{"1": frame["kod"] != "", "k": frame["kod_okresu"] == "CZ0512"}.get(where[0], frame["kod"] == "")]
    if "none" in where:
        chosen = frame[frame["kod"] == "none"]
    assert len(answer["features"]) == 1
    for kind, name in kinds.items():
        expected = getattr(chosen["OBJECTID"], name)()
        found = answer["features"][0]["attributes"][kind]
        if len(chosen) == 0 and kind != "count":
            assert found is None
        else:
            assert found == pytest.approx(float(expected))


def test_groups_agree_with_pandas_in_the_order_asked_for(get: Any, frame: pd.DataFrame) -> None:
    statistics = [statistic("count", "OBJECTID", "pocet"), statistic("max", "nazev", "posledni"),
                  statistic("avg", "OBJECTID", "stred")]  # fmt: skip
    asked = {"outStatistics": statistics, "groupByFieldsForStatistics": "kod_okresu,kod_orp"}
    answer = get(address(OBCE, **asked, orderByFields="pocet DESC"))
    grouped = frame.groupby(["kod_okresu", "kod_orp"])
    expected = grouped.agg(pocet=("kod", "count"), posledni=("nazev", "max"), stred=("OBJECTID", "mean")).reset_index()
    rows = pd.DataFrame([one["attributes"] for one in answer["features"]])
    assert rows["pocet"].is_monotonic_decreasing
    by = ["pocet", "kod_okresu", "kod_orp"]
    ordered = expected.sort_values(by, ascending=[False, True, True]).reset_index(drop=True)
    pd.testing.assert_frame_equal(rows, ordered[list(rows.columns)], check_dtype=False)
    assert [field["type"].removeprefix("esriFieldType") for field in answer["fields"]] == [
        "String", "String", "Integer", "String", "Double",
    ]  # fmt: skip


def test_groups_come_page_by_page_and_are_counted(get: Any, frame: pd.DataFrame) -> None:
    asked = {"outStatistics": [statistic("count", "kod")], "groupByFieldsForStatistics": "kod_orp"}
    whole = get(address(OBCE, **asked))
    assert "exceededTransferLimit" not in whole
    assert get(address(OBCE, **asked, returnCountOnly="true")) == {"count": frame["kod_orp"].nunique()}
    first = get(address(OBCE, **asked, resultRecordCount="4"))
    assert first["exceededTransferLimit"]
    rest = get(address(OBCE, **asked, resultOffset="4"))
    assert first["features"] + rest["features"] == whole["features"]
    assert "count_kod" in whole["features"][0]["attributes"]


def test_words_that_groups_are_of_stand_as_in_a_czech_dictionary(get: Any, frame: pd.DataFrame) -> None:
    asked = {"outStatistics": [statistic("count", "kod", "n")], "groupByFieldsForStatistics": "nazev"}
    names = [one["attributes"]["nazev"] for one in get(address(OBCE, **asked))["features"]]
    assert names == sorted(frame["nazev"].unique(), key=collation)


def test_different_values_come_once(get: Any, frame: pd.DataFrame) -> None:
    asked = {"outFields": "kod_okresu,kod_orp", "returnDistinctValues": "true", "returnGeometry": "false"}
    found = get(address(OBCE, **asked, orderByFields="kod_orp DESC"))["features"]
    pairs = [tuple(one["attributes"].values()) for one in found]
    expected = set(frame[["kod_okresu", "kod_orp"]].itertuples(index=False, name=None))
    assert len(pairs) == len(expected)
    assert set(pairs) == expected
    assert [orp for _, orp in pairs] == sorted((orp for _, orp in pairs), reverse=True)
    assert get(address(OBCE, **asked, returnCountOnly="true")) == {"count": len(expected)}


def test_statistics_come_as_geojson_and_by_form_too(api: FlaskClient, get: Any) -> None:
    asked = {"outStatistics": orjson.dumps([statistic("count", "OBJECTID", "n")]).decode(), "f": "json"}
    posted = api.post(f"{POINTS}/query", data=asked).get_json(force=True)
    count = get(f"{POINTS}/query?returnCountOnly=true")["count"]
    assert posted["features"] == [{"attributes": {"n": count}}]
    feature = get(address(POINTS, **{**asked, "f": "geojson"}))["features"][0]
    assert feature == {"type": "Feature", "geometry": None, "properties": {"n": count}}


@pytest.mark.parametrize(("given", "named"), [
    ({"outStatistics": "x"}, "not JSON"),
    ({"outStatistics": []}, "list of 1 to"),
    ({"outStatistics": [1]}, "no object"),
    ({"outStatistics": [statistic("median", "OBJECTID")]}, "median"),
    ({"outStatistics": [statistic("sum", "nic")]}, "'nic'"),
    ({"outStatistics": [statistic("sum", "nazev")]}, "needs numbers"),
    ({"outStatistics": [statistic("sum", "OBJECTID", "a b")]}, "outStatisticFieldName"),
    ({"outStatistics": [statistic("sum", "OBJECTID", "x"), statistic("min", "OBJECTID", "X")]}, "two statistics"),
    ({"outStatistics": [statistic("sum", "OBJECTID", "kod")], "groupByFieldsForStatistics": "kod"}, "groups"),
    ({"outStatistics": [statistic("sum", "OBJECTID")], "groupByFieldsForStatistics": "nic"}, "'nic'"),
    ({"outStatistics": [statistic("sum", "OBJECTID", "x")], "orderByFields": "nazev"}, "'nazev'"),
    ({"groupByFieldsForStatistics": "kod"}, "outStatistics"),
    ({"outStatistics": [statistic("count", "kod")], "having": "count(kod)>1"}, "having"),
    ({"returnDistinctValues": "true", "outFields": "kod", "orderByFields": "nazev"}, "'nazev'"),
])  # fmt: skip
def test_wrong_statistics_are_refused_by_name(api: FlaskClient, given: dict[str, Any], named: str) -> None:
    answer = api.get(address(OBCE, **given))
    assert answer.status_code == 400
    assert named in answer.get_json(force=True)["error"]["message"]


def test_a_format_that_the_layer_does_not_list_is_refused_with_those_it_does(api: FlaskClient, get: Any) -> None:
    assert "pbf" not in get(f"{OBCE}?f=json")["supportedQueryFormats"].lower()
    answer = api.get(f"{OBCE}/query?f=pbf&where=1%3D1")
    assert answer.status_code == 400
    assert answer.mimetype == "application/json"
    assert "geojson" in answer.get_json(force=True)["error"]["message"]


def test_people_get_a_page_that_says_how_to_connect(api: FlaskClient) -> None:
    server = OBCE.removesuffix("/0")
    for headers, query in (({"Accept": "text/html"}, ""), ({}, "?f=html")):
        answer = api.get(server + query, headers=headers)
        assert answer.mimetype == "text/html"
        text = answer.get_data(as_text=True)
        assert f"http://localhost{server}/0" in text
        assert "/collections/obce" in text
    assert api.get(f"{server}?f=json", headers={"Accept": "text/html"}).mimetype == "application/json"
    assert api.get(server).mimetype == "application/json"
    english = api.get(f"{server}?f=html&lang=en").get_data(as_text=True)
    assert "Connect in ArcGIS" in english
