"""What a connection promises, whether its requests are answered at once or by a view."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from geoportal.server import doorway, run
from geoportal.web.reply import Environ
from tests.server.conftest import AT_ONCE, BROKEN, Connect


def echo(environ: Environ, start: Any) -> Iterable[bytes]:
    """Tells path and query, byte by byte."""
    environ["wsgi.input"].read()
    said = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}".encode("latin-1")
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(said)))])
    return [said] if environ["REQUEST_METHOD"] != "HEAD" else []


def headers_back(environ: Environ, start: Any) -> Iterable[bytes]:
    """Tells the headers it got."""
    start("200 OK", [])
    return [repr(sorted((name, value) for name, value in environ.items() if name.startswith("HTTP_"))).encode()]


@pytest.mark.parametrize("path", [AT_ONCE, "/view"])
class TestBothWays:
    def test_a_connection_carries_many_requests(self, connect: Connect, path: str):
        one = connect(echo)()
        for number in range(3):
            one.send(f"GET {path}?n={number} HTTP/1.1")
            status, headers, body = one.receive()
            assert (status, "connection" in headers) == (200, False)
            assert f"n={number}" in body.decode()

    def test_it_is_closed_when_the_client_says_so(self, connect: Connect, path: str):
        one = connect(echo)()
        one.send(f"GET {path} HTTP/1.1", "Connection: close")
        assert one.receive()[1]["connection"] == "close"
        assert one.is_closed()

    def test_a_client_of_http_1_0_sees_the_end(self, connect: Connect, path: str):
        one = connect(echo)()
        one.send(f"GET {path} HTTP/1.0")
        assert one.receive()[2]
        assert one.is_closed()

    def test_head_tells_the_length_without_the_body(self, connect: Connect, path: str):
        one = connect(echo)()
        one.send(f"HEAD {path} HTTP/1.1")
        head = one.receive(with_body=False)
        one.send(f"GET {path}? HTTP/1.1")
        status, headers, body = one.receive()
        assert status == head[0] == 200
        assert int(headers["content-length"]) == len(body) > 0
        assert int(head[1]["content-length"]) > 0

    def test_there_is_one_date(self, connect: Connect, path: str):
        one = connect(echo)()
        one.send(f"GET {path} HTTP/1.1")
        assert one.receive()[1]["date"].count("GMT") == 1

    def test_a_path_is_decoded_once_and_kept_byte_by_byte(self, connect: Connect, path: str):
        one = connect(echo)()
        one.send(f"GET {path}/%C4%8De%2525?q=%41 HTTP/1.1")
        assert one.receive()[2] == f"{path}/če%25?q=%41".encode()


def test_requests_sent_together_are_answered_in_their_order(connect: Connect):
    def slow(environ: Environ, start: Any) -> Iterable[bytes]:
        time.sleep(0.05)
        return echo(environ, start)

    one = connect(slow)()
    paths = [AT_ONCE, "/view", AT_ONCE, AT_ONCE, "/view"]
    for number, path in enumerate(paths):
        one.send(f"GET {path}?n={number} HTTP/1.1")
    assert [f"n={number}" in one.receive()[2].decode() for number in range(len(paths))] == [True] * len(paths)


def test_who_has_it_gets_304_at_once(connect: Connect):
    one = connect(echo)()
    one.send(f"GET {AT_ONCE} HTTP/1.1", 'If-None-Match: "a"')
    status, headers, _ = one.receive(with_body=False)
    assert (status, headers["etag"], "content-length" in headers) == (304, '"a"', False)
    one.send(f"GET {AT_ONCE} HTTP/1.1")
    assert one.receive()[0] == 200


def test_a_short_way_that_fails_leaves_it_to_the_view(connect: Connect, caplog: pytest.LogCaptureFixture):
    one = connect(echo)()
    one.send(f"GET {BROKEN} HTTP/1.1")
    assert one.receive()[0] == 200
    assert "short way failed" in caplog.text


def test_headers_come_as_wsgi_has_them(connect: Connect):
    one = connect(headers_back)()
    one.send(
        "GET /view HTTP/1.1",
        "X-A: 1",
        "X-A: 2",
        "Cookie: a=1",
        "Cookie: b=2",
        "X_A: forged",
        "ETag: ě".encode().decode("latin-1"),
    )
    body = one.receive()[2].decode()
    assert "('HTTP_X_A', '1,2')" in body
    assert "('HTTP_COOKIE', 'a=1; b=2')" in body
    assert "forged" not in body


@pytest.mark.parametrize(
    "line",
    [
        "GET /\xff HTTP/1.1",
        "GET http:// HTTP/1.1",
        "NONSENSE",
        "GET /a b HTTP/1.1",
        "GET / HTTP/9.9",
        "GET \x00 HTTP/1.1",
    ],
)
def test_what_is_no_http_is_refused_and_others_go_on(connect: Connect, line: str):
    start = connect(echo)
    one, other = start(), start()
    one.send(line)
    assert one.receive()[0] == 400
    assert one.is_closed()
    other.send("GET /view HTTP/1.1")
    assert other.receive()[0] == 200


@pytest.mark.parametrize("path", [AT_ONCE, "/view"])
def test_a_head_without_end_is_refused(connect: Connect, path: str):
    one = connect(echo)()
    one.socket.sendall(f"GET {path} HTTP/1.1\r\n".encode())
    with pytest.raises(OSError, match=r"reset|pipe"):  # noqa: PT012 - some sends go through before
        for number in range(400):
            one.socket.sendall(f"X-{number}: {'x' * 1000}\r\n".encode())
            time.sleep(0.0005)
    # and one that comes in one go
    another = connect(echo)()
    another.socket.sendall(f"GET {path} HTTP/1.1\r\nX: {'x' * 100_000}".encode())
    assert another.receive()[0] == 431
    assert another.is_closed()


def test_a_head_that_does_not_come_is_not_waited_for(connect: Connect, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(doorway, "HEAD_SECONDS", 0.1)
    start = connect(echo)
    silent, slow, late = start(), start(), start()
    slow.socket.sendall(b"GET /view HTTP/1.1\r\n")
    late.send(f"GET {AT_ONCE} HTTP/1.1")
    assert late.receive()[0] == 200
    late.socket.sendall(b"GET")
    assert silent.is_closed()
    assert slow.is_closed()
    assert late.is_closed()


@pytest.mark.parametrize("paths", [(AT_ONCE,), ("/view",), ("/view", AT_ONCE), (AT_ONCE, "/view")])
def test_an_idle_connection_is_closed_in_the_end(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, paths: tuple[str, ...]
):
    monkeypatch.setattr(run, "IDLE_SECONDS", 1)
    one = connect(echo)()
    for path in paths:
        one.send(f"GET {path} HTTP/1.1")
        assert one.receive()[0] == 200
    assert one.is_closed()


def test_a_body_comes_whole_however_it_is_sent(connect: Connect):
    content = bytes(range(256)) * 8192
    one = connect(lambda environ, start: (start("200 OK", []), [str(len(environ["wsgi.input"].read())).encode()])[1])()
    one.send("POST /view HTTP/1.1", f"Content-Length: {len(content)}", body=content)
    assert one.receive()[2] == str(len(content)).encode()
    one.send(
        "POST /view HTTP/1.1", "Transfer-Encoding: chunked", body=b"%x\r\n%b\r\n0\r\n\r\n" % (len(content), content)
    )
    assert one.receive()[2] == str(len(content)).encode()
    one.send(f"GET {AT_ONCE} HTTP/1.1", "Content-Length: 3", body=b"abc")
    assert one.receive()[0] == 200
    one.send(f"GET {AT_ONCE}?next HTTP/1.1")
    assert b"next" in one.receive()[2]


def test_a_body_that_is_too_large_is_known_by_its_length(connect: Connect, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("geoportal.server.bridge.BODY_LIMIT", 1000)

    def told(environ: Environ, start: Any) -> Iterator[bytes]:
        start("200 OK", [])
        yield f"{environ['CONTENT_LENGTH']} {len(environ['wsgi.input'].read())}".encode()

    start = connect(told)
    one = start()
    one.send("POST /view HTTP/1.1", "Content-Length: 5000", body=b"x" * 5000)
    assert one.receive()[2] == b"5000 0"
    one = start()
    one.send("POST /view HTTP/1.1", "Transfer-Encoding: chunked", body=b"1388\r\n%b\r\n0\r\n\r\n" % (b"x" * 5000))
    assert int(one.receive()[2].split()[0]) > 1000
