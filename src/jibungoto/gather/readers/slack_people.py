"""Who stands in a Slack export: users, guests, bots, and those who are only mentioned."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from jibungoto.gather.people.accounts import accounts_in
from jibungoto.gather.readers.slack_shapes import Message, Profile, ProfileField, User
from jibungoto.gather.text import digest63
from jibungoto.ledger.person import Handle

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEVER = 1 << 62
_SLACKBOT = "USLACKBOT"
_LONGEST_NAME = 200
_NOT_PRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}")

NAMED_BOT = "username:"
"""Old integrations post under a name alone; the name with this prefix stands for their id."""


class Person:
    """One id of a Slack export, with its pseudonym and what was seen of it."""

    __slots__ = (
        "actor",
        "bot_posts",
        "first",
        "has_acted",
        "index",
        "mark",
        "name",
        "outside_id",
        "own_posts",
        "profile",
        "team",
        "user",
    )

    def __init__(self, outside_id: str, actor: str, index: int) -> None:
        self.outside_id = outside_id
        self.actor = actor
        self.index = index
        self.mark = digest63(actor.encode())
        self.first = NEVER
        self.has_acted = False
        self.own_posts = 0
        self.bot_posts = 0
        self.user: User | None = None
        self.name: str | None = None
        self.profile: Profile | None = None
        self.team: str | None = None

    def is_seen(self, at: int) -> None:
        """Remember that a dated record of this person lies at this second."""
        self.has_acted = True
        self.first = min(self.first, at)

    def wrote(self, message: Message, at: int, *, is_said: bool) -> None:
        """Remember a record of this person's own, and what it says of them."""
        self.has_acted = True
        self.first = min(self.first, at)
        if self.user is not None:  # The list of users says everything better.
            return
        if is_said and (message.bot_id or message.subtype == "bot_message"):
            self.bot_posts += 1
        elif is_said:
            self.own_posts += 1
        self._describe(message)

    def _describe(self, message: Message) -> None:
        if self.profile is None and message.user_profile:
            self.profile = _profile_in(message.user_profile)
        self.name = message.user_name or message.username or self.name
        if message.bot_profile is not None and message.bot_profile.name:
            self.name = message.bot_profile.name
        self.team = message.user_team or self.team

    @property
    def is_bot(self) -> bool:
        """What Slack says; where it says nothing, whether every post came through an app."""
        if self.user is not None and self.outside_id != _SLACKBOT:
            return bool(self.user.is_bot)
        return (
            self.outside_id == _SLACKBOT
            or self.outside_id.startswith(("B", NAMED_BOT))
            or (self.bot_posts > 0 and self.own_posts == 0)
        )


