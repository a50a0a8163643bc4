"""Names of ten characters for a DBF table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 10


def short_names(names: Iterable[str]) -> dict[str, str]:
    """A distinct name of at most ten ASCII characters for each of ``names``; case does not make names distinct.

    A year at the end is kept, since it is what tells the periods of an indicator apart.
    """
    taken: set[str] = set()
    short = {}
    for name in names:
        short[name] = _free(_cut(_ascii(name)), taken)
        taken.add(short[name].casefold())
    return short


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"\W", "_", plain)
    return plain if plain[:1].isalpha() else f"f{plain}"


def _cut(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    year = re.search(r"\d{4}$", name)
    return name[: LONGEST - 4].rstrip("_") + year[0] if year else name[:LONGEST]


def _free(name: str, taken: set[str]) -> str:
    candidate, number = name, 1
    while candidate.casefold() in taken:
        candidate, number = name[: LONGEST - len(str(number))] + str(number), number + 1
    return candidate
