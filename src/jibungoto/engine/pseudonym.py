"""Pseudonyms: the log knows people by a keyed hash, and only the handle's row leads back."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable

_BYTES = 16


def new_key() -> str:
    """Return a fresh community key: 32 random bytes as hexadecimal text."""
    return secrets.token_hex(32)


def concealer(community_key: str, source: str) -> Callable[[str], str]:
    """Return the function that turns an outside id of one source into its pseudonym.

    The pseudonym is HMAC-SHA256 over (source, outside id) under the community's key, cut to
    128 bits and written as 32 hexadecimal characters. Equal ids give equal pseudonyms; without
    the key nothing leads back. Each distinct id is computed once.
    """
    keyed = hmac.new(bytes.fromhex(community_key), source.encode() + b"\x00", hashlib.sha256)
    known: dict[str, str] = {}

    def conceal(outside_id: str) -> str:
        pseudonym = known.get(outside_id)
        if pseudonym is None:
            one = keyed.copy()
            one.update(outside_id.encode("utf-8", "surrogatepass"))
            pseudonym = known[outside_id] = one.digest()[:_BYTES].hex()
        return pseudonym

    return conceal
