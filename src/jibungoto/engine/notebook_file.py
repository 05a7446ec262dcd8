"""What a notebook's log keeps beside its Parquet: its key and zone, its version, what it was told.

All of it is one file, and replacing that file is the one commit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import msgspec

from jibungoto.engine.calendar import day_from, local_day, zone_named
from jibungoto.engine.disk import write_whole
from jibungoto.engine.intake import Delivered
from jibungoto.engine.log import write_facts
from jibungoto.engine.manifest import Manifest
from jibungoto.engine.relations import SOURCE
from jibungoto.gather.people.look_alikes import CROWDED, is_proof
from jibungoto.ledger.accounting import Account
from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.kinds import DEFAULT_KINDS
from jibungoto.ledger.person import Handle, PersonKind
from jibungoto.ledger.problems import NotAnExport
from jibungoto.ledger.source import CanTell
from jibungoto.ledger.words import Words

_NAME = "notebook.json"
_DAMAGED = Words("ノートブックのログとして読めません。", "This is no notebook’s log.")
_NEXT = Words(
    "控えから戻すか、新しいフォルダーでもう一度取り込んでください。",
    "Put it back from a copy, or bring the exports into a new folder.",
)


class Told(msgspec.Struct, frozen=True):
    """What one intake told beside its activities. Days are local dates."""

    number: int
    name: str
    source: str
    account: Account
    can_tell: CanTell
    first_day: date | None
    last_day: date | None
    handles: tuple[Handle, ...]
    initiatives: tuple[Initiative, ...]


class Kept(msgspec.Struct, frozen=True):
    """A notebook's log at one version; ``facts`` is the folder of its who, kinds and so on.

    ``numbers`` gives every pseudonym a number for good; the person is the smallest of those that
    one verified address joins. ``kinds`` says in which capacity a person takes part.
    """

    key: str
    zone: str
    manifest: Manifest = Manifest()
    told: tuple[Told, ...] = ()
    numbers: dict[str, int] = {}
    kinds: dict[int, PersonKind] = {}
    stamp: int = 0
    intakes: int = 0

    @property
    def facts(self) -> str:
        """The folder of the relations beside the activities, below the log's own."""
        return f"facts/{self.stamp:08d}"

    @property
    def events(self) -> dict[str, Initiative]:
        """All events the exports told of that took place, by key; what was told last counts."""
        known = chain.from_iterable(told.initiatives for told in self.told)
        return {one.key: one for one in known if one.kind == "event" and not one.is_cancelled}

    @property
    def handles(self) -> dict[str, Handle]:
        """Everybody by pseudonym; a mention alone says less than a telling."""
        found: dict[str, Handle] = {}
        for handle in chain.from_iterable(told.handles for told in self.told):
            if handle.actor not in found or not handle.is_mentioned_only:
                found[handle.actor] = handle
        return found

    @property
    def people(self) -> dict[str, int]:
        """The number of the person behind each pseudonym."""
        found = {actor: self.numbers[actor] for actor in self.handles}
        for group in _of_one_address(self.handles.values()):
            root = min(found[actor] for actor in group)
            for actor in group:
                found[actor] = root
        return found

    @property
    def last_day(self) -> date | None:
        """The newest local day that any source covers."""
        return max((told.last_day for told in self.told if told.last_day), default=None)


def read_kept(folder: Path) -> Kept | None:
    """Return the log kept in a folder, or None; raises NotAnExport where it cannot be read."""
    path = folder / _NAME
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        raise NotAnExport(_DAMAGED, _NEXT, place=str(path)) from error


def write_kept(folder: Path, kept: Kept) -> Kept:
    """Commit a version: its facts first, then the one file that names them."""
    fresh = msgspec.structs.replace(kept, stamp=kept.stamp + 1)
    write_facts(
        folder,
        fresh.facts,
        rows={
            "who": list(_who(fresh)),
            "kinds": [
                (k.kind.value, k.act_class.value, k.presence, k.output) for k in DEFAULT_KINDS
            ],
            "initiative": list(_initiatives(fresh)),
            "source": list(_sources(fresh)),
        },
    )
    write_whole(folder / _NAME, msgspec.json.encode(fresh))
    return fresh


def told_by(delivered: Delivered, name: str, *, account: Account) -> Told:
    """Return what a delivery tells beside its activities, and where its records went."""
    declared = delivered.reading.covered_until
    last = None if delivered.last_day is None else day_from(delivered.last_day)
    return Told(
        number=delivered.delivery.intake,
        name=name,
        source=delivered.delivery.source,
        account=account,
        can_tell=delivered.reading.can_tell,
        first_day=None if delivered.first_day is None else day_from(delivered.first_day),
        last_day=declared or last,
        handles=tuple(delivered.handles.values()),
        initiatives=tuple(delivered.initiatives.values()),
    )


def _of_one_address(handles: Iterable[Handle]) -> Iterator[list[str]]:
    """Yield the pseudonyms that one verified address of one person's own joins."""
    groups: dict[str, list[str]] = defaultdict(list)
    for handle in handles:
        if handle.email and is_proof(handle.email):
            groups[handle.email.strip().casefold()].append(handle.actor)
    yield from (group for group in groups.values() if 1 < len(group) <= CROWDED)


def _who(kept: Kept) -> Iterator[tuple[object, ...]]:
    people, handles = kept.people, kept.handles
    sources = {one.actor: told.source for told in kept.told for one in told.handles}
    human = {people[actor] for actor, handle in handles.items() if not handle.is_bot}
    for actor, handle in handles.items():
        person = people[actor]
        otherwise = PersonKind.MEMBER if person in human else PersonKind.BOT
        kind = kept.kinds.get(person, otherwise)
        is_out = handle.is_deleted
        yield actor, person, kind.value, None, None, False, sources[actor], is_out, None


def _initiatives(kept: Kept) -> Iterator[tuple[object, ...]]:
    zone = zone_named(kept.zone)
    own = dict(kept.manifest.meant)
    found = {one.key: (told.source, one) for told in kept.told for one in told.initiatives}
    for key, (source, one) in found.items():
        if key in own:
            continue
        day = None if one.started_at is None else day_from(local_day(one.started_at, zone))
        counts = one.counts
        yield (
            (key, source, one.kind.value, one.started_by, _moment(one.started_at), day)
            + (one.mode and one.mode.value, _moment(one.starts_at), _moment(one.ends_at))
            + (one.edition, one.series, one.is_cancelled, one.is_default, one.tag.value)
            + (counts.registered, counts.waiting, counts.attended, counts.viewers)
            + (one.capacity, one.hashtag)
        )


def _moment(seconds: int | None) -> datetime | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


def _sources(kept: Kept) -> Iterator[tuple[object, ...]]:
    by_source: dict[str, list[Told]] = defaultdict(list)
    for told in (one for one in kept.told if one.account.read):  # headings alone say nothing
        by_source[told.source].append(told)
    for source, every in sorted(by_source.items()):
        yield source, *(_together(every, column) for column in list(SOURCE)[1:])


def _together(told: Sequence[Told], column: str) -> object:
    """Return what several intakes of one source say together in one column of ``source``."""
    if column == "covered_from":
        return min((one.first_day for one in told if one.first_day), default=None)
    if column == "covered_until":
        return max((one.last_day for one in told if one.last_day), default=None)
    if column == "complete_since":
        since = [one.can_tell.complete_since for one in told if one.can_tell.complete_since]
        return min(since, default=None)
    return any(getattr(one.can_tell, column) for one in told)
