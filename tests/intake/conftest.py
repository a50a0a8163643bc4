"""Cards and a local server for the tests of the intake."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import geopandas as gpd
import pytest

from geoportal.cards.layer import LayerCard, LayerFrom
from geoportal.cards.source import SourceCard
from geoportal.intake.checks import check_layer
from geoportal.intake.reading import Reading

BOUNDS = (14.3, 50.4, 15.8, 51.1)


def make_source(reader: str = "table", read: dict[str, Any] | None = None, **more: Any) -> SourceCard:
    """A source card that is complete; ``more`` replaces or adds keys."""
    card = {
        "id": "pramen",
        "title": {"cs": "Pramen"},
        "publisher": "Vydavatel",
        "url": "https://upstream.example/pramen.csv",
        "reader": reader,
        "read": read or {},
        "licence": {"name": "CC BY 4.0"},
        "attribution": "© Vydavatel",
        "date": "2024-01-01",
    }
    if "file" in more:
        del card["url"]
    return SourceCard.model_validate({**card, **more})


def make_layer(
    fields: dict[str, str], geometry: str = "point", entry: dict[str, Any] | None = None, **more: Any
) -> LayerCard:
    """A layer card with the fields ``name: type``, the first of which is the label."""
    card = {
        "id": "vrstva",
        "title": {"cs": "Vrstva"},
        "description": {"cs": "Popis"},
        "theme": "doprava",
        "geometry": geometry,
        "label": next(iter(fields)),
        "fields": {name: {"title": {"cs": name}, "type": kind} for name, kind in fields.items()},
        "from": [LayerFrom(source="pramen", **(entry or {}))],
    }
    return LayerCard.model_validate({**card, **more})


@pytest.fixture
def source() -> Callable[..., SourceCard]:
    return make_source


@pytest.fixture
def examine() -> Callable[..., Reading]:
    """``examine(frame or Reading, fields, geometry, entry, source=…, **card)`` runs every check."""

    def run(
        frame: gpd.GeoDataFrame | Reading,
        fields: dict[str, str],
        geometry: str = "point",
        entry: dict[str, Any] | None = None,
        source: SourceCard | None = None,
        **card: Any,
    ) -> Reading:
        reading = frame if isinstance(frame, Reading) else Reading(frame)
        layer = make_layer(fields, geometry, entry, **card)
        return check_layer(reading, layer, layer.sources[0], source or make_source(), BOUNDS)

    return run


@dataclass
class Answer:
    """What the server says once: ``length`` lies about the body's length, ``headers`` are added."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None


@dataclass
class Server:
    """A server on the loopback. Answers of a path are given in turn, the last one again and again."""

    base: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def say(self, path: str, *answers: Answer) -> str:
        self.answers[path] = list(answers)
        return f"{self.base}{path}"


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append((self.path, dict(self.headers)))
            queue = told.answers.get(self.path) or told.answers.get(self.path.partition("?")[0]) or [Answer(status=404)]
            answer = queue.pop(0) if len(queue) > 1 else queue[0]
            if answer.headers.get("ETag") and self.headers.get("If-None-Match") == answer.headers["ETag"]:
                answer = Answer(status=304, headers=answer.headers)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *args: Any) -> None:
            """Says nothing."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told = Server(f"http://127.0.0.1:{listener.server_address[1]}")
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield told
    listener.shutdown()
    listener.server_close()
    thread.join()
