"""The conformance classes that are declared: each only while every requirement of it holds."""

from collections.abc import Mapping
from types import MappingProxyType

STANDARDS: Mapping[str, str] = MappingProxyType({
    "ogcapi-common-1": "OGC API – Common – Part 1: Core",
    "ogcapi-common-3": "OGC API – Common – Part 3: Schemas",
    "ogcapi-features-1": "OGC API – Features – Part 1: Core",
    "ogcapi-features-2": "OGC API – Features – Part 2: Coordinate Reference Systems by Reference",
    "ogcapi-features-3": "OGC API – Features – Part 3: Filtering",
    "ogcapi-features-5": "OGC API – Features – Part 5: Schemas",
    "json-fg-1": "OGC Features and Geometries JSON – Part 1: Core",
    "ogcapi-tiles-1": "OGC API – Tiles – Part 1: Core",
    "tms": "OGC Two Dimensional Tile Matrix Set and Tile Set Metadata",
    "cql2": "Common Query Language (CQL2)",
})  # fmt: skip
_FEATURES = "http://www.opengis.net/spec/ogcapi-features-{}/conf/{}"
_COMMON = "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/{}"
_SCHEMAS = "http://www.opengis.net/spec/ogcapi-common-3/1.0/conf/{}"  # the names that Part 5 was published with
_JSON_FG = "http://www.opengis.net/spec/json-fg-1/1.0/conf/{}"
_TILES = "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{}"
_TILE_MATRICES = "http://www.opengis.net/spec/tms/2.0/conf/{}"
_CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf/{}"

CLASSES: tuple[str, ...] = (
    *(_COMMON.format(name) for name in ("core", "landing-page", "json", "html", "oas30")),
    *(_FEATURES.format("1/1.0", name) for name in ("core", "oas30", "html", "geojson")),
    _FEATURES.format("2/1.0", "crs"),
    *(_FEATURES.format("3/1.0", n) for n in ("queryables", "queryables-query-parameters", "filter", "features-filter")),
    *(_FEATURES.format("5/1.0", name) for name in ("schemas", "core-roles-features", "returnables-and-receivables")),
    *(_SCHEMAS.format(name) for name in ("schemas", "returnables-and-receivables", "profile-parameter")),
    *(_JSON_FG.format(name) for name in ("core", "types-schemas", "profiles")),
    *(
        _TILES.format(name)
        for name in ("core", "tileset", "tilesets-list", "dataset-tilesets", "geodata-tilesets", "mvt", "oas30")
    ),
    *(_TILE_MATRICES.format(name) for name in ("tilematrixset", "tilematrixsetlimits", "json-tilematrixset")),
    *(
        _CQL2.format(name)
        for name in (
            "cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators", "case-insensitive-comparison",
            "accent-insensitive-comparison", "basic-spatial-functions", "basic-spatial-functions-plus",
            "spatial-functions", "temporal-functions", "array-functions", "property-property", "functions",
            "arithmetic",
        )
    ),
)  # fmt: skip
