"""The recipes for JavaScript, opened from a file as a user would who copied them."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

MAPLIBRE = """
window.maplibregl = {
  Map: class {
    constructor(options) { window.made = options; }
    addControl(control) { window.control = control; }
  },
  NavigationControl: class {},
};
"""


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


def test_the_recipe_for_maplibre_gives_a_style_with_the_layers_features(visitor, tmp_path):
    (tmp_path / "maplibre-gl.js").write_text(MAPLIBRE)
    (tmp_path / "maplibre-gl.css").write_text("")
    file = tmp_path / "mapa.html"
    file.write_text(recipe(visitor, "obce", "maplibre"), encoding="utf-8")
    page = visitor.page
    page.goto(file.as_uri())
    page.wait_for_function("window.control")
    style = page.evaluate("window.made.style")
    (source,) = style["sources"].values()
    assert style["version"] == 8
    assert [layer["source"] for layer in style["layers"]] == list(style["sources"])
    assert len(page.request.get(source["data"]).json()["features"]) == 215
    assert page.evaluate("document.getElementById(window.made.container).tagName") == "DIV"


def test_a_recipe_is_copied_with_a_button(visitor):
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visitor.open("/collections/obce")
    page.get_by_role("button", name="Kopírovat").first.click()
    page.get_by_role("button", name="Zkopírováno").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("code[data-client=qgis]").text_content()
