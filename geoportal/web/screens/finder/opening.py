"""Whether a place is open, in words with times, as a neighbour would say it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from geoportal.finder.answer import Nearby, Opening
from geoportal.hours.clock import DAY_MINUTES, as_prague
from geoportal.hours.schedule import Day, Span, parse_schedule
from geoportal.hours.week import Group, grouped_week
from geoportal.web.screens.visit import Visit

SOON = dt.timedelta(hours=1)  # before it closes
SAME_YEAR = 180  # days for which a date needs no year
WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
GAP = "\0"  # stands for the countdown until it is known where in the sentence it goes


@dataclass(frozen=True)
class Clock:
    """The moment that the page is about. ``live``: it is now and passes, so "tomorrow" and "in 20 min" can be said."""

    at: dt.datetime
    live: bool


@dataclass(frozen=True)
class State:
    """``mark`` is open, soon, closed or unknown. The sentence is ``before``, ``wait`` and ``after`` in a row.

    ``wait`` counts down to ``moment``; ``changes`` is when the sentence stops being true. Both are ISO 8601, or empty.
    """

    mark: str
    before: str
    wait: str = ""
    after: str = ""
    moment: str = ""
    changes: str = ""

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.before + self.wait + self.after


@dataclass(frozen=True)
class Hours:
    """One line of opening hours: days and times in words; ``mark`` and ``holiday`` where the days are one date.

    ``mark`` says that it is today, or the day that was chosen.
    """

    days: str
    times: str
    mark: str = ""
    holiday: str = ""
    note: str = ""


def state_of(visit: Visit, nearby: Nearby, clock: Clock) -> State:
    """The state of a place. One without hours, or over which sources quarrel, is never said to be open."""
    if not nearby.walk_in:
        return State("unknown", visit.say("opening.no_entry", number=visit.site.finder.emergency[0]))
    if nearby.disputed:
        return State("unknown", visit.say("opening.disputed"), changes=_changes(nearby))
    return opening_state(visit, nearby.opening, clock)


def opening_state(visit: Visit, opening: Opening | None, clock: Clock) -> State:
    """What one source says of the moment."""
    if opening is None or opening.state == "unknown":
        return State("unknown", visit.say("opening.unknown"))
    if opening.state == "open":
        return _open(visit, opening.until, clock)
    return _closed(visit, opening.opens, clock)


def _open(visit: Visit, until: dt.datetime | None, clock: Clock) -> State:
    say = visit.say
    if until is None:
        return State("open", say("opening.always"))
    time, day = time_of(until, clock), day_of(visit, until, clock)
    if clock.live and until - clock.at <= SOON:
        return _counted(visit, "soon", say("opening.closes_soon", time=time, wait=GAP), until, clock)
    if day:
        return State("open", say("opening.open_day", day=day, time=time), changes=until.isoformat())
    return State("open", say("opening.open", time=time), changes=until.isoformat())


def _closed(visit: Visit, opens: dt.datetime | None, clock: Clock) -> State:
    say = visit.say
    if opens is None:
        return State("closed", say("opening.closed"))
    time, day = time_of(opens, clock), day_of(visit, opens, clock)
    if day:
        return State("closed", say("opening.opens_day", day=day, time=time), changes=opens.isoformat())
    if clock.live:
        return _counted(visit, "closed", say("opening.opens_soon", time=time, wait=GAP), opens, clock)
    return State("closed", say("opening.opens", time=time), changes=opens.isoformat())


def _counted(visit: Visit, mark: str, sentence: str, moment: dt.datetime, clock: Clock) -> State:
    before, _, after = sentence.partition(GAP)
    iso = moment.isoformat()
    return State(mark, before, wait(visit, moment - clock.at), after, iso, iso)


def _changes(nearby: Nearby) -> str:
    ends = [one.opening.until for one in nearby.statements if one.opening and one.opening.until]
    return min(ends).isoformat() if ends else ""


def wait(visit: Visit, left: dt.timedelta) -> str:
    """How long until then, in hours and minutes, rounded up."""
    hours, minutes = divmod(max(1, math.ceil(left.total_seconds() / 60)), 60)
    if not hours:
        return visit.say("opening.wait.minutes", minutes=minutes)
    if not minutes:
        return visit.say("opening.wait.whole", hours=hours)
    return visit.say("opening.wait.hours", hours=hours, minutes=minutes)


def time_of(moment: dt.datetime, clock: Clock) -> str:
    """The time of day, ``7:00``; the midnight with which the day of ``clock`` ends is its ``24:00``."""
    return "24:00" if _is_end_of_day(moment, clock) else f"{moment.hour}:{moment.minute:02}"


def day_of(visit: Visit, moment: dt.datetime, clock: Clock) -> str:
    """The day in words that stand before a time; empty for the day that the page is about."""
    days = (moment.date() - clock.at.date()).days
    if days == 0 or _is_end_of_day(moment, clock):
        return ""
    if clock.live and days == 1:
        return visit.say("opening.tomorrow")
    weekday = visit.say("opening.on." + WEEKDAYS[moment.weekday()])
    if clock.live and days < len(WEEKDAYS):
        return weekday
    if days < SAME_YEAR:
        return f"{weekday} {visit.say('opening.short_date', day=moment.day, month=moment.month)}"
    return visit.say("opening.on_date", date=visit.say.date(moment.date().isoformat()))


def _is_end_of_day(moment: dt.datetime, clock: Clock) -> bool:
    midnight = dt.datetime.combine(clock.at.date() + dt.timedelta(days=1), dt.time())
    return moment.replace(tzinfo=None) == midnight


def week_of(visit: Visit, opening: Opening, clock: Clock) -> list[Hours]:
    """The seven days from the day of the page on."""
    first = visit.say("finder.today" if clock.live else "finder.chosen_day")
    return [_day(visit, day, "" if number else first) for number, day in enumerate(opening.week)]


def _day(visit: Visit, day: Day, mark: str) -> Hours:
    name = visit.say("opening.day." + WEEKDAYS[day.date.weekday()])
    date = visit.say("opening.short_date", day=day.date.day, month=day.date.month)
    holiday = visit.into(day.holiday) if day.holiday else ""
    return Hours(f"{name} {date}", _times(visit, day.spans, day.kind != "unknown"), mark, holiday, day.note)


def regular_hours(visit: Visit, osm: str | None) -> list[Hours]:
    """The hours of an ordinary week, days with the same ones together; empty where rules can't tell them."""
    groups = grouped_week(parse_schedule(osm)) if osm else ()
    return [Hours(_days(visit, group), _times(visit, group.spans, group.known)) for group in groups]


