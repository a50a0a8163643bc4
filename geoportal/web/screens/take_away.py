"""What a page offers of the map that it shows: pictures made of it, and how it is cited."""

from __future__ import annotations

from dataclasses import dataclass

from geoportal.atlas.classes import Scheme
from geoportal.web.screens.atlas.choice import ORDERS, VIEWS, Choice
from geoportal.web.screens.visit import Visit

PAGE = "/mapa/indikatory"
SERIES = ("xlsx", "csv", "json")
FORMS = (("BibTeX", "bibtex"), ("RIS", "ris"), ("TXT", "text"))


@dataclass(frozen=True)
class TakeAway:
    """Addresses of pictures and of tables by the key of their text, of citations by name; ``share`` is for sharing.

    ``series``: for each indicator its title and its files of all periods. ``address`` is that of the page. ``before``
    and ``after`` are the citation around the day on which it is made.
    """

    pictures: tuple[tuple[str, str], ...]
    tables: tuple[tuple[str, str], ...]
    series: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    share: str
    address: str
    title: str
    before: str
    after: str
    forms: tuple[tuple[str, str], ...]


def take_away(visit: Visit, chosen: Choice, title: str, address: str, cited: tuple[str, str]) -> TakeAway:
    """Pictures and citations of ``chosen``. ``address`` is the page's, ``cited`` are before and after the day."""
    shown = {"level": chosen.level, "period": chosen.period, **_second(chosen)}
    if visit.language != visit.site.languages[0]:
        shown["lang"] = visit.language
    root, drawn = f"/indicators/{chosen.table.id}", shown | _classed(chosen) | _above(chosen)
    share = visit.address(f"{root}/map.png", {**drawn, "size": "share"})
    pictures = (
        ("png", visit.address(f"{root}/map.png", drawn)),
        ("share", share),
        ("svg", visit.address(f"{root}/map.svg", drawn)),
        ("pdf", visit.address(f"{root}/map.pdf", {**drawn, "size": "print"})),
    )
    forms = tuple((name, visit.address(f"{root}/citation", {**shown, "f": form})) for name, form in FORMS)
    host = address.partition(visit.root + PAGE)[0]
    return TakeAway(
        pictures, _tables(visit, chosen, address), _series(visit, chosen), host + share, address, title, *cited, forms
    )


def _tables(visit: Visit, chosen: Choice, address: str) -> tuple[tuple[str, str], ...]:
    """The table that the page shows, in its order; and the values with the shapes of their units."""
    ordered = f"&razeni={chosen.order}" * (chosen.order not in ("", ORDERS[0]))
    query = address.partition("?")[2] + ordered
    values = {"level": chosen.level, "period": chosen.period, "f": "geojson"}
    return (
        *((ext, f"{visit.address(PAGE)}.{ext}?{query}") for ext in ("xlsx", "csv")),
        ("geojson", visit.address(f"/indicators/{chosen.table.id}/values", values)),
    )


def _series(visit: Visit, chosen: Choice) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    held = {table.id: table for table in (chosen.table, *((chosen.second.table,) if chosen.second else ()))}
    return tuple(
        (visit.into(table.title), tuple((ext.upper(), visit.address(f"/indicators/{name}.{ext}")) for ext in SERIES))
        for name, table in held.items()
    )


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


def _second(chosen: Choice) -> dict[str, str]:
    if chosen.second is None:
        return {}
    return {"second": chosen.second.table.id, "second_period": chosen.second.period}


def _above(chosen: Choice) -> dict[str, str]:
    """The parameters of pictures that say how two indicators are shown, and what lies above the map."""
    given = {
        "view": VIEWS[chosen.view] if chosen.view else "",
        "overlays": chosen.written_overlays,
        "chosen": ",".join(chosen.chosen),
    }
    return {name: value for name, value in given.items() if value}
