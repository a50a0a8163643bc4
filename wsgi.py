"""The WSGI application, for a server of your choice: ``granian --interface wsgi wsgi:app``."""

from geoportal.app import create_app

app = create_app()
