"""The languages of a site: those that every page is in, and those of what somebody from next door needs at once.

German and Polish are of the second sort. In them are the finder, its lists, the form by which a change is reported,
what frames each of these, and the page that says that something went wrong; a visitor who asks for another page in one
of them gets it in English.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator

Language = Literal["cs", "en", "de", "pl"]
WHOLE: tuple[Language, ...] = ("cs", "en")
KNOWN: tuple[Language, ...] = get_args(Language)


def _begins_with_a_whole_one(spoken: tuple[Language, ...]) -> tuple[Language, ...]:
    if not spoken or spoken[0] not in WHOLE:
        raise ValueError(f"{list(spoken)} must begin with a language that every page is in: {' or '.join(WHOLE)}")
    return spoken


Spoken = Annotated[tuple[Language, ...], AfterValidator(_begins_with_a_whole_one)]


def whole(spoken: Sequence[Language]) -> tuple[Language, ...]:
    """Those of the ``spoken`` languages that every page is in."""
    return tuple(language for language in spoken if language in WHOLE)


def offered(language: str, offers: Sequence[str]) -> str:
    """The language in which a page in the languages ``offers`` answers who asked for ``language``.

    Where that is not among them it is English, or the first where there is no English either.
    """
    return next(one for one in (language, "en", offers[0]) if one in offers)
