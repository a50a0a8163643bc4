"""What pictures look like: the inks of the pages on white, and the sizes that pictures are made in."""

from __future__ import annotations

from dataclasses import dataclass

INK = "#1a2421"
QUIET = "#55615c"
RULE = "#d8ddda"
BOUNDARY = "#6b7672"
STRONG_BOUNDARY = "#3a4541"
PAPER = "#ffffff"

MILLIMETRE = 96 / 25.4  # px


@dataclass(frozen=True)
class Size:
    """``width`` x ``height`` px, all type ``type`` times as large; PNG is ``dots`` wide.

    ``paper``: width and height as a printer needs them.
    """

    width: int
    height: int
    type: float = 1.0
    dots: int = 1200
    paper: tuple[str, str] = ("", "")


SIZES = {
    "default": Size(1200, 900),
    "share": Size(1200, 630, 1.15),
    "print": Size(round(297 * MILLIMETRE), round(210 * MILLIMETRE), 0.9, dots=2339, paper=("297mm", "210mm")),
}
