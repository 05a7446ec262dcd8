"""Where mail goes follows from one URL; without one it stays in the home."""

from __future__ import annotations

from pathlib import Path

import pytest

from jibungoto.site.mail import mail_settings


def test_without_a_server_mail_stays_in_the_home(tmp_path: Path) -> None:
    told = mail_settings("", "", home=tmp_path)
    assert told == {
        "DEFAULT_FROM_EMAIL": "jibungoto@localhost",
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(tmp_path / "outbox"),
    }


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 587, True, False),
        ("smtps://mail.example", 465, False, True),
        ("smtp://mail.example:25", 25, True, False),
    ],
)
def test_a_server_is_spoken_to_in_secret(url: str, port: int, tls: bool, ssl: bool) -> None:
    told = mail_settings(url, "who@example.com", home=None)
    found = (told["EMAIL_HOST"], told["EMAIL_PORT"], told["EMAIL_USE_TLS"], told["EMAIL_USE_SSL"])
    assert found == ("mail.example", port, tls, ssl)
    assert told["DEFAULT_FROM_EMAIL"] == "who@example.com"


def test_a_password_may_hold_any_character() -> None:
    told = mail_settings("smtp://me%40x:p%2Fw%3A@mail.example", "", home=None)
    assert (told["EMAIL_HOST_USER"], told["EMAIL_HOST_PASSWORD"]) == ("me@x", "p/w:")


@pytest.mark.parametrize("url", ["mail.example:25", "http://mail.example", "smtp://"])
def test_what_names_no_server_is_said(url: str) -> None:
    with pytest.raises(ValueError, match="JIBUNGOTO_MAIL"):
        mail_settings(url, "", home=None)
