from __future__ import annotations

from pathlib import Path

import pytest

from geoportal.cards import load_inventory
from geoportal.errors import Problems

SOURCE, LAYER = "data/sources/tabulka.toml", "layers/mista.toml"
COUNT, RATIO = "layers/indicators/pocet.toml", "layers/indicators/podil.toml"

FROM, OVER = 'source = "tabulka"', 'layer = "mista"'  # lines of the cards to which a test adds another


def change(home: Path, name: str, old: str, new: str) -> None:
    path = home / name
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def problems_of(home: Path) -> list[str]:
    with pytest.raises(Problems) as raised:
        load_inventory(home)
    return raised.value.problems


def test_a_home_without_mistakes_is_loaded_with_ids_from_file_names(home: Path) -> None:
    inventory = load_inventory(home)
    assert list(inventory.sources) == ["tabulka"]
    assert inventory.layers["mista"].id == "mista"
    assert inventory.indicators["podil"].depends_on == ("pocet",)


def test_indicators_come_after_those_they_need(home: Path) -> None:
    (home / COUNT).rename(home / "layers/indicators/zaklad.toml")
    change(home, RATIO, "pocet", "zaklad")
    assert list(load_inventory(home).indicators) == ["zaklad", "podil"]


def test_the_files_of_an_inventory_are_the_site_and_every_card(home: Path) -> None:
    files = [path.relative_to(home).as_posix() for path in load_inventory(home).files()]
    assert files == ["geoportal.toml", SOURCE, LAYER, COUNT, RATIO]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (SOURCE, "publisher =", "publishr =", ["publishr: unknown key", "did you mean 'publisher'?", "attribution"]),
        (SOURCE, "publisher =", "publishr =", ["publisher: is missing"]),
        (SOURCE, '[licence]\nname = "CC BY 4.0"', "", ["licence: is missing"]),
        (SOURCE, 'date = "2024"', "date = 2024", ["date: 2024 is wrong", "string"]),
        (SOURCE, '"table"', '"tabel"', ["reader: 'tabel' is not allowed", "did you mean 'table'?", "ruian-shp"]),
        (SOURCE, 'file = "data/facts/tabulka.csv"', "", ["needs either 'url'", "'file'"]),
        (SOURCE, "tabulka.csv", "jina.csv", ["file: 'data/facts/jina.csv' does not exist"]),
        (SOURCE, 'reader = "table"', 'reader = "table"\ncleared = false', ["needs 'clearance'"]),
        (SOURCE, 'level = "obec"', "", ["crosswalk: needs either 'level' or 'level_column'"]),
        (LAYER, '"doprava"', '"dopravy"', ["theme: 'dopravy' does not exist", "did you mean 'doprava'?"]),
        (LAYER, '"doprava"', '"doprava"\nconcepts = ["https://x.test/1"]', ["concepts: 'https://x.test/1' does"]),
        (LAYER, 'source = "tabulka"', 'source = "tabulky"', ["from.source: 'tabulky' does not exist", "'tabulka'"]),
        (LAYER, '"point"', '"points"', ["geometry: 'points' is not allowed", "did you mean 'point'?", "polygon"]),
        (LAYER, 'label = "nazev"', 'label = "jmeno"', ["label = 'jmeno' is not one of its fields: nazev"]),
        (LAYER, '{ title = { cs = "Název" } }', '{ titel = { cs = "Název" } }', ["fields.nazev.titel: unknown key"]),
        (LAYER, "cs = ", "cz = ", ["title.cz: unknown key", "title.cs: is missing"]),
        (LAYER, FROM, FROM + '\nrename = { NAZEV = "nazov" }', ["'nazov'", "did you mean 'nazev'?"]),
        (LAYER, FROM, FROM + '\nvalues = { druh = "x" }', ["values", "'druh'", "nazev"]),
        (LAYER, FROM, FROM + '\nmatch = { nazev = "(" }', ["match", "'('", "regular expression"]),
        (LAYER, FROM, FROM + '\ncodes = "kod_ruan"', ["from.codes: 'kod_ruan'", "'kod_ruian'?"]),
        (LAYER, "[fields]", '[territory]\nlevel = "obec"\nparents = { orp = "kod" }\n\n[fields]', ["parents", "'kod'"]),
        (COUNT, '"mista"', '"misto"', ["spatial.layer: 'misto' does not exist", "did you mean 'mista'?"]),
        (COUNT, OVER, OVER + '\nkeep = { nazov = "x" }', ["spatial.keep: 'nazov'", "'nazev'"]),
        (COUNT, f'"count"\n{OVER}', f'"weighted"\nfield = "pocet"\n{OVER}', ["spatial.field: 'pocet'", "nazev"]),
        (COUNT, OVER, "", ["operation 'count' needs a 'layer'"]),
        (COUNT, '"sum"', '"mean"', ["aggregate = 'mean' and 'weight' go together"]),
        (COUNT, "[spatial]", 'formula = "x / x"\n\n[spatial]', ["needs exactly one of"]),
        (COUNT, "[spatial]", '[country]\nsource = "tabule"\ncode = "kod"\nvalue = "x"\nperiod = "y"\n\n[spatial]',
         ["country.source: 'tabule' does not exist", "did you mean 'tabulka'?"]),
        (RATIO, "pocet /", "pocty /", ["formula: 'pocty' does not exist", "did you mean 'pocet'?"]),
        (RATIO, "pocet /", "pocet ^", ["formula: character 13: '^' is not allowed", "+ - * / and parentheses"]),
        (RATIO, "pocet /", "pocet-2 /", ["formula: character 7: 'pocet-2'", "pocet_2 for the indicator", "minus"]),
        (RATIO, 'formula = "100 * pocet / pocet"', "", ["needs exactly one of [[from]], formula, [spatial]"]),
        (COUNT, '"sum"', '"ratio"', ["aggregate = 'ratio' needs a 'formula'"]),
        (RATIO, "/ pocet\"", '/ pocet"\nnearest = ["podil"]', ["nearest: 'podil' is not in the", "allowed: pocet"]),
        (RATIO, "/ pocet\"", '/ pocet"\nnearest = ["pocet"]', ["nearest: names every part", "one must say"]),
        (RATIO, "100 * ", "", ["formula: gives 1, and unit '%' is 1/100; multiply by 100"]),
        (RATIO, '"%"', '"míst na km²"', ["formula: gives 1/100, and unit 'míst na km²' is míst/km^2; change the unit"]),
        (RATIO, "/ pocet\"", "/ (pocet + 1)\"", ["formula: adds or subtracts a bare number and míst"]),
        (RATIO, "100 *", "0 *", ["formula: multiplies or divides by 0"]),
        ("geoportal.toml", '["tabulka"]', '["tabule"]', ["territory.crosswalk: 'tabule' does not exist", "'tabulka'"]),
        ("geoportal.toml", '["tabulka"]', '["tabulka"]\nseats = "sidla"', ["territory.seats: 'sidla' does not exist"]),
        ("geoportal.toml", '"https://example.org/"', '"example.org"', ["hub.url: 'example.org' is wrong"]),
    ],
)  # fmt: skip
def test_a_mistake_names_the_file_the_key_the_offence_and_what_is_allowed(
    home: Path, name: str, old: str, new: str, said: list[str]
) -> None:
    change(home, name, old, new)
    of_file = [problem for problem in problems_of(home) if problem.startswith(f"{name}: ")]
    assert any(all(part in problem for part in said) for problem in of_file) or all(
        any(part in problem for problem in of_file) for part in said
    ), of_file


