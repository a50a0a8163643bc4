from __future__ import annotations

from geoportal.territory.report import report_join

UNITS = {"563889": "Liberec", "577456": "Semily", "577146": "Zlatá Olešnice (Semily)"}


def test_a_complete_join_has_nothing_unmatched() -> None:
    report = report_join(dict.fromkeys(UNITS), UNITS)
    assert (report.matched, report.unmatched_source, report.unmatched_units) == (3, [], [])


def test_both_sides_of_a_failed_join_are_named() -> None:
    report = report_join({"563889": "Liberec", "999999": "Semyly"}, UNITS)
    assert report.matched == 1
    assert report.unmatched_source == [{"code": "999999", "name": "Semyly", "candidates": ["Semily (577456)"]}]
    assert [unit["name"] for unit in report.unmatched_units] == ["Zlatá Olešnice (Semily)", "Semily"]


def test_without_a_name_the_nearest_codes_are_offered() -> None:
    report = report_join({"577457": None}, UNITS)
    assert "Semily (577456)" in report.unmatched_source[0]["candidates"]


def test_only_the_first_are_named_but_all_are_counted() -> None:
    report = report_join({str(code): None for code in range(100, 200)}, UNITS)
    assert report.unmatched_source_count == 100
    assert len(report.unmatched_source) == 20
