from __future__ import annotations

from pathlib import Path
from typing import Any

from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from geoportal.errors import NoSnapshot
from geoportal.metrics.counters import Counters
from geoportal.web.front import Front
from geoportal.web.ready import ReadyAnswers


class Counting:
    """An application that counts how often it is asked."""

    def __init__(self, cache: str = "public, max-age=60", status: int = 200) -> None:
        self.asked = 0
        self.cache, self.status = cache, status

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        self.asked += 1
        request = Request(environ)
        response = Response(f"{request.full_path} {request.headers.get('Accept')}", self.status)
        response.headers["Cache-Control"] = self.cache
        response.set_etag("tag")
        return response.make_conditional(request)(environ, start)


def client(app: Counting, snapshot: str = "s1", **options: Any) -> Client:
    return over(ReadyAnswers(app, lambda: snapshot, **options))


def over(ready: ReadyAnswers) -> Client:
    return Client(Front(ready, [ready.find], Counters(Path("/nowhere"))))


def test_the_second_answer_is_the_first_one_again() -> None:
    app = Counting()
    held = client(app)
    first, second = held.get("/a?x=1"), held.get("/a?x=1")
    assert app.asked == 1
    assert (first.data, first.headers) == (second.data, second.headers)


def test_whatever_an_answer_depends_on_tells_answers_apart() -> None:
    app = Counting()
    held = client(app)
    held.get("/a")
    held.get("/a?x=2")
    held.get("/a", headers={"Accept": "text/html"})
    held.get("/a", headers={"Accept-Encoding": "br"})
    held.get("/a", base_url="http://other.example/")
    assert app.asked == 5


def test_a_client_that_has_it_gets_304_and_another_still_gets_the_body() -> None:
    app = Counting()
    held = client(app)
    assert held.get("/a", headers={"If-None-Match": '"tag"'}).status_code == 304
    assert held.get("/a", headers={"If-None-Match": 'W/"tag", "x"'}).status_code == 304
    assert held.get("/a", headers={"If-None-Match": '"old"'}).status_code == 200
    assert held.get("/a").data
    assert app.asked == 1


def test_head_has_the_headers_without_the_body() -> None:
    held = client(Counting())
    head, get = held.head("/a"), held.get("/a")
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(get.data))


def test_private_answers_and_errors_are_never_kept() -> None:
    for app in (Counting(cache="private, no-store"), Counting(status=404)):
        held = client(app)
        held.get("/a")
        held.get("/a")
        assert app.asked == 2


def test_a_part_of_a_file_is_not_taken_for_the_whole() -> None:
    app = Counting()
    held = client(app)
    held.get("/a")
    held.get("/a", headers={"Range": "bytes=0-3"})
    assert app.asked == 2


def test_a_new_snapshot_makes_all_answers_anew() -> None:
    app, current = Counting(), ["s1"]
    held = over(ReadyAnswers(app, lambda: current[0]))
    held.get("/a")
    current[0] = "s2"
    held.get("/a")
    held.get("/a")
    assert app.asked == 2


def test_the_oldest_answers_make_room() -> None:
    app = Counting()
    held = client(app, capacity=20)
    for path in ("/a", "/b", "/c", "/c", "/a"):
        held.get(path)
    assert app.asked == 4


def test_without_a_snapshot_the_application_answers() -> None:
    def nothing() -> str:
        raise NoSnapshot("none")

    app = Counting()
    held = over(ReadyAnswers(app, nothing))
    assert held.get("/healthz").status_code == 200
    held.get("/healthz")
    assert app.asked == 2
