"""The 351 predicates of the CQL2 standard with their expected counts, asked through HTTP over the standard's data."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from flask.testing import FlaskClient

from geoportal.app import create_app
from geoportal.build.write import write_content
from geoportal.cards import FieldCard, LayerCard
from geoportal.encode import LayerContent
from geoportal.schema import Text
from geoportal.settings import Settings
from geoportal.snapshot.space import make_grid
from geoportal.snapshot.store import building, publish
from tests.conftest import ROOT
from tests.query.test_cql2_conformance import ERRATA

_FOLDER = (
    Path(os.environ["GEOPORTAL_MIRROR"]).resolve().parent / "conformance/cql2"
    if os.environ.get("GEOPORTAL_MIRROR")
    else None
)
_FILE = _FOLDER / "predicates.json" if _FOLDER else None
PREDICATES = json.loads(_FILE.read_text(encoding="utf-8")) if _FILE and _FILE.is_file() else []
_DTYPES = {"int64": "integer", "float64": "number", "bool": "boolean", "date": "date", "datetime": "datetime"}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    data = tmp_path_factory.mktemp("cql2")
    assert _FOLDER
    layers = {
        name: read_layer(_FOLDER / "ne110m4cql2.gpkg", name) for name in sorted({p["collection"] for p in PREDICATES})
    }
    with building(data / "build") as folder:
        entries = {name: write_content(folder / "layers" / name, *layer) for name, layer in layers.items()}
        (folder / "units.json").write_text("{}")
        manifest = {name: {**entry, **about(layers[name][0])} for name, entry in entries.items()}
        publish(
            data / "build",
            folder,
            {"layers": manifest, "indicators": {}, "sources": {}, "absent": [], "schematic": False},
        )
    return create_app(Settings(home=ROOT, data=data)).test_client()


def read_layer(path: Path, name: str) -> tuple[LayerContent, Any]:
    """The standard's layer as the store takes it; its world is not projected, since it is asked in degrees only."""
    frame = gpd.read_file(path, layer=name)
    fields = {}
    for column in frame.columns.drop("geometry"):
        kind = str(frame[column].dtype)
        if kind.startswith("datetime"):
            dates = column == "date"
            frame[column] = frame[column].dt.strftime("%Y-%m-%d" if dates else "%Y-%m-%dT%H:%M:%SZ").astype(object)
            kind = "date" if dates else "datetime"
        if column == "boolean":
            frame[column] = frame[column].astype("boolean")
            kind = "bool"
        fields[column] = FieldCard(title=Text(cs=column), type=_DTYPES.get(kind, "text"))
    if (frame.geom_type == "Point").all():
        grid = make_grid(shapely.get_coordinates(frame.geometry.to_numpy()))
        frame = frame.iloc[grid.cell(shapely.get_coordinates(frame.geometry.to_numpy())).argsort(kind="stable")]
    else:
        grid = None
    frame.index = pd.Index(range(1, len(frame) + 1))
    return LayerContent(
        name, frame, frame, fields, {"title": name, "attribution": "Natural Earth", "licence": "CC0", "date": "2018"}
    ), grid


def about(content: LayerContent) -> dict[str, Any]:
    kind = {"P": "point", "L": "line", "M": "polygon"}[content.frame.geom_type.iloc[0][0]]
    card = LayerCard.model_validate({
        "id": content.id, "title": {"cs": content.id}, "description": {"cs": content.id}, "theme": "test",
        "geometry": kind, "label": next(iter(content.fields)), "from": [{"source": "test"}],
        "fields": {name: field.model_dump(exclude_none=True) for name, field in content.fields.items()},
    })  # fmt: skip
    card_content = card.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {
        "card": card_content, "schematic": False, "attribution": "Natural Earth", "date": "2018",
        "licence": {"name": "CC0"}, "notes": [],
    }  # fmt: skip


def test_the_standards_predicates_are_there(mirror: Path) -> None:
    assert len(PREDICATES) == 351


@pytest.mark.parametrize("predicate", PREDICATES, ids=[f"{k}-{p['class']}" for k, p in enumerate(PREDICATES)])
def test_a_predicate_matches_as_many_features_as_the_standard_says(api: FlaskClient, predicate: dict[str, Any]) -> None:
    path = f"/collections/{predicate['collection']}/items"
    answer = api.get(path, query_string={"filter": predicate["filter"], "limit": 1, "skipGeometry": "true"})
    body = answer.get_json(force=True)
    assert answer.status_code == 200, body
    assert body["numberMatched"] == ERRATA.get(predicate["filter"], predicate["numberMatched"])
