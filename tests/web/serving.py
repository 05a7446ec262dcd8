"""Run as a program: serve a made home to a browser, and say where and as whom."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from tests.web.making import MANAGER, SLUG


@dataclass(frozen=True, slots=True)
class Served:
    """Where a browser finds the small community, and the session of its manager."""

    address: str
    session: str

    def at(self, place: str) -> str:
        """Return the address of a page of the community."""
        return f"{self.address}/{SLUG}/{place}"

    def all_at(self, places: Mapping[str, str]) -> dict[str, str]:
        """Return the addresses of its pages, by their names."""
        return {name: self.at(place) for name, place in places.items()}


class Threaded(ThreadingMixIn, WSGIServer):
    """Answers several requests at once, as a browser sends them."""

    daemon_threads = True


class Silent(WSGIRequestHandler):
    """Keeps the tests' output readable."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main(home: Path) -> None:
    """Print the port and the key of a session, then serve until stopped."""
    from jibungoto.desk.house.open import open_home

    open_home(home)
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core.wsgi import get_wsgi_application
    from django.test import Client

    settings.SHOW_LOOK = True
    client = Client()
    user = User.objects.get(username=MANAGER)
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    with make_server(
        "127.0.0.1", 0, get_wsgi_application(), server_class=Threaded, handler_class=Silent
    ) as server:
        print(server.server_port, client.cookies["sessionid"].value, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
