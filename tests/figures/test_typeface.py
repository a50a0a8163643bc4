"""The fonts of pictures hold every character that we write."""

from __future__ import annotations

import tomllib

import pytest
from fontTools.ttLib import TTFont

from geoportal.figures.typeface import Typeface
from tests.conftest import ROOT


def characters(table: object) -> set[str]:
    if isinstance(table, dict):
        return set().union(*map(characters, table.values()))
    return set(str(table))


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("language", ["cs", "en"])
def test_every_character_of_our_texts_is_in_the_fonts(face: Typeface, bold: bool, language: str) -> None:
    texts = tomllib.loads((ROOT / f"geoportal/texts/{language}.toml").read_text(encoding="utf-8"))
    held = TTFont(face.files[bold]).getBestCmap()
    assert {sign for sign in characters(texts) if ord(sign) not in held} == set()


def test_bold_words_are_wider_and_every_letter_counts(face: Typeface) -> None:
    assert face.width("Žluť", 20, bold=True) > face.width("Žluť", 20) > face.width("Žlu", 20) > 0
    assert face.width("Žluť", 40) == pytest.approx(2 * face.width("Žluť", 20))
