"""Every card on disk, one test case each: a card that is added is tested without anyone adding a test."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from geoportal.cards import IndicatorCard, Inventory, LayerCard, SourceCard, load_inventory
from geoportal.schema import Text

HOME = Path(__file__).resolve().parents[2]
SOURCES = sorted(path.stem for path in (HOME / "data/sources").glob("*.toml"))
LAYERS = sorted(path.stem for path in (HOME / "layers").glob("*.toml"))
INDICATORS = sorted(path.stem for path in (HOME / "layers/indicators").glob("*.toml"))
COLOURS = {"layer", "boundary", "water", "forest", "road", "rail", "protected", "help", "ambulance", "hospital"}


@cache
def inventory() -> Inventory:
    return load_inventory(HOME)


def source(name: str) -> SourceCard:
    return inventory().sources[name]


def layer(name: str) -> LayerCard:
    return inventory().layers[name]


def indicator(name: str) -> IndicatorCard:
    return inventory().indicators[name]


def is_bilingual(text: Text) -> bool:
    return bool(text.cs and text.en)


def texts_of_fields(card: LayerCard) -> list[Text]:
    return [field.title for field in card.fields.values()]


def test_the_inventory_holds_every_card_on_disk() -> None:
    found = inventory()
    assert list(found.sources) == SOURCES
    assert list(found.layers) == LAYERS
    assert sorted(found.indicators) == INDICATORS


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_says_its_licence_attribution_and_date(name: str) -> None:
    card = source(name)
    assert card.licence.name
    assert card.licence.url or not card.cleared
    assert card.attribution
    assert card.date[:4].isdecimal()
    assert is_bilingual(card.title)
    assert card.note is None or is_bilingual(card.note)


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_has_a_path_in_a_mirror_that_can_be_a_file_name(name: str) -> None:
    card = source(name)
    assert bool(card.downloads) == (card.url is not None)
    for url, path, file_name in card.downloads:
        assert url.startswith("https://")
        assert not set("?&*") & set(path), f"{path} cannot be a file name; give 'mirror' in the card"
        assert path.endswith(f"/{file_name}")


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_is_used(name: str) -> None:
    found = inventory()
    used = {entry.source for card in found.layers.values() for entry in card.sources}
    used |= {entry.source for card in found.indicators.values() for entry in card.sources}
    used |= {card.country.source for card in found.indicators.values() if card.country}
    used |= {entry.source for card in found.layers.values() for entry in card.statements}
    used.add(str(found.site.finder.exceptions))
    used |= {*found.site.hub.catalogue}
    assert name in used | {*found.site.territory.crosswalk, *found.site.search.sources}


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_has_words_for_people_in_two_languages(name: str) -> None:
    card = layer(name)
    assert all(is_bilingual(text) for text in [card.title, card.description, *texts_of_fields(card)])
    assert card.description.cs.endswith(".")


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_has_a_colour_of_the_stylesheet_and_an_expected_count(name: str) -> None:
    card = layer(name)
    assert card.style.colour in COLOURS
    lowest, highest = card.expected_range or (0, 0)
    assert 0 < lowest <= highest


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_with_services_never_shows_its_points_without_a_letter_and_a_phone_or_address(name: str) -> None:
    card = layer(name)
    if card.service:
        assert card.geometry == "point"
        assert card.style.letter
        assert {"telefon", "adresa"} & set(card.fields)


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_publishes_no_personal_data(name: str) -> None:
    card = layer(name)
    taken = [column for entry in card.sources for column in entry.rename]
    assert not [word for word in [*taken, *card.fields] if "zastupce" in word]


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_of_units_names_all_units_above_that_it_can(name: str) -> None:
    card = layer(name)
    if card.territory:
        assert card.id_field == "kod"
        for field in card.territory.parents.values():
            assert field.replace("kod_", "nazev_") in card.fields
        assert any(entry.schematic for entry in card.sources), "no way to draw it without the official boundaries"


@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_has_words_for_people_in_two_languages(name: str) -> None:
    card = indicator(name)
    assert card.comparability is not None, "say what a reader must not conclude"
    assert all(is_bilingual(text) for text in [card.title, card.description, card.unit, card.comparability])
    assert card.description.cs.endswith(".")


@pytest.mark.parametrize("name", INDICATORS)
def test_only_a_count_is_a_sum_and_only_something_relative_is_coloured(name: str) -> None:
    card = indicator(name)
    assert (card.measure == "count") == (card.aggregate == "sum")


@pytest.mark.parametrize("name", INDICATORS)
def test_an_own_table_comes_after_the_official_source(name: str) -> None:
    own = [source(entry.source).file is not None for entry in indicator(name).sources]
    assert own == sorted(own)


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_takes_its_own_table_only_after_the_official_source(name: str) -> None:
    own = [source(entry.source).file is not None for entry in layer(name).sources]
    assert own == sorted(own)


def test_every_level_has_one_layer_with_the_counts_of_the_region() -> None:
    counts = {card.territory.level: card.expected for card in inventory().layers.values() if card.territory}
    assert counts == {"obec": 215, "pou": 21, "orp": 10, "okres": 4, "kraj": 1}


def test_of_sources_without_a_cleared_licence_only_single_facts_are_published_by_default() -> None:
    found = inventory()
    held_back = {name for name, card in found.sources.items() if not card.cleared}
    assert held_back == {"arccr-lesy", "mapa-exekuci", "uzis-ockovani", "vzp-pohotovosti"}
    assert found.site.publication.allow == ("vzp-pohotovosti",)
    cards = (*found.layers.values(), *found.indicators.values())
    published = {entry.source for card in cards for entry in card.sources}
    assert "vzp-pohotovosti" not in published


def test_there_are_indicators_by_join_and_over_several_periods_in_many_themes() -> None:
    cards = inventory().indicators.values()
    assert len(cards) >= 20
    assert {card.spatial.operation for card in cards if card.spatial} == {
        "area",
        "count",
        "overlap",
        "length",
        "nearest",
    }
    assert len({card.theme for card in cards}) >= 10


def test_the_content_folders_hold_nothing_but_cards_and_our_own_tables() -> None:
    files = [path for folder in ("data/sources", "data/facts", "layers") for path in (HOME / folder).rglob("*")]
    assert {path.suffix for path in files if path.is_file()} == {".toml", ".csv", ".md"}
    ignored = (HOME / ".gitignore").read_text(encoding="utf-8")
    assert "data/raw" in ignored
    assert "data/build" in ignored


def test_the_emergency_care_layer_keeps_the_field_names_that_other_applications_read() -> None:
    days = ["pondeli", "utery", "streda", "ctvrtek", "patek", "sobota", "nedele", "svatek"]
    place = "OBJECTID nazev cilova_skupina popis_mista nazev_obce kod_obce nazev_okresu nazev_ulice cislo_domovni psc"
    hours = " ".join(f"ordinacni_hodiny_{day}" for day in days)
    assert " ".join(layer("pohotovosti").fields) == f"{place} telefon www ico {hours} Platnost wkt x y"
    assert all(entry.keep == {"Platnost": "1"} for entry in layer("pohotovosti").sources)
