"""The whole picture: everything is on the page, and no words run over their place or the paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from geoportal.errors import FontsMissing
from geoportal.figures.drawing import Drawing, Words
from geoportal.figures.figure import compose
from geoportal.figures.look import SIZES
from geoportal.figures.subject import Legend
from geoportal.figures.typeface import FILES, Typeface
from tests.conftest import ROOT
from tests.figures import sample

LONG = "Podíl obyvatel ve věku 65 a více let na všech obyvatelích s trvalým pobytem podle obvodů pověřených úřadů, 2024"


def drawn(face: Typeface, size: str = "default", title: str = LONG, legend: Legend | None = None) -> Drawing:
    return compose(sample.filled(), legend or sample.legend(), sample.captions(title), SIZES[size], face)


def words(drawing: Drawing, *names: str) -> list[Words]:
    groups = [group for group in drawing.groups if not names or group.name in names]
    return [item for group in groups for item in group.items if isinstance(item, Words)]


@pytest.fixture(scope="module")
def advances() -> dict[bool, tuple[dict[int, str], dict[str, tuple[int, int]], int]]:
    """The fonts' own tables, read by another library than the one that measures."""
    held = {}
    for bold, name in FILES.items():
        font = TTFont(ROOT / "static/vendor/source-sans-3" / name)
        held[bold] = (font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm)
    return held


@pytest.mark.parametrize("size", SIZES)
def test_no_words_run_over_the_paper(face: Typeface, size: str, advances: dict) -> None:
    drawing = drawn(face, size)
    for line in words(drawing):
        glyphs, metrics, em = advances[line.bold]
        wide = sum(metrics[glyphs[ord(sign)]][0] for sign in line.text) * line.size / em
        left = line.x - {"start": 0, "middle": wide / 2, "end": wide}[line.anchor]
        assert left >= 0
        assert left + wide <= drawing.width, line.text
        assert line.size * 0.7 <= line.y <= drawing.height - line.size * 0.2, line.text


@pytest.mark.parametrize("size", SIZES)
def test_everything_that_must_be_on_a_picture_is_on_it(face: Typeface, size: str) -> None:
    drawing = drawn(face, size)
    text = " ".join(line.text for line in words(drawing))
    legend = " ".join(line.text for line in words(drawing, "legenda"))
    for told in (LONG, "Nejvíc: Beta (9 %)", "5\u00a0km", "Licence: CC BY 4.0", "https://mapy.example.cz/?a=1&b=2"):
        assert told in text
    for told in ("Legenda (%)", "0 až 5", "5 až 9", "důvěrný údaj", "neúplný údaj", "bez údaje", "1 obec"):
        assert told in legend


@pytest.mark.parametrize("size", SIZES)
def test_the_legend_ends_above_the_foot(face: Typeface, size: str) -> None:
    drawing = drawn(face, size)
    assert max(line.y for line in words(drawing, "legenda")) < min(line.y for line in words(drawing, "zdroj"))


def test_a_count_that_has_no_room_beside_its_range_stands_below_it(face: Typeface) -> None:
    plain = sample.legend()
    entry = plain.classes[0][0]
    wide = Legend("Legenda", [(entry, "1 obec"), (entry, "215 obvodů pověřených úřadů")], [], "", [])
    lines = words(drawn(face, legend=wide), "legenda")
    at = {line.text: line.y for line in lines}
    assert at["215 obvodů pověřených úřadů"] > [line.y for line in lines if line.text == entry.label][1]


def test_equal_questions_have_equal_drawings(face: Typeface) -> None:
    assert repr(drawn(face)) == repr(drawn(face))


def test_a_long_text_is_broken_between_words_and_cut_with_an_ellipsis(face: Typeface) -> None:
    lines = face.lines(LONG, 30, 400, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(face.width(line, 30) <= 400 for line in lines)
    assert " ".join(face.lines(LONG, 30, 400)) == LONG


def test_without_the_fonts_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="make serve"):
        Typeface(tmp_path)
