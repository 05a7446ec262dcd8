"""Sends one signed message to a web address, never to one inside of this network.

The name is resolved once and the connection goes to what was found, so that no second answer of a
name server can lead elsewhere; redirects are not followed. Signed as Standard Webhooks 1.0 say.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words

SECONDS = 10
_PORT = 443
_MOST_READ = 1 << 16
_LONGEST_TOLD = 80
_INSIDE = tuple(ipaddress.ip_network(one) for one in ("64:ff9b::/96", "2002::/16", "::/96"))
"""Addresses that carry another one inside them, which may be of this network."""

IS_INSIDE = Words(
    "「{host}」はこのネットワークの内側を指すため、送れません。",
    "“{host}” leads inside of this network; nothing is sent there.",
)
USE_PUBLIC = Words("外から届くアドレスを書いてください。", "Write an address of the public web.")
NOT_REACHED = Words("「{host}」に届きませんでした({why})。", "“{host}” was not reached ({why}).")
REFUSED = Words("「{host}」が {status} と答えました。", "“{host}” answered with status {status}.")
TRY_AGAIN = Words(
    "アドレスを確かめて、もう一度お試しください。", "Check the address, then try once more."
)


class Message(NamedTuple):
    """What is sent: an id that stays the same when it is tried again, a time, and the content."""

    key: str
    seconds: int
    content: Mapping[str, object]


def post(address: str, message: Message, *, secret: bytes) -> None:
    """Post a message as JSON; InvalidChoice where it did not arrive, and why."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    body = json.dumps(message.content, ensure_ascii=False).encode()
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    connection = _To(host, outside(host))
    try:
        connection.post(target, body, headers=_headers(message, body, secret=secret))
        answer = connection.getresponse()
        answer.read(_MOST_READ)
        status = answer.status
    except (OSError, http.client.HTTPException) as error:
        why = type(error).__name__
        raise InvalidChoice(NOT_REACHED.filled(host=host, why=why), TRY_AGAIN) from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise InvalidChoice(REFUSED.filled(host=host, status=status), TRY_AGAIN)


def secret_of(key: str) -> bytes:
    """Return the secret with which a community signs, made from its key."""
    return hmac.digest(key.encode(), b"jibungoto webhook", hashlib.sha256)


def told_secret(secret: bytes) -> str:
    """Return a secret as receivers write it down."""
    return f"whsec_{base64.b64encode(secret).decode()}"


def signature(message: Message, body: bytes, *, secret: bytes) -> str:
    """Return the signature over id, time and body."""
    signed = b".".join((message.key.encode(), str(message.seconds).encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()}"


def _headers(message: Message, body: bytes, *, secret: bytes) -> dict[str, str]:
    return {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": message.key,
        "webhook-timestamp": str(message.seconds),
        "webhook-signature": signature(message, body, secret=secret),
    }


def outside(host: str) -> str:
    """Return the network address of a host; InvalidChoice if any of them lies inside."""
    try:
        found = socket.getaddrinfo(host, _PORT, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        told = NOT_REACHED.filled(host=host[:_LONGEST_TOLD], why=type(error).__name__)
        raise InvalidChoice(told, TRY_AGAIN) from error
    addresses = [str(one[4][0]) for one in found]
    host = host[:_LONGEST_TOLD]
    if not addresses or not all(map(is_outside, addresses)):
        raise InvalidChoice(IS_INSIDE.filled(host=host), USE_PUBLIC)
    return addresses[0]


def is_inside(host: str) -> bool:
    """Tell whether a host names this machine, or is written as an address inside; asks nobody."""
    try:
        return not is_outside(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


def is_outside(address: str) -> bool:
    """Tell whether a network address is one of the public web."""
    one = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(one, "ipv4_mapped", None)
    if mapped is not None:
        return is_outside(str(mapped))
    carries = any(one.version == net.version and one in net for net in _INSIDE)
    return one.is_global and not one.is_multicast and not carries


@dataclass
class _To:
    """An encrypted connection to one network address, in the name of a host."""

    host: str
    address: str

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPSConnection(
            self.host, _PORT, timeout=SECONDS, context=ssl.create_default_context()
        )

    def post(self, target: str, body: bytes, *, headers: dict[str, str]) -> None:
        """Connect to the address found before, then send."""
        plain = socket.create_connection((self.address, _PORT), timeout=SECONDS)
        context = ssl.create_default_context()
        self._connection.sock = context.wrap_socket(plain, server_hostname=self.host)
        self._connection.request("POST", target, body, headers)

    def getresponse(self) -> http.client.HTTPResponse:
        """Return the answer."""
        return self._connection.getresponse()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
