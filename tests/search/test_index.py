from __future__ import annotations

import filecmp

import pytest

from geoportal.search.entry import LAYER, Entry, Place, as_json, from_json
from geoportal.search.files import write_index
from geoportal.search.index import Query
from tests.search.conftest import Made, obec


def found(index, text: str, **more) -> list[str]:
    return [result.entry.title("cs") for result in index.find(Query(text, **more)).found]


JABLONEC = (
    obec("Jablonec nad Nisou", 0.9, okres="Jablonec nad Nisou"),
    obec("Jablonec nad Jizerou", 0.7, okres="Semily"),
)


@pytest.mark.parametrize(
    "typed",
    [
        "jablonec nad nisou",
        "JABLONEC N. N.",
        "jablonec n/N",
        "nisou jablonec",
        "jab nis",
        "jablonecnadnisou",
        "Jablnec n nisou",
    ],
)
def test_a_name_is_found_however_it_is_typed(made: Made, typed):
    assert found(made(*JABLONEC, obec("Liberec", 1)), typed)[0] == "Jablonec nad Nisou"


def test_initials_tell_names_apart(made: Made):
    assert found(made(*JABLONEC), "jablonec n. j.")[0] == "Jablonec nad Jizerou"


def test_equal_fits_come_by_weight(made: Made):
    names = [f"Lhota {letter}" for letter in "abcdef"]
    index = made(*(obec(name, weight / 10) for weight, name in enumerate(names)))
    assert found(index, "lho") == names[::-1]


def test_duplicates_are_told_apart_by_a_word_around_them(made: Made):
    west, east = obec("Pěnčín", code="1", around=("Liberec",)), obec("Pěnčín", code="2", around=("Jablonec nad Nisou",))
    index = made(west, east)
    assert [result.entry.code for result in index.find(Query("pencin lib")).found] == ["1"]
    assert [result.entry.code for result in index.find(Query("jablonec pencin")).found] == ["2"]


def test_the_nearer_of_equals_comes_first(made: Made):
    index = made(obec("Ves", 0.7, "1", (14.5, 50.6)), obec("Ves", 0.7, "2", (15.5, 50.6)))
    first = [index.find(Query("ves", near=(lon, 50.6))).found[0].entry.code for lon in (14.5, 15.5)]
    assert first == ["1", "2"]


def test_only_the_kinds_asked_for_are_found(made: Made):
    layer = Entry(LAYER, "reky", {"cs": "Řeky", "en": "Rivers"}, "/collections/reky", 0.4)
    index = made(obec("Říčky"), layer, obec("Řeka"))
    assert found(index, "rek", kinds=("layer",)) == ["Řeky"]
    assert found(index, "rivers") == ["Řeky"]
    assert found(index, "ricki", kinds=("layer",)) == []


def test_a_postcode_is_found_while_it_is_typed(made: Made):
    index = made(
        Entry("psc", "46001-1", {"cs": "460 01"}, "/", 0.3), Entry("psc", "46401-2", {"cs": "464 01"}, "/", 0.3)
    )
    for typed in ("46001", "460 01", "460 0", "460"):
        assert found(index, typed) == ["460 01"]


def test_a_code_with_an_error_is_another_code(made: Made):
    index = made(obec("Liberec", code="563889", around=("563889",)))
    assert found(index, "563889") == ["Liberec"]
    assert found(index, "563888") == []


def test_where_nothing_fits_the_nearest_spelling_is_offered(made: Made):
    index = made(obec("Rokytnice nad Jizerou"), obec("Semily"))
    results = index.find(Query("rokitnica nat jyserou"))
    assert (results.found, results.matched) == ((), 0)
    assert results.hint
    assert results.hint.title("cs") == "Rokytnice nad Jizerou"
    assert index.find(Query("qqqqqq")).hint is None


@pytest.mark.parametrize("typed", ["", "???", "\x00", "🙂"])
def test_what_has_no_words_finds_nothing(made: Made, typed):
    assert made(obec("Liberec")).find(Query(typed)).found == ()


def test_an_empty_index_finds_nothing(made: Made):
    assert made().find(Query("liberec")).found == ()


def test_the_limit_holds_and_all_matches_are_counted(made: Made):
    results = made(*(obec(f"Lhota {number}") for number in range(60))).find(Query("lhota", limit=7))
    assert (len(results.found), results.matched) == (7, 60)


def test_an_entry_comes_back_from_its_file_as_it_was(made: Made):
    entry = Entry(
        "obec", "1", {"cs": "Á", "en": "A"}, "/x", 0.5, {"a": "b"}, "O", "P", ("Q",),
        Place(15.0, 50.0, (1, 2, 3, 4), False), repeated=True, detail="d",
    )  # fmt: skip
    assert from_json(as_json(entry)) == entry
    assert made(entry).entry(0) == entry


def test_equal_entries_in_another_order_make_equal_bytes(tmp_path):
    entries = [obec(name) for name in ("Liberec", "Semily", "Turnov", "Desná")]
    write_index(tmp_path / "one", entries, {"attribution": "x"})
    write_index(tmp_path / "two", reversed(entries), {"attribution": "x"})
    names = [path.name for path in (tmp_path / "one").iterdir()]
    assert len(names) > 10
    assert filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", names, shallow=False)[1:] == ([], [])
