"""The type that pages and maps are set in: one web font of the characters that our languages need, and map glyphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import freetype
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

SOURCE = Path("source-sans")  # below node_modules
UPRIGHT = SOURCE / "VF/SourceSans3VF-Upright.ttf"
WEIGHTS = (400, 700)  # what the stylesheet uses
FEATURES = ("kern", "mark", "ccmp", "locl", "liga")  # figures are of equal width without any

# font stack of the map styles -> the static font that it is made from
STACKS = {
    "Source Sans 3 Regular": SOURCE / "TTF/SourceSans3-Regular.ttf",
    "Source Sans 3 Semibold": SOURCE / "TTF/SourceSans3-Semibold.ttf",
    "Source Sans 3 Italic": SOURCE / "TTF/SourceSans3-It.ttf",
}

# what pictures made on the server are set in
PRINTED = (SOURCE / "TTF/SourceSans3-Regular.ttf", SOURCE / "TTF/SourceSans3-Bold.ttf")

# Czech, German, Polish and English; Slovak, Sorbian and Hungarian for names of people and places.
LETTERS = "ĄąĆćČčĎďĘęĚěĹĺĽľŁłŃńŇňŐőŒœŔŕŘřŚśŠšŤťŮůŰűŹźŻżŽžẞ"
SIGNS = "–—‑‘’‚“”„†•…‰′″‹›€№™←↑→↓−≈≤≥⋅\u2002\u2003\u2009\u202f\u2212"
CHARACTERS = sorted({*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, LETTERS + SIGNS)})

# The encoding of map glyphs as MapLibre reads it: https://github.com/mapbox/node-fontnik/blob/master/proto/glyphs.proto
SIZE = 24  # px per em
RADIUS = 8  # px of distance around an outline that are told
EDGE = 0.75  # of 255, the value on the outline
BUFFER = 3  # px around a glyph
ASCENT = 25  # px from the top of a line to its baseline, so that capitals stand in its middle
RANGE = 256
# FreeType's distance (128 on the outline, 128 / RADIUS a pixel) in MapLibre's scale (255 / RADIUS a pixel)
TOLD = bytes(max(0, min(255, round(255 * (EDGE + (value - 128) / 128)))) for value in range(256))


def web_font(modules: Path) -> bytes:
    """The variable font of ``CHARACTERS`` and ``WEIGHTS`` as WOFF2."""
    font = TTFont(modules / UPRIGHT, recalcTimestamp=False)
    subsetter = subset.Subsetter(subset.Options(layout_features=list(FEATURES), hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": WEIGHTS}, inplace=True)
    font.flavor = "woff2"
    held = BytesIO()
    font.save(held)
    return held.getvalue()


def print_fonts(modules: Path) -> Iterator[tuple[str, bytes]]:
    """Each font of pictures, as file name and TrueType: what draws them can neither unpack WOFF2 nor vary a weight."""
    for path in PRINTED:
        font = TTFont(modules / path, recalcTimestamp=False)
        subsetter = subset.Subsetter(subset.Options(layout_features=list(FEATURES), hinting=False, notdef_outline=True))
        subsetter.populate(unicodes=CHARACTERS)
        subsetter.subset(font)
        held = BytesIO()
        font.save(held)
        yield path.name, held.getvalue()


def glyph_ranges(modules: Path) -> Iterator[tuple[str, bytes]]:
    """Each file of map glyphs, as name below ``glyphs`` and bytes."""
    starts = sorted({character // RANGE * RANGE for character in CHARACTERS})
    for stack, path in STACKS.items():
        face = freetype.Face(str(modules / path))
        face.set_pixel_sizes(0, SIZE)
        for start in starts:
            wanted = (character for character in CHARACTERS if start <= character < start + RANGE)
            span = f"{start}-{start + RANGE - 1}"
            yield f"{stack}/{span}.pbf", _stack(stack, span, (_glyph(face, character) for character in wanted))


def _stack(name: str, span: str, glyphs: Iterable[bytes]) -> bytes:
    fields = b"".join((_bytes(1, name.encode()), _bytes(2, span.encode()), *(_bytes(3, glyph) for glyph in glyphs)))
    return _bytes(1, fields)


def _glyph(face: freetype.Face, character: int) -> bytes:
    """The message of one glyph; a space has an advance and no bitmap."""
    face.load_char(chr(character), freetype.FT_LOAD_NO_HINTING)
    slot = face.glyph
    advance = round(slot.linearHoriAdvance / 65536)
    if not slot.outline.points:
        return (
            _number(1, character) + _number(3, 0) + _number(4, 0) + _number(5, 0) + _number(6, 0) + _number(7, advance)
        )
    slot.render(freetype.FT_RENDER_MODE_SDF)
    bitmap, trim = slot.bitmap, RADIUS - BUFFER
    held, pitch = bytes(bitmap.buffer), bitmap.pitch
    kept = [held[row * pitch + trim : row * pitch + bitmap.width - trim] for row in range(trim, bitmap.rows - trim)]
    return b"".join((
        _number(1, character),
        _bytes(2, b"".join(kept).translate(TOLD)),
        _number(3, len(kept[0]) - 2 * BUFFER),
        _number(4, len(kept) - 2 * BUFFER),
        _number(5, _signed(slot.bitmap_left + RADIUS)),
        _number(6, _signed(slot.bitmap_top - RADIUS - ASCENT)),
        _number(7, advance),
    ))  # fmt: skip


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _signed(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def _varint(value: int) -> bytes:
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)
