"""What is documented is there, and what is there is documented."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields

import pytest

from geoportal.cli import main
from geoportal.encode import formats
from geoportal.settings import Settings
from tests.conftest import ROOT


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_stands_in_the_example() -> None:
    shown = set(re.findall(r"^GEOPORTAL_(\w+)=", text(".env.example"), re.MULTILINE))
    assert shown == {field.name.upper() for field in fields(Settings)}


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"`geoportal {name}" in text("README.md")


def test_every_format_stands_in_the_readme() -> None:
    listed = re.search(r"ext: `([^`]+)`", text("README.md"))
    assert listed
    assert set(listed[1].split()) == {form.extension for form in formats()}


def test_every_room_stands_in_the_architecture() -> None:
    rooms = {
        path.stem for path in (ROOT / "geoportal").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    rooms -= {"__init__", "__main__"}
    assert {room for room in rooms if f"`{room}`" not in text("docs/ARCHITECTURE.md")} == set()


def test_rooms_stand_in_the_architecture_in_the_order_of_their_layers() -> None:
    layers = tomllib.loads(text("pyproject.toml"))["tool"]["importlinter"]["contracts"][0]["layers"]
    ranks = {room.strip(): rank for rank, layer in enumerate(reversed(layers)) for room in layer.split("|")}
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", text("docs/ARCHITECTURE.md"), re.MULTILINE)
    listed = [ranks[room] for row in rows for room in re.findall(r"\w+", row)]
    assert listed == sorted(listed)
