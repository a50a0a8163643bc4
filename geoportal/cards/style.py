"""A map style: one structure of layers, and the values that a look fills into it. Two files make one style."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from geoportal.errors import Problems, alternatives
from geoportal.schema import Declaration, Text, load_toml

STYLES = Path("tiles/styles")
MARK = "@"  # begins a string of a structure that stands for a value of the look


class StyleCard(Declaration):
    """``tiles/styles/<id>.toml``.

    ``structure`` names the JSON file beside it, a MapLibre style whose strings that begin with ``@`` are filled from
    ``values``. ``without``: ids of layers that this look leaves out. A value that no kept layer asks for is a mistake.
    """

    id: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    title: Text
    structure: Annotated[str, Field(pattern="^[a-z0-9-]+$")]
    without: tuple[str, ...] = ()
    values: dict[str, str | float] = {}


def load_styles(home: Path) -> Mapping[str, dict[str, Any]]:
    """The styles of ``home`` by id: MapLibre styles, with addresses as paths of the service. Raises ``Problems``."""
    problems: list[str] = []
    styles: dict[str, dict[str, Any]] = {}
    for path in sorted((home / STYLES).glob("*.toml")):
        shown = f"{STYLES}/{path.name}"
        try:
            card = load_toml(StyleCard, path, shown, id=path.stem)
            structure = _structure(home, card, shown)
        except Problems as error:
            problems += error.problems
            continue
        problems += _wrong(card, structure, shown)
        styles[card.id] = _filled(card, structure)
    if problems:
        raise Problems(problems)
    return styles


def _structure(home: Path, card: StyleCard, shown: str) -> dict[str, Any]:
    folder = home / STYLES
    path = folder / f"{card.structure}.json"
    if not path.is_file():
        known = [path.stem for path in folder.glob("*.json")]
        raise Problems(
            [f"{shown}: structure: '{card.structure}.json' does not exist; {alternatives(card.structure, known)}"]
        )
    try:
        structure: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Problems([f"{STYLES}/{path.name}: is not valid JSON: {error}"]) from None
    return structure


def _wrong(card: StyleCard, structure: dict[str, Any], shown: str) -> Iterator[str]:
    """Each name in the card that the structure doesn't know, and each value that it lacks."""
    ids = [layer["id"] for layer in structure["layers"]]
    asked = set(_marks(_kept(card, structure)))
    for name in card.without:
        if name not in ids:
            yield f"{shown}: without: '{name}' is not a layer of {card.structure}.json; {alternatives(name, ids)}"
    for name in sorted(asked - set(card.values)):
        yield f"{shown}: values: '{name}' is missing; {card.structure}.json asks for it"
    for name in sorted(set(card.values) - asked):
        yield f"{shown}: values: no layer asks for '{name}'; {alternatives(name, asked)}"


def _kept(card: StyleCard, structure: dict[str, Any]) -> list[dict[str, Any]]:
    return [layer for layer in structure["layers"] if layer["id"] not in card.without]


def _marks(part: Any) -> Iterator[str]:
    if isinstance(part, str) and part.startswith(MARK):
        yield part.removeprefix(MARK)
    inner: Iterable[Any] = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    for one in inner:
        yield from _marks(one)


def _filled(card: StyleCard, structure: dict[str, Any]) -> dict[str, Any]:
    named = {"version": structure["version"], "name": card.title.cs}
    return named | {**structure, "layers": _fill(_kept(card, structure), card.values)}


def _fill(part: Any, values: Mapping[str, str | float]) -> Any:
    if isinstance(part, str) and part.startswith(MARK):
        return values.get(part.removeprefix(MARK))
    if isinstance(part, dict):
        return {key: _fill(one, values) for key, one in part.items()}
    if isinstance(part, list):
        return [_fill(one, values) for one in part]
    return part
