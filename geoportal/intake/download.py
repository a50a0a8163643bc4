"""One address into one stream over HTTP: patient with servers that stumble, quick where no network is."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, Self

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, Retry
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NameResolutionError, NewConnectionError

from geoportal.errors import FetchFailed, GeoportalError
from geoportal.intake.raw import Record

Advance = Callable[[int, int | None], None]  # bytes so far, bytes in all where the server says

CHUNK = 1 << 16
STUMBLES = (429, 500, 502, 503, 504)
BROKEN_OFF = (requests.exceptions.ChunkedEncodingError, requests.ConnectionError, requests.Timeout)


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds. ``retry_after_s`` is the longest wait that a server may ask for; ``pending_s``
    how long an answer "202, being prepared" is polled for, every ``poll_s``."""

    connect_s: float = 5.0
    read_s: float = 60.0
    retries: int = 3
    backoff_s: float = 0.5
    retry_after_s: int = 60
    pending_s: float = 180.0
    poll_s: float = 3.0


class _Retry(Retry):
    """Retries of urllib3, except of names that don't resolve: without a network that would only take time."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        if isinstance(error, NameResolutionError) and _pool is not None:
            raise MaxRetryError(_pool, url or "", error)
        return super().increment(method, url, response, error, _pool, _stacktrace)


def open_session(patience: Patience) -> requests.Session:
    """A session that repeats what failed for the server's or the network's sake, and heeds Retry-After."""
    retry = _Retry(
        total=patience.retries,
        status_forcelist=STUMBLES,
        allowed_methods={"GET"},
        backoff_factor=patience.backoff_s,
        retry_after_max=patience.retry_after_s,
        raise_on_status=False,
    )
    session = requests.Session()
    session.headers["User-Agent"] = "geoportal (open data intake)"
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


@dataclass(frozen=True)
class Download:
    """A way to get addresses: the session, how patient to be, and the most bytes to accept."""

    session: requests.Session
    patience: Patience
    limit: int

    def into(
        self, stream: IO[bytes], address: str, record: Record | None, advance: Advance
    ) -> Mapping[str, str] | None:
        """The headers of the answer, whose body is then in ``stream``; None when ``record`` still holds (304).

        A transfer that breaks off is resumed where the server can, otherwise begun again. Raises ``FetchFailed``.
        """
        headers = _conditions(record, address)
        for attempt in range(self.patience.retries + 1):
            with self._ready(address, headers) as response:
                if response.status_code == requests.codes.not_modified:
                    return None
                self._accept(response, stream, address)
                try:
                    self._receive(response, stream, advance)
                except BROKEN_OFF:
                    headers = _resumption(response, stream)
                else:
                    return response.headers
            time.sleep(self.patience.backoff_s * 2**attempt)
        raise FetchFailed(f"{address}: the transfer broke off after {stream.tell()} bytes, {attempt + 1} times")

    def page(self, address: str) -> bytes:
        """The body at ``address``. Raises ``FetchFailed``."""
        with self._ready(address, {}) as response:
            if response.status_code != requests.codes.ok:
                raise FetchFailed(f"{address}: {_status(response)}")
            return response.content

    def _ready(self, address: str, headers: Mapping[str, str]) -> requests.Response:
        timeout = (self.patience.connect_s, self.patience.read_s)
        deadline = time.monotonic() + self.patience.pending_s
        while True:
            response = self.session.get(address, headers=dict(headers), stream=True, timeout=timeout)
            if response.status_code != requests.codes.accepted:
                return response
            response.close()
            asked = response.headers.get("Retry-After", "")
            wait = min(int(asked), self.patience.retry_after_s) if asked.isdecimal() else self.patience.poll_s
            if time.monotonic() + wait > deadline:
                raise FetchFailed(f"{address}: is still being prepared (HTTP 202) after {self.patience.pending_s:g} s")
            time.sleep(wait)

    def _accept(self, response: requests.Response, stream: IO[bytes], address: str) -> None:
        if response.status_code == requests.codes.partial_content:
            if response.headers.get("Content-Range", "").startswith(f"bytes {stream.tell()}-"):
                return
            raise FetchFailed(f"{address}: answered another range than the one that was asked for")
        if response.status_code != requests.codes.ok:
            raise FetchFailed(f"{address}: {_status(response)}")
        stream.seek(0)
        stream.truncate()

    def _receive(self, response: requests.Response, stream: IO[bytes], advance: Advance) -> None:
        done = stream.tell()
        announced = response.headers.get("Content-Length", "")
        encoded = "Content-Encoding" in response.headers
        total = done + int(announced) if announced.isdecimal() and not encoded else None
        for chunk in response.iter_content(CHUNK):
            if max(done + len(chunk), total or 0) > self.limit:
                raise FetchFailed(
                    f"{response.url}: is larger than {self.limit / 1e6:g} MB; raise 'max_mb' in the source card"
                )
            done += stream.write(chunk)
            advance(done, total)


def _conditions(record: Record | None, address: str) -> dict[str, str]:
    if record is None or record.address != address:
        return {}
    asked = {"If-None-Match": record.etag, "If-Modified-Since": record.last_modified}
    return {name: value for name, value in asked.items() if value}


def _resumption(response: requests.Response, stream: IO[bytes]) -> dict[str, str]:
    """The headers that ask for the rest; none where the server gave no strong validator to be sure it is the same."""
    etag = response.headers.get("ETag", "")
    if not stream.tell() or not etag.startswith('"') or "Content-Encoding" in response.headers:
        return {}
    return {"Range": f"bytes={stream.tell()}-", "If-Range": etag, "Accept-Encoding": "identity"}


def _status(response: requests.Response) -> str:
    return f"the server answered {response.status_code} {response.reason}".rstrip()


def is_unreachable(error: Exception) -> bool:
    """Whether no connection came about at all, so that the host's other files can't be had either."""
    cause = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(cause, (NewConnectionError, ConnectTimeoutError))


def reason(error: Exception) -> str:
    """Why a download failed, as a clause for people."""
    if isinstance(error, GeoportalError):
        return str(error)
    address = getattr(getattr(error, "request", None), "url", None)
    cause: Any = error.args[0] if error.args else error
    cause = getattr(cause, "reason", None) or cause
    match cause:
        case NameResolutionError():
            said = "the host's name can't be resolved; is there a network?"
        case _:
            said = str(cause).rpartition(": ")[2]
    return f"{address}: {said}" if address else said
