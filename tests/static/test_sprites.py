"""The signs of the maps: where the index says, in both sizes, and large enough to be stretched."""

from __future__ import annotations

import json
import struct
from itertools import pairwise

import pytest

from tests.conftest import ROOT

SPRITES = ROOT / "static/vendor/sprites"
DRAWN = {path.stem for path in (ROOT / "static/img/sprites").glob("*.svg")}


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize(("end", "ratio"), [("", 1), ("@2x", 2)])
def test_each_sign_lies_in_the_picture_and_none_on_another(end, ratio):
    index = json.loads((SPRITES / f"zaklad{end}.json").read_bytes())
    width, height = size((SPRITES / f"zaklad{end}.png").read_bytes())
    assert set(index) == DRAWN
    spans = sorted((sign["x"], sign["x"] + sign["width"]) for sign in index.values())
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert spans[-1][1] <= width
    for sign in index.values():
        assert sign["pixelRatio"] == ratio
        assert sign["y"] + sign["height"] <= height


@pytest.mark.parametrize("end", ["", "@2x"])
def test_text_stands_within_its_sign(end):
    for sign in json.loads((SPRITES / f"zaklad{end}.json").read_bytes()).values():
        left, top, right, bottom = sign["content"]
        assert 0 <= left < right <= sign["width"]
        assert 0 <= top < bottom <= sign["height"]
        ((start, stop),) = sign["stretchX"]
        assert left <= start < stop <= right
