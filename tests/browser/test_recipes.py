"""The recipes for JavaScript, opened from a file as a user would who copied them."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.browser

MAPLIBRE = ROOT / "static/node_modules/maplibre-gl/dist"


def recipe(visitor, layer, client):
    page = visitor.open(f"/collections/{layer}")
    return page.locator(f"code[data-client={client}]").text_content()


def test_the_recipe_for_leaflet_draws_the_layer_from_our_own_server(visitor, tmp_path):
    file = tmp_path / "mapa.html"
    file.write_text(recipe(visitor, "zzs", "leaflet"), encoding="utf-8")
    visitor.requests.clear()
    page = visitor.page
    page.goto(file.as_uri())
    page.locator("path.leaflet-interactive").nth(13).wait_for()
    page.locator("path.leaflet-interactive").first.click(force=True)
    assert page.locator(".leaflet-popup-content").text_content()
    assert [url for url in visitor.foreign if not url.startswith("file:")] == []
    assert visitor.problems == []


def test_the_recipe_for_maplibre_draws_the_layer_beside_the_library(onlooker):
    code = recipe(onlooker, "obce", "maplibre")

    def answer(route):
        name = route.request.url.rpartition("/")[2].partition("?")[0]
        if name == "mapa.html":
            route.fulfill(body=code, content_type="text/html")
        else:
            route.fulfill(path=MAPLIBRE / name)

    page = onlooker.page
    page.context.route("**/recept/*", answer)
    with page.expect_response("**/layers/obce.geojson") as brought:
        page.goto(f"{onlooker.address}/recept/mapa.html")
    assert len(brought.value.json()["features"]) == 215
    page.locator("canvas.maplibregl-canvas").wait_for()
    page.get_by_role("button", name="Zoom in").wait_for()
    page.get_by_text("ČÚZK").wait_for(state="attached")  # the attribution comes with the source that is drawn
    assert [text for text in onlooker.problems if "GL Driver" not in text] == []


def test_a_recipe_is_copied_with_a_button(visitor):
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.open("/collections/obce")
    page.get_by_role("button", name="Kopírovat").first.click()
    page.get_by_role("button", name="Zkopírováno").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("code[data-client=qgis]").text_content()
