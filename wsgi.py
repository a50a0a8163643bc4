"""The WSGI application, for a server of your choice; ``geoportal serve`` has one of its own, which is faster."""

from geoportal.app import create_app

app = create_app()
