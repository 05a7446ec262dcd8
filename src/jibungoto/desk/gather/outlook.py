"""How names will stand once a telling is in, or out: worked out in memory, before anything is kept.

It reads the rows as they are and fills a ``Change``. Whoever writes that change checks first, with
the database locked, that the log's version and the stamp of names are still those it was made of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import F, Max

from jibungoto.desk.gather.change import (
    HANDLE_FIELDS,
    SHOWN,
    Change,
    Facts,
    NewName,
    stamp_of,
)
from jibungoto.desk.gather.declared import contested_among
from jibungoto.desk.gather.joinable import NAMED, Joinable, Pair, as_address, linking
from jibungoto.desk.gather.joining import (
    Joined,
    all_loaded,
    chunks,
    crowded_among,
    decided,
    joined,
    linked,
    newly_settled,
    parted,
    undecided,
)
from jibungoto.desk.gather.naming import shown_as
from jibungoto.records.models import (
    CommunityRow,
    HandleRow,
    LookAlikeRow,
    LookAlikeState,
    PersonRow,
)


def begun(community: CommunityRow, source: str = "") -> Change:
    """Return a change of a community's names as they are now; it changes nothing yet."""
    return Change(community, stamp_of(community), source=source)


def raise_stamp(community: CommunityRow) -> None:
    """Note that somebody answered who is one person, or that there is something new to answer."""
    CommunityRow.objects.filter(pk=community.pk).update(names_stamp=F("names_stamp") + 1)


def last_number(community: CommunityRow) -> int:
    """Return the highest number a person of this community has or ever had."""
    kept = CommunityRow.objects.values_list("people_numbered", flat=True).get(pk=community.pk)
    return max(kept, community.people.aggregate(last=Max("number"))["last"] or 0)


def facts_of(keys: Collection[int]) -> dict[int, Facts]:
    """Return what is shown of handles, by their keys."""
    found = {}
    for some in chunks(sorted(keys)):
        for pk, *values in HandleRow.objects.filter(pk__in=some).values_list("pk", *HANDLE_FIELDS):
            found[pk] = dict(zip(HANDLE_FIELDS, values, strict=True))
    return found


