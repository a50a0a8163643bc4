"""The site of nginx that docs/OPERATIONS.md tells to use, in a real nginx."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest

from tests.conftest import ROOT, needs

SITE = ROOT / "docs/server/nginx.conf"


@dataclass(frozen=True)
class Proxy:
    """Where it listens, and where it writes."""

    port: int
    log: Path

    def get(self, path: str, source: str = "127.0.0.1", **headers: str) -> tuple[int, Message, bytes]:
        """Status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10, source_address=(source, 0))
        with closing(connection):
            connection.request("GET", path, headers={"Host": "mapy.example.cz", **headers})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory, facts_settings, served) -> Iterator[Proxy]:
    """The site as it is written, but for certificates, which nobody has for the example's name."""
    nginx, folder = needs("nginx"), tmp_path_factory.mktemp("nginx")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = SITE.read_text(encoding="utf-8")
    changes = {
        r"listen 443 ssl http2;": f"listen 127.0.0.1:{port};",
        r"listen 80;": f"listen unix:{folder}/plain;",
        r"ssl_certificate(_key)? .*": "",
        r"127\.0\.0\.1:8000": served(facts_settings).removeprefix("http://"),
        r"/var/log/nginx": str(folder),
    }
    for pattern, text in changes.items():
        site, times = re.subn(pattern, text, site)
        assert times, pattern
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    whole = f"daemon off; pid {folder}/pid; error_log {folder}/all; {user} events {{}} http {{ {temporary}\n{site}\n}}"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    running = subprocess.Popen([nginx, "-c", str(folder / "nginx.conf"), "-e", str(folder / "all")])
    found = Proxy(port, folder / "geoportal.log")
    try:
        _wait(found, running)
        yield found
    finally:
        running.terminate()
        running.wait(10)


def _wait(proxy: Proxy, running: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert running.poll() is None, "nginx refuses the site"
        try:
            proxy.get("/healthz")
            return
        except OSError:
            time.sleep(0.02)
    pytest.fail("nginx did not begin")


def test_a_position_that_somebody_asked_from_is_written_nowhere(proxy: Proxy) -> None:
    referer = "https://mapy.example.cz/mapa/pohotovosti?bod=15.0584,50.7699"
    assert proxy.get("/nearest?lon=15.0584&lat=50.7699", Referer=referer)[0] == 200
    assert proxy.get("/mapa/pohotovosti?bod=15.0584,50.7699")[0] == 200
    assert proxy.get("/nearest?lon=15.0584&lat=sever", Referer=referer)[0] == 400
    for _ in range(100):
        said = proxy.log.read_text(encoding="utf-8")
        if said.count("/nearest") == 2:
            break
        time.sleep(0.02)
    assert '"GET /nearest" 200' in said
    files = [path for path in proxy.log.parent.iterdir() if path.is_file() and path.name != "nginx.conf"]
    assert [path for path in files if "15.0584" in path.read_text(encoding="utf-8")] == []


def test_what_was_encoded_and_tagged_by_the_service_stays_so(proxy: Proxy) -> None:
    path, gzip = "/collections/obce/items?limit=215", {"Accept-Encoding": "gzip"}
    _, headers, body = proxy.get(path, **gzip)
    assert headers["Content-Encoding"] == "gzip"
    assert body[:2] == b"\x1f\x8b"
    assert proxy.get(path, **gzip, **{"If-None-Match": headers["ETag"]})[0] == 304
    status, _, body = proxy.get("/layers/obce.gpkg", Range="bytes=0-14")
    assert (status, body) == (206, b"SQLite format 3")


def test_links_lead_to_the_public_name(proxy: Proxy) -> None:
    assert b'"http://mapy.example.cz/collections"' in proxy.get("/", Accept="application/json")[2]


def test_the_counts_are_for_the_machine_itself(proxy: Proxy) -> None:
    assert proxy.get("/metrics")[0] == 200
    assert proxy.get("/metrics", source="127.0.0.2")[0] == 403
