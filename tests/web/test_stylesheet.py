"""The tokens of the stylesheet in each of their sets: every pair of colours that meet can be read (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from geoportal.cards import load_inventory

ROOT = Path(__file__).resolve().parents[2]
CSS = (ROOT / "static/css/geoportal.css").read_text(encoding="utf-8")
SETS = {"light": "", "dark": "(prefers-color-scheme: dark)", "contrast": "(prefers-contrast: more)", "print": "print"}
TEXTS = ("ink", "quiet", "accent", "accent-hover", "open", "soon", "danger")
PAIRS = [
    *((text, ground) for text in TEXTS for ground in ("paper", "sheet")),
    ("closed", "paper"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-danger", "danger"),
    ("focus-ink", "focus"),
]
NON_TEXT = [("edge", "paper"), ("focus-ink", "focus")]
ON_PINS = ("layer", "help", "hospital", "ambulance")


def tokens(name: str) -> dict[str, str]:
    blocks = re.findall(r"(?:@media ([^{]+) \{\s*)?:root \{(.*?)\}", CSS, re.S)
    found = {media.strip(): dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", body)) for media, body in blocks}
    return found[""] | found[SETS[name]]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_twenty_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(name, text, ground):
    held = tokens(name)
    assert contrast(held[text], held[ground]) >= 4.5, f"--{text} {held[text]} on --{ground} {held[ground]}"


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(("mark", "ground"), NON_TEXT)
def test_edges_of_controls_can_be_seen(name, mark, ground):
    held = tokens(name)
    assert contrast(held[mark], held[ground]) >= 3


@pytest.mark.parametrize("colour", ON_PINS)
def test_letters_on_pins_can_be_read(colour):
    assert contrast(tokens("light")[f"map-{colour}"], "#ffffff") >= 4.5


def test_every_colour_of_a_card_is_in_the_stylesheet():
    named = {card.style.colour for card in load_inventory(ROOT).layers.values()}
    defined = {name.removeprefix("map-") for name in tokens("light") if name.startswith("map-")}
    assert named - defined == set()
    keyed = set(re.findall(r'\[data-colour="([a-z-]+)"\]', CSS))
    assert named - keyed - {"layer"} == set()


def test_outside_the_tokens_the_page_uses_no_colour_of_its_own():
    rest = CSS[CSS.index("/* Base */") : CSS.index("/* Maps */")]
    assert set(re.findall(r"#[0-9a-f]{6}", rest)) <= {"#ffffff"}
