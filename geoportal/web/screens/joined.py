"""The account of a join for people: how the table was read, what was joined, and what they may mend."""

from __future__ import annotations

from dataclasses import dataclass

from geoportal.join import limits
from geoportal.join.choices import Choices
from geoportal.join.gazetteer import Unit
from geoportal.join.join import Joined
from geoportal.join.match import NO_UNIT, Open
from geoportal.web.screens.units import unit_names
from geoportal.web.screens.visit import Visit

_DELIMITERS = {"\t": "tab", ";": "semicolon", "|": "pipe", ",": "comma"}
_ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1250": "Windows-1250",
    "iso-8859-2": "ISO-8859-2",
}
_MOST_ROWS = 8  # row numbers named beside one text


@dataclass(frozen=True)
class Fix:
    """A text to be mended: the rows where it stands, pairs of code and name that it may mean, and what was chosen."""

    text: str
    rows: str
    offered: tuple[tuple[str, str], ...]
    chosen: str = ""


@dataclass(frozen=True)
class Account:
    """Sentences, lists of units, texts to be mended, and columns of which a part was chosen."""

    read: tuple[str, ...]
    joined: str
    ambiguous: tuple[Fix, ...]
    unknown: tuple[Fix, ...]
    mended: tuple[Fix, ...]
    other_level: tuple[str, ...]
    remarks: tuple[str, ...]
    without_row: tuple[str, ...]
    units: tuple[str, ...]
    parts: tuple[tuple[str, str, tuple[tuple[str, str], ...], str], ...]

    @property
    def fixes(self) -> int:
        """How many texts are to be mended."""
        return len(self.ambiguous) + len(self.unknown)


def account(visit: Visit, joined: Joined, choices: Choices) -> Account:
    """The account of ``joined``, with what was mended by ``choices``."""
    say, matched, level = visit.say, joined.matched, joined.seen.level
    names = unit_names(visit.snapshot, level)
    summary = say("join.joined", units=say.number(len(matched.rows)), all=say.number(len(joined.values)))
    open_texts = {one.text for one in (*matched.unknown, *matched.ambiguous, *matched.other_level)}
    return Account(
        read=tuple(_read(visit, joined)),
        joined=summary,
        ambiguous=_fixes(visit, matched.ambiguous),
        unknown=_fixes(visit, [one for one in matched.unknown if choices.fixes.get(one.text) != NO_UNIT]),
        mended=tuple(
            Fix(text, "", ((said, visit.say("join.none") if said == NO_UNIT else names.get(said, said)),), said)
            for text, said in choices.fixes.items()
            if said == NO_UNIT or text not in open_texts
        ),
        other_level=tuple(one.text for one in matched.other_level[: limits.LISTED]),
        remarks=tuple(_remarks(visit, joined)),
        without_row=tuple(names[unit.code] for unit in matched.without_row[: limits.LISTED]),
        units=tuple(f"{name} ({code})" for code, name in names.items()),
        parts=tuple(_part(joined, at) for at in range(len(joined.seen.parters))),
    )


def _part(joined: Joined, at: int) -> tuple[str, str, tuple[tuple[str, str], ...], str]:
    """A column of parts: its name, an id, pairs of value and word to choose from, and the value chosen."""
    one = joined.seen.parters[at]
    address = f"#{one.column + 1}="
    return joined.table.header[one.column], f"cast-{at}", tuple((address + p, p) for p in one.parts), address + one.part


def _fixes(visit: Visit, found: list[Open] | tuple[Open, ...]) -> tuple[Fix, ...]:
    return tuple(
        Fix(one.text, _numbers(visit, one.rows), tuple((unit.code, _unit(unit)) for unit in one.candidates))
        for one in found[: limits.LISTED]
    )


def _unit(unit: Unit) -> str:
    return f"{unit.name} ({unit.district})" if unit.district and unit.level == "obec" else unit.name


def _numbers(visit: Visit, rows: tuple[int, ...]) -> str:
    shown = ", ".join(map(str, rows[:_MOST_ROWS]))
    return visit.say("join.rows", rows=shown + (" …" if len(rows) > _MOST_ROWS else ""))


def _read(visit: Visit, joined: Joined) -> list[str]:
    """How the table was read, sentence by sentence."""
    say, sent, seen, header = visit.say, joined.sent, joined.seen, joined.table.header
    told = []
    if sent.sheet is not None:
        told.append(say("join.read.sheet", sheet=sent.sheet, sheets=", ".join(sent.sheets)))
    elif sent.encoding:
        told.append(say("join.read.encoding", encoding=_ENCODINGS[sent.encoding]))
    if sent.delimiter:
        told.append(say("join.read.delimiter", delimiter=say("join.delimiter." + _DELIMITERS[sent.delimiter])))
    told.append(say("join.read.headed" if joined.table.headed else "join.read.headless"))
    told += [say("join.read.skipped", text=text) for text in joined.table.skipped if text]
    kind = "join.read.by_code" if seen.by_code else "join.read.by_name"
    told.append(say(kind, column=header[seen.unit], level=say("level." + seen.level)))
    if seen.within is not None:
        told.append(say("join.read.within", column=header[seen.within]))
    if seen.value is not None:
        mark = say("join.mark.comma" if joined.reading.mark == "," else "join.mark.point")
        told.append(say("join.read.value", column=joined.title, mark=mark))
        if not joined.reading.evident and any("," in text or "." in text for text in joined.table.column(seen.value)):
            told.append(say("join.read.mark_guessed"))
    told += [say("join.read.part", column=header[one.column], part=one.part) for one in seen.parters]
    return told


def _remarks(visit: Visit, joined: Joined) -> list[str]:
    """What else is worth knowing: rows left out, repeated units, values that are no numbers."""
    say, matched = visit.say, joined.matched
    told = []
    if matched.left_out:
        told.append(say("join.remark.left_out", count=matched.left_out))
    if matched.empty:
        told.append(say("join.remark.empty", rows=_numbers(visit, matched.empty)))
    told += [
        say("join.remark.conflict", unit=_unit(one.unit), rows=_numbers(visit, one.rows))
        for one in joined.conflicts[: limits.LISTED]
    ]
    if same := [one for one in joined.repeats if one.same]:
        told.append(say("join.remark.same", units=", ".join(_unit(one.unit) for one in same[: limits.LISTED])))
    if joined.wrong:
        shown = "; ".join(f"{row}: „{text[:60]}“" for row, text in joined.wrong[:_MOST_ROWS])
        told.append(say("join.remark.wrong", count=len(joined.wrong), rows=shown))
    return told
