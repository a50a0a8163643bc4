"""The colours of a region, which its pages wear in place of those at the head of the stylesheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import Field

from geoportal.errors import alternatives
from geoportal.schema import Declaration

STYLESHEET = "css/geoportal.css"
ACCENT = "#0b6e4f"  # the stylesheet's own, for what browsers colour before they have read it

_SETS = {"light": None, "dark": "(prefers-color-scheme: dark)", "contrast": "(prefers-contrast: more)"}
_BLOCK = re.compile(r"(?:@media ([^{]+?) \{\s*)?:root \{(.*?)\}", re.DOTALL)
_TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
_GROUNDS = {
    **dict.fromkeys(("ink", "quiet", "accent", "accent-hover", "open", "soon", "danger"), ("paper", "sheet")),
    "closed": ("paper",),
    "on-accent": ("accent", "accent-hover"),
    "on-danger": ("danger",),
    "focus-ink": ("focus",),
}  # what is read -> what it stands on
_LEAST = 4.5  # contrast of text (WCAG 2.2, 1.4.3)

Colours = Mapping[str, Annotated[str, Field(pattern="^#[0-9a-f]{6}$")]]


class Look(Declaration):
    """Colours by token of the stylesheet, without the two hyphens: on light paper, on dark, and in high contrast."""

    light: Colours = {}
    dark: Colours = {}
    contrast: Colours = {}

    @property
    def accent(self) -> str:
        """The colour of what can be pressed, on light paper."""
        return self.light.get("accent", ACCENT)


def dressed(sheet: str, look: Look) -> str:
    """The stylesheet with the colours of ``look`` in its sets, so that print and all else stays as it is."""
    worn: dict[str | None, Colours] = {query: getattr(look, name) for name, query in _SETS.items()}
    if not any(worn.values()):
        return sheet  # every page asks for it, and most regions wear it as it is

    def wear(block: re.Match[str]) -> str:
        text = block[0]
        for token, colour in worn.get(block[1], {}).items():
            text, known = re.subn(rf"--{token}: [^;]+;", f"--{token}: {colour};", text)
            if not known:
                text = text.replace(":root {", f":root {{\n  --{token}: {colour};", 1)
        return text

    return _BLOCK.sub(wear, sheet)


def look_problems(sheet: str, look: Look) -> Iterator[str]:
    """What is wrong with ``look``: tokens that ``sheet`` lacks, and words that could not be read."""
    known = _colours(sheet, "light")
    for name in _SETS:
        own = getattr(look, name)
        for token in own.keys() - known.keys():
            offence = f"{token!r} is not a colour of the stylesheet"
            yield f"geoportal.toml: look.{name}: {offence}; {alternatives(token, known)}"
        if own:
            worn = _colours(dressed(sheet, look), name)
            yield from (f"geoportal.toml: look.{name}: {problem}" for problem in _unreadable(worn, own.keys()))


def _colours(sheet: str, name: str) -> dict[str, str]:
    """The colours of a set by token; what it does not say is as on light paper."""
    blocks = {block[1]: dict(_TOKEN.findall(block[2])) for block in _BLOCK.finditer(sheet)}
    return {**blocks[None], **blocks[_SETS[name]]}


def _unreadable(worn: Mapping[str, str], changed: Iterable[str]) -> Iterator[str]:
    for token, grounds in _GROUNDS.items():
        for ground in grounds:
            found = contrast(worn[token], worn[ground])
            if found < _LEAST and {token, ground} & set(changed):
                pair = f"{token} {worn[token]} on {ground} {worn[ground]}"
                yield f"{pair} has a contrast of {found:.1f}; words need at least {_LEAST}"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance of sRGB)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
