"""Ports for servers that tests start, where no outgoing connection takes them in between."""

from __future__ import annotations

import itertools
import os
import socket

FIRST, COUNT = 20_000, 10_000
"""Below those that systems give to connections on their own accord."""
_tried = itertools.count(os.getpid() * 37)


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on; each process begins elsewhere."""
    while True:
        port = FIRST + next(_tried) % COUNT
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
