"""The protocol of a connection: what can be answered at once is, as its head comes in, without a task or a thread.

Everything else, and every request that is unusual in any way, goes the way that uvicorn has for it.
"""

from __future__ import annotations

import asyncio
import logging
from asyncio import TimerHandle, Transport
from functools import partial
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from geoportal.server.environ import environ_of
from geoportal.web.reply import Reply

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

    _in_head = False
    _head_bytes = 0
    _late: TimerHandle | None = None  # runs while a head is awaited

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """As in uvicorn, but who connects must say something."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """As in uvicorn."""
        self._stop_awaiting()
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
        """As in uvicorn."""
        super().on_message_begin()
        self._in_head = True
        self._head_bytes = 0

    def on_headers_complete(self) -> None:
        """Sends the reply that there is at once; without one, as in uvicorn."""
        self._in_head = False
        if self._late is not None:
            self._stop_awaiting()
        method = self.parser.get_method()
        reply = self._reply(method)
        if reply is None:
            super().on_headers_complete()
        else:
            self.cycle = _Answered  # type: ignore[assignment]
            keep_alive = self.scope["http_version"] == "1.1" and self.parser.should_keep_alive()
            self._send(reply, method != b"HEAD", keep_alive)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        super()._start_asgi_task(cycle, partial(app, whole=partial(self._send_whole, cycle)))

    def _send_whole(self, cycle: RequestResponseCycle, reply: Reply) -> None:
        """Sends the answer to the request of ``cycle`` in one go, where uvicorn would take one packet for its head."""
        cycle.response_started = cycle.response_complete = True
        if not cycle.disconnected:
            self._send(reply, cycle.scope["method"] != "HEAD", cycle.keep_alive)

    def _reply(self, method: bytes) -> Reply | None:
        busy = self.cycle is not None and not self.cycle.response_complete
        if busy or self.flow.write_paused or method not in (b"GET", b"HEAD") or self.parser.should_upgrade():
            return None
        path, _, query = self.url.partition(b"?")
        if not path.startswith(b"/") or b"#" in self.url:
            return None
        self.scope["http_version"] = self.parser.get_http_version()
        environ = environ_of(cast(dict[str, Any], self.scope), method.decode(), path, query)
        if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
            return None
        try:
            reply: Reply | None = self.app.at_once(environ)
        except Exception:
            log.exception("the short way failed for %s", path.decode("latin-1"))
            return None
        return reply

    def _send(self, reply: Reply, with_body: bool, keep_alive: bool) -> None:
        parts = [reply.head, *[b"%b: %b\r\n" % header for header in self.server_state.default_headers]]
        parts.append(b"\r\n" if keep_alive else b"connection: close\r\n\r\n")
        if with_body:
            parts.append(reply.body)
        if len(reply.body) <= _JOINED:
            self.transport.write(b"".join(parts))
        else:
            self.transport.writelines(parts)
        if not keep_alive:
            self.transport.close()
        self.on_response_complete()

    def _await_head(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop_awaiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
