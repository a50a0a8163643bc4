"""The units of the territory by every code and name under which a table may speak of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geoportal.search import folding

How = Literal["code", "name", "district", "abbreviation", "chosen"]

words = folding.words.__wrapped__  # uncached, since nothing of a table is kept

_CODE = re.compile(r"'?(\d[\d \u00a0\u202f]*?)([.,]0+)?")
_NUTS = re.compile(r"[A-Za-z]{2}[0-9A-Za-z]{1,10}")
_TWO = re.compile(r"(.+?)\s*(?:[(\[,;/]|\s[-–]\s|\bokr(?:es|\.)(?=\s))\s*(.+?)\s*[)\]]?\s*")
_LEVEL_WORDS = {
    ("so", "orp"): "orp", ("spravni", "obvod", "orp"): "orp", ("orp",): "orp", ("okres",): "okres", ("okr",): "okres",
    ("pou",): "pou", ("kraj",): "kraj", ("obec",): "obec", ("mesto",): "obec", ("mestys",): "obec",
    ("statutarni", "mesto"): "obec",
}  # fmt: skip
_LONGEST = 120  # characters; nothing longer names a unit
_LEAST_ALIKE = 0.6
_MOST_CANDIDATES = 5


@dataclass(frozen=True)
class Unit:
    """A unit: ``within`` are the official codes of the units that it lies in, ``district`` the name of its okres."""

    level: str
    code: str
    name: str
    within: frozenset[str] = frozenset()
    district: str = ""


@dataclass(frozen=True)
class Found:
    """The units that a text may mean, none, one or several, and by what they were found."""

    units: tuple[Unit, ...] = ()
    how: How = "name"


NOTHING = Found()


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """``units`` of all levels; ``codes``: level, code system, code -> official code."""

    units: tuple[Unit, ...]
    codes: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    @cached_property
    def by_key(self) -> Mapping[tuple[str, str], Unit]:
        """Each unit by level and official code."""
        return {(unit.level, unit.code): unit for unit in self.units}

    @cached_property
    def levels(self) -> Mapping[str, tuple[Unit, ...]]:
        """The units of each level, in the order in which they were given."""
        grouped: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            grouped[unit.level].append(unit)
        return {level: tuple(units) for level, units in grouped.items()}

    @cached_property
    def _by_code(self) -> Mapping[str, tuple[Unit, ...]]:
        held: dict[str, dict[tuple[str, str], Unit]] = defaultdict(dict)
        for unit in self.units:
            held[unit.code.upper()][unit.level, unit.code] = unit
        for level, systems in self.codes.items():
            for table in systems.values():
                for code, official in table.items():
                    if (level, official) in self.by_key:
                        held[code.upper()][level, official] = self.by_key[level, official]
        return {code: tuple(units.values()) for code, units in held.items()}

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, ...], tuple[Unit, ...]]:
        held: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
        for unit in self.units:
            held[words(unit.name)].append(unit)
        return {name: tuple(units) for name, units in held.items()}

    @cached_property
    def _by_first(self) -> Mapping[str, tuple[Unit, ...]]:
        held: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            held[words(unit.name)[0]].append(unit)
        return {word: tuple(units) for word, units in held.items()}

    @cached_property
    def _spelled(self) -> Mapping[str, tuple[list[Unit], list[str]]]:
        return {level: (list(units), [" ".join(words(u.name)) for u in units]) for level, units in self.levels.items()}

    def find(self, text: str, level: str | None = None, within: Iterable[Unit] = ()) -> Found:
        """What ``text`` means among the units of ``level`` (default: of all); ``within`` narrows what it leaves open.

        Codes of every system, whole names without regard to case and diacritics, names with the okres or another unit
        around them, abbreviated words (``Jablonec n. N.``).
        """
        found = self._find(text.strip(), level)
        around = {unit.code for unit in within}
        narrowed = tuple(unit for unit in found.units if unit.within & around)
        return Found(narrowed, "district") if around and len(found.units) > 1 and narrowed else found

    def _find(self, text: str, level: str | None) -> Found:
        if not text or len(text) > _LONGEST:
            return NOTHING
        code = code_of(text)
        if code is not None:
            return Found(_of(self._by_code.get(code, ()), level), "code")
        typed = words(text)
        # Whatever the form of a name, its first word is a unit's or says a level: most texts of a table end here.
        if not typed or (typed[0] not in self._by_first and _level_stated(typed)[0] is None):
            return NOTHING
        named = _of(self._by_name.get(typed, ()), level)
        if named:
            return Found(named)
        return self._find_qualified(text, level) or self._find_abbreviated(text, level) or NOTHING

    def _find_qualified(self, text: str, level: str | None) -> Found | None:
        """By a word that says the level (``okres Liberec``), or by a unit around it (``Zlatá Olešnice (Semily)``)."""
        stated, rest = _level_stated(words(text))
        if stated:
            units = tuple(u for u in self._by_name.get(rest, ()) if u.level == stated and level in (None, u.level))
            return Found(units) if units else None
        parted = _TWO.fullmatch(text)
        if not parted:
            return None
        around = {unit.code for unit in self._around(parted[2])}
        inner = self._by_name.get(words(parted[1]), ()) or self._abbreviated(parted[1], words(parted[1]))
        units = tuple(unit for unit in _of(inner, level) if unit.within & around)
        return Found(units, "district") if units else None

    def _around(self, text: str) -> tuple[Unit, ...]:
        stated, rest = _level_stated(words(text))
        units = self._by_name.get(rest, ()) or self._by_code.get(text.strip().upper(), ())
        units = units or self._abbreviated(text, rest)
        return tuple(unit for unit in units if unit.level != "obec" and stated in (None, unit.level))

    def _find_abbreviated(self, text: str, level: str | None) -> Found | None:
        units = _of(self._abbreviated(text, words(text)), level)
        return Found(units, "abbreviation") if units else None

    def _abbreviated(self, text: str, typed: tuple[str, ...]) -> tuple[Unit, ...]:
        """Units whose words begin as ``typed`` of ``text``, the first of them whole; none if nothing is shortened."""
        if len(typed) < 2 or not ("." in text or "/" in text or any(len(word) <= 2 for word in typed)):
            return ()
        return tuple(unit for unit in self._by_first.get(typed[0], ()) if _shortened(typed, words(unit.name)))

    def candidates(self, text: str, level: str) -> tuple[Unit, ...]:
        """Units of ``level`` that are spelled most like ``text``, the likeliest first."""
        units, spelled = self._spelled.get(level, ([], []))
        parted = _TWO.fullmatch(text[:_LONGEST])
        _, rest = _level_stated(words(parted[1] if parted else text))
        if not rest or code_of(text) is not None:
            return ()
        found = process.extract(
            " ".join(rest), spelled, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_ALIKE, limit=_MOST_CANDIDATES
        )
        return tuple(units[at] for _, _, at in found)


def code_of(text: str) -> str | None:
    """The code that ``text`` is, in capitals and without what a spreadsheet made of it, or None for a name."""
    digits = _CODE.fullmatch(text)
    if digits:
        return re.sub(r"\D", "", digits[1])
    return text.upper() if _NUTS.fullmatch(text) and any(letter.isdigit() for letter in text) else None


def _of(units: tuple[Unit, ...], level: str | None) -> tuple[Unit, ...]:
    return units if level is None else tuple(unit for unit in units if unit.level == level)


def _level_stated(typed: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The level that the first words say, and the words after them; None where they say none."""
    for length in (3, 2, 1):
        level = _LEVEL_WORDS.get(typed[:length]) if len(typed) > length else None
        if level:
            return level, typed[length:]
    return None, typed


def _shortened(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return len(typed) == len(name) and all(whole.startswith(part) for part, whole in zip(typed, name, strict=True))
