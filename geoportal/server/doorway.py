"""The protocol of a connection: what can be answered at once is, as its head comes in, without a task or a thread.

Everything else, and every request that is unusual in any way, goes the way that uvicorn has for it: the head is told to
it again.
"""

from __future__ import annotations

import asyncio
import logging
from asyncio import TimerHandle, Transport
from functools import lru_cache, partial
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from geoportal.server.environ import environ_of, environ_over
from geoportal.web.reply import Environ, Reply

log = logging.getLogger(__name__)

HEAD_LIMIT = 64 * 1024  # bytes of request line and headers
HEAD_SECONDS = 20.0  # in which they must have come in
_JOINED = 32 * 1024  # bytes of a body; larger ones are not copied to be sent with their head
_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class _Answered:
    """Stands where uvicorn keeps the cycle of a request, for one that was answered at once."""

    response_complete = keep_alive = True
    message_event = asyncio.Event()


class Doorway(HttpToolsProtocol):
    """A connection to an application that has ``at_once`` beside ``__call__``, as ``Bridge`` has."""

    _connection: Environ  # what the environments of all its requests have
    _target = b""
    _head: list[tuple[bytes, bytes]]
    _head_bytes = 0
    _in_head = False
    _late: TimerHandle | None = None  # runs while a head is awaited
    _idle: TimerHandle | None = None  # runs as long as the connection
    _last = 0.0  # when something was answered, in the loop's seconds

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """As in uvicorn, but who connects must say something."""
        super().connection_made(transport)
        self._connection = environ_over(self.client, self.server, self.scheme or "http")
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """As in uvicorn."""
        self._stop_awaiting()
        if self._idle is not None:
            self._idle.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """As in uvicorn, but a head without end is not awaited."""
        super().data_received(data)
        if self._in_head and not self.transport.is_closing():
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_LIMIT:
                self.transport.write(_TOO_LARGE)
                self.transport.close()
            elif self._late is None:
                self._await_head()

    def on_message_begin(self) -> None:
        """A head begins."""
        self._target, self._head, self._head_bytes, self._in_head = b"", [], 0, True

    def on_url(self, url: bytes) -> None:
        """A part of the target."""
        self._target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header."""
        self._head.append((name, value))

    def on_headers_complete(self) -> None:
        """Sends the reply that there is at once; without one, as in uvicorn."""
        self._in_head = False
        if self._late is not None:
            self._stop_awaiting()
        version, method = self.parser.get_http_version(), self.parser.get_method()
        reply = self._reply(version, method)
        if reply is None:
            super().on_message_begin()
            super().on_url(self._target)
            for name, value in self._head:
                super().on_header(name, value)
            super().on_headers_complete()
            return
        self.cycle = _Answered  # type: ignore[assignment]
        keep_alive = version == "1.1" and self.parser.should_keep_alive()
        self._write(reply, method != b"HEAD", keep_alive)
        self.server_state.total_requests += 1
        self._last = self.loop.time()
        if self._idle is None:
            self._idle = self.loop.call_later(self.timeout_keep_alive, self._end_idleness)

    def on_response_complete(self) -> None:
        """As in uvicorn; the connection is idle from here on."""
        super().on_response_complete()
        self._last = self.loop.time()

    def _reply(self, version: str, method: bytes) -> Reply | None:
        busy = self.cycle is not None and not self.cycle.response_complete
        if busy or self.flow.write_paused or method not in (b"GET", b"HEAD") or self.parser.should_upgrade():
            return None
        path, _, query = self._target.partition(b"?")
        if not path.startswith(b"/") or b"#" in query:
            return None
        environ = environ_of(self._connection, version, method.decode(), path, query, self._head)
        if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
            return None
        try:
            reply: Reply | None = self.app.at_once(environ)
        except Exception:
            log.exception("the short way failed for %s", path.decode("latin-1"))
            return None
        return reply

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        super()._start_asgi_task(cycle, partial(app, whole=partial(self._send_whole, cycle)))

    def _send_whole(self, cycle: RequestResponseCycle, reply: Reply) -> None:
        """Sends the answer to the request of ``cycle`` in one go, where uvicorn would take one packet for its head."""
        cycle.response_started = cycle.response_complete = True
        if not cycle.disconnected:
            self._write(reply, cycle.scope["method"] != "HEAD", cycle.keep_alive)
            self.on_response_complete()

    def _write(self, reply: Reply, with_body: bool, keep_alive: bool) -> None:
        last = b"\r\n" if keep_alive else b"connection: close\r\n\r\n"
        parts = (reply.head, _lines(tuple(self.server_state.default_headers)), last, reply.body if with_body else b"")
        if len(reply.body) <= _JOINED:
            self.transport.write(b"".join(parts))
        else:
            self.transport.writelines(parts)
        if not keep_alive:
            self.transport.close()

    def _await_head(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop_awaiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _end_idleness(self) -> None:
        """Closes an idle connection, or looks again later: one timer for all that is answered at once."""
        left = self._last + self.timeout_keep_alive - self.loop.time()
        if left <= 0 and self.cycle.response_complete and not self._in_head:
            self.transport.close()
        else:
            self._idle = self.loop.call_later(max(left, 1.0), self._end_idleness)


@lru_cache(maxsize=1)
def _lines(headers: tuple[tuple[bytes, bytes], ...]) -> bytes:
    """The headers of every answer, which are the same for a second."""
    return b"".join([b"%b: %b\r\n" % header for header in headers])
