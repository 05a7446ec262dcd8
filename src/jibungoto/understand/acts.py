"""From activities to acts: what counts, in whose name, in which capacity and as which class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jibungoto.ledger.activity import AtPrecision, TieKind
from jibungoto.ledger.initiative import PlaceTag
from jibungoto.ledger.kinds import ActClass, Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.understand.log import Log, LoggedActivity, LoggedInitiative, Standing
from jibungoto.understand.thresholds import DEFAULTS, Thresholds

Copies = dict[tuple[str, str], "Told"]
"""Which row is a copy of which earlier one."""
ANSWERS = (Kind.REPLY, Kind.COMMENT)
"""What contributes only if somebody is answered; a talk or a merged change does by itself."""
HELPING = (ActClass.CONTRIBUTE, ActClass.BRING)
MEMBER = PersonKind.MEMBER
NOBODY = -1
"""Stands for whoever is not known: an erased person, or whom a source does not name."""


@dataclass(frozen=True, slots=True)
class Told:
    """An activity of a known person, in the capacity they had on that day."""

    activity: LoggedActivity
    person: int
    capacity: PersonKind
    opted_out: bool

    @property
    def row(self) -> tuple[str, str]:
        """The row of the log this is, as (source, key)."""
        return (self.activity.source, self.activity.key)

    @property
    def order(self) -> tuple[int, int, str, str]:
        """Orders rows by time, without ties."""
        return (self.activity.happened_at, self.activity.sequence, *self.row)

    @property
    def thread(self) -> tuple[str, str]:
        """The row that opened the thread this is part of; its own row if it opened one."""
        return (self.activity.source, self.activity.thread or self.activity.key)


@dataclass(frozen=True, slots=True)
class Act:
    """What counts: a told activity with the class it counts as, and whom it helped."""

    told: Told
    act_class: ActClass
    is_output: bool
    tag: PlaceTag
    opener: Told | None = None

    @property
    def person(self) -> int:
        """Who did it."""
        return self.told.person

    @property
    def capacity(self) -> PersonKind:
        """In which capacity."""
        return self.told.capacity

    @property
    def day(self) -> date:
        """On which local day."""
        return self.told.activity.day

    @property
    def happened_at(self) -> int:
        """When, in UTC seconds."""
        return self.told.activity.happened_at

    @property
    def initiative(self) -> str | None:
        """In which initiative."""
        return self.told.activity.initiative

    @property
    def speaks(self) -> bool:
        """True for speaking or anything higher."""
        return self.act_class is not ActClass.RECEIVE

    @property
    def helped(self) -> int | None:
        """The other member who is better off, if there is one."""
        if self.act_class not in HELPING or self.opener is None:
            return None
        is_other_member = self.opener.capacity is MEMBER and self.opener.person != self.person
        return self.opener.person if is_other_member else None


@dataclass(frozen=True, slots=True)
class ResolvedTie:
    """A reply or a mention between two people, each in the capacity of that day."""

    source: str
    key: str
    kind: TieKind
    from_person: int
    from_capacity: PersonKind
    to_person: int
    to_capacity: PersonKind
    is_hidden: bool
    happened_at: int
    day: date


def standing_on(spans: list[Standing], day: date) -> Standing | None:
    """Return the row of a handle's spans that speaks of a day."""
    return next((span for span in spans if span.holds_on(day)), None)


def spans_by_actor(log: Log) -> dict[str, list[Standing]]:
    """Return every handle's rows of ``who``."""
    spans: dict[str, list[Standing]] = {}
    for standing in log.who:
        spans.setdefault(standing.actor, []).append(standing)
    return spans


def told_before(log: Log, as_of: date) -> list[Told]:
    """Return what the log tells of known people before a day."""
    spans = spans_by_actor(log)
    opted_out = {standing.person for standing in log.who if standing.opted_out}
    told = []
    for activity in log.activities:
        standing = standing_on(spans.get(activity.actor or "", []), activity.day)
        if activity.day < as_of and standing is not None:
            person = standing.person
            told.append(Told(activity, person, standing.kind, person in opted_out))
    return told


def acts_before(log: Log, as_of: date, *, thresholds: Thresholds = DEFAULTS) -> list[Act]:
    """Return everything that counts before a day, in order of time."""
    told = told_before(log, as_of)
    by_row = {each.row: each for each in told}
    copies = copies_among(told, thresholds=thresholds)
    places = {each.key: each for each in log.initiatives}
    counted = [each for each in told if not each.opted_out and each.row not in copies]
    acts = [
        act
        for each in (*_first_reactions(counted, by_row), *_all_but_reactions(counted))
        if (act := _weighed(each, log, by_row=by_row, places=places)) is not None
    ]
    return sorted(acts, key=lambda act: act.told.order)


def _all_but_reactions(told: list[Told]) -> list[Told]:
    return [each for each in told if each.activity.kind is not Kind.REACTION]


def _first_reactions(told: list[Told], by_row: dict[tuple[str, str], Told]) -> list[Told]:
    """Keep one reaction a person and message; reacting to oneself is nothing (BR4)."""
    kept: dict[tuple[str, int, str], Told] = {}
    for each in sorted(told, key=lambda each: each.order):
        activity = each.activity
        if activity.kind is not Kind.REACTION:
            continue
        target = by_row.get((activity.source, activity.in_reply_to or ""))
        if target is None or target.person != each.person:
            message = activity.in_reply_to or activity.key
            kept.setdefault((activity.source, each.person, message), each)
    return list(kept.values())


