"""The conformance classes that are declared: each only while every requirement of it holds."""

_FEATURES = "http://www.opengis.net/spec/ogcapi-features-{}/conf/{}"
_COMMON = "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/{}"
_CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf/{}"

CLASSES: tuple[str, ...] = (
    *(_COMMON.format(name) for name in ("core", "landing-page", "json", "html", "oas30")),
    *(_FEATURES.format("1/1.0", name) for name in ("core", "oas30", "html", "geojson")),
    _FEATURES.format("2/1.0", "crs"),
    *(_FEATURES.format("3/1.0", n) for n in ("queryables", "queryables-query-parameters", "filter", "features-filter")),
    *(_FEATURES.format("5/1.0", name) for name in ("schemas", "core-roles-features", "returnables-and-receivables")),
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
