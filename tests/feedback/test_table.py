from __future__ import annotations

import csv
import io

import pytest

from geoportal.feedback.store import Message
from geoportal.feedback.table import as_csv


def message(text: str, place: str = "") -> Message:
    return Message(1, "2026-11-22T12:00:00+00:00", "cs", "data", text, "", "", place, None, None)


def cells(*messages: Message) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(messages))))


@pytest.mark.parametrize("text", ["=1+1", "+420 777", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=HYPERLINK("x")'])
def test_what_a_spreadsheet_would_take_for_a_formula_is_text(text: str) -> None:
    assert cells(message(text))[0]["text"] == f"'{text}"
    assert cells(message("a", place=text))[0]["place"] == f"'{text}"


@pytest.mark.parametrize("text", ["a=1", 'Řekl: "ne", a odešel', "první\ndruhý; třetí, čtvrtý", "'"])
def test_other_text_comes_back_as_it_was(text: str) -> None:
    assert cells(message(text))[0]["text"] == text


def test_what_is_not_there_is_empty() -> None:
    row = cells(message("a"))[0]
    assert (row["number"], row["email"], row["answered"], row["answer"]) == ("1", "", "", "")
