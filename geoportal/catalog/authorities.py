"""Names that are not ours: concepts of the EU authority tables, of the Czech terms of use, of INSPIRE and OGC."""

from __future__ import annotations

from types import MappingProxyType

_EU = "http://publications.europa.eu/resource/authority"
_MEDIA_TYPES = "http://www.iana.org/assignments/media-types"
_CRS = "http://www.opengis.net/def/crs"

CZECH = f"{_EU}/language/CES"
ENGLISH = f"{_EU}/language/ENG"
PUBLIC = f"{_EU}/access-right/PUBLIC"
THEMES = f"{_EU}/data-theme"
HVD_LAW = "http://data.europa.eu/eli/reg_impl/2023/138/oj"
OGC_FEATURES = "https://docs.ogc.org/is/17-069r4/17-069r4.html"
OFN_PLACES = "https://ofn.gov.cz/turistické-cíle/2020-07-01/"
OGC_TILES = "https://docs.ogc.org/is/20-057/20-057.html"
EUROVOC = "http://eurovoc.europa.eu/"

# Formats that the EU table has no concept for are named after what they are made of, those not named here are bytes.
_FILE_TYPES = MappingProxyType(
    {
        "csv": "CSV", "fgb": "BIN", "geojson": "GEOJSON", "geojsonseq": "TXT", "gpkg": "GPKG", "json": "JSON",
        "jsonfg": "JSON", "jsonld": "JSON_LD", "kml": "KML", "parquet": "PARQUET", "pmtiles": "BIN",
        "shp": "SHP", "xlsx": "XLSX",
    }
)  # fmt: skip

# Labels as the EU table data-theme has them: a graph that names a theme must label it to be valid on its own.
THEME_LABELS = MappingProxyType(
    {
        "AGRI": ("Zemědělství, rybolov, lesnictví a výživa", "Agriculture, fisheries, forestry and food"),
        "ECON": ("Hospodářství a finance", "Economy and finance"),
        "EDUC": ("Vzdělávání, kultura a sport", "Education, culture and sport"),
        "ENER": ("Energie", "Energy"),
        "ENVI": ("Životní prostředí", "Environment"),
        "GOVE": ("Vláda a veřejný sektor", "Government and public sector"),
        "HEAL": ("Zdraví", "Health"),
        "INTR": ("Mezinárodní otázky", "International issues"),
        "JUST": ("Spravedlnost, právní systém a veřejná bezpečnost", "Justice, legal system and public safety"),
        "REGI": ("Regiony a města", "Regions and cities"),
        "SOCI": ("Obyvatelstvo a společnost", "Population and society"),
        "TECH": ("Věda a technika", "Science and technology"),
        "TRAN": ("Doprava", "Transport"),
    }
)

# Categories of Commission Implementing Regulation (EU) 2023/138: concept and label.
HIGH_VALUE = MappingProxyType(
    {
        "companies": ("http://data.europa.eu/bna/c_a9135398", "Companies and company ownership"),
        "environment": ("http://data.europa.eu/bna/c_dd313021", "Earth observation and environment"),
        "geospatial": ("http://data.europa.eu/bna/c_ac64a52d", "Geospatial"),
        "meteorological": ("http://data.europa.eu/bna/c_164e0bf5", "Meteorological"),
        "mobility": ("http://data.europa.eu/bna/c_b79e35eb", "Mobility"),
        "statistics": ("http://data.europa.eu/bna/c_e1da4e07", "Statistics"),
    }
)

# Themes of the INSPIRE registry that cards may name.
INSPIRE_LABELS = MappingProxyType(
    {
        "au": "Administrative units", "hh": "Human health and safety", "hy": "Hydrography", "lc": "Land cover",
        "ps": "Protected sites", "tn": "Transport networks", "us": "Utility and governmental services",
    }
)  # fmt: skip


def theme_iri(code: str) -> str:
    """The EU data theme ``code``."""
    return f"{THEMES}/{code}"


def inspire_iri(code: str) -> str:
    """The theme ``code`` of the INSPIRE registry."""
    return f"http://inspire.ec.europa.eu/theme/{code}"


def frequency_iri(code: str) -> str:
    """The EU update frequency ``code``."""
    return f"{_EU}/frequency/{code}"


def file_type_iri(form: str) -> str:
    """The EU file type of the format called ``form``."""
    return f"{_EU}/file-type/{_FILE_TYPES.get(form, 'BIN')}"


def media_type_iri(media_type: str) -> str:
    """The IANA media type, without parameters such as the character set."""
    return f"{_MEDIA_TYPES}/{media_type.partition(';')[0].strip()}"


def crs_iri(name: str) -> str:
    """The OGC name of a CRS such as ``EPSG:5514`` or ``OGC:CRS84``."""
    authority, _, code = name.partition(":")
    return f"{_CRS}/OGC/1.3/{code}" if authority == "OGC" else f"{_CRS}/{authority}/0/{code}"
