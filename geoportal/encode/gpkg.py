"""GeoPackage 1.4 in EPSG:5514 with its style, the titles of its fields, and its source and licence inside."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from geoportal.encode.format import Format, LayerContent, heading
from geoportal.encode.gdal import EPOCH, write_gdal
from geoportal.encode.qgis import make_metadata, make_qml, make_sld
from geoportal.encode.style import look_of

GEOMETRY = "geom"  # the column's name in files that GDAL writes

# GeoPackage 1.4, F.8 (metadata) and F.9 (schema); then the table in which QGIS keeps styles.
_TABLES = """
CREATE TABLE gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (
  reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
"""
_UNSAFE = "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;"  # a file that was cut short is never served
_DATASET = {"VERSION": "1.3"}  # of newer ones GDAL 3.6, which Debian 12 has, warns in every command
_EXTENSIONS = [
    ("gpkg_metadata", "gpkg_metadata", "http://www.geopackage.org/spec130/#extension_metadata"),
    ("gpkg_metadata_reference", "gpkg_metadata", "http://www.geopackage.org/spec130/#extension_metadata"),
    ("gpkg_data_columns", "gpkg_schema", "http://www.geopackage.org/spec130/#extension_schema"),
    ("gpkg_data_column_constraints", "gpkg_schema", "http://www.geopackage.org/spec130/#extension_schema"),
]


def _write(path: Path, content: LayerContent) -> None:
    about = content.about
    description = f"{about['attribution']}; {about['date']}"
    options = {"IDENTIFIER": str(about["title"]), "DESCRIPTION": description, "GEOMETRY_NAME": GEOMETRY}
    write_gdal(
        path, content, content.in_crs(content.frame_5514), "GPKG", layer_options=options, dataset_options=_DATASET
    )
    with closing(sqlite3.connect(path)) as base:
        base.executescript(_UNSAFE + _TABLES)
        with base:
            base.executemany("INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')", _EXTENSIONS)
            _describe(base, content)
            _style(base, content)


def _describe(base: sqlite3.Connection, content: LayerContent) -> None:
    base.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'http://mrcc.com/qgis.dtd', 'text/xml', ?)",
        (make_metadata(content),),
    )
    base.execute("INSERT INTO gpkg_metadata_reference VALUES ('table', ?, NULL, NULL, ?, 1, NULL)", (content.id, EPOCH))
    columns = [(content.id, name, heading(field), field.title.en) for name, field in content.fields.items()]
    base.executemany("INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, ?, ?, NULL, NULL)", columns)


def _style(base: sqlite3.Connection, content: LayerContent) -> None:
    base.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change)"
        " VALUES ('layer_styles', 'attributes', 'layer_styles', ?)",
        (EPOCH,),
    )
    if content.card is None:
        return
    look = look_of(content.card)
    base.execute(
        "INSERT INTO layer_styles VALUES (1, '', '', ?, ?, ?, ?, ?, 1, ?, '', NULL, ?)",
        (
            content.id,
            GEOMETRY,
            content.id[:30],
            make_qml(look, content.fields),
            make_sld(content.id, look),
            str(content.about["title"]),
            EPOCH,
        ),
    )


FORMAT = Format(
    "gpkg",
    "application/geopackage+sqlite3",
    "GeoPackage",
    "EPSG:5514",
    _write,
    "gpkg",
    any_crs=True,
    most_fields=1_900,  # SQLite holds 2,000 columns
)
