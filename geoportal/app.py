"""The application: blueprints, errors, and the snapshot they work on."""

from __future__ import annotations

from flask import Flask

from geoportal.settings import Settings, load_settings
from geoportal.site import load_site
from geoportal.snapshot.reader import Follower
from geoportal.web import embed, health, static
from geoportal.web.analyses import areas as analyses_areas
from geoportal.web.analyses import reach as analyses_reach
from geoportal.web.analyses import views as analyses
from geoportal.web.api import openapi
from geoportal.web.current import Service
from geoportal.web.errors import register_errors
from geoportal.web.esri import views as esri
from geoportal.web.features import files as layers
from geoportal.web.features import views as features
from geoportal.web.finder import nearest, ofn, search
from geoportal.web.finder import views as finder
from geoportal.web.finder.route import NearestRoute
from geoportal.web.indicators import atlas, citation, figures, join, methods
from geoportal.web.indicators import files as indicator_files
from geoportal.web.indicators import units as unit_profiles
from geoportal.web.indicators import views as indicators
from geoportal.web.portal import catalog, discovery, feedback, mark, news, themes
from geoportal.web.portal import views as pages
from geoportal.web.ready import ReadyAnswers
from geoportal.web.respond import finish
from geoportal.web.tiles import ogc as ogc_tiles
from geoportal.web.tiles import styles
from geoportal.web.tiles import views as tiles
from geoportal.web.tiles.route import TileRoute


def create_app(settings: Settings | None = None) -> Flask:
    """The Flask application over ``settings`` (default: the environment's). Needs no snapshot yet to be created."""
    settings = settings or load_settings()
    app = Flask("geoportal.web", static_folder=None)
    snapshot = Follower(settings.build)
    app.extensions["geoportal"] = Service(settings, load_site(settings.home), snapshot)
    app.url_map.strict_slashes = False
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    for module in (
        analyses,
        analyses_areas,
        analyses_reach,
        atlas,
        catalog,
        citation,
        discovery,
        embed,
        esri,
        features,
        feedback,
        figures,
        finder,
        health,
        indicator_files,
        indicators,
        join,
        layers,
        mark,
        methods,
        nearest,
        news,
        ofn,
        ogc_tiles,
        openapi,
        pages,
        search,
        static,
        styles,
        themes,
        tiles,
        unit_profiles,
    ):
        app.register_blueprint(module.blueprint)
    register_errors(app)
    app.after_request(finish)
    ready = ReadyAnswers(app.wsgi_app, lambda: snapshot().id)
    near = NearestRoute(ready, app.extensions["geoportal"])
    app.wsgi_app = TileRoute(near, snapshot)  # type: ignore[method-assign, assignment]
    return app
