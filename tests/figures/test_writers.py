"""SVG, PNG and PDF of one drawing: each read by an independent reader."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from geoportal.figures.drawing import Drawing
from geoportal.figures.figure import compose
from geoportal.figures.look import SIZES
from geoportal.figures.pdf import to_pdf
from geoportal.figures.png import to_png
from geoportal.figures.svg import to_svg
from geoportal.figures.typeface import Typeface
from tests.figures import sample

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawing(face: Typeface) -> Drawing:
    return compose(sample.filled(), sample.legend(), sample.captions(), SIZES["default"], face)


@pytest.fixture(scope="module")
def counted(face: Typeface) -> Drawing:
    return compose(sample.counted(), sample.circles(), sample.captions(), SIZES["share"], face)


def test_svg_has_one_path_with_a_title_for_each_unit(drawing: Drawing) -> None:
    root = ElementTree.fromstring(to_svg(drawing))
    paths = root.findall(f".//{SVG}g[@id='uzemi']/{SVG}path")
    assert {path.attrib["data-code"]: path.find(f"{SVG}title").text for path in paths} == {
        unit.code: unit.told for unit in sample.filled().units
    }
    fills = {path.attrib["data-code"]: path.attrib["fill"] for path in paths}
    assert fills == {"A": "#ffffcc", "B": "#253494", "C": "url(#missing)", "D": "url(#confidential)"}


def test_svg_tells_its_title_and_description_to_those_who_do_not_see_it(drawing: Drawing) -> None:
    root = ElementTree.fromstring(to_svg(drawing))
    assert root.attrib["role"] == "img"
    named = {element.attrib.get("id"): element.text for element in root}
    assert [named[name] for name in root.attrib["aria-labelledby"].split()] == [drawing.title, "Podíl koní < 3 roky."]


def test_svg_carries_its_typeface_and_asks_nobody_for_anything(drawing: Drawing, face: Typeface) -> None:
    text = to_svg(drawing, face.web)
    assert "font/woff2;base64," in text
    ElementTree.fromstring(text)
    drawn = text.replace("http://www.w3.org/2000/svg", "")
    assert "href" not in drawn
    assert "url(http" not in drawn


def test_svg_for_print_is_as_large_as_the_paper(drawing: Drawing) -> None:
    root = ElementTree.fromstring(to_svg(drawing, None, *SIZES["print"].paper))
    assert (root.attrib["width"], root.attrib["height"]) == ("297mm", "210mm")


@pytest.mark.parametrize("width", [1200, 600])
def test_png_has_the_width_asked_for_and_the_colours_of_the_classes(
    drawing: Drawing, face: Typeface, width: int
) -> None:
    picture = Image.open(BytesIO(to_png(drawing, face, width)))
    picture.load()
    assert picture.size == (width, width * 3 // 4)
    colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 24)}
    assert {(0xFF, 0xFF, 0xCC), (0x25, 0x34, 0x94)} <= colours


def test_png_is_set_in_our_typeface(drawing: Drawing, face: Typeface) -> None:
    """The title covers ink where our font has it; without a font there would be none."""
    picture = Image.open(BytesIO(to_png(drawing, face, 1200))).convert("L")
    title = picture.crop((36, 20, 36 + round(face.width(drawing.title, 34, bold=True)), 70))
    dark = [x for x in range(title.width) if min(title.crop((x, 0, x + 1, title.height)).tobytes()) < 80]
    assert dark[0] < 10
    assert dark[-1] > title.width - 12


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pypdf")
def test_pdf_has_one_page_of_lines_with_words_that_can_be_selected(drawing: Drawing, face: Typeface) -> None:
    reader = PdfReader(BytesIO(to_pdf(drawing, face, "Liberecký kraj")))
    (page,) = reader.pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (900, 675)
    text = page.extract_text()
    assert drawing.title in text
    assert "Zdroj dat: Český statistický úřad & spol., 2024." in text
    assert list(page.images) == []
    assert reader.metadata is not None
    assert reader.metadata.title == drawing.title
    assert reader.metadata.author == "Liberecký kraj"
    assert reader.trailer["/Root"]["/Lang"] == "cs"


def test_pdf_fills_units_with_the_colours_of_the_classes(drawing: Drawing, face: Typeface) -> None:
    (page,) = PdfReader(BytesIO(to_pdf(drawing, face, ""))).pages
    content = page.get_contents().get_data().decode("latin-1")
    assert "1 1 .8 rg" in content
    assert ".145098 .203922 .580392 rg" in content


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_equal_drawings_are_equal_bytes(drawing: Drawing, counted: Drawing, face: Typeface, form: str) -> None:
    def written(one: Drawing) -> bytes | str:
        return {
            "svg": lambda: to_svg(one),
            "png": lambda: to_png(one, face, 600),
            "pdf": lambda: to_pdf(one, face, "Kraj"),
        }[form]()

    assert written(drawing) == written(drawing)
    assert written(drawing) != written(counted)


def test_circles_come_in_all_forms(counted: Drawing, face: Typeface) -> None:
    root = ElementTree.fromstring(to_svg(counted))
    assert len(root.findall(f".//{SVG}g[@id='kruhy']/{SVG}circle")) == 2
    assert Image.open(BytesIO(to_png(counted, face, 1200))).size == (1200, 630)
    assert len(PdfReader(BytesIO(to_pdf(counted, face, ""))).pages) == 1
