"""Headers on every answer: how long it took, and what a page may not use."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

UNUSED_FEATURES = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


class AnswerHeaders:
    """Add ``Server-Timing``, ``Permissions-Policy`` and, unless a view chose, ``Cache-Control``."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request and time it."""
        started = time.perf_counter()
        response = self._answer(request)
        took = (time.perf_counter() - started) * 1000
        response.headers["Server-Timing"] = f"app;dur={took:.1f}"
        response.headers["Permissions-Policy"] = UNUSED_FEATURES
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
