"""How an address names the segment whose people a page shows."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest

SEGMENT = "segment"
LONGEST_KEY = 100


def key_asked(request: HttpRequest) -> str:
    """Return the key of the segment the address names, empty for everyone."""
    return request.GET.get(SEGMENT, "").replace("\x00", "")[:LONGEST_KEY]


def asking(key: str) -> str:
    """Return what an address ends with to go on within a segment, empty for everyone."""
    return f"?{urlencode({SEGMENT: key})}" if key else ""
