"""One visit to a page: who asks for what, in which language, and how links keep it so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from geoportal.languages import WHOLE, Language
from geoportal.schema import Text
from geoportal.site import Site
from geoportal.snapshot.reader import Snapshot
from geoportal.web.texts import Phrases

KEPT = ("lang", "embed")
UNKNOWN_TO_SEARCH = ("lang", "embed", "f")


@dataclass(frozen=True, kw_only=True)
class Passage:
    """What every page knows, even one that says that something went wrong.

    ``root`` is the path prefix of the service, ``path`` the page's path below it, ``args`` its checked parameters,
    ``languages`` those that the page is in. Links keep the language asked for, even where this page is not in it.
    """

    site: Site
    say: Phrases
    path: str
    args: Mapping[str, str] = field(default_factory=dict)
    root: str = ""
    hub_url: str = ""
    languages: tuple[Language, ...] = WHOLE

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.say.language

    @property
    def embed(self) -> bool:
        """Whether the page stands in another page's frame, without header and footer."""
        return self.args.get("embed") == "1"

    def into(self, text: Text) -> str:
        """``text`` in the language of the page."""
        return text.into(self.language)

    def link(self, path: str, **query: str | None) -> str:
        """The address of another page, in the same language and frame."""
        return self.address(path, {name: self.args.get(name) for name in KEPT} | query)

    def here(self, **changes: str | None) -> str:
        """The address of this page with some parameters changed or, where None, left out."""
        return self.address(self.path, {**self.args, **changes})

    def translated(self, language: str) -> str:
        """The address under which this page is known in ``language``: without what changes only how it is shown."""
        shown = {name: value for name, value in self.args.items() if name not in UNKNOWN_TO_SEARCH}
        return self.address(self.path, shown | ({"lang": language} if language != self.site.languages[0] else {}))

    def address(self, path: str, query: Mapping[str, str | None] | None = None) -> str:
        """A path below the service's root, with what is not empty of ``query``."""
        given = {name: value for name, value in (query or {}).items() if value}
        return f"{self.root}{path}" + (f"?{urlencode(given)}" if given else "")


@dataclass(frozen=True, kw_only=True)
class Visit(Passage):
    """A visit to a page that shows something of a snapshot."""

    snapshot: Snapshot
