"""Terms of use as the national catalogue asks for them: four statements on rights, each an IRI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
_TERMS = "https://data.gov.cz/podmínky-užití"
NO_WORK = f"{_TERMS}/neobsahuje-autorská-díla/"
NO_DATABASE_WORK = f"{_TERMS}/není-autorskoprávně-chráněnou-databází/"
NO_DATABASE_RIGHT = f"{_TERMS}/není-chráněna-zvláštním-právem-pořizovatele-databáze/"
NO_PERSONAL_DATA = f"{_TERMS}/neobsahuje-osobní-údaje/"


@dataclass(frozen=True)
class Terms:
    """``licence`` is the address of the terms, ``name`` what they are called; ``author`` must be named, or nobody."""

    licence: str
    name: str
    work: str
    database_work: str
    database_right: str
    author: str | None
    personal: str = NO_PERSONAL_DATA


def terms_of(licences: Iterable[Mapping[str, str]], author: str, fallback: str) -> Terms:
    """The terms of what was made under ``licences`` (name, url): the strictest of them holds for the whole.

    CC0 stands for data in which nobody has rights, and is stated so; any other licence covers the works, the database
    and the right of its maker alike (CC BY 4.0, section 4). ``fallback`` is where terms without an address are told.
    """
    names = {licence.get("url") or fallback: licence["name"] for licence in licences}
    if all(address == CC0 for address in names):
        return Terms(CC0, names.get(CC0, "CC0 1.0"), NO_WORK, NO_DATABASE_WORK, NO_DATABASE_RIGHT, None)
    strictest = max(names, key=lambda address: (address not in (CC0, CC_BY), address == CC_BY))
    return Terms(strictest, names[strictest], strictest, strictest, strictest, author)
