"""The demo signs visitors in by itself: only the demo community, only on this machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from ipaddress import ip_address

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase

SWITCH = "JIBUNGOTO_DEMO"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInDemo:
    """Sign a stranger in as the demo's manager, where the command ``demo`` serves its home.

    Without ``JIBUNGOTO_DEMO=1`` this takes itself out of the chain when the server starts.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if os.environ.get(SWITCH) != "1":
            raise MiddlewareNotUsed
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Sign in on reading only: a form sent by a stranger is refused like anywhere."""
        if (
            request.method in {"GET", "HEAD"}
            and not request.user.is_authenticated
            and is_local(request)
        ):
            manager = demo_manager()
            if manager is not None:
                login(request, manager, backend=_BACKEND)
        return self._answer(request)


def is_local(request: HttpRequest) -> bool:
    """Say whether a request names this machine, and comes from it as far as that is told."""
    host, _port = split_domain_port(request.get_host())
    came_from = request.META.get("REMOTE_ADDR") or "127.0.0.1"
    return _is_loopback(host) and _is_loopback(came_from)


def _is_loopback(host: str) -> bool:
    bare = host.strip("[]").lower()
    if bare == "localhost":
        return True
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return False


def demo_manager() -> User | None:
    """Return who manages the demo community, if they belong to no real one."""
    members = User.objects.filter(memberships__community__is_demo=True, is_active=True)
    return members.exclude(memberships__community__is_demo=False).order_by("pk").first()
