"""Where mail goes: a server named by one URL, else a folder of the home where one can read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}
_SECONDS = 20
_BACKENDS = "django.core.mail.backends"


def mail_settings(url: str, sender: str, *, home: Path | None) -> dict[str, Any]:
    """Return Django's mail settings; ValueError for a URL that names no mail server.

    ``smtp://user:password@host:587`` speaks STARTTLS, ``smtps://`` TLS from the start. Without a
    URL, mail is written to ``outbox`` in the home and leaves it by nobody's hand.
    """
    told: dict[str, Any] = {"DEFAULT_FROM_EMAIL": sender or "jibungoto@localhost"}
    if not url:
        told["EMAIL_BACKEND"] = f"{_BACKENDS}.{'filebased' if home else 'dummy'}.EmailBackend"
        return told | ({"EMAIL_FILE_PATH": str(home / "outbox")} if home else {})
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("JIBUNGOTO_MAIL has to be smtp://user:password@host:587 or smtps://...")
    return told | {
        "EMAIL_BACKEND": "jibungoto.desk.explain.mailing.Backend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": _SECONDS,
    }
