"""A real receiver of webhooks on loopback, which verifies what it gets as the standard says."""

from __future__ import annotations

import base64
import hashlib
import hmac
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOST = "hooks.example"
TOLERANCE = 300


@dataclass(frozen=True, slots=True)
class Got:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Receiver:
    """What came, and what is answered: each status once, then 200; ``drips`` answers slowly."""

    got: list[Got] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    body: Callable[[Any], None] | None = None
    drips: bool = False
    silent_for: float = 0.0
    port: int = 0


def verified(got: Got, secret: str, *, now: float | None = None) -> bool:
    """Verify a request like the receivers of Standard Webhooks do, from its text alone."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    name, when = got.headers["webhook-id"], got.headers["webhook-timestamp"]
    if abs((time.time() if now is None else now) - int(when)) > TOLERANCE:
        return False
    signed = f"{name}.{when}.".encode() + got.body
    made = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    listed = got.headers["webhook-signature"].split()
    return any(hmac.compare_digest(one, f"v1,{made}") for one in listed)


class _Answering(BaseHTTPRequestHandler):
    """Takes a request and answers as its receiver was told to."""

    receiver: Receiver

    def do_POST(self) -> None:
        told = self.receiver
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        told.got.append(Got(self.path, headers, body))
        time.sleep(told.silent_for)
        if told.drips:
            self._drip()
            return
        status = told.answers.pop(0) if told.answers else 200
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", f"https://{HOST}/elsewhere")
        self.end_headers()
        if told.body is not None:
            told.body(self.wfile)

    def _drip(self) -> None:
        for _ in range(200):
            self.connection.sendall(b"H")
            time.sleep(0.1)

    def log_message(self, *told: object) -> None:
        """Say nothing."""


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Let those go who hang up early: that is what some tests are about."""


def served(receiver: Receiver, certificate: ssl.SSLContext) -> ThreadingHTTPServer:
    """Start a receiver on a free port and return its server, which its test stops."""
    server = _Quiet(("127.0.0.1", 0), type("Answering", (_Answering,), {"receiver": receiver}))
    server.socket = certificate.wrap_socket(server.socket, server_side=True)
    receiver.port = int(server.server_address[1])
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
    return server


def answer_of(*addresses: str, port: int) -> list[tuple[Any, ...]]:
    """Return what a name server's answer looks like."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]
