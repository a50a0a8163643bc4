"""The hub's data sets under the themes of the site."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from geoportal.build.hub import build_hub
from geoportal.cards import load_inventory
from geoportal.errors import SourceRefused
from geoportal.intake.reading import Reading
from geoportal.settings import Settings
from geoportal.site import Theme
from geoportal.snapshot.hub import HubCatalogue, read_hub, write_hub
from tests.conftest import ROOT

Names = tuple[str, ...]
THEMES = [
    Theme.model_validate({"id": "kultura", "title": {"cs": "Kultura"}, "hub": ["Kultura a památky"]}),
    Theme.model_validate({"id": "sport", "title": {"cs": "Sport"}, "hub": ["sport", "Koupání"]}),
]


def row(title: str, **values: str | None) -> dict[str, str | None]:
    empty = dict.fromkeys(("description", "updated", "themes", "keywords", "formats"))
    return {"id": title, "title": title, "page": f"https://hub.example.org/{title}", **empty, **values}


def test_a_file_has_its_format_and_its_address() -> None:
    (dataset,) = built(
        row("Hrady", formats="CSV;Feature Collection", files="Feature Collection https://x.test/fc")
    ).datasets
    assert dataset.formats == ("CSV", "Feature Collection")
    assert dataset.files == (("Feature Collection", "https://x.test/fc"),)


def sources(frame: pd.DataFrame | SourceRefused, names: Names = ("hub",), at_hand: Names = ("hub",)) -> Any:
    def read(name: str) -> Reading:
        if isinstance(frame, SourceRefused):
            raise frame
        return Reading(frame)

    site = SimpleNamespace(hub=SimpleNamespace(catalogue=names), themes=THEMES)
    inputs = SimpleNamespace(
        inventory=SimpleNamespace(site=site), hindrance=lambda name: None if name in at_hand else "není stažen"
    )
    return SimpleNamespace(inputs=inputs, read=read)


def built(*rows: dict[str, str | None]) -> HubCatalogue:
    catalogue = build_hub(sources(pd.DataFrame(rows)), [])
    assert catalogue
    return catalogue


def test_a_data_set_is_on_every_theme_that_declares_one_of_its_themes_or_keywords() -> None:
    catalogue = built(
        row("Hrady", themes="KULTURA A PAMÁTKY"),
        row("Lázně", themes="Kultura a památky", keywords="voda;koupání"),
        row("Lesy", themes="Příroda"),
    )
    assert {one.title: one.themes for one in catalogue.datasets} == {
        "Hrady": ("kultura",),
        "Lázně": ("kultura", "sport"),
        "Lesy": (),
    }
    assert [one.title for one in catalogue.of_theme("sport")] == ["Lázně"]
    assert [one.title for one in catalogue.unsorted] == ["Lesy"]


def test_data_sets_stand_in_czech_order() -> None:
    catalogue = built(*(row(title) for title in ("Chaty", "Hory", "Čaje", "Cesty", "Ídrek", "Instituce")))
    assert [one.title for one in catalogue.datasets] == ["Cesty", "Čaje", "Hory", "Chaty", "Ídrek", "Instituce"]


def test_the_newest_come_first_and_those_without_a_date_last() -> None:
    catalogue = built(row("A", updated="2024-01-02"), row("B"), row("C", updated="2025-01-01"))
    assert [one.title for one in catalogue.newest(2)] == ["C", "A"]


def test_a_catalogue_survives_the_file(tmp_path: Path) -> None:
    catalogue = built(row("Hrady", themes="sport", formats="CSV;KML", updated="2025-01-01", description="Popis"))
    write_hub(tmp_path, catalogue)
    assert read_hub(tmp_path) == catalogue


def test_a_snapshot_without_the_file_has_no_catalogue(tmp_path: Path) -> None:
    assert read_hub(tmp_path) is None


def test_the_first_source_at_hand_is_used() -> None:
    frame = pd.DataFrame([row("Hrady")])
    catalogue = build_hub(sources(frame, ("absent", "second", "third"), ("second", "third")), [])
    assert catalogue
    assert catalogue.source == "second"
    assert build_hub(sources(frame, ("absent",), ()), []) is None


@pytest.mark.parametrize(
    ("frame", "offence"),
    [
        (pd.DataFrame({"id": ["1"], "title": ["Hrady"], "description": [""]}), "lacks the columns page, updated"),
        (SourceRefused("torn"), "torn"),
    ],
)
def test_a_catalogue_that_can_t_be_used_is_a_problem_that_names_its_card(frame: Any, offence: str) -> None:
    problems: list[str] = []
    assert build_hub(sources(frame), problems) is None
    assert len(problems) == 1
    assert problems[0].startswith("data/sources/hub.toml: ")
    assert offence in problems[0]


def test_an_unknown_source_of_the_catalogue_is_a_mistake(home: Path) -> None:
    file = home / "geoportal.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"hub-katalog", ', '"hub-katalogue", '), encoding="utf-8")
    with pytest.raises(Exception, match=r"hub\.catalogue: 'hub-katalogue' does not exist; did you mean 'hub-katalog'"):
        load_inventory(home)


def test_every_data_set_of_the_portal_has_a_theme_with_facts_and_with_the_mirror(built_settings: Settings) -> None:
    folder = next(path for path in built_settings.build.iterdir() if path.is_dir())
    catalogue = read_hub(folder)
    assert catalogue
    assert len(catalogue.datasets) == 44
    assert catalogue.unsorted == []
    assert all(one.page.startswith("https://www.datalk.cz/datasets/") for one in catalogue.datasets)


def test_our_table_says_what_the_portal_s_catalogue_says(mirror: Path) -> None:
    from geoportal.intake.readers import read

    cards = load_inventory(ROOT).sources
    real = read(cards["hub-katalog"], [mirror / "www.datalk.cz/data.json"]).frame.drop(columns=["description", "files"])
    ours = read(cards["hub-sady"], [ROOT / "data/facts/hub-sady.csv"]).frame.drop(columns="description")
    pd.testing.assert_frame_equal(
        *(frame.sort_values("id").reset_index(drop=True) for frame in (real, ours)), check_dtype=False
    )
