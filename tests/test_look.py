"""A region wears its own colours: in the stylesheet's sets, readable, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from flask.testing import FlaskClient

from geoportal.app import create_app
from geoportal.build.inputs import gather_inputs
from geoportal.errors import Problems
from geoportal.look import ACCENT, Look, contrast, dressed, look_problems
from geoportal.settings import Settings
from tests.conftest import ROOT

SHEET = (ROOT / "static/css/geoportal.css").read_text(encoding="utf-8")
BLUE = 'light = { accent = "#1f4f9c", map-help = "#1f4f9c" }\ndark = { accent = "#9db8e8" }\n'


def sets(sheet: str) -> dict[str, str]:
    found = re.findall(r"(?:@media ([^{]+) \{\s*)?:root \{(.*?)\}", sheet, re.DOTALL)
    return {media.strip(): body for media, body in found}


@pytest.fixture(scope="module")
def elsewhere(built_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A region of its own: a folder with its site file and cards, and no files of pages."""
    home: Path = tmp_path_factory.mktemp("region")
    for name in ("layers", "tiles", "data/sources", "data/facts"):
        copytree(built_settings.home / name, home / name)
    site = (built_settings.home / "geoportal.toml").read_text(encoding="utf-8")
    (home / "geoportal.toml").write_text(site.replace("[look]\n", f"[look]\n{BLUE}"), encoding="utf-8")
    return replace(built_settings, home=home)


@pytest.fixture(scope="module")
def api(elsewhere: Settings) -> FlaskClient:
    return create_app(elsewhere).test_client()


def test_without_colours_of_its_own_the_stylesheet_is_as_it_stands() -> None:
    assert dressed(SHEET, Look()) == SHEET
    assert f"--accent: {ACCENT};" in sets(SHEET)[""]


def test_a_colour_stands_in_its_own_set_alone() -> None:
    worn = sets(dressed(SHEET, Look(light={"accent": "#1f4f9c"})))
    assert "--accent: #1f4f9c;" in worn[""]
    assert {name: body for name, body in worn.items() if name} == {
        name: body for name, body in sets(SHEET).items() if name
    }


def test_a_set_takes_a_colour_that_it_had_from_light_paper() -> None:
    worn = sets(dressed(SHEET, Look(dark={"map-help": "#9db8e8"})))
    assert "--map-help: #9db8e8;" in worn["(prefers-color-scheme: dark)"]
    assert worn[""] == sets(SHEET)[""]


def test_an_unknown_colour_is_named_with_what_was_meant() -> None:
    (problem,) = look_problems(SHEET, Look(light={"acent": "#1f4f9c"}))
    assert problem.startswith(
        "geoportal.toml: look.light: 'acent' is not a colour of the stylesheet; did you mean 'accent'?"
    )


def test_words_that_could_not_be_read_are_refused() -> None:
    problems = list(look_problems(SHEET, Look(light={"accent": "#9db8e8"})))
    assert (
        "geoportal.toml: look.light: accent #9db8e8 on paper #ffffff has a contrast of 2.0; words need at least 4.5"
        in problems
    )
    assert not list(look_problems(SHEET, Look(light={"accent": "#1f4f9c"}, dark={"accent": "#9db8e8"})))


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_build_refuses_colours_that_could_not_be_read(elsewhere: Settings, tmp_path: Path) -> None:
    home = tmp_path / "home"
    copytree(elsewhere.home, home)
    site = (home / "geoportal.toml").read_text(encoding="utf-8").replace('accent = "#1f4f9c"', 'accent = "#9db8e8"')
    (home / "geoportal.toml").write_text(site, encoding="utf-8")
    with pytest.raises(Problems, match=r"look\.light: accent #9db8e8 on paper"):
        gather_inputs(replace(elsewhere, home=home))


def test_a_region_without_files_of_its_own_has_those_installed(api: FlaskClient) -> None:
    pages = ("/static/js/look.js", "/static/img/icon.svg", "/service-worker.js", "/manifest.webmanifest")
    for path in (*pages, "/indicators/obyvatel/map.svg?level=okres"):
        assert api.get(path).status_code == 200, path


def test_pages_pictures_and_browsers_show_the_colours_of_the_region(api: FlaskClient) -> None:
    sheet = api.get("/static/css/geoportal.css").text
    assert "--accent: #1f4f9c;" in sets(sheet)[""]
    assert "--accent: #9db8e8;" in sets(sheet)["(prefers-color-scheme: dark)"]
    assert api.get("/manifest.webmanifest").get_json(force=True)["theme_color"] == "#1f4f9c"
    assert '<meta name="theme-color" content="#1f4f9c">' in api.get("/mapa/pohotovosti").text


def test_a_file_of_the_region_stands_in_place_of_the_installed_one(elsewhere: Settings) -> None:
    own = elsewhere.home / "static/img/icon.svg"
    own.parent.mkdir(parents=True)
    own.write_text("<svg/>", encoding="utf-8")
    answer = create_app(elsewhere).test_client().get("/static/img/icon.svg")
    assert answer.data == b"<svg/>"
