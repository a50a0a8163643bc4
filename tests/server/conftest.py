from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from uvicorn import Server

from geoportal.metrics.counters import Counters
from geoportal.server.bridge import Bridge
from geoportal.server.listen import Loop, reserve
from geoportal.server.run import configuration
from geoportal.web.front import Front
from geoportal.web.reply import Application, Environ, Reply

THREADS = 2
AT_ONCE, BROKEN = "/at-once", "/broken-way"


class Connection:
    """A connection on which a test writes and reads bytes as it likes."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address, timeout=10)
        self._read = self.socket.makefile("rb")

    def send(self, *lines: str, body: bytes = b"") -> None:
        """A request of ``lines``, without those that HTTP needs between and after them."""
        self.socket.sendall("\r\n".join([*lines, "Host: here", "", ""]).encode("latin-1") + body)

    def receive(self, with_body: bool = True) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (repeated ones joined by a bar) and body of the next answer."""
        version, number, *_ = self._read.readline().split()
        assert version == b"HTTP/1.1"
        headers: dict[str, str] = {}
        while line := self._read.readline().strip().decode("latin-1"):
            name, value = line.split(": ", 1)
            headers[name.lower()] = f"{headers[name.lower()]}|{value}" if name.lower() in headers else value
        return int(number), headers, self._body(headers) if with_body else b""

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding") != "chunked":
            return self._read.read(int(headers.get("content-length", 0)))
        pieces = []
        while size := int(self._read.readline(), 16):
            pieces.append(self._read.read(size))
            self._read.readline()
        self._read.readline()
        return b"".join(pieces)

    def is_closed(self) -> bool:
        """Waits for the other side to close."""
        return self._read.read(1) == b""

    def close(self) -> None:
        self._read.close()
        self.socket.close()


def at_once(environ: Environ) -> Reply | None:
    """What is ready in these tests: anything below one address, with path and query as the body."""
    if environ["PATH_INFO"] == BROKEN:
        raise RuntimeError("a short way is broken")
    if not environ["PATH_INFO"].startswith(AT_ONCE):
        return None
    body = f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}".encode("latin-1")
    return Reply("200 OK", [("Content-Length", str(len(body))), ("ETag", '"a"')], body, '"a"').to(environ)


@contextmanager
def running(app: Application) -> Iterator[tuple[str, int]]:
    """The address of a server of this process for ``app``."""
    bridge = Bridge(Front(app, [at_once], Counters(Path("/nowhere"))), THREADS)
    config = configuration(bridge, log_config=None)
    with reserve("127.0.0.1", 0) as place:
        server = Server(config)
        place_of = place.getsockname()
        thread = threading.Thread(target=lambda: _run(server, place))
        thread.start()
        while not server.started:
            thread.join(0.005)
        yield place_of
        server.should_exit = True
        thread.join(20)


def _run(server: Server, place: socket.socket) -> None:
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(server._serve([place]))  # without the signals, which belong to the main thread


Connect = Callable[[Application], Callable[[], Connection]]


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Starts a server for an application; what it gives makes connections to it."""
    with ExitStack() as stack:

        def start(app: Application) -> Callable[[], Connection]:
            address = stack.enter_context(running(app))

            def one() -> Connection:
                made = Connection(address)
                stack.callback(made.close)
                return made

            return one

        yield start
