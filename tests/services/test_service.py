from __future__ import annotations

import datetime as dt

import orjson
import pytest

from geoportal.schema import Text
from geoportal.services.service import Book, Kind, Origin, Record, Service, last_day, phone_numbers, read_book


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("485312184", ("+420485312184",)),
        ("485 312 184", ("+420485312184",)),
        ("+420 485 312 184", ("+420485312184",)),
        ("00420485312184", ("+420485312184",)),
        ("485312184, 485312187", ("+420485312184", "+420485312187")),
        ("485312184; +420485312184", ("+420485312184",)),
        ("+49 3583 880", ("+493583880",)),
        ("155", ("155",)),
        ("", ()),
        (None, ()),
        ("neuvedeno", ()),
    ],
)
def test_phones_are_told_as_they_are_dialled(text: str | None, numbers: tuple[str, ...]):
    assert phone_numbers(text) == numbers


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2026-09-12", dt.date(2026, 9, 12)),
        ("2026-09", dt.date(2026, 9, 30)),
        ("2024-02", dt.date(2024, 2, 29)),
        ("2025", dt.date(2025, 12, 31)),
        ("neznámo", dt.date.min),
    ],
)
def test_a_state_of_a_month_or_year_counts_from_its_end(date: str, day: dt.date):
    assert last_day(date) == day


def test_a_book_read_back_is_the_book_written():
    record = Record("a", "Nemocnice", ("+420485312184",), None, "Mo-Fr 17:00-21:00")
    service = Service(
        "pohotovosti/1", "pohotovosti", "1", "Nemocnice", ("adults",), 15.0, 50.7, "Liberec", "Liberec", "Husova 1", "",
        None, None, (record,),
    )  # fmt: skip
    book = Book(
        {"adults": Kind("adults", Text(cs="Dospělí", en="Adults"), walk_in=True, urgent=False)},
        {"a": Origin(Text(cs="Kraj"), "Liberecký kraj", "© kraj", "2025-12-31", None)},
        (service,),
    )
    assert read_book(orjson.loads(orjson.dumps(book.as_dict()))) == book
