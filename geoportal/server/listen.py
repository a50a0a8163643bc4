"""Listening: each worker has a socket of its own on one address, and the kernel deals the connections out.

From one socket for all, the worker that wakes first takes whatever has come, and others have nothing to do.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import uvloop

from geoportal.errors import CannotListen

# Bytes of an answer that the kernel takes before the reader has them; it doubles the number. By itself it would take up
# to 4 MiB, which no processor's cache holds: 5.7 MB of whole Czechia then take almost twice as long. At a distance of
# 50 ms this is enough for 100 Mbit/s on each connection.
SEND_BUFFER = 512 * 1024


class Loop(uvloop.Loop):
    """The event loop of a worker."""

    async def create_server(  # type: ignore[override]
        self, factory: Callable[[], asyncio.BaseProtocol], *, sock: socket.socket, **options: Any
    ) -> asyncio.AbstractServer:
        """Listens where ``sock`` is bound."""
        return await super().create_server(factory, sock=_socket(sock.family, sock.getsockname()), **options)


def reserve(host: str, port: int) -> socket.socket:
    """A bound socket, for ``Loop``; it does not listen. Raises ``CannotListen``."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        socket.create_server(address, family=family).close()  # others who listen there are not joined
        return _socket(family, address)
    except OSError as error:
        about = error.strerror or error
        raise CannotListen(
            f"can't listen on {host}:{port}: {about}; GEOPORTAL_HOST and GEOPORTAL_PORT name another"
        ) from None


def _socket(family: int, address: Any) -> socket.socket:
    made = socket.socket(family)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)  # connections inherit it
    made.bind(address)
    return made
