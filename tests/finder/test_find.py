from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest

from geoportal.errors import InvalidParameter
from geoportal.finder.answer import Answer, Nearby, Question
from geoportal.finder.board import Board
from geoportal.finder.find import directory, find
from geoportal.finder.places import places_of
from geoportal.hours.clock import PRAGUE
from geoportal.settings import Settings
from geoportal.site import Site, load_site
from geoportal.snapshot.reader import Follower, Snapshot

LIBEREC, TURNOV = (15.0584, 50.7699), (15.1684, 50.5892)
Ask = Callable[..., Answer]


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=PRAGUE)


@pytest.fixture(scope="module")
def site(mirror_settings: Settings) -> Site:
    return load_site(mirror_settings.home)


@pytest.fixture(scope="module")
def held(mirror_settings: Settings) -> Snapshot:
    return Follower(mirror_settings.build)()


@pytest.fixture(scope="module")
def ask(held: Snapshot, site: Site) -> Ask:
    def answer(when: str, *kinds: str, place: tuple[float, float] = LIBEREC, **more: object) -> Answer:
        return find(held, site, Question(*place, at(when), kinds, **more))

    return answer


def ids(shown: tuple[Nearby, ...]) -> list[str]:
    return [one.id for one in shown]


def codes(answer: Answer) -> list[str]:
    return [remark.code for remark in answer.remarks if remark.code != "coarse-roads"]


def test_the_nearest_of_a_kind_come_in_order_with_their_hours(ask: Ask):
    answer = ask("2026-11-24T18:00", "lps-deti")
    assert ids(answer.nearest) == ["pohotovosti/2", "pohotovosti/8", "pohotovosti/10"]
    first = answer.nearest[0]
    assert first.distance_m == pytest.approx(501.0, abs=0.1)
    assert (first.state, first.phones) == ("open", ("+420485312821",))
    assert first.opening
    assert first.opening.until == at("2026-11-24T21:00")
    assert [day.date.day for day in first.opening.week] == [24, 25, 26, 27, 28, 29, 30]
    assert first.where.startswith("Pavilon péče o matku a dítě")
    assert answer.next_to_open == ()
    assert codes(answer) == []


def test_the_fresher_statement_decides_and_both_are_told(ask: Ask):
    turnov = ask("2026-11-24T21:30", "lps-dospeli", place=TURNOV).nearest[0]
    insurer, region = turnov.statements
    assert (insurer.source, insurer.verified, insurer.old) == ("vzp-pohotovosti", dt.date(2026, 9, 30), False)
    assert (region.publisher, region.verified, region.old) == ("Liberecký kraj", dt.date(2025, 12, 31), True)
    assert insurer.opening
    assert region.opening
    assert (turnov.state, insurer.opening.state, region.opening.state) == ("closed", "closed", "open")
    assert region.opening.until == at("2026-11-24T22:00")
    assert turnov.disputed
    assert turnov.disagree
    assert not turnov.stale


def test_sources_that_differ_only_at_other_times_are_not_disputed_now(ask: Ask):
    turnov = ask("2026-11-24T18:00", "lps-dospeli", place=TURNOV).nearest[0]
    assert (turnov.state, turnov.disagree, turnov.disputed) == ("open", True, False)


def test_sources_that_agree_are_not_said_to_differ(ask: Ask):
    jablonec = next(one for one in ask("2026-11-24T18:00", "lps-deti").nearest if one.id == "pohotovosti/8")
    assert (len(jablonec.statements), jablonec.disagree, jablonec.disputed) == (2, False, False)


def test_what_only_the_older_source_calls_open_is_not_offered_as_open(ask: Ask):
    answer = ask("2026-11-24T21:30", "lps-dospeli", place=TURNOV, only_open=True)
    assert answer.nearest == ()


def test_both_phones_are_told_where_they_differ_the_fresher_first(ask: Ask):
    jilemnice = next(one for one in ask("2026-11-24T18:00", "lps-deti").nearest if one.id == "pohotovosti/10")
    assert jilemnice.phones == ("+420481551332", "+420481551111")


