"""Everybody a delivery names, each concealed once, with what was seen of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from jibungoto.gather.people.roll import clean, email_in, plain_name
from jibungoto.ledger.person import Handle

NEVER = 1 << 62


class Member:
    """One id of a source, with its pseudonym; ``first`` is the second of its first dated record."""

    __slots__ = (
        "actor",
        "display_name",
        "email",
        "first",
        "has_acted",
        "index",
        "is_admin",
        "is_bot",
        "is_deleted",
        "is_guest",
        "is_listed",
        "is_name_only",
        "name",
        "outside_id",
        "typed_email",
        "zone",
    )

    def __init__(self, outside_id: str, actor: str, index: int) -> None:
        self.outside_id = outside_id
        self.actor = actor
        self.index = index
        self.first = NEVER
        self.has_acted = False
        self.is_listed = False
        self.is_admin = self.is_bot = self.is_deleted = self.is_guest = self.is_name_only = False
        self.name: str | None = ""
        self.display_name: str | None = ""
        self.email: str | None = None
        self.typed_email: str | None = None
        self.zone: str | None = None

    def is_seen(self, at: int) -> None:
        """Remember that a dated record of this member lies at this second."""
        self.has_acted = True
        self.first = min(self.first, at)

    def handle(self) -> Handle:
        """Return the member as the log's people are told of."""
        name = clean(self.name)
        return Handle(
            actor=self.actor,
            outside_id=self.outside_id,
            name=name,
            display_name=clean(self.display_name) or name,
            email=email_in(self.email),
            zone=clean(self.zone) or None,
            is_admin=self.is_admin,
            is_bot=self.is_bot,
            is_guest=self.is_guest,
            is_deleted=self.is_deleted,
            is_mentioned_only=not self.is_listed and not self.has_acted,
            is_name_only=self.is_name_only,
            typed_email=email_in(self.typed_email),
        )


class Crowd:
    """The members of one delivery by their outside ids, in the order in which they were met."""

    def __init__(self, conceal: Callable[[str], str]) -> None:
        self._conceal = conceal
        self._by_id: dict[str, Member] = {}
        self.listed: list[Member] = []
        self.actors: list[str] = []

    def of(self, outside_id: str) -> Member:
        """Return who stands behind an id."""
        member = self._by_id.get(outside_id)
        if member is None:
            member = Member(outside_id, self._conceal(outside_id), len(self.listed))
            self._by_id[outside_id] = member
            self.listed.append(member)
            self.actors.append(member.actor)
        return member

    def named(self, name: str) -> Member | None:
        """Return who stands behind a name where the source gives no id; None for no name."""
        shown = clean(name)
        if not shown:
            return None
        member = self.of(f"name:{plain_name(shown)}")
        member.is_name_only = True
        member.name = member.name or shown
        return member

    def handles(self) -> list[Handle]:
        """Return everybody as handles."""
        return [member.handle() for member in self.listed]

    def zones(self) -> dict[str, int]:
        """Count the time zones of those who still have an account and are no bots."""
        return dict(
            Counter(
                clean(one.zone)
                for one in self.listed
                if one.zone and not one.is_deleted and not one.is_bot
            )
        )
