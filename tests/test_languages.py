from __future__ import annotations

import pytest

from geoportal.languages import KNOWN, WHOLE, offered, whole
from geoportal.schema import Text


def test_every_page_is_in_czech_and_english_and_some_are_in_more():
    assert whole(("en", "de", "cs", "pl")) == ("en", "cs")
    assert set(WHOLE) < set(KNOWN)


@pytest.mark.parametrize(
    ("asked", "offers", "given"),
    [
        ("de", ("cs", "en", "de", "pl"), "de"),
        ("de", ("cs", "en"), "en"),
        ("pl", ("cs",), "cs"),
        ("cs", ("en", "cs"), "cs"),
    ],
)
def test_a_page_that_is_not_in_a_language_is_in_english_or_the_first(asked, offers, given):
    assert offered(asked, offers) == given


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        (Text(cs="obec", en="municipality", de="Gemeinde"), "de", "Gemeinde"),
        (Text(cs="obec", en="municipality"), "de", "municipality"),
        (Text(cs="obec", en="municipality"), "cs", "obec"),
        (Text(cs="obec"), "pl", "obec"),
    ],
)
def test_words_without_a_translation_are_english_before_they_are_czech(text, language, words):
    assert text.into(language) == words
