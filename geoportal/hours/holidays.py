"""Czech public holidays by name: law 245/2000 Sb., sections 1 and 2."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from geoportal.schema import Text

YEARS = range(2016, 2077)  # Good Friday is one since 2016; the calendar behind ``PH`` ends with 2076

NEW_YEAR = Text(cs="Nový rok", en="New Year's Day", de="Neujahr", pl="Nowy Rok")
GOOD_FRIDAY = Text(cs="Velký pátek", en="Good Friday", de="Karfreitag", pl="Wielki Piątek")
EASTER_MONDAY = Text(cs="Velikonoční pondělí", en="Easter Monday", de="Ostermontag", pl="Poniedziałek Wielkanocny")
FIXED = {
    (1, 1): NEW_YEAR,
    (5, 1): Text(cs="Svátek práce", en="Labour Day", de="Tag der Arbeit", pl="Święto Pracy"),
    (5, 8): Text(cs="Den vítězství", en="Victory Day", de="Tag des Sieges", pl="Dzień Zwycięstwa"),
    (7, 5): Text(
        cs="Den slovanských věrozvěstů Cyrila a Metoděje",
        en="Saints Cyril and Methodius Day",
        de="Tag der Slawenapostel Kyrill und Method",
        pl="Dzień Słowiańskich Apostołów Cyryla i Metodego",
    ),
    (7, 6): Text(
        cs="Den upálení mistra Jana Husa", en="Jan Hus Day", de="Tag der Verbrennung von Jan Hus", pl="Dzień Jana Husa"
    ),
    (9, 28): Text(
        cs="Den české státnosti",
        en="Czech Statehood Day",
        de="Tag der tschechischen Staatlichkeit",
        pl="Dzień Państwowości Czeskiej",
    ),
    (10, 28): Text(
        cs="Den vzniku samostatného československého státu",
        en="Independent Czechoslovak State Day",
        de="Tag der Entstehung der Tschechoslowakei",
        pl="Dzień Powstania Czechosłowacji",
    ),
    (11, 17): Text(
        cs="Den boje za svobodu a demokracii a Mezinárodní den studentstva",
        en="Struggle for Freedom and Democracy Day and International Students' Day",
        de="Tag des Kampfes für Freiheit und Demokratie",
        pl="Dzień Walki o Wolność i Demokrację",
    ),
    (12, 24): Text(cs="Štědrý den", en="Christmas Eve", de="Heiligabend", pl="Wigilia"),
    (12, 25): Text(cs="1. svátek vánoční", en="Christmas Day", de="1. Weihnachtstag", pl="Boże Narodzenie"),
    (12, 26): Text(cs="2. svátek vánoční", en="St Stephen's Day", de="2. Weihnachtstag", pl="Drugi dzień świąt"),
}


def holiday(day: dt.date) -> Text | None:
    """The name of the public holiday on ``day``, or None."""
    fixed = FIXED.get((day.month, day.day))
    if fixed or not 3 <= day.month <= 4:
        return fixed
    after_easter = (day - easter_sunday(day.year)).days
    return {-2: GOOD_FRIDAY if day.year >= YEARS.start else None, 1: EASTER_MONDAY}.get(after_easter)


@lru_cache(maxsize=128)
def easter_sunday(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Meeus, Astronomical Algorithms, ch. 8)."""
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moon = (19 * (year % 19) + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * rest + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)
