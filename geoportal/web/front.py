"""What stands in front of Flask: whatever can be answered without a view is, and every request is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import Any

from geoportal.metrics.counters import Counters
from geoportal.web.reply import Application, Environ, Headers, Reply, StartResponse

Way = Callable[[Environ], Reply | None]  # a short way: the whole answer, or None for what it leaves to the views


class Front:
    """WSGI application: the first of ``ways`` that has an answer, otherwise ``app``.

    ``at_once`` takes microseconds, so a server may call it where it takes requests in; only the first requests after a
    new snapshot take a tenth of a second, in which it is opened. ``at_length`` may take long. The time that is counted
    ends when an answer begins to be sent.
    """

    def __init__(self, app: Application, ways: Sequence[Way], counters: Counters) -> None:
        self._app, self._ways, self._counters = app, ways, counters

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """The answer, by whichever way."""
        reply = self.at_once(environ)
        if reply is None:
            return self.at_length(environ, start)
        start(reply.status, reply.headers)
        return [bytes(reply.body)] if reply.body and environ["REQUEST_METHOD"] != "HEAD" else []

    def at_once(self, environ: Environ) -> Reply | None:
        """The answer of a short way. ``environ`` needs no input, and no server's name."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        begun = perf_counter()
        for way in self._ways:
            reply = way(environ)
            if reply is not None:
                self._counters.add(environ["PATH_INFO"], reply.status, perf_counter() - begun)
                return reply
        return None

    def at_length(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        """The answer of the views."""
        begun = perf_counter()
        told = "500"

        def note(status: str, headers: Headers, exc_info: Any = None) -> Any:
            nonlocal told
            told = status
            return start(status, headers, exc_info)

        try:
            return self._app(environ, note)
        finally:
            self._counters.add(environ["PATH_INFO"], told, perf_counter() - begun)
