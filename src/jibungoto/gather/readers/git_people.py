"""Who wrote a commit: a name and an address that git takes as they were typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jibungoto.gather.people.roll import Roll, clean, email_in, plain_name

_NOREPLY = re.compile(r"(?:\d+\+)?(?P<login>[^@+]+)@users\.noreply\.[a-z0-9.\-]+")
_BOT = re.compile(r"\[bot\]|^(?:dependabot|renovate|github-actions)\b", re.IGNORECASE)
_NOBODYS = re.compile(
    r".*@(?:localhost|[^@]*\.(?:local|localdomain|lan|internal|invalid|test|example)"
    r"|[^@]*\(none\)|(?:[^@]+\.)?example\.(?:com|org|net|jp))"
    r"|(?:root|admin|administrator|info|contact|support|team|dev|developer|developers|git|user"
    r"|users|build|ci|bot|hello|mail|webmaster|postmaster|no-?reply)@.*"
)
"""Addresses that reach nobody, or that several share: they tell nobody from anybody."""


@dataclass(frozen=True, slots=True)
class Author:
    """A name and an address as a commit carries them."""

    name: str
    email: str


class Authors:
    """Turns authors into pseudonyms: one address is one author, whatever name stands beside it.

    Where an address reaches nobody or many, name and address together are the author. Nothing
    else joins two: ``.mailmap`` is not read, for joining is a person's decision.
    """

    def __init__(self, roll: Roll) -> None:
        self._roll = roll
        self._known: dict[Author, str] = {}

    def actor_of(self, author: Author) -> str:
        """Return the pseudonym of a commit's author."""
        actor = self._known.get(author)
        if actor is None:
            actor = self._known[author] = self._met(author)
        return actor

    def _met(self, author: Author) -> str:
        name, email = clean(author.name), email_in(author.email)
        is_bot = _BOT.search(name) is not None or "[bot]@" in author.email
        hidden = _NOREPLY.fullmatch(email) if email else None
        if hidden and email:
            login = hidden["login"]
            return self._roll.meet(email, name=name or login, display_name=login, is_bot=is_bot)
        if email and not _NOBODYS.fullmatch(email):
            return self._roll.meet(email, name=name, typed_email=email, is_bot=is_bot)
        outside_id = f"name:{plain_name(name)} <{clean(author.email).casefold()}>"
        return self._roll.meet(outside_id, name=name, is_name_only=True, is_bot=is_bot)
