"""Starting the server and its workers."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from uvicorn import Config
from uvicorn.supervisors import Multiprocess

from geoportal.server.doorway import Doorway
from geoportal.server.listen import reserve
from geoportal.settings import Settings

if TYPE_CHECKING:
    from geoportal.server.bridge import Bridge

THREADS = 4  # of a worker, for views; what is answered at once needs none
IDLE_SECONDS = 75  # for which a connection is kept: longer than proxies keep theirs, so that they close first
STOP_SECONDS = 10  # for answers under way when the server is told to stop


def run(settings: Settings) -> None:
    """Serves until SIGTERM or SIGINT, with ``settings.workers`` processes; one that dies is started again.

    On SIGHUP each is replaced by a new one, which takes requests before the old one goes. Raises ``CannotListen``.
    """
    config = configuration("geoportal.server.run:create", factory=True, workers=settings.workers)
    with reserve(settings.host, settings.port) as place:
        Multiprocess(config, [place]).run()


def configuration(app: str | Bridge, **options: Any) -> Config:
    """What uvicorn is told to serve ``app``."""
    return Config(
        app,
        interface="asgi3",
        http=Doorway,
        loop="geoportal.server.listen:Loop",
        ws="none",
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # anyone can send them; behind a proxy GEOPORTAL_BASE_URL is set
        timeout_worker_healthcheck=10,  # seconds in which a worker must give a sign of life
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        **options,
    )


def create() -> Bridge:
    """The application of a worker, over the environment's settings.

    What is loaded here stays for the worker's life, so the collector of garbage never looks through it again: 50 ms
    each time, in which nothing is answered.
    """
    from geoportal.app import create_app  # here, since the process that watches over the workers needs no application
    from geoportal.server.bridge import Bridge

    bridge = Bridge(create_app().wsgi_app, THREADS)  # type: ignore[arg-type]
    gc.collect()
    gc.freeze()
    return bridge
