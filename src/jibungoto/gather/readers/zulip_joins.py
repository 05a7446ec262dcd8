"""Who came to a Zulip organization and to its channels, and who began a channel."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.events.attendance import UNDATED
from jibungoto.gather.people.crowd import Member
from jibungoto.gather.places import tag_of
from jibungoto.gather.readers import zulip_shapes as shapes
from jibungoto.gather.readers.zulip_survey import Place, Survey, Tables, second_of
from jibungoto.gather.text import digest63
from jibungoto.ledger.activity import Activity, AtPrecision, Visibility
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.kinds import Kind

_MOST_AT_ONCE = 5_000
_JOINED = frozenset({301, 302})
_LEFT = 303
_CREATED = 601


class _Fact(msgspec.Struct, frozen=True, gc=False):
    """Somebody came, went or began something: when, and where, if not to the organization."""

    key: str
    member: Member
    kind: Kind
    at: int
    place: Place | None = None
    is_exact: bool = True


class Joins:
    """What the tables say of coming and going; none of it is a record of the export's own."""

    def __init__(self, survey: Survey, tables: Tables) -> None:
        self._survey = survey
        self._tables = tables
        self._known: set[tuple[int, int]] = set()
        self._creators: dict[int, int] = {}
        self.are_seen = False
        self.has_creators = False

    def told(self) -> Iterator[Batch]:
        """Hand out joins of the organization, of channels, and the channels with their starts."""
        batch = Batch()
        for number, at in self._survey.joined.items():
            member = self._survey.users[number]
            self._write(batch, _Fact(f"user:{member.actor}", member, Kind.JOIN, at))
            batch = yield from _flushed(batch)
        rows = self._tables.rows("zerver_realmauditlog", shapes.AuditRow, batch=batch)
        for row in rows:
            self._take(row, batch)
            batch = yield from _flushed(batch)
        for one in self._tables.rows("zerver_subscription", shapes.Subscription, batch=batch):
            self._take_subscription(one, batch)
            batch = yield from _flushed(batch)
        for place in self._survey.places.values():
            if place.is_kept:
                self._open(place, batch)
        yield batch

    def _take(self, row: shapes.AuditRow, batch: Batch) -> None:
        if row.event_type == _CREATED and row.modified_stream and row.acting_user:
            self._creators[row.modified_stream] = row.acting_user
        kind = Kind.JOIN if row.event_type in _JOINED else Kind.LEAVE
        if kind is Kind.LEAVE and row.event_type != _LEFT:
            return
        place = self._survey.places.get(row.modified_stream or 0)
        at = second_of(row.event_time)
        if place is None or not place.is_kept or row.modified_user is None or at is None:
            return
        if row.backfilled:  # Written down afterwards, and not when it happened.
            return
        member = self._survey.member(row.modified_user)
        self._known.add((row.modified_user, place.stream.id))
        self._write(batch, _Fact(f"audit:{row.id}", member, kind, at, place))

    def _take_subscription(self, one: shapes.Subscription, batch: Batch) -> None:
        """Write down who is in a channel of whom the audit log does not say since when."""
        place = self._survey.recipients.get(one.recipient)
        if place is None or not place.is_kept or not one.active:
            return
        pair = (one.user_profile, place.stream.id)
        since = max(self._survey.joined.get(one.user_profile, 0), place.created or 0)
        if pair in self._known or not since:
            return
        self._known.add(pair)
        member = self._survey.member(one.user_profile)
        key = f"subscription:{place.place}/{member.actor}"
        self._write(batch, _Fact(key, member, Kind.JOIN, since, place, is_exact=False))

    def _write(self, batch: Batch, fact: _Fact) -> None:
        member, at, place = fact.member, fact.at, fact.place
        self.are_seen = True
        member.is_seen(at)
        filed_at = at if fact.is_exact else UNDATED
        content = digest63(f"{member.actor} {fact.kind.value} {at} {fact.is_exact}".encode())
        batch.records.append(Record(fact.key, content, filed_at, is_counted=False))
        batch.activities.append(
            Activity(
                record=fact.key,
                key=fact.key,
                actor=member.actor,
                kind=fact.kind,
                happened_at=at,
                at_precision=AtPrecision.EXACT if fact.is_exact else AtPrecision.NOT_BEFORE,
                place=place.place if place else None,
                initiative=place.initiative if place else None,
                visibility=place.visibility if place else Visibility.MEMBERS,
                filed_at=filed_at,
            )
        )

    def _open(self, place: Place, batch: Batch) -> None:
        """Add a channel as an initiative; who created it started it, unless it is a default."""
        number = place.stream.creator or self._creators.get(place.stream.id)
        creator = self._survey.member(number) if number else None
        if number in self._survey.system_bots:
            creator = None
        batch.initiatives.append(
            Initiative(
                key=place.initiative,
                kind=InitiativeKind.CHANNEL,
                name=place.stream.name,
                started_by=creator.actor if creator else None,
                started_at=place.created,
                is_default=place.is_default,
                is_archived=bool(place.stream.deactivated),
                tag=tag_of(place.stream.name),
            )
        )
        self.has_creators = self.has_creators or creator is not None
        if creator is None or place.created is None or place.is_default:
            return
        key = f"channel:{place.place}"
        self._write(batch, _Fact(key, creator, Kind.START, place.created, place))


def _flushed(batch: Batch) -> Generator[Batch, None, Batch]:
    """Hand a batch out once it is large; return the one to go on with."""
    if len(batch.activities) < _MOST_AT_ONCE:
        return batch
    yield batch
    return Batch()
