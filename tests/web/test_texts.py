from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import geoportal
from geoportal.web.texts import PLURALS, Phrases, phrases

PACKAGE = Path(geoportal.__file__).parent
KEY = re.compile(r"""(?<![\w.])(?:t|say)\(\s*["']([a-z_.-]+)["']""")
LANGUAGES = ["cs", "en", "de", "pl"]
NEIGHBOURS = ["de", "pl"]
# What neighbours need: these tables whole, and whatever else the templates and modules of those pages say by name.
TABLES = (
    "frame", "look", "error", "finder", "opening", "lists", "remark", "script", "embed",
    "search.kind", "feedback", "privacy",
)  # fmt: skip
TEMPLATES = (
    "frame", "finder", "finder_card", "directory", "error", "embed_box", "search_box", "feedback", "feedback_thanks",
)  # fmt: skip
FINDER = ("screen", "services", "place", "kinds", "opening", "directory")
SCREENS = (*(f"finder/{name}" for name in FINDER), "canvas", "visit", "feedback")


def names(entry):
    texts = [entry] if isinstance(entry, str) else entry.values()
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def used_keys(files=None):
    files = files or [*PACKAGE.glob("web/**/*.py"), *PACKAGE.glob("web/templates/**/*.html")]
    found = {key for path in files for key in KEY.findall(path.read_text(encoding="utf-8"))}
    return {key for key in found if not key.endswith((".", "frame.to_"))}


def test_both_languages_have_the_same_keys_with_the_same_values_to_fill_in():
    cs, en = phrases("cs").entries, phrases("en").entries
    assert cs.keys() == en.keys()
    assert {key for key in cs if names(cs[key]) != names(en[key])} == set()


@pytest.mark.parametrize("language", NEIGHBOURS)
def test_neighbours_have_every_word_of_the_pages_made_for_them(language):
    pages = [PACKAGE / f"web/templates/{name}.html" for name in TEMPLATES]
    screens = [PACKAGE / f"web/screens/{name}.py" for name in SCREENS]
    cs, ours = phrases("cs").entries, phrases(language).entries
    needed = used_keys([*pages, *screens, PACKAGE / "web/finder/views.py"])
    assert len(needed) > 100
    needed |= {key for key in cs if key.startswith(tuple(f"{table}." for table in TABLES))}
    assert needed - ours.keys() == set()
    assert ours.keys() - cs.keys() == set()
    assert {key for key in ours if names(cs[key]) != names(ours[key])} == set()


def test_neighbours_have_the_same_words():
    assert phrases("de").entries.keys() == phrases("pl").entries.keys()


@pytest.mark.parametrize("language", ["en", *NEIGHBOURS])
def test_no_word_is_left_in_czech(language):
    cs, ours = phrases("cs").entries, phrases(language).entries
    same = {key for key, entry in ours.items() if entry == cs[key] and isinstance(entry, str)}
    words = {key for key in same if re.search(r"[ěščřžýáíéúůťďň]", re.sub(r"{\w+}", "", cs[key]), re.IGNORECASE)}
    assert {key for key in words if not key.startswith("frame.to_")} == set()


def test_every_key_used_exists():
    assert used_keys() - phrases("cs").entries.keys() == set()


def test_every_text_is_used():
    files = [*PACKAGE.glob("web/**/*.py"), *PACKAGE.glob("web/templates/**/*.html")]
    quoted = set(re.findall(r"""["']([a-z_.-]+)["']""", "".join(path.read_text(encoding="utf-8") for path in files)))
    computed = tuple(prefix for prefix in quoted if prefix.endswith((".", "frame.to_")) and len(prefix) > 2)
    assert {key for key in phrases("cs").entries if key not in quoted and not key.startswith(computed)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_the_forms_of_the_language(language):
    forms = {"cs": {"one", "few"}, "en": {"one"}, "de": {"one"}, "pl": {"one", "few", "many"}}
    needed = forms[language] | {"other"}
    for key, entry in phrases(language).entries.items():
        if not isinstance(entry, str):
            assert needed <= set(entry) <= PLURALS, key


@pytest.mark.parametrize(
    ("count", "expected"), [(1, "1 obec"), (3, "3 obce"), (215, "215 obcí"), (1000, "1\u00a0000 obcí")]
)
def test_czech_counts_have_three_forms(count, expected):
    say = Phrases("cs", {"n": {"one": "{count} obec", "few": "{count} obce", "other": "{count} obcí"}})
    assert say("n", count=count) == expected


@pytest.mark.parametrize(
    ("language", "counts"),
    [("de", ["1 Stelle", "3 Stellen", "5 Stellen"]), ("pl", ["1 placówka", "3 placówki", "5 placówek"])],
)
def test_neighbours_count_as_their_language_does(language, counts):
    assert [phrases(language)("lists.count", count=count) for count in (1, 3, 5)] == counts
    assert phrases("pl")("lists.count", count=22) == "22 placówki"


@pytest.mark.parametrize(
    ("language", "number", "date"),
    [
        ("cs", "1\u00a0234,5", "12.\u00a09.\u00a02026"),
        ("de", "1.234,5", "12.\u00a0September\u00a02026"),
        ("pl", "1\u00a0234,5", "12\u00a0września\u00a02026"),
    ],
)
def test_numbers_and_dates_are_written_as_the_language_does(language, number, date):
    say = phrases(language)
    assert (say.number(1234.5, 1), say.date("2026-09-12")) == (number, date)


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError, match="nothing"):
        phrases("cs")("nothing.here")
