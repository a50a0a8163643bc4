"""What stands in the fields of the form, before it is a message."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

LONGEST = {"zprava": 4000, "email": 254, "stranka": 500, "misto": 200}  # characters

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_ADDRESS = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+")


@dataclass(frozen=True)
class Draft:
    """The fields of the form as text; what was not filled in is empty."""

    topic: str = ""
    text: str = ""
    email: str = ""
    page: str = ""
    place: str = ""

    def problems(self, topics: Collection[str]) -> dict[str, str]:
        """What must be mended, as names of fields with the offence, in the order of the form.

        Without ``topics`` to choose from, none is asked for.
        """
        found = {}
        if topics and self.topic not in topics:
            found["o"] = "topic_missing"
        if not self.text:
            found["zprava"] = "text_missing"
        elif not any(letter.isalnum() for letter in self.text):
            found["zprava"] = "text_empty"
        if self.email and not _ADDRESS.fullmatch(self.email):
            found["email"] = "email_malformed"
        given = {"zprava": self.text, "email": self.email, "stranka": self.page, "misto": self.place}
        return found | {name: f"{_NAMES[name]}_long" for name, text in given.items() if len(text) > LONGEST[name]}


_NAMES = {"zprava": "text", "email": "email", "stranka": "page", "misto": "place"}


def read_draft(fields: Mapping[str, str]) -> Draft:
    """The draft in ``fields`` of a form, without blanks at the ends and characters that nobody sees.

    Line ends count as one character, as the browser's own limit counts them.
    """

    def text(name: str) -> str:
        return _UNSEEN.sub("", fields.get(name, "").replace("\r\n", "\n").replace("\r", "\n")).strip()

    def line(name: str) -> str:
        return " ".join(text(name).split())

    return Draft(line("o"), text("zprava"), line("email"), line("stranka"), line("misto"))
