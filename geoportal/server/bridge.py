"""The application for uvicorn: the views run in threads, and no thread waits for a slow reader."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from geoportal.server.answer import Answer
from geoportal.server.environ import environ_of, environ_over
from geoportal.web.front import Front
from geoportal.web.reply import Environ, Reply

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
SendWhole = Callable[[Reply], None]

BODY_LIMIT = 32 * 2**20  # bytes of a request's body, more than any view takes
_IN_MEMORY = 2**20  # bytes of it; the rest goes into a file


class Bridge:
    """ASGI application over ``front``, with ``threads`` for its views."""

    def __init__(self, front: Front, threads: int) -> None:
        self.at_once = front.at_once
        self._front = front
        self._threads = ThreadPoolExecutor(threads, "view")

    async def __call__(self, scope: Message, receive: Receive, send: Send, whole: SendWhole) -> None:
        """Answers a request, by ``whole`` if in one piece; nothing more is made for a client that has gone."""
        connection = environ_over(scope["client"], scope["server"], scope["scheme"])
        target = scope["raw_path"], scope["query_string"]
        environ = environ_of(connection, scope["http_version"], scope["method"], *target, scope["headers"])
        body = await _body(environ, receive)
        if body is None:
            return
        with body:
            environ["wsgi.input"] = body
            await self._send(Answer(self._front.at_length, environ), receive, send, whole)

    async def _send(self, answer: Answer, receive: Receive, send: Send, whole: SendWhole) -> None:
        loop, context = asyncio.get_running_loop(), copy_context()

        def piece() -> asyncio.Future[bytes]:
            return loop.run_in_executor(self._threads, context.run, answer.piece)

        content = await piece()
        if not answer.more:
            whole(answer.whole(content))
            return
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await send({"type": "http.response.start", **answer.told})
            while answer.more and not gone.done():
                await send({"type": "http.response.body", "body": content, "more_body": True})
                content = await piece()
            if answer.more:
                await loop.run_in_executor(self._threads, context.run, answer.close)
            else:
                await send({"type": "http.response.body", "body": content})
        finally:
            gone.cancel()


async def _gone(receive: Receive) -> None:
    """Returns when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _body(environ: Environ, receive: Receive) -> IO[bytes] | None:
    """The body of a request with its length in ``environ``; None when the client goes away before it is whole.

    Of a body above the limit the rest is left: by its length, views refuse it before they read.
    """
    declared = int(environ.get("CONTENT_LENGTH", 0))
    if declared > BODY_LIMIT or not (declared or "HTTP_TRANSFER_ENCODING" in environ):
        return BytesIO()
    body = cast(IO[bytes], SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - it goes with the request
    size, more = 0, True
    while more and size <= BODY_LIMIT:
        message = await receive()
        if message["type"] == "http.disconnect":
            body.close()
            return None
        size += len(message["body"])
        body.write(message["body"])
        more = message["more_body"]
    body.seek(0)
    environ["CONTENT_LENGTH"] = str(size)
    return body
