from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import geoportal
from geoportal.web.texts import PLURALS, Phrases, phrases

PACKAGE = Path(geoportal.__file__).parent
KEY = re.compile(r"""(?<![\w.])(?:t|say)\(\s*["']([a-z_.-]+)["']""")
LANGUAGES = ["cs", "en"]


def names(entry):
    texts = [entry] if isinstance(entry, str) else entry.values()
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def used_keys():
    files = [*PACKAGE.glob("web/**/*.py"), *PACKAGE.glob("web/templates/**/*.html")]
    found = {key for path in files for key in KEY.findall(path.read_text(encoding="utf-8"))}
    return {key for key in found if not key.endswith((".", "frame.to_"))}


def test_both_languages_have_the_same_keys_with_the_same_values_to_fill_in():
    cs, en = phrases("cs").entries, phrases("en").entries
    assert cs.keys() == en.keys()
    assert {key for key in cs if names(cs[key]) != names(en[key])} == set()


def test_every_key_used_exists():
    assert used_keys() - phrases("cs").entries.keys() == set()


def test_every_text_is_used():
    files = [*PACKAGE.glob("web/**/*.py"), *PACKAGE.glob("web/templates/**/*.html")]
    quoted = set(re.findall(r"""["']([a-z_.-]+)["']""", "".join(path.read_text(encoding="utf-8") for path in files)))
    computed = tuple(prefix for prefix in quoted if prefix.endswith((".", "frame.to_")) and len(prefix) > 2)
    assert {key for key in phrases("cs").entries if key not in quoted and not key.startswith(computed)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_the_forms_of_the_language(language):
    needed = {"cs": {"one", "few", "other"}, "en": {"one", "other"}}[language]
    for key, entry in phrases(language).entries.items():
        if not isinstance(entry, str):
            assert needed <= set(entry) <= PLURALS, key


@pytest.mark.parametrize(
    ("count", "expected"), [(1, "1 obec"), (3, "3 obce"), (215, "215 obcí"), (1000, "1\u00a0000 obcí")]
)
def test_czech_counts_have_three_forms(count, expected):
    say = Phrases("cs", {"n": {"one": "{count} obec", "few": "{count} obce", "other": "{count} obcí"}})
    assert say("n", count=count) == expected


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError, match="nothing"):
        phrases("cs")("nothing.here")
