"""Tables from end to end: nasty ones, and real series in every encoding."""

from __future__ import annotations

import csv
import io
import time

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoportal.errors import TableRefused, TableTooLarge
from geoportal.join import limits
from geoportal.join.choices import Choices
from geoportal.join.join import join, read_pasted, read_sent
from geoportal.join.output import to_csv, to_xlsx
from geoportal.join.report import report
from geoportal.join.units import gazetteer
from geoportal.snapshot.reader import Follower
from tests.join.places import small_territory

PLACES = small_territory()


@pytest.fixture(scope="module")
def region(facts_settings):
    """The units of the real region."""
    return gazetteer(Follower(facts_settings.build)())


def test_six_megabytes_are_refused():
    with pytest.raises(TableTooLarge, match="bytes"):
        read_sent(b"a;b\n" * 1_600_000)
    with pytest.raises(TableTooLarge, match="bytes"):
        read_pasted("a" * (limits.BYTES + 1))


def test_the_largest_table_is_joined_in_time():
    codes = [unit.code for unit in PLACES.levels["obec"]]
    rows = [f"{codes[at % len(codes)]};{at};{at / 7:.1f};slovo {at}" for at in range(limits.ROWS)]
    start = time.process_time()
    found = join(read_sent("\n".join(["kod;a;b;c", *rows]).encode()), PLACES)
    assert time.process_time() - start < 5
    assert len(found.conflicts) == len(codes)


@pytest.mark.parametrize(
    "cell",
    ["a" + " " * 900 + "x", "1 " * 400, "(" * 900, "1." * 400, "," * 400, "okres " * 150, "''" * 400, "n. " * 300],
)
def test_cells_made_to_take_time_take_none(cell):
    quoted = '"' + cell.replace('"', '""') + '"'
    start = time.process_time()
    join(read_pasted("obec;h\nLiberec;1\n" + "\n".join(f"{quoted};{quoted}{at}" for at in range(300))), PLACES)
    assert time.process_time() - start < 2


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode), st.sampled_from([b"", b"obec;h\nLiberec;1\n"]))
def test_anything_is_joined_or_refused(content, start):
    try:
        found = join(read_sent(start + content), PLACES)
    except TableRefused:
        return
    report(found)
    to_csv(found)


CELL = st.sampled_from(
    [
        "Liberec",
        "Pěnčín",
        "563889",
        "okres Semily",
        "",
        "1,5",
        "1.5",
        "2024",
        "i.d.",
        "x",
        "=1",
        "Praha",
        "<b>",
        "a\tb",
        "\u202e",
    ]
)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=12))
def test_any_table_is_joined_or_refused_and_no_row_is_lost(rows):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter="\t").writerows(rows)
    try:
        found = join(read_pasted(text.getvalue()), PLACES)
    except TableRefused:
        return
    counts = report(found)["counts"]
    matched = found.matched
    open_rows = sum(len(one.rows) for one in (*matched.unknown, *matched.ambiguous, *matched.other_level))
    assert counts["rows"] == counts["rows_left_out"] + counts["rows_matched"] + open_rows + len(matched.empty)
    assert counts["units_matched"] + counts["units_without_row"] == len(found.values)
    openpyxl.load_workbook(io.BytesIO(to_xlsx(found)))


SERIES = [
    ("monitor.statnipokladna.gov.cz/obce_rozpocet_2019_tidy.csv", "prijmy_celkem_kc"),
    ("mapaexekuci.cz/exekuce_obce_2016_2017_tidy.csv", "osoby_v_exekuci"),
    ("csu.gov.cz/docs/107508/uap/uap_gis_obce.csv", "U7a"),
    ("www.volby.cz/opendata/psp_ucast_1996_2013_tidy.csv", "nevolici"),
]


@pytest.mark.parametrize(("path", "value"), SERIES)
def test_a_real_series_joins_alike_in_every_encoding_and_form(mirror, region, path, value):
    rows = list(csv.reader(io.StringIO((mirror / path).read_text(encoding="utf-8-sig"), newline="")))
    whole = join(read_sent((mirror / path).read_bytes()), region, Choices(value=value))
    assert len(whole.matched.rows) == 215
    assert whole.matched.unknown == whole.matched.ambiguous == ()
    forms = []
    for delimiter, encoding in (
        (";", "cp1250"),
        ("\t", "utf-16"),
        ("|", "iso-8859-2"),
        (",", "utf-8-sig"),
        (";", "utf-16-le"),
    ):
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter).writerows(rows)
        forms.append(text.getvalue().encode(encoding, "replace"))
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    for content in (*forms, saved.getvalue()):
        assert join(read_sent(content), region, Choices(value=value)).values == whole.values


def test_thousands_commas_of_the_statistical_office_are_not_decimal(mirror, region):
    content = (mirror / "csu.gov.cz/docs/107508/uap/uap_gis_obce.csv").read_bytes()
    found = join(read_sent(content), region, Choices(value="U7a"))
    assert {value.name: value.value for value in found.values}["Liberec"] == 1_926_906
    confidential = join(read_sent(content), region, Choices(value="U17_2"))
    assert sum(value.status == "confidential" for value in confidential.values) == 53


def test_names_as_the_office_abbreviates_them_are_all_found(mirror, region):
    content = (mirror / "opendata.csu.gov.cz/soubory/od/od_mos01/mos_uzemi.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    name = next(column for column in rows[0] if column not in ("koduzemi", "okres", "orp"))
    text = "obec\tokres\th\n" + "\n".join(f"{row[name]}\t{row['okres']}\t{at}" for at, row in enumerate(rows))
    found = join(read_pasted(text), region)
    assert len(found.matched.rows) == 215
    assert {meaning.unit.code for meaning in found.matched.meanings if meaning.unit} == {
        row["koduzemi"] for row in rows
    }


@pytest.mark.parametrize("level", ["obec", "pou", "orp", "okres", "kraj"])
def test_every_unit_is_found_by_each_of_its_codes(region, level):
    for table in region.codes[level].values():
        for code, official in table.items():
            assert official in {unit.code for unit in region.find(code, level).units}, code
