"""Long answers: slow readers hold nobody up, and nothing is made for who has gone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import Any

import pytest

from geoportal.web.reply import Environ
from tests.server.conftest import AT_ONCE, THREADS, Connect

LARGE = 64 * 2**20  # bytes, more than the buffers of a connection hold
CHUNK = b"x" * 2**16


class Stream:
    """A body of ``LARGE`` bytes that notes how much was taken of it and when it was closed."""

    def __init__(self) -> None:
        self.taken = 0
        self.closed = threading.Event()

    def __iter__(self) -> Iterator[bytes]:
        while self.taken < LARGE:
            self.taken += len(CHUNK)
            yield CHUNK

    def close(self) -> None:
        self.closed.set()


def giving(streams: list[Stream]) -> Callable[[Environ, Any], Iterable[bytes]]:
    """An application with a stream at /stream and a few words elsewhere."""

    def app(environ: Environ, start: Any) -> Iterable[bytes]:
        start("200 OK", [])
        if environ["PATH_INFO"] != "/stream":
            return [b"here"]
        streams.append(Stream())
        return streams[-1]

    return app


def test_readers_that_do_not_read_hold_no_thread_and_little_memory(connect: Connect):
    streams: list[Stream] = []
    start = connect(giving(streams))
    idle = [start() for _ in range(3 * THREADS)]
    for one in idle:
        one.send("GET /stream HTTP/1.1")
    wait_for(lambda: len(streams) == len(idle))
    for path in ("/view", AT_ONCE):
        one = start()
        one.send(f"GET {path} HTTP/1.1")
        assert one.receive()[0] == 200
    time.sleep(0.3)
    assert all(0 < stream.taken < LARGE / 2 for stream in streams)


def test_a_stream_comes_whole_to_who_reads(connect: Connect):
    streams: list[Stream] = []
    one = connect(giving(streams))()
    one.send("GET /stream HTTP/1.1")
    assert len(one.receive()[2]) == LARGE
    assert streams[0].closed.wait(5)
    one.send("GET /view HTTP/1.1")
    assert one.receive()[2] == b"here"


def test_nothing_more_is_made_for_who_has_gone(connect: Connect):
    streams: list[Stream] = []
    one = connect(giving(streams))()
    one.send("GET /stream HTTP/1.1")
    wait_for(lambda: bool(streams) and streams[0].taken > 0)
    one.close()
    assert streams[0].closed.wait(5)
    assert streams[0].taken < LARGE


def test_a_stream_may_keep_a_context_over_its_pieces(connect: Connect):
    current: ContextVar[str] = ContextVar("current")

    def app(environ: Environ, start: Any) -> Iterator[bytes]:
        start("200 OK", [])
        token = current.set(environ["QUERY_STRING"])
        for _ in range(50):
            yield current.get().encode() * 20_000
        current.reset(token)

    start = connect(app)
    both = [start(), start()]
    for number, one in enumerate(both):
        one.send(f"GET /view?{number} HTTP/1.1")
    assert [set(one.receive()[2]) for one in both] == [set(b"0"), set(b"1")]


@pytest.mark.parametrize("after", [0, 8])
def test_a_view_that_breaks_is_not_taken_for_a_whole_answer(connect: Connect, after: int):
    closed = threading.Event()

    class Breaking(Stream):
        def __iter__(self) -> Iterator[bytes]:
            for _ in range(after):
                yield CHUNK
            raise RuntimeError("broken")

        def close(self) -> None:
            closed.set()

    def app(environ: Environ, start: Any) -> Iterable[bytes]:
        start("200 OK", [])
        return Breaking()

    one = connect(app)()
    one.send("GET /view HTTP/1.1")
    if after:
        with pytest.raises(ValueError, match="invalid literal"):  # the last piece, which ends the body, is missing
            one.receive()
    else:
        assert one.receive()[0] == 500
    assert closed.wait(5)


@pytest.mark.parametrize("said", [3, 100])
def test_a_length_that_is_wrong_is_no_answer(connect: Connect, said: int):
    def app(environ: Environ, start: Any) -> Iterable[bytes]:
        start("200 OK", [("Content-Length", str(said))])
        return [b"ten bytes."]

    one = connect(app)()
    one.send("GET /view HTTP/1.1")
    assert one.receive()[0] == 500


def test_a_file_is_read_in_large_pieces(connect: Connect, tmp_path: Any):
    path = tmp_path / "file"
    path.write_bytes(b"y" * 2**20)
    asked: list[int] = []

    class File:
        def __init__(self) -> None:
            self.file = path.open("rb")
            self.close = self.file.close

        def read(self, size: int) -> bytes:
            asked.append(size)
            return self.file.read(size)

    def app(environ: Environ, start: Any) -> Iterable[bytes]:
        start("200 OK", [("Content-Length", str(2**20))])
        wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](File(), 8192)
        return wrapped

    one = connect(app)()
    one.send("GET /view HTTP/1.1")
    assert one.receive()[2] == b"y" * 2**20
    assert min(asked) >= 2**18


def wait_for(condition: Callable[[], bool]) -> None:
    """Until ``condition`` holds, ten seconds at most."""
    give_up = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.01)
