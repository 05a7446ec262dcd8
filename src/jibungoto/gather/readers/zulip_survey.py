"""What a Zulip export says of itself in realm.json: people, channels, subscriptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.json_lists import JsonLists, Unreadable
from jibungoto.gather.people.crowd import Crowd, Member
from jibungoto.gather.reader import Choices
from jibungoto.gather.readers import zulip_shapes as shapes
from jibungoto.gather.readers import zulip_words as words
from jibungoto.gather.shelves.complaints import spelled
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.accounting import Refusal
from jibungoto.ledger.activity import Visibility
from jibungoto.ledger.problems import DamagedExport
from jibungoto.ledger.words import Words

EARLIEST, LATEST = 1_009_843_200, 4_102_444_800
MOST_ID = 1 << 62
_CHANNEL = 2
_LISTS = tuple(f"zerver_userprofile{one}" for one in ("", "_mirrordummy", "_crossrealm"))
_OWNER, _ADMIN, _GUEST = 100, 200, 600

Shape = TypeVar("Shape", bound=msgspec.Struct)


@dataclass(slots=True)
class Place:
    """A channel as messages and subscriptions name it; ``index`` is its place among all."""

    stream: shapes.Stream
    place: str
    initiative: str
    visibility: Visibility
    created: int | None
    is_default: bool = False
    is_kept: bool = True
    index: int = 0
    roots: dict[str, tuple[str, Member]] = field(default_factory=dict)


@dataclass(slots=True)
class Survey:
    """Everything realm.json says; ``recipients`` holds None where people write to each other."""

    crowd: Crowd
    places: dict[int, Place] = field(default_factory=dict)
    listed: list[Place] = field(default_factory=list)
    recipients: dict[int, Place | None] = field(default_factory=dict)
    by_name: dict[str, Member | None] = field(default_factory=dict)
    users: dict[int, Member] = field(default_factory=dict)
    joined: dict[int, int] = field(default_factory=dict)
    system_bots: set[int] = field(default_factory=set)
    reactions: dict[int, list[shapes.Reaction]] = field(default_factory=dict)
    realm: shapes.Realm = field(default_factory=shapes.Realm)
    has_audit: bool = False
    has_reactions: bool = False

    def member(self, number: int) -> Member:
        """Return who has this number, listed or not."""
        found = self.users.get(number)
        if found is None:
            found = self.users[number] = self.crowd.of(str(number))
        return found


class Tables:
    """The tables of one realm.json, each row of which is readable or refused."""

    def __init__(self, export: Export, entry: Entry) -> None:
        self._path = spelled(entry.path)
        content = export.read(entry).removeprefix(b"\xef\xbb\xbf")
        try:
            self.raw = msgspec.json.decode(content, type=shapes.Tables)
        except (ValueError, RecursionError) as error:
            raise DamagedExport(words.NO_REALM, words.AGAIN, place=self._path) from error

    def rows(
        self, name: str, shape: type[Shape], *, batch: Batch, reason: Words = words.NOT_A_ROW
    ) -> Iterator[Shape]:
        """Yield the rows of one table; what is none is refused, and counts as read."""
        for number, one in enumerate(JsonLists(shape).rows_of(getattr(self.raw, name)), 1):
            if isinstance(one, Unreadable):
                batch.read += 1
                where = f"{self._path}, {name}"
                batch.refusals.append(
                    Refusal(where if one.is_whole else f"{where}, record {number}", reason)
                )
            else:
                yield one


def survey_of(tables: Tables, crowd: Crowd, *, choices: Choices, batch: Batch) -> Survey:
    """Read everything but joins and messages."""
    survey = Survey(crowd)
    for realm in tables.rows("zerver_realm", shapes.Realm, batch=batch):
        survey.realm = realm
    _read_users(survey, tables, batch=batch)
    _read_channels(survey, tables, choices=choices, batch=batch)
    for reaction in tables.rows("zerver_reaction", shapes.Reaction, batch=batch):
        survey.reactions.setdefault(reaction.message, []).append(reaction)
        survey.has_reactions = True
    return survey


def second_of(told: float | None) -> int | None:
    """Return a time in whole seconds, or None where it is none a community can have."""
    return int(told) if told is not None and EARLIEST <= told < LATEST else None


def _read_users(survey: Survey, tables: Tables, *, batch: Batch) -> None:
    for name in _LISTS:
        for user in tables.rows(name, shapes.User, batch=batch, reason=words.NOT_A_USER):
            member = survey.member(user.id)
            member.is_listed = True
            _describe(member, user, is_account=name == _LISTS[0])
            if name == _LISTS[2]:
                member.is_bot = True
                survey.system_bots.add(user.id)
            joined = second_of(user.date_joined)
            if joined is not None and name == _LISTS[0]:
                survey.joined[user.id] = joined
                member.is_seen(joined)
            if user.full_name:
                known = survey.by_name.setdefault(user.full_name, member)
                if known is not member:  # Two of one name: the name alone says nobody.
                    survey.by_name[user.full_name] = None


def _describe(member: Member, user: shapes.User, *, is_account: bool) -> None:
    member.name = user.full_name or member.name
    member.is_bot = user.is_bot
    member.is_admin = user.is_realm_admin or user.role in (_OWNER, _ADMIN)
    member.is_guest = user.is_guest or user.role == _GUEST
    if not is_account:  # Somebody brought over from another tool, who never signed in.
        member.typed_email = user.delivery_email or user.email
        return
    member.zone = user.timezone
    member.is_deleted = not user.is_active
    if not user.is_bot:
        member.email = user.email if user.delivery_email is None else user.delivery_email


def _read_channels(survey: Survey, tables: Tables, *, choices: Choices, batch: Batch) -> None:
    defaults = {
        one.stream for one in tables.rows("zerver_defaultstream", shapes.DefaultStream, batch=batch)
    }
    rows = tables.rows("zerver_stream", shapes.Stream, batch=batch, reason=words.NOT_A_CHANNEL)
    for stream in rows:
        chosen = not choices.private_places.isdisjoint((str(stream.id), stream.name))
        place = Place(
            stream=stream,
            place=str(stream.id),
            initiative=f"zulip:{stream.id}",
            visibility=_visibility_of(stream),
            created=second_of(stream.date_created),
            is_default=stream.id in defaults,
            is_kept=not stream.invite_only or chosen,
            index=len(survey.listed),
        )
        survey.places[stream.id] = place
        survey.listed.append(place)
    for one in tables.rows("zerver_recipient", shapes.Recipient, batch=batch):
        if one.type != _CHANNEL:
            survey.recipients[one.id] = None
        elif one.type_id in survey.places:
            survey.recipients[one.id] = survey.places[one.type_id]


def _visibility_of(stream: shapes.Stream) -> Visibility:
    if stream.invite_only:
        return Visibility.PRIVATE
    return Visibility.PUBLIC if stream.is_web_public else Visibility.MEMBERS
