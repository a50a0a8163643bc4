from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from geoportal.cards import TilesetCard, load_inventory
from geoportal.errors import Problems
from tests.conftest import ROOT

CARD = "tiles/zaklad.toml"
CARDS = load_inventory(ROOT).tilesets


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the checkout's cards, since tilesets are checked against layers, indicators and sources."""
    shutil.copy(ROOT / "geoportal.toml", tmp_path)
    for folder in ("layers", "tiles", "data/sources", "data/facts"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def problems_of(home: Path) -> list[str]:
    with pytest.raises(Problems) as refusal:
        load_inventory(home)
    return refusal.value.problems


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('from = "reky"', 'from = "rekyy"', ["layers.from: 'rekyy' does not exist", "did you mean 'reky'?"]),
        ('fields = ["trida"', 'fields = ["trid"', ["layer 'silnice'", "fields: 'trid'", "did you mean 'trida'?"]),
        ("where = { trida", "where = { tridy", ["layer 'silnice'", "where: 'tridy'", "allowed: cislo"]),
        ('obec = "kod" }', 'obec = "kod_obce" }', ["layer 'hranice'", "levels: 'kod_obce'", "kod_okresu"]),
        ('drop = "obyvatel"', 'drop = "obyvatele"', ["layer 'sidla'", "drop: 'obyvatele'", "did you mean 'obyvatel'?"]),
        ('rank = "obyvatel"', 'rank = "obyvatele"', ["layer 'sidla'", "rank: 'obyvatele'", "'obyvatel'"]),
        ('source = "uzemi"', 'source = "uzem"', ["seats.source: 'uzem'", "did you mean 'uzemi'?"]),
        ('drop = ["lesy"', 'drop = ["les"', ["drop: 'les'", "did you mean 'lesy'?"]),
        (
            'from = "reky"\nas = "line"',
            'from = "reky"\nas = "polygon"',
            ["'polygon' can't be made of a layer of lines"],
        ),
        ('from = "reky"\nas = "line"', 'from = "reky"\nas = "lines"', ["'lines' is not allowed", "'line'"]),
        ('from = "kraj"\nas = "polygon"', 'from = "kraj"\nas = "line"', ["layer 'kraj': levels: borders of polygons"]),
        ("zooms = [5, 14]", "zooms = [5, 17]", ["zooms.1: 17 is wrong"]),
        ("zooms = [5, 14]", "zooms = [14, 5]", ["zooms = [14, 5] end before they begin"]),
        ("zooms = [6, 14]", "zooms = [3, 14]", ["layer 'reky'", "leave those of the tileset, 5 to 14"]),
        ("zooms = [12, 12]", "zooms = [11, 12]", ["layer 'silnice'", "two steps share a zoom"]),
        ("min_size = 1\n", "min_sise = 1\n", ["min_sise: unknown key", "did you mean 'min_size'?"]),
        ('id = "reky"', 'id = "kraj"', ["two layers have the same id"]),
        ("buffer = 5", "buffer = 0", ["buffer: 0 is wrong"]),
    ],
)
def test_a_mistake_names_the_card_the_key_the_offence_and_what_is_allowed(
    home: Path, old: str, new: str, said: list[str]
) -> None:
    path = home / CARD
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = problems_of(home)
    assert any(line.startswith(CARD) and all(part in line for part in said) for line in found), found


def test_a_tileset_named_as_a_layer_holds_that_layer_alone(home: Path) -> None:
    (home / CARD).rename(home / "tiles" / "obce.toml")
    assert any("a tileset named as a layer holds that layer alone, not kraj, " in line for line in problems_of(home))


def test_ranks_are_for_levels_of_the_territory_only(home: Path) -> None:
    path = home / CARD
    text = path.read_text(encoding="utf-8").replace('from = "reky"\n', 'from = "reky"\nrank = "obyvatel"\n')
    path.write_text(text, encoding="utf-8")
    assert any("layer 'reky' is not a level of the territory" in line for line in problems_of(home))


def test_every_layer_has_a_tileset_of_its_own() -> None:
    layers = load_inventory(ROOT).layers
    assert set(layers) <= set(CARDS)
    for name in layers:
        (drawn,) = CARDS[name].layers
        assert (drawn.source, CARDS[name].zooms, CARDS[name].max_kilobytes) == (name, (0, 14), 500)


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_tileset_has_words_for_people_in_both_languages(card: TilesetCard) -> None:
    assert card.title.en
    assert card.description.en
