"""Handles as joining sees them: what may link one to another, without reading rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jibungoto.gather.people.accounts import own_account

Pair = tuple[str, str]

NAMED = ("outside_id", "name", "display_name", "reading", "user_name")
"""The facts of a handle that say what it is called."""


@dataclass(frozen=True, slots=True)
class Joinable:
    """A handle as joining sees it: its pseudonym, its verified address, its own person.

    ``account`` is the address of its own account, ``links`` are those it names as theirs.
    ``names`` are all it is shown by, ``called`` what a source or an address calls it.
    """

    pk: int
    actor: str
    email: str
    person: int
    born: int
    number: int
    source: str = ""
    account: str = ""
    links: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    called: tuple[str, ...] = ()


def in_order(one: str, other: str) -> Pair:
    """Return two pseudonyms the way look-alikes name them: the smaller first."""
    return (one, other) if one < other else (other, one)


def as_address(email: str) -> str:
    """Return an address the way two are compared."""
    return email.strip().casefold()


def linking(source: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a handle's facts links it, as ``Joinable`` takes it."""
    called = (facts["name"], facts["display_name"], facts["user_name"], facts["outside_id"])
    return {
        "account": own_account(source, facts["outside_id"]),
        "links": tuple(facts["links"].split()),
        "names": tuple(
            one for one in (facts["name"], facts["display_name"], facts["reading"]) if one
        ),
        "called": called_as(*called, facts["email"] or ""),
    }


def called_as(*names: str) -> tuple[str, ...]:
    """Return what these names of a handle, the last an address, call it: the way two are compared.

    They are its name, the name it shows, its user name, its id and its e-mail address.
    """
    *plain, email = names
    local = email.partition("@")[0]
    return tuple({one.casefold() for one in (*plain, local) if one})
