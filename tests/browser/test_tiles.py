"""The page of a tileset and its recipes for JavaScript draw tiles, in a browser that can."""

from __future__ import annotations

import pytest

from tests.browser.conftest import until

pytestmark = pytest.mark.browser


# What the driver of a machine without a graphics card says is no fault of the page.
DRIVER = "GL Driver"


def is_tile(answer):
    return answer.url.partition("?")[0].endswith(".mvt") and answer.status == 200


def problems(visitor):
    return [text for text in visitor.problems if DRIVER not in text]


def test_the_page_of_a_tileset_draws_its_tiles_from_our_own_server(onlooker):
    page = onlooker.page
    with page.expect_response(is_tile) as brought:
        onlooker.open("/tiles/obce")
    assert "/tiles/obce/" in brought.value.url
    assert "immutable" in brought.value.headers["cache-control"]
    page.locator(".leaflet-gl-layer canvas.maplibregl-canvas").wait_for()
    page.locator(".leaflet-control-attribution", has_text="ČÚZK").wait_for()
    assert onlooker.foreign == []
    assert problems(onlooker) == []


@pytest.mark.parametrize("client", ["leaflet", "maplibre"])
def test_a_recipe_draws_the_tiles_with_our_libraries(onlooker, tmp_path, client):
    page = onlooker.open("/tiles/okresy")
    code = page.locator(f"code[data-client={client}]").text_content()
    file = tmp_path / "mapa.html"
    file.write_text(code, encoding="utf-8")
    onlooker.requests.clear()
    onlooker.problems.clear()
    with page.expect_response(is_tile):
        page.goto(file.as_uri())
    page.locator("canvas.maplibregl-canvas").wait_for()
    page.get_by_text("ČÚZK").first.wait_for(state="attached")
    assert [url for url in onlooker.foreign if not url.startswith("file:")] == []
    assert problems(onlooker) == []


def test_without_webgl_the_page_still_says_everything(visitor):
    page = visitor.open("/tiles/obce")
    page.get_by_role("heading", name="Dlaždice: Obce").wait_for()
    page.locator("code", has_text="/tiles/obce.json").first.wait_for()
    until(page, "window.L && !!L.maplibreGL")  # the binding has come, so the layer has been tried
    assert problems(visitor) == []
