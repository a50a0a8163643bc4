"""A running server takes up a newer snapshot without a restart and without a failed request."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from geoportal.app import create_app
from geoportal.build import build
from geoportal.settings import Settings
from geoportal.snapshot.reader import Follower
from geoportal.snapshot.store import current_id


def test_before_the_first_build_the_service_lives_but_is_not_ready(home: Path, tmp_path: Path) -> None:
    client = create_app(Settings(home=home, data=tmp_path)).test_client()
    assert client.get("/healthz", buffered=True).status_code == 200
    answer = client.get("/readyz", buffered=True)
    assert answer.status_code == 503
    assert "geoportal build" in answer.get_json()["description"]


def test_a_newer_snapshot_is_taken_up_while_requests_go_on(built_home: Settings) -> None:
    settings, first = built_home, current_id(built_home.build)
    app = create_app(settings)
    app.extensions["geoportal"].snapshot._interval = 0.01
    seen: set[str] = set()
    failures: list[int] = []
    stop = threading.Event()

    def ask() -> None:
        client = app.test_client()
        while not stop.is_set():
            answer = client.get("/readyz", buffered=True)
            whole = client.get("/layers/obce.geojson", buffered=True)
            failures.extend(status for status in (answer.status_code, whole.status_code) if status != 200)
            seen.add(answer.get_json()["snapshot"])
            stop.wait(0.01)  # leaves the build its share of the interpreter

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    card = settings.home / "layers" / "zzs.toml"
    card.write_text(card.read_text(encoding="utf-8").replace('letter = "', 'letter = "X', 1), encoding="utf-8")
    second = build(settings).snapshot_id
    client = app.test_client()
    for _ in range(500):
        if client.get("/readyz", buffered=True).get_json()["snapshot"] == second:
            break
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert first != second
    assert client.get("/readyz", buffered=True).get_json()["snapshot"] == second
    assert first in seen


def test_a_snapshot_in_use_stays_whole_when_its_folder_is_removed(built_home: Settings) -> None:
    held = Follower(built_home.build)()
    before = held.collections["obce"].feature_bytes(7)
    shutil.rmtree(held.folder)
    assert held.collections["obce"].feature_bytes(7) == before


def test_a_broken_pointer_leaves_the_snapshot_that_was_open(built_home: Settings) -> None:
    follow = Follower(built_home.build, interval=0)
    held = follow()
    (built_home.build / "current").write_text("0000000000000000\n")
    assert follow() is held
