"""What a monitoring system is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from geoportal.app import create_app
from geoportal.metrics.counters import KINDS, Counters
from geoportal.settings import Settings

READER = {"Accept": "text/html"}


@pytest.fixture
def private(facts_settings: Settings, tmp_path: Path) -> Settings:
    """A data folder with the built snapshot and nothing else."""
    (tmp_path / "build").symlink_to(facts_settings.build)
    return replace(facts_settings, data=tmp_path)


def told(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """Name and values of labels -> value."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    families = text_string_to_metric_families(answer.text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_requests_are_counted_by_kind_and_status_whoever_answers_them(private: Settings) -> None:
    client = create_app(private).test_client()
    gzip = {"Accept-Encoding": "gzip"}
    for _ in range(3):
        client.get("/tiles/obce/8/138/86.mvt", headers=gzip)
    client.get("/nearest?lon=15&lat=50.7")
    client.get("/nearest?lon=somewhere&lat=50.7")
    for _ in range(2):
        tag = client.get("/collections/obce").headers["ETag"]
    client.get("/collections/obce", headers={"If-None-Match": tag})
    client.get("/mapa/vrstvy", headers=READER)
    client.get("/obec/1", headers=READER)
    found = told(client)
    counts = {key[1:]: value for key, value in found.items() if key[0] == "geoportal_requests_total" and value}
    assert counts == {
        ("tiles", "2xx"): 3, ("finder", "2xx"): 1, ("finder", "4xx"): 1, ("features", "2xx"): 2, ("features", "3xx"): 1,
        ("pages", "2xx"): 1, ("pages", "4xx"): 1,
    }  # fmt: skip
    assert found["geoportal_request_duration_seconds_count", "tiles"] == 3
    assert found["geoportal_request_duration_seconds_bucket", "pages", "+Inf"] == 2
    assert 0 < found["geoportal_request_duration_seconds_sum", "pages"] < 10


def test_whichever_worker_is_asked_tells_of_all(private: Settings) -> None:
    one, other = (create_app(private).test_client() for _ in range(2))
    for client in (one, one, other):
        client.get("/healthz")
    first = told(one)["geoportal_requests_total", "service", "2xx"]
    assert first == 3
    assert told(other)["geoportal_requests_total", "service", "2xx"] == first + 1  # the scrape before


def test_a_worker_that_comes_after_another_counts_on(tmp_path: Path) -> None:
    counters = Counters(tmp_path)
    counters.add("/tiles/obce/1/1/1.mvt", "200 OK", 0.002)
    del counters
    later = Counters(tmp_path)
    later.add("/tiles/obce/1/1/1.mvt", "404 NOT FOUND", 0.002)
    counts, micros = later.totals()
    assert counts[KINDS.index("tiles")].sum(axis=1).tolist() == [1, 0, 1, 0]
    assert micros[KINDS.index("tiles")] == 4000
    assert len(list(tmp_path.iterdir())) == 1


def test_no_request_is_lost_between_the_threads_of_a_worker(tmp_path: Path) -> None:
    counters = Counters(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        for _ in range(4):
            pool.submit(lambda: [counters.add("/", "200 OK", 0.0) for _ in range(5000)])
    assert counters.totals()[0][KINDS.index("pages")].sum() == 20_000


def test_where_nothing_can_be_written_a_worker_counts_for_itself(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a file where the folder should be")
    counters = Counters(tmp_path / "run")
    counters.add("/", "200 OK", 0.0)
    assert counters.totals()[0][KINDS.index("pages")].sum() == 1


def test_the_state_of_the_data_is_told(private: Settings) -> None:
    raw = private.raw / "csu-obce"
    raw.mkdir(parents=True)
    for name in ("obce.csv", "obce.csv.json"):
        (raw / name).write_text("{}")
    found = told(create_app(private).test_client())
    assert found["geoportal_ready",] == 1
    assert found["geoportal_layer_features", "obce"] == 215
    assert found["geoportal_source_checked_timestamp_seconds", "csu-obce"] == (raw / "obce.csv.json").stat().st_mtime
    assert found["geoportal_feedback_messages", "new"] == 0
    assert [key for key in found if key[0] == "geoportal_snapshot_published_timestamp_seconds"]


def test_a_service_without_a_snapshot_says_that_it_is_not_ready(private: Settings, tmp_path: Path) -> None:
    found = told(create_app(replace(private, data=tmp_path / "empty")).test_client())
    assert found["geoportal_ready",] == 0
