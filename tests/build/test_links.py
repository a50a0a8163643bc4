from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from click.testing import CliRunner

from geoportal.build.links import Verdict, check_links, links_of
from geoportal.cli import main
from geoportal.intake.download import Patience
from geoportal.settings import Settings
from geoportal.snapshot.reader import Follower
from tests.conftest import ROOT

ONCE = Patience(connect_s=5, read_s=5, retries=0)
HASTE = replace(ONCE, read_s=0.3)
ANSWERS = {  # path: status of HEAD, status of GET
    "/good": (200, 200),
    "/no-head": (405, 200),
    "/head-is-wrong": (404, 200),
    "/gone": (404, 404),
    "/broken": (500, 500),
    "/private": (403, 403),
    "/busy": (429, 429),
    "/moved": (302, 302),
    "/round": (302, 302),
}


class Portal(BaseHTTPRequestHandler):
    asked: list[tuple[str, str, float]] = []

    def do_HEAD(self) -> None:
        self._answer(0)

    def do_GET(self) -> None:
        self._answer(1)

    def _answer(self, position: int) -> None:
        self.asked.append((self.command, self.path, time.monotonic()))
        if self.path == "/slow":
            time.sleep(1)
        self.send_response(ANSWERS.get(self.path, (200, 200))[position])
        if self.path in ("/moved", "/round"):
            self.send_header("Location", "/good" if self.path == "/moved" else "/round")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def portal() -> Iterator[str]:
    Portal.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def judge(*urls: str, pause_s: float = 0, patience: Patience = ONCE) -> dict[str, Verdict]:
    return {verdict.url: verdict for verdict in check_links(dict.fromkeys(urls, ("here",)), patience, pause_s)}


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/good", "alive"),
        ("/no-head", "alive"),
        ("/head-is-wrong", "alive"),
        ("/moved", "alive"),
        ("/private", "closed"),
        ("/busy", "closed"),
        ("/gone", "dead"),
        ("/broken", "dead"),
        ("/round", "dead"),
    ],
)
def test_a_link_is_judged_by_what_its_server_answers(portal: str, path: str, state: str) -> None:
    assert judge(portal + path)[portal + path].state == state


def test_a_server_that_takes_too_long_is_dead(portal: str) -> None:
    assert judge(f"{portal}/slow", patience=HASTE)[f"{portal}/slow"].state == "dead"


def test_the_reason_is_told(portal: str) -> None:
    assert judge(f"{portal}/gone")[f"{portal}/gone"].reason == "the server answered 404 Not Found"


def test_verdicts_come_in_the_order_of_the_links_with_their_places(portal: str) -> None:
    links = {f"{portal}/gone": ("one", "two"), "http://127.0.0.1:9/": ("three",), f"{portal}/good": ("four",)}
    verdicts = check_links(links, ONCE, 0)
    assert [(verdict.url, verdict.places) for verdict in verdicts] == list(links.items())


def test_a_host_that_is_away_is_asked_once_and_all_its_links_are_dead() -> None:
    urls = [f"http://127.0.0.1:9/{name}" for name in range(3)]
    found = judge(*urls, pause_s=5)
    assert [found[url].state for url in urls] == ["dead"] * 3


def test_one_host_is_asked_slowly_and_by_head_where_that_is_enough(portal: str) -> None:
    judge(f"{portal}/good", f"{portal}/other", pause_s=0.1)
    (first, _, began), (second, _, ended) = Portal.asked
    assert (first, second) == ("HEAD", "HEAD")
    assert ended - began >= 0.1


def test_links_of_cards_and_of_the_site_are_all_there() -> None:
    links = links_of(Settings(home=ROOT, data=ROOT / "data"))
    places = {place for found in links.values() for place in found}
    assert "geoportal.toml: hub.url" in links["https://www.datalk.cz/"]
    assert "layers/pohotovosti.toml: hub" in places
    assert "geoportal.toml: portals 'IDOL'" in places
    assert "data/sources/ruian-hranice.toml: url" in places
    assert len(links["https://creativecommons.org/licenses/by/4.0/"]) > 3
    assert not [url for url in links if "{" in url]


def test_the_data_sets_of_the_hub_are_among_them_once_there_is_a_snapshot(facts_settings: Settings) -> None:
    before, after = links_of(Settings(home=ROOT, data=ROOT / "none")), links_of(facts_settings)
    hub = Follower(facts_settings.build)().hub
    assert hub
    assert len({dataset.page for dataset in hub.datasets} - before.keys()) > 30
    assert {dataset.page for dataset in hub.datasets} <= after.keys()


@pytest.mark.parametrize(("path", "status"), [("/good", 0), ("/private", 0), ("/gone", 1)])
def test_the_command_names_dead_links_and_fails(
    portal: str, path: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geoportal.build.links.links_of", lambda settings: {portal + path: ("layers/x.toml: hub",)})
    result = CliRunner().invoke(main, ["links"])
    assert result.exit_code == status
    assert ("layers/x.toml: hub" in result.output) == (path != "/good")
    assert f"1 links, {status} dead" in result.output
