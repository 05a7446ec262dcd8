"""Accounts elsewhere that people name as their own, and the address a name itself has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jibungoto.gather.addresses import account_in, canonical

MOST = 10
"""So many accounts of one profile are kept; more are a list of links, not of accounts."""

_CONNPASS = re.compile(r"connpass\.com/user/([\w.-]+)(?=[/?]|$)")
_PLAIN = re.compile(r"[\w.-]{1,100}")
_ADDRESSES = {"github": "github.com/{}", "connpass": "connpass.com/user/{}"}
"""What addresses the accounts of a source have, by their ids."""


def own_account(source: str, outside_id: str) -> str:
    """Return the address of a name's own account, empty where its source gives it none.

    A blog's name is its address already.
    """
    if source == "feed":
        return "" if ":" in outside_id else outside_id.casefold()
    if source not in _ADDRESSES or not _PLAIN.fullmatch(outside_id):
        return ""
    return _ADDRESSES[source].format(outside_id.casefold())


def accounts_in(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the accounts that the fields of a profile lead to, in one form each.

    A field counts if the whole of it is one address, and the address is one account's.
    """
    found: dict[str, None] = {}
    for text in texts:
        address = canonical(text) if text and not any(sign.isspace() for sign in text) else None
        if address and (account := _account(address)):
            found[account] = None
    return tuple(found)[:MOST]


def _account(address: str) -> str:
    if match := _CONNPASS.match(address.removeprefix("https://")):
        return f"connpass.com/user/{match[1]}".casefold()
    account = account_in(address)
    return account.casefold() if account and not any(c.isspace() for c in account) else ""
