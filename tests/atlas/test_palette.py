from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from geoportal.atlas.classes import Classes, Scheme, classes_of
from geoportal.atlas.palette import BIVARIATE, PALETTES, class_colours, sequential, spread

# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
DEFICIENCIES = {
    "none": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(colour, deficiency):
    """CIELAB of a hex colour as someone with the deficiency sees it."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(DEFICIENCIES[deficiency]) @ linear, 0, 1)
    x, y, z = np.cbrt(np.maximum(TO_XYZ @ seen / [0.9505, 1, 1.089], 0.008856))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(colours, deficiency):
    """The least difference of any two of the colours."""
    seen = [lab(colour, deficiency) for colour in colours]
    return min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2))


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_nine_colours_of_two_indicators_differ_for_everyone(deficiency):
    assert apart([colour for row in BIVARIATE for colour in row], deficiency) > 8


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("name", PALETTES)
def test_five_classes_differ_for_everyone(name, deficiency):
    assert apart(spread(PALETTES[name].ramp, 5), deficiency) > 8


@pytest.mark.parametrize("name", [name for name, palette in PALETTES.items() if not palette.diverging])
@pytest.mark.parametrize("count", range(2, 10))
def test_sequential_colours_darken(name, count):
    lightness = [lab(colour, "none")[0] for colour in sequential(count, name)]
    assert lightness == sorted(lightness, reverse=True)
    assert len(set(lightness)) == count


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("count", range(2, 10))
def test_every_class_has_a_colour_of_its_own_in_every_palette(name, count):
    values = [float(n) for n in range(-20, 41)]
    for scheme in ("quantiles", "natural", "equal", "deviation"):
        classes = classes_of(values, Scheme(scheme, count))
        colours = class_colours(classes, name) if len(classes.counts) < 10 or PALETTES[name].diverging else ()
        assert len(set(colours)) == len(colours)
        assert len(colours) in (0, len(classes.counts))


def test_a_class_around_the_middle_is_neutral_and_the_ends_are_strong():
    classes = Classes((0.0, 2.0, 4.0, 6.0, 8.0, 10.0), (1, 1, 1, 1, 1), middle=5.0)
    colours = class_colours(classes, "cervenomodra")
    assert colours[2] == "#f7f7f7"
    assert (colours[0], colours[-1]) == ("#67001f", "#053061")


def test_classes_around_a_value_get_a_palette_of_two_ways_by_themselves():
    classes = classes_of([float(n) for n in range(100)], Scheme("deviation"))
    assert set(class_colours(classes)) <= set(class_colours(classes, "hnedozelena"))