class People:
    """Everybody a delivery names, each concealed once; ``by_id`` holds those met so far.

    ``actors`` are the pseudonyms of those in ``listed``, at the same places; ``index_of`` says
    by an id which place that is.
    """

    def __init__(self, conceal: Callable[[str], str]) -> None:
        self._conceal = conceal
        self.by_id: dict[str | None, Person] = {}
        self.index_of: dict[str, int] = {}
        self.listed: list[Person] = []
        self.actors: list[str] = []
        self.acting: set[int] = set()
        self._firsts: Any = None
        self._marks: Any = None

    def of(self, outside_id: str) -> Person | None:
        """Return who stands behind an id of a user or a bot, or None where it is no id."""
        person = self.by_id.get(outside_id)
        if person is None and _ID.fullmatch(outside_id):
            return self._met(outside_id)
        return person

    def named_bot(self, name: str) -> Person | None:
        """Return the integration that posts under this name alone."""
        name = _clean(name)
        outside_id = f"{NAMED_BOT}{name}"
        return (self.by_id.get(outside_id) or self._met(outside_id)) if name else None

    def introduce(self, user: User) -> bool:
        """Take in one entry of the list of users; a bot's two ids become one person."""
        person = self.of(user.id)
        if person is None:
            return False
        person.user = user
        if user.profile is not None and user.profile.bot_id:
            self.by_id.setdefault(user.profile.bot_id, person)
            self.index_of.setdefault(user.profile.bot_id, person.index)
        return True

    def _met(self, outside_id: str) -> Person:
        person = Person(outside_id, self._conceal(outside_id), len(self.listed))
        self.by_id[outside_id] = person
        self.index_of[outside_id] = person.index
        self.listed.append(person)
        self.actors.append(person.actor)
        return person

    def marks(self) -> NDArray[np.uint64]:
        """Return everybody's mark, in the order of ``listed``."""
        import numpy as np

        if self._marks is None or len(self._marks) < len(self.listed):
            self._marks = np.array([person.mark for person in self.listed], dtype=np.uint64)
        return self._marks  # type: ignore[no-any-return]  # made two lines above

    def saw(self, who: NDArray[np.int32], seconds: NDArray[np.int64]) -> None:
        """Remember that people of these indexes have dated records at these seconds."""
        import numpy as np

        np.minimum.at(self._seen_first(), who, seconds)

    def firsts(self, who: NDArray[np.int64], *, by: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return when the first dated record of each of these lies, as far as it is known.

        Who has one before the second in ``by`` is not asked for an even earlier one.
        """
        firsts: NDArray[np.int64] = self._seen_first()[who]
        for at in (firsts > by).nonzero()[0].tolist():
            firsts[at] = min(firsts[at], self.listed[who[at]].first)
        return firsts

    def _seen_first(self) -> Any:
        """Return when those met many at once were first seen: by their index, with room to grow."""
        import numpy as np

        if self._firsts is None or len(self._firsts) < len(self.listed):
            firsts = np.full(2 * len(self.listed) + 1, NEVER, dtype=np.int64)
            if self._firsts is not None:
                firsts[: len(self._firsts)] = self._firsts
            self._firsts = firsts
        return self._firsts

    def handles(self) -> list[Handle]:
        """Return everybody as handles, in the order in which they were met."""
        self.acting.update((self._seen_first() < NEVER).nonzero()[0].tolist())
        for index in self.acting:
            self.listed[index].has_acted = True
        teams = Counter(p.user.team_id for p in self.listed if p.user and p.user.team_id)
        home = teams.most_common(1)[0][0] if teams else None
        return [_handle_of(person, home) for person in self.listed]

    def zones(self) -> dict[str, int]:
        """Count the time zones of those who still have an account and are no bots."""
        stated = Counter(
            _clean(person.user.tz)
            for person in self.listed
            if person.user and person.user.tz and not person.user.deleted and not person.is_bot
        )
        return dict(stated)


def _profile_in(raw: bytes | msgspec.Raw) -> Profile | None:
    try:
        return msgspec.json.decode(raw, type=Profile)
    except (ValueError, RecursionError):
        return None


def _handle_of(person: Person, home: str | None) -> Handle:
    user = person.user or User(id=person.outside_id)
    profile = user.profile or person.profile or Profile()
    account = user.name or profile.name or person.name
    name = _clean(user.real_name or profile.real_name or account)
    display_name = _clean(profile.display_name or account)
    return Handle(
        actor=person.actor,
        outside_id=person.outside_id,
        name=name,
        display_name=display_name,
        reading=_reading_in(profile),
        email=_email_of(user),
        zone=_clean(user.tz) or None,
        is_admin=bool(user.is_admin or user.is_owner),
        is_bot=person.is_bot,
        is_guest=_is_guest(person, profile, home=home),
        is_deleted=bool(user.deleted),
        is_mentioned_only=person.user is None and not person.has_acted,
        links=_links_in(user.profile.fields) if user.profile else (),
        user_name=_user_name(_clean(user.name), names=(name, display_name)),
    )


def _reading_in(profile: Profile) -> str:
    """Return how somebody says that their name is pronounced."""
    told = profile.pronunciation
    return _clean(told) if isinstance(told, str) else ""


def _user_name(name: str, *, names: tuple[str, str]) -> str:
    """Return what somebody is called by the workspace itself, if they are shown otherwise."""
    is_known = any(name.casefold() == one.casefold() for one in names)
    return "" if is_known or " " in name else name


def _links_in(fields: msgspec.Raw) -> tuple[str, ...]:
    """Return the accounts elsewhere that somebody's own profile fields name."""
    try:
        told = msgspec.json.decode(fields, type=dict[str, ProfileField]) if fields else {}
    except (ValueError, RecursionError):
        return ()
    return accounts_in(one.value for one in told.values() if isinstance(one.value, str))


def _is_guest(person: Person, profile: Profile, *, home: str | None) -> bool:
    user = person.user
    if user is None:
        is_from_elsewhere = bool(home and person.team and person.team != home)
        return is_from_elsewhere or bool(profile.is_restricted or profile.is_ultra_restricted)
    return bool(user.is_restricted or user.is_ultra_restricted or user.is_stranger)


def _email_of(user: User) -> str | None:
    email = _clean(user.profile.email) if user.profile else ""
    return email if _EMAIL.fullmatch(email) else None


def _clean(name: str | None) -> str:
    """Return a name without what cannot be printed, at a length a page can bear."""
    return _NOT_PRINTED.sub(" ", name or "").strip()[:_LONGEST_NAME]
