"""Text that was decoded with the wrong encoding somewhere on its way."""

from __future__ import annotations

import re

import pandas as pd

from geoportal.intake.case import Case
from geoportal.intake.reading import Note, examples

_FOREIGN = "[ìèøùïòÌÈØÙÏÒ¹»¾¼]"  # ě č ř ů ď ň of cp1250 as latin-1 shows them; rare in Czech, legal in foreign names
_CZECH = "[ěščřžůťďňĚŠČŘŽŮŤĎŇ]"  # latin-1 can't show any of these
_SYMBOLS = re.compile(
    r"\w[¦§¨ˇ‚˘˛¤¬®©«»¹¾¼]\w|(?:^|\s)[¦ˇ‚˛¤¬®]\w"
)  # letters of cp852 and latin-2 as cp1250 shows them
_LETTERS = set(map(chr, [*range(0xA0, 0x180), *range(0x2010, 0x2040)]))


def check_encoding(case: Case) -> Case:
    """The case refused where a used text column shows signs of a wrong encoding, with column, row and example.

    A foreign letter alone (*Caffè*) is noted in a column that has Czech letters too, except in territorial layers,
    where every name is Czech.
    """
    for name in _used(case):
        column = case.frame[name]
        texts = column[column.map(lambda value: isinstance(value, str) and not value.isascii())].astype(object)
        broken = texts[texts.map(_is_broken)] if len(texts) else texts
        foreign = texts[texts.str.contains(_FOREIGN)] if len(texts) else texts
        if len(broken) or (len(foreign) and (case.card.territory or not texts.str.contains(_CZECH).any())):
            case = case.refusing(_sentence(name, broken if len(broken) else foreign))
        elif len(foreign):
            text = f"sloupec '{name}': neobvyklá písmena, možná chyba kódování"
            case = case.remarking(Note("letters", len(foreign), text, examples(foreign)))
    return case


def _used(case: Case) -> list[str]:
    wanted = {*case.entry.rename, *case.entry.keep, *case.entry.match, *case.card.fields}
    return [name for name in case.frame.columns if name in wanted and case.frame[name].dtype == object]


def _is_broken(text: str) -> bool:
    """Whether ``text`` has replacement or control characters, symbols within words, or is UTF-8 read as cp1250."""
    if _SYMBOLS.search(text) or any(letter == "\ufffd" or "\x80" <= letter <= "\x9f" for letter in text):
        return True
    for encoding in ("cp1250", "cp1252"):
        try:
            meant = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return all(letter in _LETTERS for letter in meant if not letter.isascii())
    return False


def _sentence(name: str, broken: pd.Series) -> str:
    index, example = broken.index[0], broken.iloc[0]
    return (
        f"column '{name}': row {index + 1} has {example!r}, which was decoded wrongly ({len(broken)} rows in all); "
        "state the right 'encoding' in the source card or get the file anew"
    )
