"""The outermost part of the application: every request is counted, whoever answers it."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter
from typing import Any

from geoportal.metrics.counters import Counters
from geoportal.web.ready import Application, Headers, StartResponse


class Counted:
    """WSGI middleware over ``app``. The time of a request ends when its answer begins to be sent."""

    def __init__(self, app: Application, counters: Counters) -> None:
        self._app, self._counters = app, counters

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        """The application's answer."""
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
