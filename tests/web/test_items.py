"""CRSs, filters, sorting, fields, formats and indicators on pages of features."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import geopandas as gpd
import numpy as np
import orjson
import pyproj
import pytest
import shapely
from flask.testing import FlaskClient

from geoportal.query.collation import collation

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
ITEMS = "/collections/obce/items"


def shapes(page: dict[str, Any]) -> np.ndarray:
    return shapely.from_geojson([orjson.dumps(feature["geometry"]) for feature in page["features"]])


@pytest.mark.parametrize(("code", "swapped"), [(4326, True), (5514, False), (3857, False), (3045, True), (4258, True)])
def test_coordinates_agree_with_pyproj_to_a_centimetre_in_the_axis_order_of_the_authority(
    api: FlaskClient, get: Any, code: int, swapped: bool
) -> None:
    answer = api.get(f"{ITEMS}?limit=50&crs={EPSG}{code}", buffered=True)
    assert answer.headers["Content-Crs"] == f"<{EPSG}{code}>"
    moved = shapely.get_coordinates(shapes(answer.get_json(force=True)))
    degrees = shapely.get_coordinates(shapes(get(f"{ITEMS}?limit=50")))
    area = pyproj.aoi.AreaOfInterest(12.09, 48.55, 18.86, 51.06)
    transformer = pyproj.Transformer.from_crs(4326, code, always_xy=True, area_of_interest=area)
    expected = np.column_stack(transformer.transform(*degrees.T))
    tolerance = 1.2e-7 if code in (4326, 4258) else 0.01 * (2.6 if code == 3857 else 1)  # metres there are shorter
    assert np.abs((moved[:, ::-1] if swapped else moved) - expected).max() < tolerance


@pytest.mark.parametrize("name", ["[EPSG:5514]", f"{EPSG}5514"])
def test_a_crs_is_named_by_uri_or_safe_curie(api: FlaskClient, name: str) -> None:
    answer = api.get(f"{ITEMS}/563889?crs={quote(name)}", buffered=True)
    assert answer.headers["Content-Crs"] == f"<{EPSG}5514>"
    assert answer.get_json(force=True)["geometry"]["coordinates"]


def test_a_box_means_the_same_in_every_crs_that_it_is_given_in(get: Any) -> None:
    def ids(query: str) -> set[str]:
        return {feature["id"] for feature in get(f"{ITEMS}?skipGeometry=true&{query}")["features"]}

    degrees = ids("bbox=15,50.7,15.1,50.8")
    assert len(degrees) > 5
    assert ids(f"bbox=50.7,15,50.8,15.1&bbox-crs={EPSG}4326") == degrees
    krovak = ids(f"bbox=-690000,-975000,-680000,-965000&bbox-crs={EPSG}5514")
    page = get(f"{ITEMS}?crs={EPSG}5514")
    box = shapely.box(-690000, -975000, -680000, -965000)
    met = [f["id"] for f, g in zip(page["features"], shapes(page), strict=True) if g.intersects(box)]
    assert krovak == set(met)


def test_a_filter_a_box_and_a_field_narrow_each_other(get: Any) -> None:
    narrowed = get(f"{ITEMS}?bbox=15,50.7,15.2,50.8&kod_okresu=CZ0513&filter=nazev LIKE 'L%25'&skipGeometry=true")
    names = [feature["properties"]["nazev"] for feature in narrowed["features"]]
    assert "Liberec" in names
    assert all(name.startswith("L") for name in names)


def test_filters_are_understood_in_json_too(get: Any) -> None:
    wanted = '{"op":"=","args":[{"property":"nazev"},"Turnov"]}'
    page = get(f"{ITEMS}?filter-lang=cql2-json&filter={quote(wanted)}")
    assert [feature["id"] for feature in page["features"]] == ["577626"]


def test_sorting_goes_over_the_whole_collection_before_it_is_cut_into_pages(get: Any) -> None:
    pages = [get(f"{ITEMS}?sortby=-kod&limit=100&offset={k}&skipGeometry=true") for k in (0, 100, 200)]
    codes = [feature["id"] for page in pages for feature in page["features"]]
    assert codes == sorted(codes, reverse=True)
    assert len(set(codes)) == 215


def test_only_the_fields_asked_for_come(get: Any) -> None:
    page = get(f"{ITEMS}?properties=nazev&limit=3&skipGeometry=true")
    assert all(set(feature["properties"]) == {"nazev"} and feature["geometry"] is None for feature in page["features"])


def test_indicators_join_as_fields(get: Any) -> None:
    page = get(f"{ITEMS}?indicators=obyvatel,nezamestnanost&filter=nazev='Liberec'&skipGeometry=true")
    assert page["features"][0]["properties"]["obyvatel_2024"] == 107_699
    assert "nezamestnanost_2024" in page["features"][0]["properties"]
    earlier = get(f"{ITEMS}?indicators=obyvatel&period=2020&limit=1")
    assert "obyvatel_2020" in earlier["features"][0]["properties"]


@pytest.mark.parametrize("name", ["gpkg", "fgb", "parquet", "csv", "xlsx", "kml", "shp.zip", "geojsonseq", "jsonfg"])
def test_a_filtered_result_comes_in_every_format(api: FlaskClient, tmp_path: Path, name: str) -> None:
    form = {"shp.zip": "shp"}.get(name, name)
    offered = api.get("/collections/obce?f=json").get_json(force=True)["links"]
    form = next(n for n in (name, form, "shapefile") if n in known(api))
    answer = api.get(f"{ITEMS}?f={form}&kod_okresu=CZ0511&indicators=obyvatel", buffered=True)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.headers["OGC-NumberMatched"] == "57"
    assert offered
    count, has = read(answer.get_data(), name, tmp_path)
    assert count == 57
    assert has


def known(api: FlaskClient) -> list[str]:
    document = api.get("/api").get_json(force=True)
    parameters = document["paths"]["/collections/obce/items"]["get"]["parameters"]
    return next(p["schema"]["enum"] for p in parameters if p["name"] == "f")


def read(body: bytes, name: str, folder: Path) -> tuple[int, bool]:
    """How many features a file holds, and whether the joined indicator is among its fields."""
    path = folder / f"x.{name}"
    path.write_bytes(body)
    match name:
        case "parquet":
            frame = gpd.read_parquet(path)
            return len(frame), "obyvatel_2024" in frame.columns
        case "xlsx":
            import openpyxl

            rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
            return sum(bool(row[0]) and str(row[0]).isdecimal() for row in rows), any(
                "obyvatel" in str(c).lower() for c in rows[0]
            )
        case "csv":
            lines = body.decode().splitlines()
            return len(lines) - 1, "obyvatel_2024" in lines[0]
        case "geojsonseq" | "jsonfg":
            return len(re.findall(rb'"type":"Feature"[,}]', body)), b"obyvatel_2024" in body
        case "kml":
            return body.count(b"<Placemark"), b"obyvatel_2024" in body or "Počet obyvatel".encode() in body
        case "shp.zip":
            frame = gpd.read_file(io.BytesIO(body))
            return len(frame), len(frame.columns) > 12
        case _:
            frame = gpd.read_file(path, layer="obce")
            return len(frame), "obyvatel_2024" in frame.columns


def test_a_whole_layer_by_f_is_the_prepared_file(api: FlaskClient) -> None:
    by_parameter = api.get(f"{ITEMS}?f=gpkg", buffered=True)
    assert by_parameter.get_data() == api.get("/layers/obce.gpkg", buffered=True).get_data()
    by_accept = api.get(ITEMS, headers={"Accept": "application/geopackage+sqlite3"}, buffered=True)
    assert by_accept.mimetype == "application/geopackage+sqlite3"


@pytest.mark.parametrize("query", [
    "crs=EPSG:5514", f"crs={EPSG}2065", "bbox-crs=x&bbox=1,2,3,4", "filter=nazev='x", "filter=nic=1", "filter=nazev>1",
    "filter-lang=sql&filter=x", "sortby=nic", "sortby=nazev,nazev", "properties=nic", "skipGeometry=maybe",
    "datetime=yesterday", "datetime=../..", "limit=1.5", "limit=1e3", "offset=-1", "f=pdf", "indicators=nic",
    "indicators=obyvatel&period=1848", "bbox=nan,1,2,3", "bbox=1,2,3,4,5", "kod_okresu=x&kod_okresu=y", "%FF=1",
    "filter=" + "(" * 5000, "filter=" + "A" * 20_000,
])  # fmt: skip
def test_bad_input_is_a_400_that_says_why(api: FlaskClient, query: str) -> None:
    answer = api.get(f"{ITEMS}?{query}", buffered=True)
    assert answer.status_code == 400, query
    assert len(answer.get_json(force=True)["description"]) > 10


@pytest.mark.parametrize("limit", ["10001", "1000000000", "9" * 400])
def test_a_limit_beyond_the_maximum_gives_the_maximum(get: Any, limit: str) -> None:
    assert get(f"{ITEMS}?limit={limit}&skipGeometry=true")["numberReturned"] == 215


def test_the_schema_names_the_id_and_the_geometry(get: Any) -> None:
    schema = get("/collections/obce/schema")
    roles = {name: part.get("x-ogc-role") for name, part in schema["properties"].items()}
    assert roles["kod"] == "id"
    assert roles["geometry"] == "primary-geometry"
    assert set(get("/collections/obce/queryables")["properties"]) == set(schema["properties"])


def test_words_sort_as_in_a_czech_dictionary_and_filters_compare_code_points(get: Any) -> None:
    found = get(f"{ITEMS}?sortby=nazev,kod&skipGeometry=true")["features"]
    names = [feature["properties"]["nazev"] for feature in found]
    assert names == sorted(names, key=collation)
    assert (
        names.index("Habartice") < names.index("Hrádek nad Nisou") < names.index("Chrastava") < names.index("Jeřmanice")
    )
    backwards = get(f"{ITEMS}?sortby=-nazev,-kod&skipGeometry=true")["features"]
    assert [feature["id"] for feature in backwards] == [feature["id"] for feature in found][::-1]
    later = get(f"{ITEMS}?filter=nazev>'Z'&skipGeometry=true&limit=1000")["features"]
    assert {feature["properties"]["nazev"] for feature in later} == {name for name in names if name > "Z"}


def test_sorted_pages_join_to_the_sorted_whole(get: Any) -> None:
    whole = get(f"{ITEMS}?sortby=kod_okresu,nazev&skipGeometry=true")["features"]
    pages = [get(f"{ITEMS}?sortby=kod_okresu,nazev&skipGeometry=true&limit=50&offset={at}") for at in range(0, 215, 50)]
    assert [one["id"] for page in pages for one in page["features"]] == [feature["id"] for feature in whole]


@pytest.mark.parametrize("form", ["gpkg", "fgb", "parquet", "csv", "xlsx", "kml", "shp", "geojsonseq", "jsonfg"])
def test_a_file_holds_only_the_fields_asked_for(api: FlaskClient, tmp_path: Path, form: str) -> None:
    answer = api.get(f"{ITEMS}?f={form}&properties=kod&limit=2", buffered=True)
    assert answer.status_code == 200
    body = answer.get_data()
    match form:
        case "gpkg" | "fgb" | "kml" | "shp":
            path = tmp_path / f"x.{form}{'.zip' if form == 'shp' else ''}"
            path.write_bytes(body)
            columns = set(gpd.read_file(path, layer=0).columns)
        case "parquet":
            columns = set(gpd.read_parquet(io.BytesIO(body)).columns)
        case "csv":
            columns = set(body.decode().splitlines()[0].split(","))
        case "xlsx":
            import openpyxl

            rows = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True)
            columns = set(next(rows))
        case _:
            columns = set(re.findall(r'"(kod|nazev\w*|kod_\w+)":', body.decode()))
    assert "kod" in columns
    assert not columns & {"nazev", "nazev_orp", "kod_orp"}


def test_a_table_comes_without_geometries_where_none_are_wanted(api: FlaskClient) -> None:
    csv = api.get(f"{ITEMS}?f=csv&properties=kod,nazev&skipGeometry=true&filter=nazev='Liberec'", buffered=True)
    assert csv.get_data(as_text=True) == "kod,nazev\r\n563889,Liberec\r\n"
    points = api.get("/collections/zzs/items?f=csv&skipGeometry=true&limit=1", buffered=True).get_data(as_text=True)
    assert not {"lon", "lat"} & set(points.splitlines()[0].split(","))
    stream = api.get(f"{ITEMS}?f=geojsonseq&properties=nazev&skipGeometry=true&kod=563889", buffered=True).get_data()
    assert orjson.loads(stream[1:]) == {
        "type": "Feature", "id": "563889", "geometry": None, "properties": {"nazev": "Liberec"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("f=gpkg&skipGeometry=true", "csv, geojsonseq, json, xlsx"),
        (f"f=shp&crs={EPSG}3857", f"f=shp comes in {EPSG}5514"),
        (f"f=csv&crs={EPSG}5514", "f=csv comes in http://www.opengis.net/def/crs/OGC/1.3/CRS84"),
    ],
)
def test_what_a_format_can_not_do_is_refused_and_never_left_out(api: FlaskClient, query: str, named: str) -> None:
    answer = api.get(f"{ITEMS}?{query}&limit=2", buffered=True)
    assert answer.status_code == 400
    assert named in answer.get_json(force=True)["description"]


@pytest.mark.parametrize("form", ["gpkg", "fgb", "parquet"])
@pytest.mark.parametrize("code", [4326, 5514, 3857, 3045])
def test_files_for_gis_come_in_the_crs_asked_for(
    api: FlaskClient, get: Any, tmp_path: Path, form: str, code: int
) -> None:
    answer = api.get(f"{ITEMS}?f={form}&limit=3&crs={EPSG}{code}", buffered=True)
    assert answer.headers["Content-Crs"] == f"<{EPSG}{code}>"
    path = tmp_path / f"x.{form}"
    path.write_bytes(answer.get_data())
    frame = gpd.read_parquet(path) if form == "parquet" else gpd.read_file(path, layer=0)
    assert frame.crs.to_epsg() == code
    page = shapes(get(f"{ITEMS}?limit=3&crs={EPSG}{code}"))
    wanted = shapely.get_coordinates(page)[:, :: -1 if code in (4326, 3045) else 1]
    held = {tuple(row) for row in np.round(shapely.get_coordinates(frame.geometry.to_numpy()), 6).tolist()}
    assert held == {tuple(row) for row in np.round(wanted, 6).tolist()}


@pytest.mark.parametrize("form", ["gpkg", "fgb", "parquet", "csv", "xlsx", "kml", "shp", "geojsonseq", "jsonfg"])
@pytest.mark.parametrize("more", ["", "&limit=2"])
def test_every_file_says_its_crs_and_its_type_and_can_be_revalidated(api: FlaskClient, form: str, more: str) -> None:
    first = api.get(f"{ITEMS}?f={form}{more}", buffered=True)
    crs = f"{EPSG}5514" if form in ("gpkg", "shp", "jsonfg") else "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    assert first.headers["Content-Crs"] == f"<{crs}>"
    assert first.headers["Content-Type"].count("charset") <= 1
    again = api.get(f"{ITEMS}?f={form}{more}", headers={"If-None-Match": first.headers["ETag"]}, buffered=True)
    assert (again.status_code, again.get_data()) == (304, b"")
    other = api.get(f"{ITEMS}?f={form}&limit=3", buffered=True)
    assert other.headers["ETag"] != first.headers["ETag"]


def test_text_sequences_are_streamed(api: FlaskClient) -> None:
    answer = api.get(f"{ITEMS}?f=geojsonseq&limit=200")
    assert answer.is_streamed
    assert "Content-Length" not in answer.headers
    answer.close()


def test_a_file_that_does_not_hold_all_leads_to_the_rest(api: FlaskClient) -> None:
    answer = api.get(f"{ITEMS}?f=csv&limit=200&skipGeometry=true", buffered=True)
    address = re.fullmatch(
        r'<http://localhost(.+)>; rel="next"; type="text/csv; charset=utf-8"', answer.headers["Link"]
    )
    assert address
    rest = api.get(address[1], buffered=True)
    assert len(rest.get_data(as_text=True).splitlines()) == 1 + 15
    assert 'rel="prev"' in rest.headers["Link"]


def test_a_collection_leads_to_its_features_in_every_encoding(api: FlaskClient, get: Any) -> None:
    links = [link for link in get("/collections/obce")["links"] if link["rel"] == "items"]
    assert {link["href"].rpartition("f=")[2] for link in links} == {*known(api)} - {"geojson"}
    for link in links:
        answer = api.get(f"{link['href'].partition('localhost')[2]}&limit=1", buffered=True)
        assert answer.mimetype == link["type"]