def test_on_a_weekday_morning_the_next_to_open_and_urgent_care_are_offered(ask: Ask):
    answer = ask("2026-11-24T09:00", "lps-dospeli", only_open=True)
    assert answer.nearest == ()
    assert {one.opening.opens for one in answer.next_to_open if one.opening} == {at("2026-11-24T17:00")}
    assert ids(answer.next_to_open) == ["pohotovosti/1", "pohotovosti/7", "pohotovosti/4"]
    assert [one.kinds[0].id for one in answer.urgent] == ["nemocnice", "nemocnice"]
    assert answer.emergency == ("155", "112")
    assert codes(answer) == ["nothing-open"]


def test_what_opens_earlier_comes_before_what_is_nearer(ask: Ask):
    answer = ask("2026-11-24T09:00", "lps-deti")
    assert answer.next_to_open[0].id == "pohotovosti/8"  # Jablonec from 16, Liberec from 17


def test_an_open_place_far_away_does_not_hide_what_opens_near(ask: Ask):
    answer = ask("2026-11-24T16:30", "lps-deti", place=(14.5489, 50.6859))
    assert (
        ids(ask("2026-11-24T16:30", "lps-deti", place=(14.5489, 50.6859), only_open=True).nearest)[0] == "pohotovosti/8"
    )
    assert answer.next_to_open[0].id == "pohotovosti/6"
    assert codes(answer) == ["far-open"]


@pytest.mark.parametrize("when", ["2026-11-24T03:00", "2026-11-24T12:00", "2026-11-28T12:00"])
def test_a_place_without_hours_is_never_open(ask: Ask, when: str):
    hospitals = ask(when, "nemocnice", limit=50)
    assert {(one.state, one.opening) for one in hospitals.nearest} == {("unknown", None)}
    assert ask(when, "nemocnice", only_open=True).nearest == ()


def test_ambulance_bases_are_no_help_to_walk_to(ask: Ask):
    everything = ask("2026-11-24T18:00", limit=50)
    assert "zzs" not in {one.layer for one in (*everything.nearest, *everything.next_to_open, *everything.urgent)}
    asked = ask("2026-11-24T18:00", "zzs")
    assert [one.layer for one in asked.nearest] == ["zzs"] * 3
    assert not any(one.walk_in for one in asked.nearest)
    assert ask("2026-11-24T18:00", "zzs", only_open=True).nearest == ()
    assert codes(asked) == []


def test_public_holidays_have_their_own_hours(ask: Ask):
    friday = ask("2026-04-03T10:00", "lps-dospeli").nearest[0]  # Good Friday
    assert friday.opening
    assert (friday.state, friday.opening.until) == ("open", at("2026-04-03T18:00"))
    assert friday.opening.today.holiday
    assert friday.opening.today.holiday.cs == "Velký pátek"


def test_a_statement_grows_old(ask: Ask):
    assert not ask("2027-03-29T18:00", "lps-deti").nearest[0].stale
    assert ask("2027-03-30T18:00", "lps-deti").nearest[0].stale


def test_what_was_seen_at_one_moment_does_not_show_at_another(ask: Ask):
    moments = ["2026-11-24T16:59", "2026-11-24T17:00", "2026-11-24T20:59", "2026-11-24T21:00", "2026-11-28T07:59"]
    for _ in range(2):
        states = [ask(when, "lps-dospeli").nearest[0].state for when in moments]
        assert states == ["closed", "open", "open", "closed", "closed"]


def test_what_is_shown_ends_when_any_statement_changes_and_not_the_deciding_one_alone(ask: Ask):
    moments = ["2026-11-24T20:59", "2026-11-24T21:00", "2026-11-24T21:59", "2026-11-24T22:00"]
    for _ in range(2):
        shown = [ask(when, "lps-dospeli", place=TURNOV).nearest[0] for when in moments]
        assert [(one.state, one.disputed) for one in shown] == [
            ("open", False), ("closed", True), ("closed", True), ("closed", False),
        ]  # fmt: skip
        assert [one.statements[1].opening.state for one in shown if one.statements[1].opening] == [
            "open", "open", "open", "closed",
        ]  # fmt: skip


def test_a_service_that_opens_within_the_minute_is_open_from_its_second_on(ask: Ask):
    states = [ask(f"2026-11-24T{clock}", "lps-dospeli").nearest[0].state for clock in ("16:59:59", "17:00:00")]
    assert states == ["closed", "open"]


