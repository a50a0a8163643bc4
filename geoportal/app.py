"""The application: blueprints, errors, and the snapshot they work on."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from flask import Blueprint, Flask

from geoportal import web
from geoportal.metrics.counters import Counters
from geoportal.settings import Settings, load_settings
from geoportal.site import load_site
from geoportal.snapshot.reader import Follower
from geoportal.web.current import Service
from geoportal.web.errors import register_errors
from geoportal.web.finder.route import NearestRoute
from geoportal.web.front import Front
from geoportal.web.ready import ReadyAnswers
from geoportal.web.respond import finish
from geoportal.web.shared_links import SharedLinks
from geoportal.web.tiles.route import TileRoute


def create_app(settings: Settings | None = None) -> Flask:
    """The Flask application over ``settings`` (default: the environment's). Needs no snapshot yet to be created."""
    settings = settings or load_settings()
    app = Flask("geoportal.web", static_folder=None)
    snapshot = Follower(settings.build)
    app.extensions["geoportal"] = Service(settings, load_site(settings.home), snapshot)
    app.url_map.strict_slashes = False
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    register_errors(app)
    app.after_request(finish)
    ready = ReadyAnswers(app.wsgi_app, lambda: snapshot().id)
    links = SharedLinks(ready, ready.find)
    ways = (TileRoute(snapshot).find, NearestRoute(app.extensions["geoportal"]).find, links.find)
    counters = app.extensions["geoportal.counters"] = Counters(settings.run)
    app.wsgi_app = Front(links, ways, counters)  # type: ignore[method-assign, assignment]
    return app


def blueprints() -> Iterator[Blueprint]:
    """The ``blueprint`` of each module below ``web`` that has one."""
    for found in walk_packages(web.__path__, f"{web.__name__}."):
        module = import_module(found.name)
        if hasattr(module, "blueprint"):
            yield module.blueprint
