"""``geoportal serve``, as the administrator sees it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import psutil
import pytest

from geoportal.settings import Settings
from tests.conftest import serving


@pytest.fixture(scope="module")
def two_workers(facts_settings: Settings) -> Iterator[str]:
    with serving(facts_settings, workers=2) as address:
        yield address


def processes(address: str) -> list[psutil.Process]:
    """Those that listen at ``address``."""
    port = int(address.rpartition(":")[2])
    listening = {
        one.pid
        for one in psutil.net_connections("tcp")
        if one.status == psutil.CONN_LISTEN and one.laddr.port == port and one.pid
    }
    found = []
    for pid in sorted(listening):
        with suppress(psutil.NoSuchProcess):  # it may just have ended
            found.append(psutil.Process(pid))
    return found


def status(address: str) -> int:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_every_worker_gets_connections(two_workers: str):
    workers = wait_for(lambda: processes(two_workers), lambda found: len(found) == 2)
    port = int(two_workers.rpartition(":")[2])
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(64)]
    try:
        accepted = wait_for(
            lambda: [
                sum(one.laddr.port == port and one.status == "ESTABLISHED" for one in worker.net_connections())
                for worker in workers
            ],
            lambda counts: sum(counts) == 64,
        )
        assert min(accepted) >= 8  # of a fair deal, once in ten thousand million
    finally:
        for one in held:
            one.close()


def test_a_worker_that_dies_is_started_again(two_workers: str):
    before = wait_for(lambda: processes(two_workers), lambda found: len(found) == 2)
    before[0].kill()
    after = wait_for(lambda: processes(two_workers), lambda found: len(found) == 2 and before[0] not in found)
    assert before[1] in after
    assert {status(two_workers) for _ in range(20)} == {200}


def test_a_reload_renews_every_worker_while_others_answer(two_workers: str):
    before = wait_for(lambda: processes(two_workers), lambda found: len(found) == 2)
    before[0].parent().send_signal(signal.SIGHUP)  # type: ignore[union-attr]
    answered: set[int] = set()

    def look() -> list[psutil.Process]:
        for _ in range(20):
            with suppress(OSError):  # whoever comes in as a worker leaves may be cut off, and asks again
                answered.add(status(two_workers))
        return processes(two_workers)

    wait_for(look, lambda found: len(found) == 2 and not set(found) & set(before))
    assert answered | {status(two_workers)} == {200}


def test_it_stops_although_a_connection_is_open(facts_settings: Settings):
    with serving(facts_settings) as address:
        held = socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])))
        held.sendall(b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n")
        assert held.recv(12) == b"HTTP/1.1 200"
        begun = time.monotonic()
    assert time.monotonic() - begun < 8
    held.close()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_place_that_is_taken_is_named(facts_settings: Settings, workers: str):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = serve(facts_settings, GEOPORTAL_PORT=port, GEOPORTAL_WORKERS=workers)
    assert done.returncode == 1
    assert f"127.0.0.1:{port}" in done.stderr
    assert "GEOPORTAL_PORT" in done.stderr


def test_another_service_is_not_joined(two_workers: str, facts_settings: Settings):
    done = serve(facts_settings, GEOPORTAL_PORT=two_workers.rpartition(":")[2])
    assert done.returncode == 1
    assert "GEOPORTAL_PORT" in done.stderr


def test_a_host_of_nobody_is_named(facts_settings: Settings):
    done = serve(facts_settings, GEOPORTAL_HOST="203.0.113.7")
    assert done.returncode == 1
    assert "203.0.113.7" in done.stderr


def serve(settings: Settings, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "GEOPORTAL_HOME": str(settings.home), "GEOPORTAL_DATA": str(settings.data), **environment}
    return subprocess.run(
        [sys.executable, "-m", "geoportal", "serve"], env=env, capture_output=True, text=True, timeout=60
    )


def wait_for(look: Callable[[], Any], condition: Callable[[Any], bool]) -> Any:
    """What ``look`` sees once ``condition`` holds, a minute at most."""
    give_up = time.monotonic() + 60
    while not condition(seen := look()):
        assert time.monotonic() < give_up, seen
        time.sleep(0.05)
    return seen