@dataclass(slots=True)
class Outlook:
    """All handles of a community as they will stand, by their pseudonyms.

    ``touched`` are the persons whose handles say something else than before.
    """

    change: Change
    handles: dict[str, Joinable]
    touched: set[int]

    @classmethod
    def of(cls, change: Change) -> Outlook:
        """Begin with the handles as they are."""
        return cls(change, {one.actor: one for one in all_loaded(change.community)}, set())

    def show(self, actor: str, facts: Facts) -> None:
        """Let a handle that is here show other facts."""
        one = self.handles[actor]
        self.change.handles[one.pk] = facts
        self.touched.add(one.person)
        email = as_address(facts["email"])
        self.handles[actor] = replace(one, email=email, **linking(one.source, facts))

    def add(self, told: Mapping[str, Facts]) -> None:
        """Add handles, each with a person of its own; those who are first get lower numbers."""
        last = last_number(self.change.community) if told else 0
        for at, (actor, facts) in enumerate(told.items(), start=1):
            email = as_address(facts["email"])
            source = self.change.source
            keys = (-at, actor, email, -at, -at, last + at)
            self.handles[actor] = Joinable(*keys, source, **linking(source, facts))
            self.change.new.append(NewName(actor, facts, last + at, {}))

    def drop(self, actors: Collection[str]) -> None:
        """Take handles away with the persons they came with; open proposals of them go along."""
        gone = [self.handles.pop(actor) for actor in actors]
        self.change.gone_handles = [one.pk for one in gone]
        self.change.moved = {one.pk: one.born for one in gone if one.person != one.born}
        self.touched |= {one.person for one in gone}
        kept = {one.born for one in self.handles.values()}
        self.change.gone_people = sorted({one.born for one in gone} - kept)
        if actors:
            self.change.forgotten = _open_ones(self.change.community, set(actors))

    def settle(self) -> None:
        """Work out who is one person then, how everybody is shown, and what is answered."""
        handles = list(self.handles.values())
        said = decided(self.change.community)
        now = joined(handles, _linked(handles, said))
        self._point(now)
        self._name(now)
        self._answer(now)

    def _point(self, now: Joined) -> None:
        change = self.change
        change.moved |= now.moved
        merged = _merged(change.community)
        for person, to in now.persons.items():
            after = None if person == to else to
            if merged.get(person) != after:
                change.pointed[person] = after
        change.pointed |= {key: None for key in change.gone_people if key in merged}

    def _name(self, now: Joined) -> None:
        gone = set(self.change.gone_people)
        new = {-at for at in range(1, len(self.change.new) + 1)}
        wanted = (self.touched | now.to_name | new) - gone
        shown = self._shown(wanted, now)
        self.change.new = [
            replace(one, shown=shown[-at]) for at, one in enumerate(self.change.new, start=1)
        ]
        before = _shown_before({key for key in wanted if key > 0})
        self.change.named = {
            key: facts for key, facts in shown.items() if key > 0 and before[key] != facts
        }

    def _shown(self, wanted: set[int], now: Joined) -> dict[int, Facts]:
        """Return how these persons are shown, from all handles that then lead to them."""
        theirs: dict[int, list[int]] = defaultdict(list)
        born: dict[int, list[int]] = defaultdict(list)
        for one in self.handles.values():
            theirs[now.moved.get(one.pk, one.person)].append(one.pk)
            born[one.born].append(one.pk)
        keys = {person: theirs.get(person) or born[person] for person in wanted}
        facts = self._told({pk for some in keys.values() for pk in some})
        return {
            person: shown_as([facts[pk] for pk in sorted(some, key=_in_order)])
            for person, some in keys.items()
        }

    def _told(self, keys: set[int]) -> dict[int, Facts]:
        """Return what names handles, as it will be: new, changed, or as it is."""
        found: dict[int, Facts] = {-at: one.facts for at, one in enumerate(self.change.new, 1)}
        found |= self.change.handles
        return found | _names_of(keys - set(found))

    def _answer(self, now: Joined) -> None:
        rejected, waiting = undecided(self.change.community)
        forgotten = set(self.change.forgotten)
        of = {one.actor: now.moved.get(one.pk, one.person) for one in self.handles.values()}
        open_ones = [row for row in waiting if row[2] not in forgotten]
        self.change.answered = newly_settled(open_ones, of, apart=parted(rejected, of))


def _linked(handles: list[Joinable], said: Mapping[Pair, LookAlikeState]) -> Iterable[Pair]:
    return linked(handles, said, crowded=crowded_among(handles), contested=contested_among(handles))


def _in_order(key: int) -> tuple[bool, int]:
    """Order handles as they came: those that are not written yet come last."""
    return key < 0, abs(key)


def _open_ones(community: CommunityRow, actors: set[str]) -> list[int]:
    """Return the open proposals about any of these handles; what a person decided stays."""
    rows = LookAlikeRow.objects.filter(community=community, state=LookAlikeState.OPEN)
    told = rows.values_list("pk", "one", "other")
    return [pk for pk, one, other in told if one in actors or other in actors]


def _merged(community: CommunityRow) -> dict[int, int]:
    """Return to whom persons point now."""
    rows = PersonRow.objects.filter(community=community, merged_into__isnull=False)
    return dict(rows.values_list("pk", "merged_into_id"))


def _shown_before(keys: Collection[int]) -> dict[int, Facts]:
    found = {}
    for some in chunks(sorted(keys)):
        for pk, *values in PersonRow.objects.filter(pk__in=some).values_list("pk", *SHOWN):
            found[pk] = dict(zip(SHOWN, values, strict=True))
    return found


def _names_of(keys: Collection[int]) -> dict[int, Facts]:
    found: dict[int, Facts] = {}
    for some in chunks(sorted(keys)):
        for pk, *values in HandleRow.objects.filter(pk__in=some).values_list("pk", *NAMED):
            found[pk] = dict(zip(NAMED, values, strict=True))
    return found
