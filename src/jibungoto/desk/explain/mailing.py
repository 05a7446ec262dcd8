"""Hands one mail to the mail server, and says in words why the server did not take it."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

from jibungoto.desk.explain.arrival import Handing, NotArrived
from jibungoto.ledger.words import Words

_LONGEST_SAID = 200
_REJECTED = 500
"""Replies from here on are for good (RFC 5321, 4.2.1)."""

UNREACHED = Words(
    "メールサーバー「{host}」に届きませんでした({why})。",
    "The mail server “{host}” was not reached ({why}).",
)
UNTRUSTED = Words(
    "メールサーバー「{host}」の証明書を確かめられませんでした。何も送っていません。",
    "The certificate of the mail server “{host}” cannot be trusted. Nothing was sent.",
)
IN_THE_OPEN = Words(
    "メールサーバー「{host}」は暗号化(STARTTLS)に応じません。暗号化せずには送りません。",
    "The mail server “{host}” offers no encryption (STARTTLS). Nothing is sent in the open.",
)
NO_LOGIN = Words(
    "メールサーバー「{host}」がログインを受け付けませんでした({said})。"
    "JIBUNGOTO_MAIL を確かめてください。",
    "The mail server “{host}” refused our login ({said}). Check JIBUNGOTO_MAIL.",
)
NO_SENDER = Words(
    "メールサーバーが差出人「{whom}」を受け付けませんでした({said})。"
    "JIBUNGOTO_MAIL_FROM を確かめてください。",
    "The mail server refused the sender “{whom}” ({said}). Check JIBUNGOTO_MAIL_FROM.",
)
NO_MAILBOX = Words(
    "宛先「{whom}」が受け付けられませんでした({said})。アドレスを確かめてください。",
    "The mailbox “{whom}” was refused ({said}). Check the address.",
)
NOT_TAKEN = Words(
    "メールサーバーがこのメールを受け付けませんでした({said})。",
    "The mail server did not take this mail ({said}).",
)
BROKE_OFF = Words(
    "メールサーバーとの接続が途中で切れました({why})。",
    "The connection to the mail server broke off ({why}).",
)


class Backend(EmailBackend):
    """Django's way of sending by SMTP, which tells when the content itself is handed over.

    A mail counts as sent exactly where the server said so: a goodbye that fails afterwards is no
    failure, and would have it sent twice.
    """

    def __init__(self, *told: Any, on_handing: Handing | None = None, **more: Any) -> None:
        super().__init__(*told, **more)
        self._on_handing = on_handing

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return the kind of connection, with the moment marked at which DATA begins."""
        tell = self._on_handing
        plain: type[smtplib.SMTP] = super().connection_class

        class Telling(plain):  # type: ignore[misc,valid-type]  # encrypted or not, by setting
            def data(self, msg: Any) -> tuple[int, bytes]:
                if tell is not None:
                    tell()
                return super().data(msg)  # type: ignore[no-any-return]  # as smtplib has it

        return Telling

    def _close_connection(self, connection: smtplib.SMTP) -> None:
        try:
            super()._close_connection(connection)  # type: ignore[misc]  # not in Django's stubs
        except (OSError, smtplib.SMTPException):
            connection.close()


def mail(message: EmailMessage, *, on_handing: Handing) -> NotArrived | None:
    """Send one mail to one address; None where the server took it."""
    handed = False

    def handing() -> None:
        nonlocal handed
        handed = True
        on_handing()

    message.connection = connection = get_connection(on_handing=handing)
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as error:
        why = _why(error, message.to)
        is_answer = isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused)
        return replace(why, is_unsure=handed and not is_answer)
    finally:
        connection.close()  # also one that was opened by half
    return None


def _why(error: Exception, to: Sequence[str]) -> NotArrived:
    host = getattr(settings, "EMAIL_HOST", "")
    match error:
        case smtplib.SMTPResponseException():
            return _answered(error, host)
        case smtplib.SMTPRecipientsRefused():
            code, text = next(iter(error.recipients.values()), (_REJECTED, b""))
            words = NO_MAILBOX.filled(whom=", ".join(to), said=_text(code, text))
            return _by_code(code, words)
        case smtplib.SMTPNotSupportedError():
            words = IN_THE_OPEN if "STARTTLS" in str(error) else NO_LOGIN
            told = words.filled(host=host, said=_text(0, str(error)))
            return NotArrived(told, may_pass=False, is_of_server=True)
        case smtplib.SMTPServerDisconnected():
            return _of_server(BROKE_OFF.filled(why=_named(error)))
        case ssl.SSLCertVerificationError():
            return NotArrived(UNTRUSTED.filled(host=host), may_pass=False, is_of_server=True)
    return _of_server(UNREACHED.filled(host=host, why=_named(error)))


def _answered(error: smtplib.SMTPResponseException, host: str) -> NotArrived:
    """Say what the server answered, and at which step."""
    code, said = error.smtp_code, _text(error.smtp_code, error.smtp_error)
    match error:
        case smtplib.SMTPAuthenticationError():
            return _by_code(code, NO_LOGIN.filled(host=host, said=said), is_of_server=True)
        case smtplib.SMTPSenderRefused():
            return _by_code(code, NO_SENDER.filled(whom=error.sender, said=said), is_of_server=True)
    return _by_code(code, NOT_TAKEN.filled(said=said))


def _of_server(words: Words) -> NotArrived:
    return NotArrived(words, may_pass=True, is_of_server=True)


def _by_code(code: int, words: Words, *, is_of_server: bool = False) -> NotArrived:
    return NotArrived(words, may_pass=code < _REJECTED, is_of_server=is_of_server)


def _text(code: int, said: bytes | str) -> str:
    """Return what a server said on one line, as far as it can be shown."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    plain = "".join(one if one.isprintable() else " " for one in text)
    return f"{code or ''} {' '.join(plain.split())}"[:_LONGEST_SAID].strip()


def _named(error: Exception) -> str:
    return type(error).__name__