def _days(visit: Visit, group: Group) -> str:
    """``po–pá, svátky``: three and more days in a row by the first and the last of them."""
    names = [visit.say("opening.short_day." + day.lower()) for day in group.days if day != "PH"]
    numbers = [WEEKDAYS.index(day.lower()) for day in group.days if day != "PH"]
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    by_number = dict(zip(numbers, names, strict=True))
    told = [
        f"{by_number[run[0]]}–{by_number[run[-1]]}" if len(run) > 2 else ", ".join(by_number[one] for one in run)
        for run in runs
    ]
    return ", ".join([*told, *([visit.say("opening.short_day.ph")] if "PH" in group.days else [])])


def _times(visit: Visit, spans: tuple[Span, ...], known: bool) -> str:
    if not known:
        return visit.say("opening.times.unknown")
    if not spans:
        return visit.say("opening.times.closed")
    if any(end - start >= DAY_MINUTES for start, end in (span.minutes for span in spans)):
        return visit.say("opening.times.always")
    return ", ".join(f"{_plain(span.start)}–{_plain(span.end)}" for span in spans)


def _plain(time: str) -> str:
    """``07:00`` as ``7:00``."""
    return time.removeprefix("0")


def short_moment(visit: Visit, clock: Clock) -> str:
    """The moment of the page in short: ``út 24. 11. 18:30``."""
    at = as_prague(clock.at)
    date = visit.say("opening.short_date", day=at.day, month=at.month)
    return f"{visit.say('opening.short_day.' + WEEKDAYS[at.weekday()])} {date} {at.hour}:{at.minute:02}"


def moment_words(visit: Visit, clock: Clock) -> str:
    """The moment of the page: weekday, date and time."""
    at = as_prague(clock.at)
    weekday = visit.say("opening.day." + WEEKDAYS[at.weekday()])
    date, time = visit.say.date(at.date().isoformat()), f"{at.hour}:{at.minute:02}"
    return visit.say("opening.moment", weekday=weekday, date=date, time=time)
