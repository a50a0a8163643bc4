from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from geoportal.errors import Problems
from geoportal.site import load_site

HOME = Path(__file__).resolve().parents[1]
EU_THEMES = {"AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI", "SOCI", "TECH", "TRAN"}


@pytest.fixture
def site_file(tmp_path: Path) -> Path:
    return Path(shutil.copy(HOME / "geoportal.toml", tmp_path / "geoportal.toml"))


def problems_after(site_file: Path, old: str, new: str) -> list[str]:
    content = site_file.read_text(encoding="utf-8")
    assert old in content
    site_file.write_text(content.replace(old, new), encoding="utf-8")
    with pytest.raises(Problems) as raised:
        load_site(site_file.parent)
    return raised.value.problems


def test_the_portal_has_its_twenty_themes_in_order_with_codes_of_the_eu_table() -> None:
    themes = load_site(HOME).themes
    assert len({theme.id for theme in themes}) == 20
    assert (themes[0].title.cs, themes[11].title.cs, themes[19].title.cs) == (
        "Obecná charakteristika",
        "Zdravotnictví a zdraví",
        "Zemědělství",
    )
    assert themes[0].eu == ("REGI", "GOVE", "INTR")
    assert all(theme.eu and set(theme.eu) <= EU_THEMES and theme.title.en for theme in themes)


def test_a_theme_is_found_by_its_id() -> None:
    assert load_site(HOME).theme("doprava").title.cs == "Doprava"


def test_the_portal_names_its_publisher_its_hub_and_where_to_write() -> None:
    site = load_site(HOME)
    assert site.publisher.ico == "70891508"
    assert site.hub.url == "https://www.datalk.cz/"
    assert site.hub.feedback
    assert site.hub.feedback.startswith(site.hub.url)
    assert all(portal.description and portal.description.en for portal in site.portals)


def test_a_minimal_site_has_defaults_for_what_it_leaves_out(site_file: Path) -> None:
    content = site_file.read_text(encoding="utf-8")
    optional = re.compile(r"^\[(publication|finder|atlas)\]\n(?:.+\n)+", re.MULTILINE)
    content, found = optional.subn("", content)
    assert found == 3
    site_file.write_text(content.partition("[[portals]]")[0], encoding="utf-8")
    site = load_site(site_file.parent)
    assert (site.publication.allow, site.finder.emergency, site.portals) == ((), ("155", "112"), ())
    assert (site.finder.notice, site.atlas.default) == (None, ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[14.31, 50.45, 15.67, 51.05]", "[15.67, 50.45, 14.31, 51.05]", "must be [west, south, east, north]"),
        ("[14.31, 50.45, 15.67, 51.05]", "[14.31, 50.45, 15.67]", "region.bounds"),
        ('ico = "70891508"', "ico = 70891508", "publisher.ico: 70891508 is wrong"),
        ('languages = ["cs", "en", "de", "pl"]', 'languages = ["cs", "sk"]', "'sk' is not allowed"),
        ('languages = ["cs", "en", "de", "pl"]', 'languages = ["de", "cs"]', "must begin with a language that every"),
        ('id = "doprava"', 'id = "Doprava"', "themes.8.id: 'Doprava' is wrong"),
        ("[hub]", "[hubb]", "hubb: unknown key; did you mean 'hub'?"),
        ("crosswalk =", "crosswalks =", "territory.crosswalk: is missing"),
    ],
)
def test_a_mistake_in_the_site_file_is_named(site_file: Path, old: str, new: str, said: str) -> None:
    assert any(said in problem for problem in problems_after(site_file, old, new))
