from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from pydantic import ValidationError

from geoportal.errors import Problems
from geoportal.schema import Declaration, Text, load_toml


class Part(Declaration):
    colour: Literal["red", "green"]
    width: float = 1.0


class Thing(Declaration):
    id: str
    title: Text
    parts: tuple[Part, ...] = ()
    main: Part | None = None


def problems_of(content: str, tmp_path: Path) -> list[str]:
    with pytest.raises(Problems) as raised:
        load(content, tmp_path)
    return raised.value.problems


def load(content: str, tmp_path: Path) -> Thing:
    path = tmp_path / "vec.toml"
    path.write_text(content, encoding="utf-8")
    return load_toml(Thing, path, "things/vec.toml", id=path.stem)


def test_a_file_becomes_a_frozen_model_with_its_name_as_id(tmp_path: Path) -> None:
    thing = load('title = { cs = " Věc " }\n[[parts]]\ncolour = "red"', tmp_path)
    assert (thing.id, thing.title.cs, thing.parts[0].width) == ("vec", "Věc", 1.0)
    with pytest.raises(ValidationError, match="frozen"):
        thing.parts[0].width = 2.0  # type: ignore[misc]


def test_every_mistake_of_a_file_is_listed(tmp_path: Path) -> None:
    found = problems_of('title = 5\nsize = 1\n[main]\ncolour = "rde"\nwidth = "wide"', tmp_path)
    assert {problem.split(": ")[1] for problem in found} == {"title", "size", "main.colour", "main.width"}
    assert all(problem.startswith("things/vec.toml: ") for problem in found)


def test_an_unknown_key_is_answered_with_the_likeliest_and_all_allowed(tmp_path: Path) -> None:
    found = problems_of('titel = { cs = "Věc" }\ntitle = { cs = "Věc" }', tmp_path)
    assert found == ["things/vec.toml: titel: unknown key; did you mean 'title'? allowed: main, parts, title"]


def test_an_unknown_key_of_a_nested_table_is_answered_with_the_keys_of_that_table(tmp_path: Path) -> None:
    found = problems_of('title = { cs = "Věc" }\n[[parts]]\ncolour = "red"\nwith = 2', tmp_path)
    assert found == ["things/vec.toml: parts.0.with: unknown key; did you mean 'width'? allowed: colour, width"]


def test_a_wrong_choice_is_answered_with_the_choices(tmp_path: Path) -> None:
    found = problems_of('title = { cs = "Věc" }\n[main]\ncolour = "gren"', tmp_path)
    assert found == ["things/vec.toml: main.colour: 'gren' is not allowed; did you mean 'green'? allowed: green, red"]


def test_a_missing_key_is_said_to_be_required(tmp_path: Path) -> None:
    assert problems_of("", tmp_path) == ["things/vec.toml: title: is missing; it is required"]


def test_a_file_in_another_encoding_is_one_problem(tmp_path: Path) -> None:
    path = tmp_path / "vec.toml"
    path.write_bytes('title = { cs = "Věc" }'.encode("cp1250"))
    with pytest.raises(Problems, match="is not valid TOML"):
        load_toml(Thing, path, "things/vec.toml", id="vec")


def test_a_file_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(Problems, match=r"things/vec\.toml: does not exist"):
        load_toml(Thing, tmp_path / "vec.toml", "things/vec.toml", id="vec")


def test_words_fall_back_to_english_and_then_to_czech_where_they_are_not_translated() -> None:
    text = Text(cs="obce", en="municipalities")
    assert [text.into(language) for language in ("en", "de", "cs")] == ["municipalities", "municipalities", "obce"]
    assert [Text(cs="obce").into(language) for language in ("en", "de", "cs")] == ["obce"] * 3
