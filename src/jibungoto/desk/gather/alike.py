"""Proposals: which handles may be one person, looked for again whenever the names have changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from jibungoto.desk.acting import Acting, administrator, must_write
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.gather.joinable import Pair, in_order
from jibungoto.desk.gather.joining import (
    AT_ONCE,
    chunks,
    is_settled,
    parted,
    person_of,
    settle,
)
from jibungoto.desk.gather.outlook import raise_stamp
from jibungoto.engine.log import opened
from jibungoto.engine.seen import Seen, seen
from jibungoto.gather.people.accounts import own_account
from jibungoto.gather.people.look_alikes import Known, LookAlike, look_alikes
from jibungoto.records.models import (
    CommunityRow,
    HandleRow,
    HandleSeenRow,
    LookAlikeRow,
    LookAlikeState,
)

_UNDECIDED = (LookAlikeState.OPEN, LookAlikeState.LATER)
_USER_NAME = re.compile(r"[a-z][a-z0-9_.-]{2,38}")


@dataclass(frozen=True, slots=True)
class _Change:
    """What looking again changes: rows to add, to write anew, and to drop."""

    new: list[LookAlikeRow]
    changed: list[LookAlikeRow]
    dropped: list[int]


def waiting_for_comparison() -> Iterator[CommunityRow]:
    """Hand out the communities whose newest names have yet to be compared."""
    behind = CommunityRow.objects.exclude(version=None).exclude(alike_version=F("version__number"))
    yield from behind.select_related("version").order_by("pk")


def compare(community: CommunityRow) -> None:
    """Look for the proposals of one community, as the house itself."""
    find(administrator(community))


def is_behind(community: CommunityRow) -> bool:
    """Say whether the newest names have yet to be compared."""
    version = community.version
    return version is not None and version.number != community.alike_version


def find(acting: Acting) -> int:
    """Look for proposals again and return how many wait for an answer.

    New ones are added, open ones that nothing supports any more go, decided ones stay as they
    are. Rows are written a few at a time, so nobody waits long; dying in between loses nothing.
    """
    must_write(acting)
    community = acting.community
    community.refresh_from_db()
    version = community.version
    stamp = community.facts_stamp
    for some in _parts(_compared(community, _found(community))):
        with transaction.atomic():
            LookAlikeRow.objects.bulk_create(some.new, ignore_conflicts=True)
            LookAlikeRow.objects.bulk_update(some.changed, ["reasons", "score"], batch_size=400)
            open_ones = LookAlikeRow.objects.filter(state=LookAlikeState.OPEN)
            open_ones.filter(pk__in=some.dropped).delete()
            raise_stamp(community)
    _keep_seen(community)
    with transaction.atomic():
        here = CommunityRow.objects.select_for_update().filter(pk=community.pk)
        if here.values_list("facts_stamp", flat=True).get() != stamp:
            settle(community)  # somebody decided meanwhile
        here.update(alike_version=version.number if version else 0)
    return waiting(acting)


def waiting(acting: Acting, *, at_most: int | None = None) -> int:
    """Return how many proposals wait for an answer, counting no further than asked."""
    rows = LookAlikeRow.objects.filter(
        community=acting.community, state=LookAlikeState.OPEN, is_answered=False
    )
    return rows[:at_most].count() if at_most else rows.count()


def _found(community: CommunityRow) -> dict[Pair, LookAlike]:
    """Return the proposals as the rules make them, by the pseudonyms of their two handles."""
    handles = HandleRow.objects.filter(community=community, is_bot=False).only(
        "actor", "source", "outside_id", "name", "display_name", "email", "typed_email",
        "reading", "organisation", "is_name_only", "user_name", "links",
    )  # fmt: skip
    actors: dict[int, str] = {}
    listed = []
    for handle in handles.iterator(chunk_size=AT_ONCE):
        actors[handle.pk] = handle.actor
        listed.append(known(handle))
    found = look_alikes(listed)
    return {in_order(actors[one.one], actors[one.other]): one for one in found}


def known(handle: HandleRow) -> Known:
    """Return a handle as the rules take it.

    A source keeps its accounts apart unless their ids are mere names or addresses: then one
    person has several.
    """
    user_name = next(
        (
            name
            for name in (handle.outside_id, handle.user_name, handle.display_name)
            if _USER_NAME.fullmatch(name)
        ),
        "",
    )
    return Known(
        number=handle.pk,
        source=handle.source,
        names=tuple(name for name in (handle.display_name, handle.name) if name),
        handle=user_name,
        address=handle.email or handle.typed_email,
        reading=handle.reading,
        organisation=handle.organisation,
        account=own_account(handle.source, handle.outside_id),
        links=tuple(handle.links.split()),
        is_settled=not handle.is_name_only and "@" not in handle.outside_id,
    )


def _compared(community: CommunityRow, found: dict[Pair, LookAlike]) -> _Change:
    """Compare what was found with the rows there are."""
    rows = list(LookAlikeRow.objects.filter(community=community))
    rejected = [(one.one, one.other) for one in rows if one.state == LookAlikeState.REJECTED]
    actors = {actor for pair in found for actor in pair}
    actors |= {actor for row in rows for actor in (row.one, row.other)}
    of = person_of(community, actors)
    apart = parted(rejected, of)
    there = {(row.one, row.other) for row in rows}
    new = [
        LookAlikeRow(
            community=community,
            one=pair[0],
            other=pair[1],
            reasons=list(one.reasons),
            score=one.score,
            is_answered=is_settled(pair, of, apart=apart),
        )
        for pair, one in found.items()
        if pair not in there
    ]
    open_ones = [row for row in rows if row.state == LookAlikeState.OPEN]
    dropped = [row.pk for row in open_ones if (row.one, row.other) not in found]
    changed = [row for row in rows if row.state in _UNDECIDED and _differs(row, found)]
    return _Change(new, changed, dropped)


def _differs(row: LookAlikeRow, found: dict[Pair, LookAlike]) -> bool:
    """Bring a row to what was found; say whether that changed it."""
    one = found.get((row.one, row.other))
    if one is None or (row.reasons, row.score) == (list(one.reasons), one.score):
        return False
    row.reasons, row.score = list(one.reasons), one.score
    return True


def _parts(change: _Change) -> Iterator[_Change]:
    """Hand out a change in pieces that each hold the database for a moment."""
    sizes = (len(change.new), len(change.changed), len(change.dropped))
    for start in range(0, max(sizes), AT_ONCE):
        end = start + AT_ONCE
        yield _Change(change.new[start:end], change.changed[start:end], change.dropped[start:end])


def _keep_seen(community: CommunityRow) -> None:
    """Keep when and where those acted who stand in a proposal, so that pages read rows."""
    rows = LookAlikeRow.objects.filter(community=community, state__in=_UNDECIDED)
    actors = {actor for pair in rows.values_list("one", "other") for actor in pair}
    current = current_log(community)
    if current is None:
        return
    with opened(current[1]) as con:
        told = seen(con, sorted(actors))
    HandleSeenRow.objects.filter(handle__community=community).delete()
    by_actor = {one.actor: one for one in told}
    for some in chunks(sorted(by_actor)):
        keys = dict(
            HandleRow.objects.filter(community=community, actor__in=some).values_list("actor", "pk")
        )
        _write_seen([by_actor[actor] for actor in keys], keys)


def _write_seen(told: Iterable[Seen], keys: dict[str, int]) -> None:
    HandleSeenRow.objects.bulk_create(
        (
            HandleSeenRow(
                handle_id=keys[one.actor],
                first_day=one.first_day,
                last_day=one.last_day,
                acts=one.acts,
                places=one.places,
            )
            for one in told
        ),
        ignore_conflicts=True,
    )
