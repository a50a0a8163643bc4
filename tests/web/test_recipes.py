from __future__ import annotations

import ast
import json
import re

import pytest

from geoportal.web.features.recipes import Target, recipes
from geoportal.web.texts import phrases

TARGET = Target(
    base="https://mapy.example",
    layer="vodni-plochy",
    title='Vodní "plochy" </script>',
    label="na'zev",
    geometry="polygon",
    attribution="© ČÚZK </script>",
    bounds=(14.31, 50.45, 15.67, 51.05),
)


@pytest.fixture(scope="module")
def codes() -> dict[str, str]:
    return {recipe.client: recipe.code for recipe in recipes(TARGET)}


def test_every_recipe_has_words_and_the_real_address(codes: dict[str, str]) -> None:
    assert list(codes) == ["qgis", "arcgis", "ogr2ogr", "geopandas", "r", "leaflet", "maplibre"]
    assert all(TARGET.base in code for code in codes.values())
    assert all(phrases("cs")(f"recipes.{client}") for client in codes)


def test_nothing_is_left_to_fill_in_and_no_other_host_is_named(codes: dict[str, str]) -> None:
    for code in codes.values():
        assert "$" not in re.sub(r"\$\{", "", code)
        assert set(re.findall(r"https?://[^/'\"]+", code)) <= {TARGET.base}


def test_python_recipes_are_python(codes: dict[str, str]) -> None:
    for client in ("qgis", "geopandas"):
        ast.parse(codes[client])
    call = ast.parse(codes["qgis"]).body[0].value  # type: ignore[attr-defined]
    assert [argument.value for argument in call.args[1:]] == [TARGET.title, "OAPIF"]


def test_a_title_can_not_leave_the_script_of_a_page(codes: dict[str, str]) -> None:
    for client, scripts in (("leaflet", 2), ("maplibre", 1)):
        assert codes[client].count("</script>") == scripts


@pytest.mark.parametrize(("geometry", "drawn"), [("point", "circle"), ("line", "line"), ("polygon", "fill")])
def test_maplibre_draws_each_geometry_with_properties_of_its_kind(geometry: str, drawn: str) -> None:
    code = next(r.code for r in recipes(Target(**{**vars(TARGET), "geometry": geometry})) if r.client == "maplibre")
    paint = json.loads(re.search(r"paint: (\{.*?\})", code)[1])  # type: ignore[index]
    assert f'type: "{drawn}"' in code
    assert all(name.startswith(f"{drawn}-") for name in paint)


def test_brackets_and_quotes_of_the_r_recipe_match(codes: dict[str, str]) -> None:
    bare = re.sub(r'"[^"]*"', "", codes["r"])
    assert '"' not in bare
    assert bare.count("(") == bare.count(")")
    assert "vodni_plochy <-" in bare
