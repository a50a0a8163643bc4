"""The application: blueprints, errors, and the snapshot they work on."""

from __future__ import annotations

from flask import Flask

from geoportal.settings import Settings, load_settings
from geoportal.site import load_site
from geoportal.snapshot.reader import Follower
from geoportal.web import esri, features, health, indicators, layers, nearest, openapi, pages
from geoportal.web.current import Service
from geoportal.web.errors import register_errors
from geoportal.web.ready import ReadyAnswers
from geoportal.web.respond import finish


def create_app(settings: Settings | None = None) -> Flask:
    """The Flask application over ``settings`` (default: the environment's). Needs no snapshot yet to be created."""
    settings = settings or load_settings()
    app = Flask("geoportal.web", static_folder=str(settings.home / "static"), static_url_path="/static")
    snapshot = Follower(settings.build)
    app.extensions["geoportal"] = Service(settings, load_site(settings.home), snapshot)
    app.url_map.strict_slashes = False
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    for module in (esri, features, health, indicators, layers, nearest, openapi, pages):
        app.register_blueprint(module.blueprint)
    register_errors(app)
    app.after_request(finish)
    app.wsgi_app = ReadyAnswers(app.wsgi_app, lambda: snapshot().id)  # type: ignore[method-assign, assignment]
    return app
