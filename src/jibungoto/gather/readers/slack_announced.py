"""What Slack counts and does not hold: replies outside of an export, and unnamed reactions.

Such a fact names nobody and counts for nobody; it only keeps what was answered from seeming not to
be. Its activity has no actor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.cells import stamp_from
from jibungoto.gather.readers.slack_people import People, Person
from jibungoto.gather.readers.slack_shapes import Message, Reaction
from jibungoto.gather.readers.slack_spot import Spot
from jibungoto.gather.readers.slack_time import stamp_of
from jibungoto.gather.text import digest63
from jibungoto.ledger.activity import Activity, AtPrecision
from jibungoto.ledger.kinds import Kind

_SECOND = 1_000_000
_MOST_NAMED = 5
"""Slack names no more of those who replied."""


def has_unnamed(reactions: Sequence[Reaction]) -> bool:
    """Say whether Slack counts more people than it names."""
    return any(isinstance(one.count, int) and one.count > len(one.users) for one in reactions)


def somebody_reacted(spot: Spot, key: str, *, micros: int) -> Activity:
    """Return the reaction to a message of people who are counted and not named."""
    return Activity(
        record=key,
        key=f"{key}/reaction/somebody",
        actor=None,
        kind=Kind.REACTION,
        happened_at=micros // _SECOND,
        at_precision=AtPrecision.NOT_BEFORE,
        place=spot.place,
        in_reply_to=key,
        initiative=spot.initiative,
        sequence=micros % _SECOND,
        visibility=spot.visibility,
        filed_at=micros // _SECOND,
    )


def alone_in(room: object) -> str | None:
    """Return who was the only one in a call, or None if there were others, or nobody is told."""
    told = room.get("participant_history") if isinstance(room, dict) else None
    people = {one for one in told if isinstance(one, str)} if isinstance(told, list) else set()
    return people.pop() if len(people) == 1 else None


def somebody_was_here(
    spot: Spot, micros: int, *, batch: Batch, thread: str | None = None, actor: str | None = None
) -> None:
    """Write down that somebody was here: wrote what was deleted since, or was in a call."""
    key, second = f"{spot.prefix}{stamp_from(micros)}/there", micros // _SECOND
    content = digest63(f"there {actor}".encode())
    batch.records.append(Record(key, content, second, is_counted=False))
    batch.activities.append(
        Activity(
            record=key,
            key=key,
            actor=actor,
            kind=Kind.ADMIN,
            happened_at=second,
            place=spot.place,
            thread=thread,
            initiative=spot.initiative,
            sequence=micros % _SECOND,
            visibility=spot.visibility,
        )
    )


class Announced(msgspec.Struct, frozen=True, gc=False):
    """What a root says of its replies, called as it is in its message."""

    reply_count: object
    reply_users: object
    latest_reply: object


class AnnouncedReplies:
    """The replies that the roots of one channel count, and how many of them came."""

    def __init__(self, spot: Spot, people: People) -> None:
        self._spot = spot
        self._people = people
        self._told: dict[int, tuple[int, str | None, object]] = {}
        self._came: Counter[int] = Counter()

    def told(
        self,
        message: Message | Announced,
        author: Person | None,
        *,
        micros: int,
        key: str | None = None,
    ) -> None:
        """Take in what a root says of its replies, unless its author wrote them, or a bot.

        ``key`` is its record's, where that does not follow from its time.
        """
        count = message.reply_count
        if not isinstance(count, int) or count < 1:
            return
        if not self._are_none_of_others(message.reply_users, author):
            self._told[micros] = count, key, message.latest_reply if count == 1 else None

    def came(self, roots: Iterable[int]) -> None:
        """Count replies that are held, each by the time of its root."""
        self._came.update(roots)

    def is_awaited(self, micros: int, count: object) -> bool:
        """Say whether of so many replies to a root some have not come yet."""
        return isinstance(count, int) and self._came.get(micros, 0) < count

    def close(self, batch: Batch) -> None:
        """Write down which roots have replies that are not held.

        When these came is known of a single one alone; of others only that it was not before.
        """
        came, prefix = self._came.get, self._spot.prefix
        for micros, (count, key, latest) in self._told.items():
            if came(micros, 0) < count:
                root, last = key or prefix + stamp_from(micros), _stamp_in(latest)
                second = None if last is None else int(last[:10])
                self._put(root, micros, second=second, batch=batch)
        self._told.clear()
        self._came.clear()

    def _are_none_of_others(self, users: object, author: Person | None) -> bool:
        if not isinstance(users, list) or not 0 < len(users) < _MOST_NAMED:
            return False
        known = self._people.by_id.get
        for one in users:
            person = known(one) if isinstance(one, str) else None
            if person is None or not (person is author or person.is_bot):
                return False
        return True

    def _put(self, root: str, micros: int, *, second: int | None, batch: Batch) -> None:
        spot, key, asked_at = self._spot, f"{root}/replies", micros // _SECOND
        content = digest63(f"replies {second}".encode())
        batch.records.append(Record(key, content, asked_at, is_counted=False))
        batch.activities.append(
            Activity(
                record=key,
                key=key,
                actor=None,
                kind=Kind.REPLY,
                happened_at=asked_at if second is None else second,
                at_precision=AtPrecision.NOT_BEFORE if second is None else AtPrecision.EXACT,
                place=spot.place,
                thread=root,
                in_reply_to=root,
                initiative=spot.initiative,
                sequence=micros % _SECOND,
                visibility=spot.visibility,
                filed_at=asked_at,
            )
        )


def _stamp_in(latest: object) -> str | None:
    """Return when the last reply came, if that is told in a way that can be read."""
    stamp = stamp_of(latest) if isinstance(latest, str) else None
    return stamp if isinstance(stamp, str) else None
