"""TOML files as frozen models: every mistake is a sentence with file, key, offence and alternatives."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from geoportal.errors import Problems, alternatives

Model = TypeVar("Model", bound="Declaration")


class Declaration(BaseModel):
    """Base of every card and of the site file: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True)


class Text(Declaration):
    """Words for people in the languages of a site; Czech is always there."""

    cs: str
    en: str | None = None
    de: str | None = None
    pl: str | None = None

    def into(self, language: str) -> str:
        """The words in ``language``; where they are not translated in English, or else in Czech."""
        return getattr(self, language, None) or (self.en if language != "cs" else None) or self.cs


def load_toml(model: type[Model], path: Path, shown: str, **extra: Any) -> Model:
    """``path`` read as ``model``; ``extra`` keys (such as the id from the file's name) are added.

    Raises ``Problems`` that lists every mistake of the file; ``shown`` is how the file is called in them.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Problems([f"{shown}: does not exist in {path.parent}"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Problems([f"{shown}: is not valid TOML: {error}"]) from None
    clash = [key for key in extra if key in content]
    if clash:
        raise Problems([f"{shown}: {key}: comes from the file's name and can't be set" for key in clash])
    try:
        return model.model_validate({**content, **extra})
    except ValidationError as error:
        raise Problems(_sentence(model, shown, detail) for detail in error.errors()) from None


def _sentence(model: type[Declaration], shown: str, detail: ErrorDetails) -> str:
    where = ".".join(str(part) for part in detail["loc"])
    key, value = where or "file", detail["input"]
    match detail["type"]:
        case "extra_forbidden":
            return f"{shown}: {key}: unknown key; {alternatives(str(detail['loc'][-1]), _keys(model, detail['loc']))}"
        case "missing":
            return f"{shown}: {key}: is missing; it is required"
        case "literal_error":
            allowed = [word.strip(" '") for word in detail["ctx"]["expected"].replace(" or ", ", ").split(",")]
            return f"{shown}: {key}: {value!r} is not allowed; {alternatives(str(value), allowed)}"
        case "value_error":
            return f"{shown}: {key}: {detail['ctx']['error']}"
        case _:
            return f"{shown}: {key}: {value!r} is wrong: {detail['msg'][0].lower()}{detail['msg'][1:]}"


def _keys(model: type[Declaration], location: tuple[int | str, ...]) -> list[str]:
    """The keys allowed in the table that ``location`` points into."""
    current: type[Declaration] = model
    for part in location[:-1]:
        found = next((f for n, f in current.model_fields.items() if part in (n, f.alias)), None)
        nested = _declaration_in(found.annotation) if found else None
        current = nested or current
    return [field.alias or name for name, field in current.model_fields.items() if name != "id"]


def _declaration_in(annotation: Any) -> type[Declaration] | None:
    if isinstance(annotation, type) and issubclass(annotation, Declaration):
        return annotation
    return next((found for part in get_args(annotation) if (found := _declaration_in(part))), None)
