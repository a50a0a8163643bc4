"""A small territory with the traps of a real one: repeated names, levels that share names, two code systems."""

from __future__ import annotations

from geoportal.join.gazetteer import Gazetteer, Unit

KRAJ = "CZ051"
_OKRESY = {"CZ0511": "Česká Lípa", "CZ0512": "Jablonec nad Nisou", "CZ0513": "Liberec", "CZ0514": "Semily"}
_ORP = {"5102": "Frýdlant", "5103": "Jablonec nad Nisou", "5105": "Liberec", "5108": "Semily", "5110": "Železný Brod"}
_OBCE = {
    "563889": ("Liberec", "CZ0513", "5105"),
    "564028": ("Frýdlant", "CZ0513", "5102"),
    "564303": ("Pěnčín", "CZ0513", "5105"),
    "563749": ("Pěnčín", "CZ0512", "5110"),
    "563510": ("Jablonec nad Nisou", "CZ0512", "5103"),
    "563871": ("Zlatá Olešnice", "CZ0512", "5103"),
    "576964": ("Semily", "CZ0514", "5108"),
    "577626": ("Turnov", "CZ0514", "5108"),
    "561380": ("Česká Lípa", "CZ0511", "5101"),
}


def small_territory() -> Gazetteer:
    """The territory: nine obce, five ORP, four okresy, one kraj; okresy and ORP have RÚIAN codes too."""
    units = [
        Unit("obec", code, name, frozenset((okres, orp, KRAJ)), _OKRESY[okres])
        for code, (name, okres, orp) in _OBCE.items()
    ]
    units += [Unit("orp", code, name, frozenset((KRAJ,))) for code, name in _ORP.items()]
    units += [Unit("okres", code, name, frozenset((KRAJ,))) for code, name in _OKRESY.items()]
    units.append(Unit("kraj", KRAJ, "Liberecký kraj"))
    codes = {
        "okres": {
            "kod_ruian": {"3501": "CZ0511", "3504": "CZ0512", "3505": "CZ0513", "3508": "CZ0514"},
            "kod_csu": {"40525": "CZ0511", "40533": "CZ0512", "40541": "CZ0513", "40550": "CZ0514"},
        },
        "orp": {"kod_ruian": {"809": "5102", "817": "5105"}},
        "kraj": {"kod_ruian": {"78": KRAJ}},
    }
    return Gazetteer(tuple(units), codes)
