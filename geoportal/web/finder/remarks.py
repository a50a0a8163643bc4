"""Remarks on an answer in words."""

from __future__ import annotations

from typing import Any

from geoportal.finder.answer import Remark
from geoportal.schema import Text
from geoportal.web.texts import Phrases, phrases


def in_words(remark: Remark, say: Phrases) -> str:
    """The remark as a sentence in the language of ``say``."""
    return say("remark." + remark.code, **{name: _value(value, say) for name, value in remark.values.items()})


def _value(value: str | float | Text, say: Phrases) -> str:
    if isinstance(value, Text):
        return value.into(say.language)
    return value if isinstance(value, str) else say.number(value)


def in_all_languages(remark: Remark, languages: tuple[str, ...]) -> dict[str, Any]:
    """The remark for machines: its code, and the sentence by language."""
    return {"code": remark.code, **{language: in_words(remark, phrases(language)) for language in languages}}
