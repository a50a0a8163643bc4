from __future__ import annotations

import gzip
import io
import json
import os
import socket
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from geoportal.cards.source import SourceCard
from geoportal.intake.download import CHUNK, Patience
from geoportal.intake.fetch import FetchResult, fetch
from geoportal.intake.raw import checks, files, load_record
from geoportal.settings import Settings

from .conftest import Answer, Server, make_source

QUICK = Patience(connect_s=2, read_s=2, retries=2, backoff_s=0.01, retry_after_s=1, pending_s=0.2, poll_s=0.01)
CSV = b"kod,nazev\n563889,Liberec\n"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, data=tmp_path / "data")


@pytest.fixture
def bring(settings: Settings) -> Callable[..., FetchResult]:
    def run(card: SourceCard) -> FetchResult:
        (result,) = fetch([card], settings, patience=QUICK)
        return result

    return run


def test_a_new_file_is_kept_with_its_record(
    server: Server, settings: Settings, bring: Callable[..., FetchResult]
) -> None:
    url = server.say("/a.csv", Answer(CSV, headers={"ETag": '"1"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}))
    card = make_source(url=url)
    result = bring(card)
    path = settings.raw / "pramen" / "a.csv"
    record = load_record(path)
    assert (result.status, path.read_bytes()) == ("new", CSV)
    assert record is not None
    assert (record.address, record.etag, record.bytes) == (url, '"1"', len(CSV))
    (raw,) = files(card, settings)
    assert (raw.path, raw.sha256, raw.last_modified) == (path, result.sha256, "Mon, 01 Jan 2024 00:00:00 GMT")
    assert [entry.name for entry in path.parent.iterdir() if entry.name.startswith(".")] == []


def test_what_has_not_changed_is_asked_for_with_its_etag(
    server: Server, settings: Settings, bring: Callable[..., FetchResult]
) -> None:
    card = make_source(url=server.say("/a.csv", Answer(CSV, headers={"ETag": '"1"'})))
    bring(card)
    before = (settings.raw / "pramen" / "a.csv").stat()
    assert bring(card).status == "unchanged"
    assert server.asked[1][1]["If-None-Match"] == '"1"'
    assert (settings.raw / "pramen" / "a.csv").stat().st_mtime_ns == before.st_mtime_ns


def test_a_source_counts_as_asked_when_it_answers_and_not_when_it_is_silent(
    server: Server, settings: Settings, bring: Callable[..., FetchResult]
) -> None:
    card = make_source(url=server.say("/a.csv", Answer(CSV)))
    bring(card)
    record = settings.raw / "pramen" / "a.csv.json"
    os.utime(record, (1, 1))
    server.say("/a.csv", Answer(b"", status=503))
    assert bring(card).status == "kept"
    assert checks(settings.raw) == {"pramen": 1}
    server.say("/a.csv", Answer(CSV))
    assert bring(card).status == "unchanged"
    assert checks(settings.raw)["pramen"] > time.time() - 60


def test_equal_bytes_without_an_etag_are_unchanged(server: Server, bring: Callable[..., FetchResult]) -> None:
    card = make_source(url=server.say("/a.csv", Answer(CSV)))
    assert [bring(card).status, bring(card).status] == ["new", "unchanged"]


def test_a_file_changed_by_hand_is_fetched_whole_again(
    server: Server, settings: Settings, bring: Callable[..., FetchResult]
) -> None:
    card = make_source(url=server.say("/a.csv", Answer(CSV, headers={"ETag": '"1"'})))
    bring(card)
    (settings.raw / "pramen" / "a.csv").write_bytes(b"spoilt")
    assert bring(card).status == "new"
    assert "If-None-Match" not in server.asked[1][1]
    assert (settings.raw / "pramen" / "a.csv").read_bytes() == CSV


def test_a_server_that_stumbles_is_asked_again(server: Server, bring: Callable[..., FetchResult]) -> None:
    busy = Answer(status=503, headers={"Retry-After": "0"})
    assert bring(make_source(url=server.say("/a.csv", busy, Answer(status=500), Answer(CSV)))).status == "new"
    assert len(server.asked) == 3


def test_a_server_that_never_recovers_fails_with_its_status(server: Server, bring: Callable[..., FetchResult]) -> None:
    result = bring(make_source(url=server.say("/a.csv", Answer(status=503))))
    assert (result.status, result.sha256) == ("failed", None)
    assert "503 Service Unavailable" in result.message


def test_a_missing_file_is_not_asked_for_twice(server: Server, bring: Callable[..., FetchResult]) -> None:
    result = bring(make_source(url=f"{server.base}/nowhere.csv"))
    assert (result.status, len(server.asked)) == ("failed", 1)
    assert "404 Not Found" in result.message


def test_a_pending_export_is_polled_until_it_is_ready(server: Server, bring: Callable[..., FetchResult]) -> None:
    pending = Answer(b'{"status":"Pending"}', status=202)
    assert bring(make_source("arcgis-hub", url=server.say("/csv", pending, pending, Answer(CSV)))).status == "new"


def test_an_export_that_stays_pending_is_given_up(server: Server, bring: Callable[..., FetchResult]) -> None:
    result = bring(make_source("arcgis-hub", url=server.say("/csv", Answer(b'{"status":"Pending"}', status=202))))
    assert result.status == "failed"
    assert "still being prepared (HTTP 202)" in result.message


@pytest.mark.parametrize(
    ("reader", "name", "body", "said"),
    [
        ("table", "a.csv", b"<!DOCTYPE html><title>Maintenance</title>", "is a web page"),
        ("table", "a.csv", b"\xef\xbb\xbf \n", "is empty"),
        ("ruian-shp", "1.zip", b"PK\x03\x04 only a beginning", "is not a zip"),
        ("arcgis-hub", "geojson", b'{"status":"Pending"}', "the server says 'Pending'"),
        ("arcgis-featureserver", "query", b'{"error":{"code":400,"message":"Invalid query"}}', "Invalid query"),
    ],
)
def test_what_is_not_data_is_not_kept(
    reader: str,
    name: str,
    body: bytes,
    said: str,
    server: Server,
    settings: Settings,
    bring: Callable[..., FetchResult],
) -> None:
    result = bring(make_source(reader, url=server.say(f"/{name}", Answer(body))))
    assert result.status == "failed"
    assert said in result.message
    assert not (settings.raw / "pramen" / name).exists()


def test_a_failure_keeps_the_last_good_file_and_says_since_when(
    server: Server, settings: Settings, bring: Callable[..., FetchResult]
) -> None:
    card = make_source(url=server.say("/a.csv", Answer(CSV), Answer(b"<html>out of order</html>")))
    first = bring(card)
    result = bring(card)
    record = load_record(settings.raw / "pramen" / "a.csv")
    assert record is not None
    assert (result.status, result.sha256, result.bytes) == ("kept", first.sha256, len(CSV))
    assert f"the file of {record.fetched_at[:10]} stays in use" in result.message
    assert (settings.raw / "pramen" / "a.csv").read_bytes() == CSV


def test_a_file_larger_than_allowed_is_refused_before_it_is_read(
    server: Server, bring: Callable[..., FetchResult]
) -> None:
    result = bring(make_source(url=server.say("/a.csv", Answer(b"x" * 1_000_001)), max_mb=1))
    assert result.status == "failed"
    assert "larger than 1 MB; raise 'max_mb'" in result.message


def test_a_file_that_hides_its_length_is_cut_off_at_the_limit(
    server: Server, bring: Callable[..., FetchResult]
) -> None:
    compressed = io.BytesIO()

    with gzip.GzipFile(fileobj=compressed, mode="wb") as stream:
        stream.write(b"x" * 2_000_000)
    url = server.say("/a.csv", Answer(compressed.getvalue(), headers={"Content-Encoding": "gzip"}))
    assert "larger than 1 MB" in bring(make_source(url=url, max_mb=1)).message


def test_a_transfer_that_breaks_off_is_begun_again(server: Server, bring: Callable[..., FetchResult]) -> None:
    assert bring(make_source(url=server.say("/a.csv", Answer(CSV[:9], length=len(CSV)), Answer(CSV)))).status == "new"


def test_a_transfer_that_breaks_off_is_resumed_where_the_server_can(
    server: Server, settings: Settings, bring: Callable[..., FetchResult]
) -> None:
    body, held = CSV * 8000, 2 * CHUNK  # what came after the last whole chunk is not used
    beginning = Answer(body[: held + 9], headers={"ETag": '"1"'}, length=len(body))
    rest = Answer(body[held:], status=206, headers={"Content-Range": f"bytes {held}-{len(body) - 1}/{len(body)}"})
    assert bring(make_source(url=server.say("/a.csv", beginning, rest))).status == "new"
    assert (server.asked[1][1]["Range"], server.asked[1][1]["If-Range"]) == (f"bytes={held}-", '"1"')
    assert (settings.raw / "pramen" / "a.csv").read_bytes() == body


def test_a_transfer_that_always_breaks_off_fails(server: Server, bring: Callable[..., FetchResult]) -> None:
    result = bring(make_source(url=server.say("/a.csv", Answer(CSV[:9], length=len(CSV)))))
    assert result.status == "failed"
    assert "broke off after 0 bytes, 3 times" in result.message


def _esri(first: int, count: int, more: bool) -> Answer:
    features = [
        {"attributes": {"OBJECTID": number}, "geometry": {"x": 15, "y": 50}} for number in range(first, first + count)
    ]
    answer = {"objectIdFieldName": "OBJECTID", "features": features} | ({"exceededTransferLimit": True} if more else {})
    return Answer(json.dumps(answer).encode())


def test_pages_of_a_feature_server_become_one_file(
    server: Server, settings: Settings, bring: Callable[..., FetchResult]
) -> None:
    url = server.say("/query", _esri(1, 2, more=True), _esri(3, 2, more=True), _esri(5, 1, more=False))
    assert bring(make_source("arcgis-featureserver", url=f"{url}?where=1%3D1&f=json")).status == "new"
    content = json.loads((settings.raw / "pramen" / "query").read_bytes())
    assert [feature["attributes"]["OBJECTID"] for feature in content["features"]] == [1, 2, 3, 4, 5]
    assert "exceededTransferLimit" not in content
    assert server.asked[2][0] == "/query?where=1%3D1&f=json&resultOffset=4&resultRecordCount=2"


def test_a_feature_server_that_repeats_its_page_fails(server: Server, bring: Callable[..., FetchResult]) -> None:
    result = bring(make_source("arcgis-featureserver", url=server.say("/query", _esri(1, 2, more=True))))
    assert result.status == "failed"
    assert "pages repeat features" in result.message


def test_pages_of_ogc_api_features_become_one_file(
    server: Server, settings: Settings, bring: Callable[..., FetchResult]
) -> None:
    def page(ids: list[int], following: str | None) -> Answer:
        links = [{"rel": "next", "href": following}] if following else []
        features = [{"type": "Feature", "id": number, "properties": {}, "geometry": None} for number in ids]
        return Answer(
            json.dumps({"type": "FeatureCollection", "features": features, "links": links, "numberMatched": 3}).encode()
        )

    server.say("/items?offset=2", page([3], None))
    url = server.say("/items", page([1, 2], "/items?offset=2"))
    assert bring(make_source("ogc", url=url)).status == "new"
    content = json.loads((settings.raw / "pramen" / "items").read_bytes())
    assert ([feature["id"] for feature in content["features"]], content["numberReturned"]) == ([1, 2, 3], 3)


def test_a_refused_connection_keeps_the_last_good_file(settings: Settings, bring: Callable[..., FetchResult]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/a.csv"
        path = settings.raw / "pramen" / "a.csv"
        path.parent.mkdir(parents=True)
        path.write_bytes(CSV)
        result = bring(make_source(url=url))
    assert (result.status, result.bytes) == ("kept", len(CSV))
    assert "refused" in result.message


def test_without_a_network_many_sources_fail_at_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def nowhere(host: str, *args: object, **kwargs: object) -> None:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    cards = [make_source(id=f"s{number}", url=f"https://host{number % 7}.example/a.csv") for number in range(20)]
    begun = time.monotonic()
    results = fetch(cards, settings, patience=Patience(backoff_s=60))
    assert time.monotonic() - begun < 50
    assert [result.source for result in results] == [card.id for card in cards]
    assert {result.status for result in results} == {"failed"}
    assert "can't be resolved" in results[0].message
    assert sorted(asked) == [f"host{number}.example" for number in range(7)]


def test_progress_tells_bytes_and_their_total(server: Server, settings: Settings) -> None:
    steps: list[tuple[str, int, int | None]] = []
    fetch([make_source(url=server.say("/a.csv", Answer(CSV)))], settings, lambda *step: steps.append(step), QUICK)
    assert steps == [("pramen/a.csv", len(CSV), len(CSV))]


def test_a_mirror_folder_takes_the_place_of_the_host(tmp_path: Path) -> None:
    original = tmp_path / "mirror" / "upstream.example" / "pramen.csv"
    original.parent.mkdir(parents=True)
    original.write_bytes(CSV)
    settings = Settings(home=tmp_path, data=tmp_path / "data", mirror=str(tmp_path / "mirror"))
    card = make_source()
    assert [fetch([card], settings)[0].status for _ in range(2)] == ["new", "unchanged"]
    original.write_bytes(CSV + b"564303,P\n")
    assert fetch([card], settings)[0].status == "new"
    original.unlink()
    (kept,) = fetch([card], settings)
    assert kept.status == "kept"
    assert "the mirror has no file" in kept.message


def test_a_mirror_address_takes_the_place_of_the_host(server: Server, tmp_path: Path) -> None:
    server.say("/mirror/upstream.example/do__kod-43.csv", Answer(CSV))
    settings = Settings(home=tmp_path, data=tmp_path / "data", mirror=f"{server.base}/mirror/")
    card = make_source(url="https://upstream.example/do?kod=43", mirror="upstream.example/do__kod-43.csv")
    assert fetch([card], settings, patience=QUICK)[0].status == "new"
    assert (settings.raw / "pramen" / "do__kod-43.csv").read_bytes() == CSV


def test_each_period_is_a_file_and_tables_of_ours_are_skipped(server: Server, settings: Settings) -> None:
    server.say("/m_2023.csv", Answer(CSV))
    card = make_source(url=f"{server.base}/m_{{period}}.csv", periods=["2023", "2024"])
    results = fetch([make_source(id="own", file="data/facts/seats.csv"), card], settings, patience=QUICK)
    assert [(result.file, result.status) for result in results] == [("m_2023.csv", "new"), ("m_2024.csv", "failed")]
    assert files(card, settings) == ()
    server.say("/m_2024.csv", Answer(CSV))
    fetch([card], settings, patience=QUICK)
    assert [raw.period for raw in files(card, settings)] == ["2023", "2024"]


def test_a_truncated_zip_from_the_mirror_is_refused(mirror: Path, tmp_path: Path) -> None:
    pack = mirror / "services.cuzk.gov.cz/shp/stat/epsg-5514/1.zip"
    assert zipfile.is_zipfile(pack)
    broken = tmp_path / "mirror" / "services.cuzk.gov.cz" / "1.zip"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(pack.read_bytes()[:100_000])
    settings = Settings(home=tmp_path, data=tmp_path / "data", mirror=str(tmp_path / "mirror"))
    (result,) = fetch([make_source("ruian-shp", url="https://services.cuzk.gov.cz/1.zip")], settings)
    assert "is not a zip, or only a part of one" in result.message
