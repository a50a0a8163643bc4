"""Separators, quotes and lengths of delimited text."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.errors import TableRefused, TableTooLarge
from geoportal.join import limits
from geoportal.join.delimited import DELIMITERS, read_text

ROWS = [["obec", "podíl", "poznámka"], ["Liberec", "1,5", "a"], ["Semily", "2,25", "b"], ["Turnov", "10", ""]]


def written(rows, delimiter, quoting=csv.QUOTE_MINIMAL):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)
    return text.getvalue()


def cells(text):
    return [list(line.cells) for line in read_text(text).lines]


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_a_separator_is_found_out(delimiter, quoting):
    text = written(ROWS, delimiter, quoting)
    assert read_text(text).delimiter == delimiter
    assert cells(text)[:3] == ROWS[:3]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read(end):
    assert cells(end.join(["obec;x", "Liberec;1", "Semily;2"])) == [["obec", "x"], ["Liberec", "1"], ["Semily", "2"]]


def test_decimal_commas_do_not_pass_for_separators():
    assert read_text("kod;a;b\n563889;1,5;2,5\n563510;3,5;4,5\n").delimiter == ";"
    assert read_text("obec\tpodil\nLiberec\t1,5\nSemily\t2,5\n").delimiter == "\t"


def test_a_title_above_the_table_does_not_hide_the_separator():
    assert read_text("Podíl osob, 2024\n\nobec;podíl\nLiberec;1,5\nSemily;2,5\n").delimiter == ";"


def test_rows_keep_their_numbers_where_rows_are_empty_or_broken():
    lines = read_text('obec;x\n\n"Liberec\nměsto";1\n;;\nSemily;2\n').lines
    assert [line.number for line in lines] == [1, 3, 6]


@pytest.mark.parametrize(
    ("text", "key", "values"),
    [
        ("", "empty", {}),
        (" \n;;\n\t\n", "empty", {}),
        (";".join("abc" for _ in range(10_000)) + "\n1;2", "columns", {"row": 1, "columns": 10_000, "most": 200}),
        ("obec;x\n" + "Liberec;1\n" * (limits.ROWS + 20), "rows", {"row": limits.ROWS + limits.HEADER_ROWS + 1}),
        ("obec;x\nLiberec;" + "a" * 1_001, "cell", {"row": 2, "column": 2, "length": 1_001}),
        ('obec;x\nLiberec;"1\n' + "Semily;2\n" * 200, "cell", {"row": 2, "column": 2}),
        ('obec;x\nLiberec;"1\n' + "Semily;2\n" * 20_000, "quote", {"row": 2}),
        (("a;" * 150 + "b\n") * 4_000, "cells", {"row": 3_312}),
    ],
)
def test_what_is_too_much_is_refused_with_its_place(text, key, values):
    with pytest.raises(TableRefused) as refused:
        read_text(text)
    assert refused.value.key == key
    assert values.items() <= refused.value.values.items()
    assert isinstance(refused.value, TableTooLarge) == (key not in ("empty", "quote"))


@given(st.lists(st.lists(st.text("abcč 1,;\t|\"'\n", max_size=8), min_size=2, max_size=5), min_size=1, max_size=8))
def test_a_table_in_tabs_and_quotes_is_read_as_it_was_written(rows):
    text = written(rows, "\t", csv.QUOTE_ALL)
    try:
        read = read_text(text)
    except TableRefused:
        assert not any(cell.strip() for row in rows for cell in row)
        return
    if read.delimiter == "\t":
        kept = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
        assert [list(line.cells) for line in read.lines] == [
            row[: max(at for at, cell in enumerate(row, 1) if cell)] for row in kept
        ]
