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
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from jibungoto.desk.explain.arrival import Handing, NotArrived
from jibungoto.ledger.words import Words

SECONDS = 10
"""How long a connection, and each part of an answer, may take."""
ALTOGETHER = 20
"""How long one try may take from beginning to end, however slowly an answer drips."""
_PORT = 443
_LONGEST_TOLD = 80
_REDIRECTS = range(300, 400)
_PASSES = frozenset({408, 425, 429, *range(500, 600)})
"""Answers after which the same message may be taken later; every other one is for good."""
_INSIDE = tuple(ipaddress.ip_network(one) for one in ("64:ff9b::/96", "2002::/16", "::/96"))
"""Addresses that carry another one inside them, which may be of this network."""

IS_INSIDE = Words(
    "「{host}」はこのネットワークの内側を指すため、送れません。外から届くアドレスを書いてください。",
    "“{host}” leads inside of this network; nothing is sent there. Write an address of the public "
    "web.",
)
NOT_REACHED = Words("「{host}」に届きませんでした({why})。", "“{host}” was not reached ({why}).")
NO_ANSWER = Words(
    "「{host}」から答えがありませんでした({why})。届いている場合もあります。",
    "“{host}” did not answer ({why}). It may have arrived all the same.",
)
MOVED = Words(
    "「{host}」が別のアドレスへ移すように答えました({status})。転送先には送りません。"
    "新しいアドレスを書いてください。",
    "“{host}” answered that it moved ({status}). Nothing is sent there: write the new address.",
)
REFUSED = Words(
    "「{host}」が {status} と答えました。アドレスと受け取り側の設定を確かめてください。",
    "“{host}” answered with status {status}. Check the address and the receiver's settings.",
)


class Message(NamedTuple):
    """What is sent: an id that stays the same when it is tried again, a time, and the content."""

    key: str
    seconds: int
    content: Mapping[str, object]


def is_outside(address: str) -> bool:
    """Tell whether a network address is one of the public web."""
    one = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(one, "ipv4_mapped", None)
    if mapped is not None:
        return is_outside(str(mapped))
    carries = any(one.version == net.version and one in net for net in _INSIDE)
    return one.is_global and not one.is_multicast and not carries


Found = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Network:
    """Where webhooks may go: what a name stands for, which addresses are let, by which port.

    Everything in the product goes by ``PUBLIC``. Another one exists in tests alone, whose receiver
    is on their own machine.
    """

    port: int = _PORT
    resolve: Callable[[str, int], Found] = partial(socket.getaddrinfo, type=socket.SOCK_STREAM)
    lets: Callable[[str], bool] = is_outside
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context


PUBLIC = Network()


def post(
    address: str,
    message: Message,
    *,
    secret: bytes,
    network: Network = PUBLIC,
    on_handing: Handing = lambda: None,
) -> NotArrived | None:
    """Post a message as JSON; None where the receiver took it, else why not.

    Of an answer only its status is read: what follows may be as long and as slow as it likes.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    body = json.dumps(message.content, ensure_ascii=False).encode()
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    found = outside(host, network)
    if isinstance(found, NotArrived):
        return found
    connection = _To(host, found, network)
    try:
        connection.open()
    except OSError as error:
        connection.close()
        return NotArrived(NOT_REACHED.filled(host=host, why=type(error).__name__), may_pass=True)
    on_handing()
    try:
        return _judged(
            host, connection.post(target, body, headers=_headers(message, body, secret=secret))
        )
    except (OSError, http.client.HTTPException) as error:
        why = type(error).__name__
        return NotArrived(NO_ANSWER.filled(host=host, why=why), may_pass=True)
    finally:
        connection.close()


def _judged(host: str, status: int) -> NotArrived | None:
    if 200 <= status < 300:
        return None
    words = MOVED if status in _REDIRECTS else REFUSED
    return NotArrived(words.filled(host=host, status=status), may_pass=status in _PASSES)


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


def outside(host: str, network: Network = PUBLIC) -> str | NotArrived:
    """Return the network address of a host, resolved once; why not if any of them lies inside."""
    called = host[:_LONGEST_TOLD]
    try:
        found = network.resolve(host, network.port)
    except (OSError, UnicodeError) as error:
        words = NOT_REACHED.filled(host=called, why=type(error).__name__)
        return NotArrived(words, may_pass=True)
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(map(network.lets, addresses)):
        return NotArrived(IS_INSIDE.filled(host=called), may_pass=False)
    return addresses[0]


def is_inside(host: str) -> bool:
    """Tell whether a host names this machine, or is written as an address inside; asks nobody.

    ``127.1``, ``0x7f000001`` and ``2130706433`` are ways of writing an address too.
    """
    bare = host.removesuffix(".")
    try:
        return not is_outside(bare)
    except ValueError:
        pass
    try:
        return not is_outside(socket.inet_ntoa(socket.inet_aton(bare)))
    except (OSError, UnicodeError):
        return bare == "localhost" or bare.endswith((".localhost", ".local", ".internal"))


class _To:
    """An encrypted connection to one network address, in the name of a host."""

    def __init__(self, host: str, address: str, network: Network) -> None:
        self._host, self._address, self._network = host, address, network
        self._connection = http.client.HTTPSConnection(
            host, network.port, timeout=SECONDS, context=network.context()
        )
        self._deadline = threading.Timer(ALTOGETHER, self._abort)

    def open(self) -> None:
        """Connect to the address found before; no name is looked up again."""
        self._deadline.daemon = True
        self._deadline.start()
        plain = socket.create_connection((self._address, self._network.port), timeout=SECONDS)
        try:
            wrapped = self._network.context().wrap_socket(plain, server_hostname=self._host)
        except BaseException:
            plain.close()
            raise
        self._connection.sock = wrapped

    def post(self, target: str, body: bytes, *, headers: dict[str, str]) -> int:
        """Send, and return the status of the answer."""
        self._connection.request("POST", target, body, headers)
        return self._connection.getresponse().status

    def close(self) -> None:
        """Close the connection."""
        self._deadline.cancel()
        self._connection.close()

    def _abort(self) -> None:
        sock = self._connection.sock
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
