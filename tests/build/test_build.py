from __future__ import annotations

import filecmp
from dataclasses import replace
from pathlib import Path

import pytest

from geoportal.build import build
from geoportal.errors import Problems
from geoportal.settings import Settings
from geoportal.snapshot.reader import Follower, Snapshot
from geoportal.snapshot.store import current_id


@pytest.fixture
def settings(home: Path, tmp_path: Path) -> Settings:
    """A home that a test may spoil, with nothing fetched."""
    return Settings(home=home, data=tmp_path / "data")


def snapshot(settings: Settings) -> Snapshot:
    return Follower(settings.build)()


def test_two_builds_of_the_same_input_are_equal_to_the_byte(built_settings: Settings, tmp_path: Path) -> None:
    first = current_id(built_settings.build)
    again = replace(built_settings, data=tmp_path)
    if built_settings.raw.is_dir():
        tmp_path.joinpath("raw").symlink_to(built_settings.raw)
    assert build(again).snapshot_id == first
    one, two = built_settings.build / str(first), again.build / str(first)
    names = [str(path.relative_to(one)) for path in one.rglob("*") if path.is_file()]
    assert len(names) > 100
    _, mismatch, errors = filecmp.cmpfiles(one, two, names, shallow=False)
    assert (mismatch, errors) == ([], [])


def test_an_unchanged_input_is_not_built_again_and_a_changed_card_is(built_home: Settings) -> None:
    settings, first = built_home, build(built_home)
    assert not first.fresh
    card = settings.home / "layers" / "zzs.toml"
    card.write_text(card.read_text(encoding="utf-8").replace("width", "width", 1) + "\n# changed\n", encoding="utf-8")
    again = build(settings)
    assert again.fresh
    assert again.snapshot_id != first.snapshot_id  # the manifest names the digest of its input


def test_all_mistakes_of_all_sources_are_named_and_the_served_snapshot_stays(built_home: Settings) -> None:
    settings, held = built_home, current_id(built_home.build)
    facts = settings.home / "data" / "facts"
    spoil(facts / "zzs.csv", "15.067114,50.771248", "2.35,48.85", everywhere=True)
    spoil(facts / "zzs.csv", "Výjezdová", "V\ufffdjezdov\ufffd", everywhere=True)
    spoil(facts / "ukazatele.csv", ",8.2569", ",osm")
    with pytest.raises(Problems) as refusal:
        build(settings)
    text = str(refusal.value)
    assert "zzs.csv" in text
    assert "ukazatele.csv" in text
    assert "'osm'" in text
    assert current_id(settings.build) == held
    assert snapshot(settings).id == held


def test_a_tileset_that_fails_beside_the_other_files_leaves_nothing_behind(built_home: Settings) -> None:
    settings, held = built_home, current_id(built_home.build)
    text = {"title": '{ cs = "a", en = "a" }', "description": '{ cs = "a", en = "a" }', "zooms": "[5, 6]"}
    layer = '[[layers]]\nid = "zzs"\nfrom = "zzs"\nas = "point"\nwhere = { nazev = ["nic"] }\n'
    card = "".join(f"{key} = {value}\n" for key, value in text.items()) + layer
    (settings.home / "tiles" / "prazdno.toml").write_text(card, encoding="utf-8")
    with pytest.raises(Problems, match=r"tiles/prazdno.toml: where: no feature is shown at any zoom"):
        build(settings)
    assert current_id(settings.build) == held
    assert [path.name for path in settings.build.iterdir() if path.is_dir()] == [held]


def test_a_unit_that_is_gone_is_noticed(settings: Settings) -> None:
    facts = settings.home / "data" / "facts" / "uzemi.csv"
    lines = facts.read_text(encoding="utf-8").splitlines(keepends=True)
    facts.write_text("".join(line for line in lines if not line.startswith("obec,563889,")), encoding="utf-8")
    with pytest.raises(Problems, match=r"expected 215.*214"):
        build(settings)


def test_a_source_that_is_not_cleared_is_published_only_where_the_region_takes_it_upon_itself(
    mirror_settings: Settings, home: Path, tmp_path: Path
) -> None:
    held = snapshot(mirror_settings)
    assert "lesy" not in held.collections
    reasons = {absent["id"]: absent["reason"] for absent in held.manifest["absent"]}
    assert reasons["lesy"].startswith("zdroj „Lesy, ArcČR 500“ není uvolněn ke zveřejnění")
    assert reasons["lesy-plocha"] == "chybí vrstva „Lesy“"
    assert reasons["podil-lesu"] == "chybí ukazatel „Plocha lesů“"
    held_back = ["arccr-lesy", "uzis-ockovani", "mapa-exekuci"]
    spoil(home / "geoportal.toml", 'allow = ["vzp-pohotovosti"]', f"allow = {held_back}")
    from geoportal.cards import load_inventory
    from geoportal.intake.fetch import fetch

    allowed = Settings(home=home, data=tmp_path, mirror=mirror_settings.mirror)
    fetch([load_inventory(home).sources[name] for name in held_back], allowed)
    build(allowed)
    taken = snapshot(allowed)
    assert taken.collections["lesy"].attribution.startswith("© ArcČR")
    shares = {one.code: one.value for one in taken.indicators["podil-ockovanych"].values("obec", "2021")}
    assert shares["513890"] == 56.25  # as the file has it
    assert taken.indicators["osoby-v-exekuci-na-1000"].periods("obec") == ["2016", "2017"]


def test_without_official_boundaries_everything_made_from_them_says_so(facts_settings: Settings) -> None:
    held = snapshot(facts_settings)
    assert held.schematic
    for name in ("obce", "pou", "orp", "okresy", "kraj"):
        assert held.collections[name].schematic
        head = held.collections[name].path.read_bytes()[:2000].decode()
        assert "Schematické hranice" in head
    assert not held.collections["zzs"].schematic
    assert "rozloha" not in held.indicators  # a drawn boundary has no area to speak of


def test_with_official_boundaries_nothing_is_called_schematic(mirror_settings: Settings) -> None:
    held = snapshot(mirror_settings)
    assert not held.schematic
    assert not any(collection.schematic for collection in held.collections.values())


def test_no_personal_data_is_published(mirror_settings: Settings) -> None:
    folder = snapshot(mirror_settings).folder / "layers"
    assert not [path.name for path in folder.rglob("*.*") if b"odborny_zastupce" in path.read_bytes()]


def spoil(path: Path, old: str, new: str, everywhere: bool = False) -> None:
    """Replaces ``old``, which must be there, once or everywhere."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, -1 if everywhere else 1), encoding="utf-8")


def test_a_field_that_the_build_fills_is_not_called_empty(facts_settings: Settings) -> None:
    notes = snapshot(facts_settings).manifest["layers"]["obce"]["notes"]
    assert [note["code"] for note in notes] == ["schematic"]
