"""The answer of a WSGI application, taken piece by piece, each in whichever thread is free."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any
from wsgiref.util import FileWrapper

from geoportal.web.reply import Application, Environ, Headers, Reply

PIECE = 256 * 1024  # bytes that are gathered of a long answer before they are sent
_PATIENCE = 0.05  # seconds after which fewer are sent


class Answer:
    """Of ``app`` to ``environ``. Status and headers are there with the first piece."""

    status: str
    headers: Headers

    def __init__(self, app: Application, environ: Environ) -> None:
        self._app, self._environ = app, environ
        environ["wsgi.file_wrapper"] = lambda file, size: FileWrapper(file, PIECE)
        self._chunks: Iterator[bytes] | None = None
        self._length: int | None = None  # bytes of the whole, where the answer says it
        self._taken = 0
        self.more = True
        self.close: Callable[[], Any] = lambda: None

    @property
    def told(self) -> dict[str, Any]:
        """Status and headers as ASGI has them."""
        headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in self.headers]
        return {"status": int(self.status[:3]), "headers": headers}

    def whole(self, content: bytes) -> Reply:
        """The reply whose only piece is ``content``. Raises ``ValueError`` where it is not as long as it says."""
        headers, bodiless = self.headers, self.status[:3] in ("204", "304") or self._environ["REQUEST_METHOD"] == "HEAD"
        if self._length is None and not bodiless:
            headers = [*headers, ("Content-Length", str(len(content)))]
        elif self._length not in (None, len(content)) and not bodiless:
            raise ValueError(f"an answer of {len(content)} bytes says that it has {self._length}")
        return Reply(self.status, headers, content)

    def piece(self) -> bytes:
        """The next bytes; ``more`` tells whether others follow. An answer that is at its end is closed."""
        try:
            if self._chunks is None:
                chunks = self._app(self._environ, self._start)
                self.close = getattr(chunks, "close", self.close)
                self._chunks = iter(chunks)
            piece = self._gather(self._chunks)
        except BaseException:
            self.close()
            raise
        if not self.more:
            self.close()
        return piece

    def _gather(self, chunks: Iterator[bytes]) -> bytes:
        gathered, size, until = [], 0, monotonic() + _PATIENCE
        for chunk in chunks:
            gathered.append(chunk)
            size += len(chunk)
            if self._taken + size == self._length:
                break
            if size >= PIECE or monotonic() > until:
                self._taken += size
                return b"".join(gathered)
        self.more = False
        return b"".join(gathered)

    def _start(self, status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
        self.status, self.headers = status, headers
        length = next((value for name, value in headers if name.lower() == "content-length"), None)
        self._length = None if length is None else int(length)
        return _refuse_to_write


def _refuse_to_write(content: bytes) -> None:
    raise NotImplementedError("write() of PEP 3333 is for old frameworks; return the body")