def test_a_layer_is_a_kind_too_and_kinds_can_be_several(ask: Ask):
    assert len(ask("2026-11-24T18:00", "pohotovosti", limit=50).nearest) == 12
    assert len(ask("2026-11-24T18:00", "lps-deti", "zubni", limit=50).nearest) == 6


def test_an_unknown_kind_is_refused_with_the_ones_there_are(ask: Ask):
    with pytest.raises(InvalidParameter, match="did you mean 'zubni'"):
        ask("2026-11-24T18:00", "zubní")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (LIBEREC, []),
        ((14.42, 50.09), ["outside-region"]),  # Praha
        ((14.807, 50.896), ["outside-region"]),  # Zittau, in the region's box
        ((2.35, 48.85), ["outside-country"]),
        ((50.7699, 15.0584), ["swapped"]),
        ((0.0, 0.0), ["outside-country"]),
    ],
)
def test_an_odd_position_is_answered_with_a_remark(ask: Ask, place: tuple[float, float], expected: list[str]):
    answer = ask("2026-11-24T18:00", place=place)
    assert len(answer.nearest) == 3
    assert [code for code in codes(answer) if code not in ("far-open", "no-road")] == expected


def test_travel_times_are_those_of_the_roads(ask: Ask, held: Snapshot):
    answer = ask("2026-11-24T18:00", "lps-deti")
    assert held.roads
    travel = held.roads.from_point(*LIBEREC)
    assert travel
    assert answer.by_road
    for one in answer.nearest:
        assert one.position is not None
        column = held.roads.column("pohotovosti", one.position)
        assert column is not None
        assert one.distance_m is not None
        assert one.travel_s == travel.seconds(column, one.distance_m)


def test_the_directory_lists_a_district_and_a_kind_without_distances(held: Snapshot, site: Site):
    shown = directory(held, site, at("2026-11-24T18:00"), "Semily", "lps-dospeli")
    assert [(one.municipality, one.state, one.distance_m) for one in shown] == [
        ("Jilemnice", "open", None), ("Turnov", "open", None),
    ]  # fmt: skip
    assert len(directory(held, site, at("2026-11-24T18:00"))) == 20


def test_the_services_of_a_snapshot_are_prepared_once(held: Snapshot):
    assert places_of(held, 180) is places_of(held, 180)


def test_without_roads_and_insurer_the_answer_is_as_the_crow_flies(facts_settings: Settings):
    held, site = Follower(facts_settings.build)(), load_site(facts_settings.home)
    answer = find(held, site, Question(*TURNOV, at("2026-11-24T21:30"), ("lps-dospeli",)))
    turnov = answer.nearest[0]
    assert (answer.by_road, turnov.travel_s) == (False, None)
    assert (turnov.state, turnov.stale, len(turnov.statements)) == ("open", True, 1)


@pytest.mark.parametrize("when", ["2026-11-24T10:30", "2026-11-24T18:30", "2026-11-28T21:10", "2026-12-25T03:00"])
def test_all_services_together_and_each_choice_by_itself_answer_the_same(
    held: Snapshot, site: Site, ask: Ask, monkeypatch: pytest.MonkeyPatch, when: str
):
    rng = random.Random(when)
    places = [(rng.uniform(14.3, 15.7), rng.uniform(50.4, 51.1)) for _ in range(25)]
    choices = [(), ("lps-dospeli",), ("nemocnice",), ("zzs", "zubni"), ("pohotovosti",)]

    def answers() -> list[Answer]:
        return [
            ask(when, *kinds, place=place, only_open=only_open, limit=7)
            for place in places for kinds in choices for only_open in (False, True)
        ]  # fmt: skip

    together = answers()
    assert places_of(held, site.finder.stale_after_days).offer((), Board(0, 0, *[[False] * 99] * 3)).every
    monkeypatch.setattr("geoportal.finder.nearest._FEW", 0)
    monkeypatch.setattr("geoportal.finder.places.vicinities", lambda _: None)
    places_of.cache_clear()
    assert places_of(held, site.finder.stale_after_days).offer((), Board(0, 0, *[[False] * 99] * 3)).every is None
    assert answers() == together
    places_of.cache_clear()
