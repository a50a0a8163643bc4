"""The type of pages and maps: every character that we write is in it, and glyphs are what MapLibre expects."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from tests.conftest import ROOT

VENDOR = ROOT / "static/vendor"
GLYPHS = VENDOR / "glyphs"
TEXTS = sorted((ROOT / "geoportal/texts").glob("*.toml"))


@pytest.fixture(scope="module")
def web_font() -> bytes:
    path = VENDOR / "source-sans-3/source-sans-3.woff2"
    assert path.is_file(), "static/vendor is empty; run 'make static/vendor/.complete'"
    return path.read_bytes()


def fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Field number and value of each field of a protocol buffer, read as its specification says."""
    at = 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        key = varint()
        size = varint()
        if key & 7 == 0:
            yield key >> 3, size
        else:
            assert key & 7 == 2
            yield key >> 3, message[at : at + size]
            at += size


def glyphs(stack: str, span: str) -> dict[str, dict[int, int | bytes]]:
    """Character -> fields of its glyph: 2 bitmap, 3 width, 4 height, 5 left, 6 top, 7 advance."""
    (_, content), *rest = fields((GLYPHS / stack / f"{span}.pbf").read_bytes())
    assert rest == []
    found = list(fields(content))
    assert found[0] == (1, stack.encode())
    assert found[1] == (2, span.encode())
    each = [dict(fields(glyph)) for number, glyph in found if number == 3]
    return {chr(glyph[1]): glyph for glyph in each}


def signed(value: int) -> int:
    return value >> 1 if value % 2 == 0 else -(value + 1 >> 1)


def words(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    for one in part.values() if isinstance(part, dict) else ():
        yield from words(one)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_character_of_the_texts_is_in_the_web_font(web_font, path):
    held = set(TTFont(BytesIO(web_font)).getBestCmap())
    written = {character for text in words(tomllib.loads(path.read_text(encoding="utf-8"))) for character in text}
    assert {character for character in written if ord(character) not in held} - {"\n"} == set()


def test_every_character_of_a_name_in_the_facts_has_a_glyph():
    spans = ("0-255", "256-511")
    held = {character for span in spans for character in glyphs("Source Sans 3 Regular", span)}
    names = (ROOT / "data/facts/uzemi.csv").read_text(encoding="utf-8")
    assert set(names) - held - {"\n", "\r"} == set()


def test_the_web_font_is_one_light_file_with_the_weights_of_the_stylesheet(web_font):
    assert len(web_font) < 45_000
    (axis,) = TTFont(BytesIO(web_font))["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)


def test_the_figures_of_the_web_font_are_of_equal_width(web_font):
    font = TTFont(BytesIO(web_font))
    assert len({font["hmtx"][font.getBestCmap()[ord(figure)]][0] for figure in "0123456789"}) == 1


@pytest.mark.parametrize("stack", sorted(path.name for path in GLYPHS.iterdir()) if GLYPHS.is_dir() else [])
def test_a_bitmap_has_the_size_that_its_glyph_tells(stack):
    for character, glyph in glyphs(stack, "0-255").items():
        if character.isspace():
            assert 2 not in glyph
        else:
            assert len(glyph[2]) == (glyph[3] + 6) * (glyph[4] + 6), character
        assert 0 < glyph[7] <= 30 or character == "\u00ad"


def test_the_distance_falls_by_32_a_pixel_and_is_191_on_the_outline():
    bar = glyphs("Source Sans 3 Regular", "0-255")["|"]
    width = bar[3] + 6
    middle = bar[2][len(bar[2]) // width // 2 * width :][:width]
    left = middle[: middle.index(max(middle))]
    steps = [after - before for before, after in pairwise(left) if before and after < 191]
    assert steps
    assert all(30 <= step <= 34 for step in steps)
    stem = sum(value > 191 for value in middle)  # px of ink
    assert stem in (1, 2)


def test_a_capital_stands_in_the_middle_of_its_line():
    capital = glyphs("Source Sans 3 Semibold", "0-255")["H"]
    baseline = -17 + 25  # MapLibre puts the top of a line of 24 px 17 px above the middle
    top = -17 - signed(capital[6])
    assert top + capital[4] == pytest.approx(baseline, abs=1)
    assert (top + top + capital[4]) / 2 == pytest.approx(0, abs=1)
