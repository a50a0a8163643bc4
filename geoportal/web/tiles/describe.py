"""What the service says of its tilesets: TileJSON, and tileset metadata of OGC API - Tiles."""

from __future__ import annotations

from typing import Any

from geoportal.crs import CRS84_URI
from geoportal.snapshot.tileset import Tileset
from geoportal.web.current import base_url, snapshot
from geoportal.web.links import HTML, JSON, collection_url, link
from geoportal.web.tiles import matrix as tile_matrix
from geoportal.web.tiles.answer import MVT

PMTILES = "application/vnd.pmtiles"
DATASET = "zaklad"  # the tileset of everything: it stands for the dataset as a whole
TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
TILING_SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
TILING_SCHEMES = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
GEODATA = "http://www.opengis.net/def/rel/ogc/1.0/geodata"
_DIMENSIONS = {"point": 0, "line": 1, "polygon": 2}


def tilejson(tileset: Tileset) -> dict[str, Any]:
    """TileJSON 3.0.0. The address of a tile names the snapshot, so that no tile of an older one is shown for it."""
    return {
        "tilejson": "3.0.0",
        "name": tileset.title.cs,
        "description": tileset.description.cs,
        "version": version(),
        "attribution": tileset.attribution,
        "scheme": "xyz",
        "tiles": [template(tileset)],
        "minzoom": tileset.minzoom,
        "maxzoom": tileset.maxzoom,
        "bounds": list(tileset.bounds),
        "center": list(tileset.center),
        "vector_layers": tileset.layers,
        **_rights(tileset),
    }


def _rights(tileset: Tileset) -> dict[str, Any]:
    """Licences and date, which travel with every tileset."""
    return {"licences": tileset.entry["licences"], "date": tileset.entry["date"]}


def version() -> str:
    """The version of all tiles as TileJSON wants it written, by semver; the snapshot is what tells versions apart."""
    return f"1.0.0+{snapshot().id}"


def template(tileset: Tileset, z: str = "{z}", x: str = "{x}", y: str = "{y}") -> str:
    """The address of a tile with its numbers left open."""
    return f"{base_url()}/tiles/{tileset.id}/{z}/{x}/{y}.mvt?v={snapshot().id}"


def tileset_url(tileset: Tileset) -> str:
    """The address of a tileset's metadata: below its collection, below the root for the whole dataset, or its own."""
    if tileset.id in snapshot().collections:
        return collection_url(tileset.id, "tiles", tile_matrix.ID)
    return f"{base_url()}/tiles/{tile_matrix.ID if tileset.id == DATASET else tileset.id}"


def tileset_item(tileset: Tileset) -> dict[str, Any]:
    """A tileset in a list (OGC 20-057, tilesets-list): what it is and where its metadata are."""
    scheme = f"{base_url()}/tileMatrixSets/{tile_matrix.ID}"
    return {
        "title": tileset.title.cs,
        "dataType": "vector",
        "crs": tile_matrix.CRS_3857,
        "tileMatrixSetURI": tile_matrix.URI,
        "links": [
            link("self", f"{tileset_url(tileset)}?f=json", JSON, tileset.title.cs),
            link(TILING_SCHEME, f"{scheme}?f=json", JSON),
            link("alternate", f"{base_url()}/tiles/{tileset.id}.json", JSON, "TileJSON"),
        ],
    }


def tileset_metadata(tileset: Tileset) -> dict[str, Any]:
    """The whole description of a tileset (OGC 17-083r4, clause 9, as OGC 20-057 uses it)."""
    lon, lat, zoom = tileset.center
    item = tileset_item(tileset)
    own = f"{base_url()}/tiles/{tileset.id}"
    return {
        **item,
        "description": tileset.description.cs,
        "version": version(),
        "attribution": tileset.attribution,
        "license": ", ".join(licence["url"] or licence["name"] for licence in tileset.entry["licences"]),
        **_rights(tileset),
        "mediaTypes": [MVT],
        "boundingBox": _box(tileset.bounds),
        "tileMatrixSetLimits": [
            limit.described() for limit in tile_matrix.limits(tileset.bounds, tileset.minzoom, tileset.maxzoom)
        ],
        "centerPoint": {"coordinates": [lon, lat], "crs": CRS84_URI, "tileMatrix": str(int(zoom))},
        "layers": [_layer(layer) for layer in tileset.layers],
        "links": [
            *item["links"],
            link("item", _tile_template(tileset), MVT, "Tile", templated=True),
            link("alternate", f"{own}?f=html", HTML),
            link("enclosure", f"{own}.pmtiles", PMTILES, "PMTiles"),
            *_geodata(tileset.id),
        ],
    }


def _tile_template(tileset: Tileset) -> str:
    row_first = "{tileMatrix}/{tileRow}/{tileCol}?f=mvt"
    own = tileset_url(tileset)
    if own.endswith(tile_matrix.ID):
        return f"{own}/{row_first}"
    return template(tileset, "{tileMatrix}", "{tileCol}", "{tileRow}")


def _layer(layer: dict[str, Any]) -> dict[str, Any]:
    collection = snapshot().collections.get(layer["id"])
    described: dict[str, Any] = {
        "id": layer["id"],
        "description": layer["description"],
        "dataType": "vector",
        "minTileMatrix": str(layer["minzoom"]),
        "maxTileMatrix": str(layer["maxzoom"]),
        "maxScaleDenominator": tile_matrix.scale_denominator(layer["minzoom"]),
        "propertiesSchema": {
            "type": "object",
            "properties": {name: {"title": words} for name, words in layer["fields"].items()},
        },
    }
    if collection is None:
        return described
    described["links"] = _geodata(collection.id)
    return {**described, "title": collection.title.cs, "geometryDimension": _DIMENSIONS[collection.geometry]}


def _geodata(layer_id: str) -> list[dict[str, Any]]:
    if layer_id not in snapshot().collections:
        return []
    return [link(GEODATA, f"{collection_url(layer_id)}?f=json", JSON, snapshot().collections[layer_id].title.cs)]


def _box(bounds: list[float]) -> dict[str, Any]:
    west, south, east, north = bounds
    return {"lowerLeft": [west, south], "upperRight": [east, north], "crs": CRS84_URI, "orderedAxes": ["Lon", "Lat"]}