def test_mistakes_in_several_files_are_all_listed_in_one_run(home: Path) -> None:
    change(home, SOURCE, "publisher =", "publishr =")
    change(home, LAYER, '"doprava"', '"dopravy"')
    change(home, COUNT, '"count"\naggregate', '"counts"\naggregate')
    change(home, RATIO, 'theme = "doprava"', "theme = 7")
    change(home, "geoportal.toml", "51.0]", "49.0]")
    named = {problem.split(":")[0] for problem in problems_of(home)}
    assert named == {SOURCE, COUNT, RATIO, "geoportal.toml"}
    change(home, "geoportal.toml", "49.0]", "51.0]")
    named = {problem.split(":")[0] for problem in problems_of(home)}
    assert named == {SOURCE, LAYER, COUNT, RATIO}


def test_a_card_with_a_mistake_is_not_called_missing_by_those_that_name_it(home: Path) -> None:
    change(home, SOURCE, "publisher =", "publishr =")
    change(home, LAYER, 'source = "tabulka"', 'source = "tabulka"\ncodes = "kod_ruian"\nspam = 1')
    change(home, COUNT, "period =", "periode =")
    assert not [problem for problem in problems_of(home) if "does not exist" in problem]


def test_text_that_is_not_toml_is_one_problem_with_its_line(home: Path) -> None:
    (home / LAYER).write_text('title = "Místa\n', encoding="utf-8")
    first = problems_of(home)[0]
    assert first.startswith(f"{LAYER}: is not valid TOML")
    assert "line 1" in first


