"""The typeface of pictures: where its files are, how wide words are in it, and how they are broken into lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFont

from geoportal.errors import FontsMissing

FAMILY = "Source Sans 3"
FILES = {False: "SourceSans3-Regular.ttf", True: "SourceSans3-Bold.ttf"}  # by whether it is bold
WEB = "source-sans-3.woff2"
ELLIPSIS = "…"
PARTS = re.compile(r"[^/?&,;]*[/?&,;]+|[^/?&,;]+")  # of an address


class Typeface:
    """Source Sans 3 in ``folder``. Raises ``FontsMissing`` where its files are not there."""

    def __init__(self, folder: Path) -> None:
        self.files = {bold: folder / name for bold, name in FILES.items()}
        self.web = folder / WEB
        missing = [path.name for path in (*self.files.values(), self.web) if not path.is_file()]
        if missing:
            raise FontsMissing(f"pictures need {', '.join(missing)} in static/vendor, which 'make serve' fills")
        # Named by its file, so that two folders don't share a font in the library's table.
        self.fonts = {bold: TTFont(f"{FAMILY}-{path}", str(path)) for bold, path in self.files.items()}

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """The width of ``text`` in px, without kerning, so never less than it takes."""
        width: float = self.fonts[bold].stringWidth(text, size)
        return width

    def lines(self, text: str, size: float, room: float, bold: bool = False, most: int = 99) -> list[str]:
        """``text`` broken between words into lines no wider than ``room``; the last of ``most`` lines is cut short.

        An address wider than ``room`` is broken between its parts.
        """
        lines = [""]
        for before, word in self._words(text, size, room, bold):
            longer = lines[-1] + before + word
            if not lines[-1] or self.width(longer, size, bold) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
        if len(lines) > most:
            lines[most - 1 :] = [" ".join(lines[most - 1 :])]
        return [self.cut(line, size, room, bold) for line in lines]

    def _words(self, text: str, size: float, room: float, bold: bool) -> Iterator[tuple[str, str]]:
        """The words with what stands before each; of a word wider than ``room`` the parts that an address has."""
        before = ""
        for word in text.split(" "):
            for part in PARTS.findall(word) if self.width(word, size, bold) > room else [word]:
                yield before, part
                before = ""
            before = " "

    def cut(self, text: str, size: float, room: float, bold: bool = False) -> str:
        """``text``, with an ellipsis in place of what would not go into ``room``."""
        if self.width(text, size, bold) <= room:
            return text
        kept = text
        while kept and self.width(kept.rstrip() + ELLIPSIS, size, bold) > room:
            kept = kept[:-1]
        return kept.rstrip() + ELLIPSIS


@cache
def typeface(folder: Path) -> Typeface:
    """The typeface in ``folder``, opened once."""
    return Typeface(folder)
