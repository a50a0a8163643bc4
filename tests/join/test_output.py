"""What a joined table is given back as."""

from __future__ import annotations

import base64
import csv
import io
import json
import zlib

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.join import limits
from geoportal.join.choices import Choices
from geoportal.join.join import join, read_pasted
from geoportal.join.output import harmless, link_fragment, tab_separated, to_csv, to_features, to_xlsx
from tests.join.places import small_territory

PLACES = small_territory()
TABLE = 'obec;kod;h;pozn\n\nLiberec;a;1,5;=HYPERLINK("x")\nPěnčín;b;-2,5;@cmd\nTurnov;c;;"dva\nřádky"\n'


def joined(text=TABLE, **choices):
    return join(read_pasted(text), PLACES, Choices(**choices))


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_is_the_same_table_with_official_codes():
    assert rows(to_csv(joined())) == [
        ["obec", "kod", "h", "pozn", "kod_", "nazev", "uroven", "pripojeni"],
        ["Liberec", "a", "1,5", '\'=HYPERLINK("x")', "563889", "Liberec", "obec", "name"],
        ["Pěnčín", "b", "-2,5", "'@cmd", "", "", "", "ambiguous"],
        ["Turnov", "c", "", "dva\nřádky", "577626", "Turnov", "obec", "name"],
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+x", "-x", "@a", "＝1", "-1+1|cmd"])
def test_no_cell_begins_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "+5", "−5", "-1 234,5", "Liberec", "", "5 = 5"])
def test_numbers_and_words_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_a_spreadsheet_holds_numbers_as_numbers_and_formulas_as_text():
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(joined()))).active
    held = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert held[1][2] == 1.5
    assert held[1][3] == '=HYPERLINK("x")'
    assert sheet["D2"].data_type == "s"
    assert sheet["D2"].quotePrefix
    assert held[1][4] == "563889"


def test_features_bear_the_value_and_the_columns_of_their_row():
    units = [{"id": value.code, "geometry": None} for value in joined().values]
    found = {one["id"]: one["properties"] for one in to_features(joined(), units)}
    assert found["563889"] == {
        "kod": "563889", "nazev": "Liberec", "hodnota": 1.5, "stav": "ok",
        "obec": "Liberec", "kod_": "a", "h": 1.5, "pozn": '=HYPERLINK("x")',
    }  # fmt: skip
    assert found["564303"] == {"kod": "564303", "nazev": "Pěnčín", "hodnota": None, "stav": "missing"}


def test_the_table_is_given_back_to_be_sent_again_with_its_row_numbers():
    again = read_pasted(tab_separated(joined()))
    assert again.lines == joined().sent.lines


@given(st.lists(st.lists(st.text("ab;\t\"'\n,č=1 ", max_size=6), min_size=1, max_size=4), max_size=6))
def test_what_is_given_back_is_the_same_table(extra):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\n").writerows([["obec", "x;y"], ["Liberec", "1"], *extra])
    sent = read_pasted(text.getvalue())
    if sent.delimiter != ";":
        return
    try:
        first = join(sent, PLACES)
    except Exception as error:  # a row longer than the header
        assert type(error).__name__ == "TableRefused"  # noqa: PT017
        return
    again = read_pasted(tab_separated(first))
    assert [line.cells for line in again.lines] == [line.cells for line in sent.lines]


def unpacked(fragment):
    packed = base64.urlsafe_b64decode(fragment + "=" * (-len(fragment) % 4))
    return json.loads(zlib.decompress(packed, -zlib.MAX_WBITS))


def test_a_link_carries_the_shown_values_to_the_same_map():
    first = joined("obec;h;j\nLiberec;1,5;9\nTurnov;i.d.;8\nSemily;0,1;7", decimal=",")
    fields = unpacked(link_fragment(first, {"measure": "relative"}))
    choices = Choices(level=fields["level"], unit=fields["unit"], value=fields["value"], decimal=fields["decimal"])
    again = join(read_pasted(fields["text"]), PLACES, choices)
    assert again.values == first.values
    assert again.title == "h"
    assert fields["measure"] == "relative"


def test_there_is_no_link_without_values_or_with_too_many(monkeypatch):
    assert link_fragment(joined("obec;h\nLiberec;x"), {}) is None
    monkeypatch.setattr(limits, "LINK", 20)
    assert link_fragment(joined(), {}) is None
