"""LIKE and the functions of text agree with Python's own, text by text."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geoportal.query.cql2 import evaluate, parse_filter
from geoportal.query.cql2.limits import Deadline, Limits
from geoportal.query.cql2.text import MAPPINGS, like, mapped, unaccented
from tests.query.tables import MemoryTable

# Letters of one to four bytes, marks, and those whose other case has another length.
_LETTERS = "aAzZ čŘÁøØßİıΣσςŉſµǰȺΐ\u0301\u0323漢Å𝒳Ậ\x00"
_TEXTS = st.lists(st.none() | st.text(_LETTERS, max_size=6) | st.text(max_size=4), max_size=8)
_DEADLINE = Deadline.after(3600)


@pytest.mark.parametrize("op", sorted(MAPPINGS))
@given(texts=_TEXTS, start=st.integers(0, 2))
@example(texts=["", ""], start=0)
@example(texts=[None, None], start=0)
@example(texts=["ΑΣ", "straße"], start=0)
def test_columns_are_mapped_as_single_texts_are(op: str, texts: list[str | None], start: int) -> None:
    expected = [None if text is None else MAPPINGS[op](text) for text in texts[start:]]
    column = pa.array(texts, pa.string()).slice(start)
    assert mapped(op, column, _DEADLINE).to_pylist() == expected
    assert mapped(op, column.dictionary_encode(), _DEADLINE).to_pylist() == expected
    assert mapped(op, pa.chunked_array([column, column]), _DEADLINE).to_pylist() == expected * 2
    assert mapped(op, column.cast(pa.large_string()), _DEADLINE).to_pylist() == expected


def test_a_long_column_of_few_texts_is_mapped_through_its_dictionary() -> None:
    texts = ["Česká Lípa", "LIBEREC", None] * 30_000
    found = mapped("casei", pa.array(texts), _DEADLINE)
    assert pa.types.is_dictionary(found.type)
    assert found.to_pylist() == ["česká lípa", "liberec", None] * 30_000


def test_unaccented_takes_marks_off_and_leaves_letters() -> None:
    assert unaccented("Žluťoučký kůň, Ậ, øłß") == "Zlutoucky kun, A, øłß"
    assert unicodedata.is_normalized("NFC", unaccented("\uac00"))


_PATTERNS = st.text("aČ%_\\.*\n", max_size=6)


@given(texts=st.lists(st.text("aČ%_\\.*\nb", max_size=6), min_size=1, max_size=6), pattern=_PATTERNS)
@example(texts=["a\\", "a"], pattern="a\\")
@example(texts=["50 %", "50 x"], pattern="50 \\%")
def test_like_agrees_with_a_regular_expression(texts: list[str], pattern: str) -> None:
    found = like(pa.array(texts), pattern, "", _DEADLINE, Limits())
    assert found.to_pylist() == [bool(_regex(pattern).fullmatch(text)) for text in texts]


def _regex(pattern: str) -> re.Pattern[str]:
    parts, characters = [], iter(pattern)
    for character in characters:
        if character == "\\":
            parts.append(re.escape(next(characters, "\\")))
        else:
            parts.append({"%": ".*", "_": "."}.get(character, re.escape(character)))
    return re.compile("".join(parts), re.DOTALL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CASEI(name) = CASEI('STRASSE')", [True, True, False]),
        ("ACCENTI(name) = ACCENTI('cap')", [False, False, True]),
        ("ACCENTI(CASEI(name)) LIKE ACCENTI(CASEI('Č_P'))", [False, False, True]),
        ("name LIKE '%a%'", [True, True, False]),
        ("'čáp' LIKE 'č_p'", [True, True, True]),
        ("CASEI(name) = name", [False, False, True]),
    ],
)
def test_folded_texts_compare(text: str, expected: list[bool]) -> None:
    column = pa.array(["Straße", "STRASSE".title(), "čáp"])
    for names in (column, column.dictionary_encode(), pa.chunked_array([column[:1], column[1:]])):
        assert evaluate(parse_filter(text), MemoryTable({"name": names}, np.full(3, None))).tolist() == expected
