"""Files of the pages: sent small, kept fresh, and nothing beside them."""

from __future__ import annotations

import gzip

import brotli
import pytest

from tests.conftest import ROOT

LIBRARY = "/static/vendor/maplibre-gl/maplibre-gl-worker.mjs"


@pytest.mark.parametrize(
    ("accepted", "unpack"), [("br, gzip", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)]
)
@pytest.mark.parametrize("path", [LIBRARY, "/static/css/geoportal.css", "/static/js/finder.js"])
def test_a_text_is_sent_as_the_client_can_unpack_it(api, accepted, unpack, path):
    answer = api.get(path, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding", "identity") == accepted.split(",")[0]
    assert unpack(answer.data) == (ROOT / path[1:]).read_bytes()
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_library_is_sent_in_a_quarter_of_its_size(api):
    answer = api.get(LIBRARY, headers={"Accept-Encoding": "br"})
    assert len(answer.data) * 4 < (ROOT / LIBRARY[1:]).stat().st_size
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "max-age=3600, public"


@pytest.mark.parametrize("path", ["/static/css/geoportal.css", "/static/js/finder.js"])
def test_our_own_texts_are_sent_as_small_as_can_be(api, path):
    answer = api.get(path, headers={"Accept-Encoding": "br"})
    assert len(answer.data) == len(brotli.compress((ROOT / path[1:]).read_bytes(), quality=11))


def test_what_the_client_has_is_not_sent_again(api):
    for path in (LIBRARY, "/static/css/geoportal.css", "/static/vendor/sprites/zaklad.png"):
        first = api.get(path, headers={"Accept-Encoding": "br"})
        again = api.get(path, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304


def test_a_part_of_a_file_is_a_part_of_the_plain_file(api):
    answer = api.get(LIBRARY, headers={"Accept-Encoding": "br", "Range": "bytes=0-9"})
    assert answer.status_code == 206
    assert answer.data == (ROOT / LIBRARY[1:]).read_bytes()[:10]
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", ["/static/nothing.js", "/static/../geoportal.toml", "/static/%2e%2e/geoportal.toml"])
def test_nothing_is_found_outside_the_folder(api, path):
    assert api.get(path).status_code == 404