def test_an_id_inside_a_card_is_refused_because_the_file_name_is_the_id(home: Path) -> None:
    change(home, LAYER, 'theme = "doprava"', 'theme = "doprava"\nid = "jiny"')
    assert f"{LAYER}: id: comes from the file's name and can't be set" in problems_of(home)


def test_indicators_that_need_each_other_are_named_as_a_circle(home: Path) -> None:
    second = (home / RATIO).read_text(encoding="utf-8").replace("pocet", "podil")
    (home / "layers/indicators/druhy.toml").write_text(second, encoding="utf-8")
    change(home, RATIO, "pocet", "druhy")
    (circle,) = problems_of(home)
    assert circle.startswith("layers/indicators: indicators need each other in a circle: ")
    assert circle.endswith(("druhy -> podil -> druhy", "podil -> druhy -> podil"))


def test_two_layers_of_one_level_are_refused(home: Path) -> None:
    content = (home / LAYER).read_text(encoding="utf-8").replace("[fields]", '[territory]\nlevel = "obec"\n\n[fields]')
    for name in ("obce", "obce2"):
        (home / f"layers/{name}.toml").write_text(content, encoding="utf-8")
    assert problems_of(home) == ["layers: level 'obec' has more than one layer"]


def test_a_crosswalk_source_without_a_crosswalk_is_refused(home: Path) -> None:
    path = home / SOURCE
    path.write_text(path.read_text(encoding="utf-8").partition("[crosswalk]")[0], encoding="utf-8")
    assert problems_of(home) == ["geoportal.toml: territory.crosswalk: source 'tabulka' has no [crosswalk] in its card"]


def test_a_concept_that_the_catalogue_does_not_have_is_refused(home: Path) -> None:
    with (home / "geoportal.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[themes]]\nid = "jine"\ntitle = { cs = "Jiné" }\nconcepts = ["https://x.test/1"]\n')
    (problem,) = problems_of(home)
    assert "geoportal.toml: themes: jine: concepts: 'https://x.test/1' does not exist" in problem


def test_a_theme_used_twice_is_refused(home: Path) -> None:
    with (home / "geoportal.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[themes]]\nid = "doprava"\ntitle = { cs = "Znovu" }\n')
    assert problems_of(home) == ["geoportal.toml: themes: id 'doprava' is used twice"]


def test_a_missing_site_file_is_named(home: Path) -> None:
    (home / "geoportal.toml").unlink()
    assert any("geoportal.toml" in problem for problem in problems_of(home))


def test_the_atlas_can_not_open_with_an_indicator_that_does_not_exist(home: Path) -> None:
    with (home / "geoportal.toml").open("a", encoding="utf-8") as site:
        site.write('\n[atlas]\ndefault = ["pocet", "podli"]\n')
    (said,) = problems_of(home)
    assert "atlas.default: 'podli' does not exist; did you mean 'podil'?" in said
