"""A real mail server on loopback that takes mail, or does not, as a test tells it to."""

from __future__ import annotations

import asyncio
import socket
import ssl
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

USER, PASSWORD = b"post", b"let me in"


@dataclass(slots=True)
class Postbox:
    """What came in, and what is answered at each step; empty answers take everything.

    ``seen`` holds the ids of all that was handed over, ``taken`` what was accepted.
    """

    taken: list[EmailMessage] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    to_mailbox: dict[str, str] = field(default_factory=dict)
    to_sender: str = ""
    to_content: list[str] = field(default_factory=list)
    breaks_after_content: bool = False
    silent_for: float = 0.0
    connections: int = 0

    async def handle_EHLO(  # noqa: PLR0913, N802  # as aiosmtpd calls it
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802, PLR0913
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.to_sender or "250 OK"

    async def handle_RCPT(  # noqa: N802, PLR0913
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.to_mailbox.get(address, "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.silent_for:
            await asyncio.sleep(self.silent_for)
        said = self.to_content.pop(0) if self.to_content else "250 OK"
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.seen.append(str(found["Message-ID"]))
        if said.startswith("250"):
            self.taken.append(found)
        if self.breaks_after_content:
            server.transport.abort()
        return said


class Server(Controller):
    """The server around a postbox, on a free port of this machine."""

    def __init__(
        self, box: Postbox, *, certificate: ssl.SSLContext | None, is_wrapped: bool = False
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
        told: dict[str, Any] = {"ssl_context": certificate} if is_wrapped else {}
        if certificate is not None and not is_wrapped:
            told = {"tls_context": certificate, "require_starttls": True}
        super().__init__(
            box,
            hostname="127.0.0.1",
            port=port,
            server_hostname="localhost",
            authenticator=_login,
            auth_require_tls=not is_wrapped,
            timeout=20,
            **told,
        )


def _login(server: Any, session: Any, envelope: Any, mechanism: str, told: Any) -> AuthResult:
    is_right = isinstance(told, LoginPassword) and (told.login, told.password) == (USER, PASSWORD)
    return AuthResult(success=is_right, handled=is_right)
