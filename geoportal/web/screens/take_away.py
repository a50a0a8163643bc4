"""What a page offers of the map that it shows: pictures made of it, and how it is cited."""

from __future__ import annotations

from dataclasses import dataclass

from geoportal.atlas.classes import Scheme
from geoportal.web.screens.atlas_choice import Choice
from geoportal.web.screens.visit import Visit

FORMS = (("BibTeX", "bibtex"), ("RIS", "ris"), ("TXT", "text"))


@dataclass(frozen=True)
class TakeAway:
    """Addresses of pictures by the key of their text, and of citations by name; ``share`` is for sharing.

    ``address`` is that of the page. ``before`` and ``after`` are the citation around the day on which it is made.
    """

    pictures: tuple[tuple[str, str], ...]
    share: str
    address: str
    title: str
    before: str
    after: str
    forms: tuple[tuple[str, str], ...]


def take_away(visit: Visit, chosen: Choice, title: str, address: str, cited: tuple[str, str]) -> TakeAway:
    """Pictures and citations of ``chosen``. ``address`` is the page's, ``cited`` are before and after the day."""
    shown = {"level": chosen.level, "period": chosen.period}
    if visit.language != visit.site.languages[0]:
        shown["lang"] = visit.language
    root, drawn = f"/indicators/{chosen.table.id}", shown | _classed(chosen)
    share = visit.address(f"{root}/map.png", {**drawn, "size": "share"})
    pictures = (
        ("png", visit.address(f"{root}/map.png", drawn)),
        ("share", share),
        ("svg", visit.address(f"{root}/map.svg", drawn)),
        ("pdf", visit.address(f"{root}/map.pdf", {**drawn, "size": "print"})),
    )
    forms = tuple((name, visit.address(f"{root}/citation", {**shown, "f": form})) for name, form in FORMS)
    host = address.partition(visit.root + visit.path)[0]
    return TakeAway(pictures, host + share, address, title, *cited, forms)


def _classed(chosen: Choice) -> dict[str, str]:
    """The parameters of pictures that say how the page's values are classed, where it is not as usual."""
    scheme, usual = chosen.scheme, Scheme()
    given = {
        "scheme": scheme.name * (scheme.name != usual.name and not scheme.own),
        "classes": str(scheme.count) * (scheme.count != usual.count and not scheme.own),
        "breaks": ",".join(f"{edge:g}" for edge in scheme.own),
        "palette": chosen.palette or "",
        "fixed": "1" * chosen.fixed,
    }
    return {name: value for name, value in given.items() if value}
