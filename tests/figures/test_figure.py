"""The whole picture: everything is on the page, and no words run over their place or the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from geoportal.errors import FontsMissing
from geoportal.figures.drawing import Circle, Drawing, Words
from geoportal.figures.figure import Panel, compose, compose_panels
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


def two(face: Typeface, legends: Sequence[Legend], **said: object) -> Drawing:
    captions = replace(sample.captions(LONG), **said)
    return compose_panels((Panel(sample.covered(), legends),), captions, SIZES["share"], face)


def ends_above_the_foot(drawing: Drawing) -> bool:
    legend = next(group for group in drawing.groups if group.name == "legenda")
    rounds = [item.y + item.radius for item in legend.items if isinstance(item, Circle)]
    foot = next(item for group in drawing.groups if group.name == "zdroj" for item in group.items)
    return max([line.y for line in words(drawing, "legenda")] + rounds) <= foot.y1


def test_two_legends_that_are_too_tall_together_stand_side_by_side_in_full_type(face: Typeface) -> None:
    drawing = two(face, (replace(sample.legend(), title="Podíl (%)"), sample.circles()))
    titles = {line.text: line for line in words(drawing, "legenda") if line.bold}
    first, second = titles["Podíl (%)"], titles["Legenda (osob)"]
    assert second.x > first.x
    assert second.y == first.y
    assert ends_above_the_foot(drawing)


def test_what_lies_above_the_map_has_a_column_of_its_own_where_the_legend_is_too_tall(face: Typeface) -> None:
    look = sample.covered().layers[0].look
    long = replace(sample.legend(), layers=[(look, "Silnice")] * 4, chosen=[("Alfa", "1 %")], chosen_title="Vybrané")
    drawing = two(face, (long,))
    at = {line.text: line.x for line in words(drawing, "legenda")}
    assert at["Silnice"] > at["0 až 5"]
    assert at["Vybrané"] > at["Legenda (%)"]
    assert ends_above_the_foot(drawing)


def test_a_legend_too_tall_for_the_picture_gets_smaller_type_but_true_circles(face: Typeface) -> None:
    nine = replace(sample.circles(), classes=sample.legend().classes[:1] * 9)
    drawing = two(face, (nine,))
    assert ends_above_the_foot(drawing)
    sizes = {line.size for line in words(drawing, "legenda") if line.text == "0 až 5"}
    assert sizes < {16 * SIZES["share"].type * share for share in (0.9, 0.8, 0.7, 0.6)}
    legend = next(group for group in drawing.groups if group.name == "legenda")
    assert max(item.radius for item in legend.items if isinstance(item, Circle)) == 28.0 * SIZES["share"].type


@pytest.mark.parametrize("size", SIZES)
def test_sources_licences_and_the_address_are_never_cut(face: Typeface, size: str) -> None:
    address = "https://mapy.example.cz/mapa/indikatory?" + "&".join(f"ukazatel{n}=nezamestnanost" for n in range(9))
    notes = ["Zdroj dat: " + "; ".join(f"Ministerstvo {n} (CC BY 4.0), 31. 12. 202{n}" for n in range(9)), address]
    captions = replace(sample.captions(), notes=notes)
    drawing = compose(sample.filled(), sample.legend(), captions, SIZES[size], face)
    lines = [line.text for line in words(drawing, "zdroj")]
    assert " ".join(lines).startswith(notes[0])
    assert "".join(lines).endswith(address)
    assert all(face.width(line.text, line.size) <= drawing.width - 72 for line in words(drawing, "zdroj"))


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