def copies_among(told: list[Told], *, thresholds: Thresholds = DEFAULTS) -> Copies:
    """Find the later copies of one text by one person in another place (BR11)."""
    said: dict[tuple[int, int], list[Told]] = {}
    for each in told:
        activity = each.activity
        is_post = activity.kind is Kind.MESSAGE and each.capacity is not PersonKind.BOT
        if is_post and activity.text_hash is not None:
            said.setdefault((each.person, activity.text_hash), []).append(each)
    copies: Copies = {}
    for alike in said.values():
        for earlier in sorted(alike, key=_by_time_then_key):
            for later in alike:
                if _is_copy(later.activity, earlier.activity, within=thresholds.copy_seconds):
                    copies.setdefault(later.row, earlier)
    return copies


def _by_time_then_key(told: Told) -> tuple[int, int, str, str]:
    activity = told.activity
    return (activity.happened_at, activity.sequence, activity.key, activity.source)


def _is_copy(later: LoggedActivity, earlier: LoggedActivity, *, within: int) -> bool:
    comes_after = (later.happened_at, later.sequence, later.key) > (
        earlier.happened_at,
        earlier.sequence,
        earlier.key,
    )
    places = {later.place, earlier.place}
    is_elsewhere = None not in places and len(places) == 2
    return comes_after and is_elsewhere and later.happened_at - earlier.happened_at < within


def _weighed(
    told: Told,
    log: Log,
    *,
    by_row: dict[tuple[str, str], Told],
    places: dict[str, LoggedInitiative],
) -> Act | None:
    """Give an activity the class it counts as, or None if it does not count."""
    rule = next((rule for rule in log.kinds if rule.kind is told.activity.kind), None)
    if rule is None or rule.act_class is ActClass.ADMIN:
        return None
    place = places.get(told.activity.initiative or "")
    tag = PlaceTag.NONE if place is None else place.tag
    if told.activity.kind is Kind.REACTION:
        return Act(told, rule.act_class, rule.output, PlaceTag.NONE)
    if rule.act_class is ActClass.START and place is not None and place.is_default:
        return None
    is_answer = rule.act_class is ActClass.CONTRIBUTE and told.activity.kind in ANSWERS
    if not is_answer or rule.output:
        return Act(
            told, rule.act_class, rule.output, tag, _opener(told, by_row, act_class=rule.act_class)
        )
    opener = _opener(told, by_row, act_class=rule.act_class)
    if opener is None or not _is_help(told, opener, tag=tag):
        return Act(told, ActClass.SPEAK, rule.output, tag)
    return Act(told, ActClass.CONTRIBUTE, rule.output, tag, opener)


def _opener(told: Told, by_row: dict[tuple[str, str], Told], *, act_class: ActClass) -> Told | None:
    opener = by_row.get(told.thread) if act_class is ActClass.CONTRIBUTE else None
    if opener is None or opener.opted_out or opener.activity.kind is Kind.REACTION:
        return None
    return opener


def _is_help(told: Told, opener: Told, *, tag: PlaceTag) -> bool:
    """A reply helps in somebody else's thread, unless it greets or answers a bot (BR10)."""
    return (
        opener.person != told.person
        and opener.capacity is not PersonKind.BOT
        and tag is PlaceTag.NONE
    )


def ties_before(log: Log, as_of: date) -> list[ResolvedTie]:
    """Return replies and mentions between two people before a day, parents looked up."""
    spans = spans_by_actor(log)
    opted_out = {standing.person for standing in log.who if standing.opted_out}
    by_row = {(each.source, each.key): each for each in log.activities}
    ties = []
    for tie in log.ties:
        if tie.kind is TieKind.REACTION or tie.day >= as_of:
            continue
        to_actor = tie.to_actor
        if to_actor is None:
            made_by = by_row.get((tie.source, tie.key))
            parent = by_row.get((tie.source, (made_by and made_by.in_reply_to) or ""))
            to_actor = parent.actor if parent else None
        sender = standing_on(spans.get(tie.from_actor or "", []), tie.day)
        receiver = standing_on(spans.get(to_actor or "", []), tie.day)
        if sender is None or receiver is None or sender.person == receiver.person:
            continue
        ties.append(
            ResolvedTie(
                source=tie.source,
                key=tie.key,
                kind=tie.kind,
                from_person=sender.person,
                from_capacity=sender.kind,
                to_person=receiver.person,
                to_capacity=receiver.kind,
                is_hidden=bool({sender.person, receiver.person} & opted_out),
                happened_at=tie.happened_at,
                day=tie.day,
            )
        )
    return ties


def nameless_before(log: Log, as_of: date) -> tuple[list[Told], list[ResolvedTie]]:
    """Return what nobody known did before a day, and whom they mentioned.

    Such an act counts for nobody, but whoever it answered is not left unanswered.
    """
    spans = spans_by_actor(log)
    acts = [
        Told(each, NOBODY, MEMBER, opted_out=False)
        for each in log.activities
        if each.day < as_of and each.actor not in spans
    ]
    ties = []
    for tie in log.ties:
        to = standing_on(spans.get(tie.to_actor or "", []), tie.day)
        is_mention = tie.kind is TieKind.MENTION and tie.from_actor not in spans
        if to is not None and is_mention and tie.day < as_of:
            ties.append(
                ResolvedTie(
                    source=tie.source,
                    key=tie.key,
                    kind=tie.kind,
                    from_person=NOBODY,
                    from_capacity=MEMBER,
                    to_person=to.person,
                    to_capacity=to.kind,
                    is_hidden=True,
                    happened_at=tie.happened_at,
                    day=tie.day,
                )
            )
    return acts, ties


def is_dated(told: Told) -> bool:
    """True if the source says when it happened, not only that it was not before (BR3)."""
    return told.activity.at_precision is AtPrecision.EXACT
