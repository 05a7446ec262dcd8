"""Who waits for an answer: first posts and questions, and what others did (BR16, BR17)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jibungoto.ledger.activity import AtPrecision, TieKind
from jibungoto.ledger.kinds import ActClass, Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.understand.acts import (
    ANSWERS,
    MEMBER,
    NOBODY,
    Act,
    Copies,
    ResolvedTie,
    Told,
    is_dated,
)
from jibungoto.understand.log import Log
from jibungoto.understand.newcomers import Newcomer, Rate
from jibungoto.understand.thresholds import DEFAULTS, Thresholds

WRITTEN = (Kind.MESSAGE, Kind.REPLY, Kind.COMMENT)
PRESENT = (*WRITTEN, Kind.ADMIN)
"""What shows that somebody was there: pinning something or calling in a place, besides writing."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A first post, a question or a topic, and when others first did what; None if never.

    ``seen_at`` counts reactions with and without a time of their own, ``reaction_at`` only those
    with one. ``others_at`` is when somebody else next wrote in the same place of a chat, or was
    seen there. ``announced_at``: since when the source counts answers it does not hold.
    ``watched_at`` is how far the source reaches.
    """

    act: Act
    is_first: bool
    is_question: bool
    thread_at: int | None
    reply_at: int | None
    mention_at: int | None
    reaction_at: int | None
    seen_at: int | None
    others_at: int | None
    announced_at: int | None = None
    watched_at: int = sys.maxsize

    def age(self, until: int) -> int:
        """Return for how many seconds up to a moment the source could have told an answer."""
        return max(0, min(until, self.watched_at) - self.act.happened_at)

    @property
    def answered_at(self) -> int | None:
        """When somebody first wrote in the thread or mentioned the asker."""
        answers = [moment for moment in (self.thread_at, self.mention_at) if moment is not None]
        return min(answers, default=None)


def watched_until(log: Log, as_of: date, *, until: int) -> dict[str, int]:
    """Return until when each source was watched: to the day's end, or to its last dated record.

    What came after that, nobody can tell, and nothing grows old by it.
    """
    found = {}
    for source in log.sources:
        dated = [
            each
            for each in log.activities
            if each.source == source.source
            and each.day < as_of
            and each.at_precision is AtPrecision.EXACT
        ]
        last_day = max((each.day for each in dated), default=date.min)
        reached = source.covered_until
        is_covered = reached >= as_of or last_day < reached >= as_of - timedelta(days=1)
        last_at = max((each.happened_at for each in dated), default=until)
        found[source.source] = until if is_covered else min(last_at, until)
    return found


def openings_of(
    acts: list[Act],
    told: list[Told],
    *,
    ties: list[ResolvedTie],
    copies: Copies,
    watched: Mapping[str, int],
) -> list[Opening]:
    """Return every member's first post and every question, with what came of them.

    ``told`` and ``ties`` include what nobody known did (``nameless_before``).
    """
    others = [each for each in told if each.capacity is not PersonKind.BOT]
    seen_people: set[int] = set()
    openings = []
    for act in acts:
        if act.capacity is not MEMBER or act.act_class not in (
            ActClass.SPEAK,
            ActClass.CONTRIBUTE,
        ):
            continue
        is_first = act.person not in seen_people
        seen_people.add(act.person)
        is_question = _asks(act)
        if is_first or is_question:
            opening = _opening(
                act, others, ties=ties, copies=copies, is_first=is_first, is_question=is_question
            )
            until = watched.get(act.told.activity.source, sys.maxsize)
            openings.append(replace(opening, watched_at=until))
    return openings


def _asks(act: Act) -> bool:
    """Say whether an answer is asked for: by a question in a chat, by every topic of a forum."""
    activity = act.told.activity
    is_question = activity.kind is Kind.MESSAGE and bool(activity.is_question)
    return is_question or activity.kind is Kind.TOPIC


def _opening(
    act: Act,
    others: list[Told],
    *,
    ties: list[ResolvedTie],
    copies: Copies,
    is_first: bool,
    is_question: bool,
) -> Opening:
    """Look at everything other people did after an act; what its copies got counts too."""
    copied = [copy for copy, original in copies.items() if original.row == act.told.row]
    rows = {act.told.row, *copied}
    threads = {act.told.thread, *copied}
    here = _dated_after(act, others)
    written = [each for each in here if each.activity.kind in WRITTEN]
    present = [each for each in here if each.activity.kind in PRESENT]
    announced = [each for each in others if each.person == NOBODY and not is_dated(each)]
    reacted = [
        each for each in others if each.activity.kind is Kind.REACTION and each.person != act.person
    ]

    def answers(each: Told) -> bool:
        return (each.activity.source, each.activity.in_reply_to) in rows

    return Opening(
        act=act,
        is_first=is_first,
        is_question=is_question,
        thread_at=_first(written, lambda each: each.thread in threads),
        reply_at=_first(written, lambda each: each.thread in threads and answers(each)),
        mention_at=_mentioned(act, ties),
        reaction_at=_first(reacted, lambda each: answers(each) and is_dated(each)),
        seen_at=_first(reacted, answers),
        others_at=_first(present, lambda each: _is_next_in_place(each, act)),
        announced_at=_first(
            announced, lambda each: each.activity.kind in ANSWERS and each.thread in threads
        ),
    )


def _dated_after(act: Act, others: list[Told]) -> list[Told]:
    """Return what others did after an act; of nobody known only what bears a date."""
    return [
        each
        for each in others
        if each.person != act.person
        and each.activity.happened_at >= act.happened_at
        and (each.person != NOBODY or is_dated(each))
    ]


def _first(told: Iterable[Told], holds: Callable[[Told], bool]) -> int | None:
    return min((each.activity.happened_at for each in told if holds(each)), default=None)


def _mentioned(act: Act, ties: list[ResolvedTie]) -> int | None:
    moments = (
        tie.happened_at
        for tie in ties
        if tie.kind is TieKind.MENTION
        and tie.from_capacity is not PersonKind.BOT
        and tie.to_person == act.person
        and tie.happened_at >= act.happened_at
    )
    return min(moments, default=None)


def _is_next_in_place(told: Told, act: Act) -> bool:
    here = act.told.activity
    there = told.activity
    if here.kind is Kind.TOPIC:  # a forum's next topic answers nobody
        return False
    is_later = (there.happened_at, there.sequence, there.key) > (
        here.happened_at,
        here.sequence,
        here.key,
    )
    is_here = (there.source, there.place) == (here.source, here.place)
    return is_later and is_here and here.place is not None


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of questions within 72 hours; every question is in exactly one class.

    ``untold`` are those of which it is only known that they were answered at some time: they are
    left out of the share.
    """

    answered: int
    seen: int
    no_visible_reply: int
    unanswered: int
    untold: int


def questions_of(openings: list[Opening], threaded: set[str]) -> list[Opening]:
    """Return the questions of sources that tell threads; elsewhere nobody can say (BR1)."""
    return [
        each for each in openings if each.is_question and each.act.told.activity.source in threaded
    ]


def unanswered72(
    questions: list[Opening], as_of: date, *, until: int, thresholds: Thresholds = DEFAULTS
) -> Answers:
    """Return what became of the questions of the window that are old enough."""
    since = as_of - timedelta(days=thresholds.cohort_window)
    within = thresholds.unanswered_seconds
    counts = dict.fromkeys(("answered", "seen", "no_visible_reply", "unanswered", "untold"), 0)
    for each in questions:
        if since <= each.act.day < as_of and each.age(until) >= within:
            counts[_fate(each, until, within=within)] += 1
    return Answers(**counts)


def _fate(question: Opening, until: int, *, within: int) -> str:
    asked_at = question.act.happened_at
    if question.answered_at is not None and question.answered_at - asked_at < within:
        return "answered"
    if _is_announced(question, until):
        return "untold"
    if question.seen_at is not None and question.seen_at < until:
        return "seen"
    if question.others_at is not None and question.others_at - asked_at < within:
        return "no_visible_reply"
    return "unanswered"


def _is_announced(opening: Opening, until: int) -> bool:
    return opening.announced_at is not None and opening.announced_at < until


def waits(
    questions: list[Opening], as_of: date, *, until: int, thresholds: Thresholds = DEFAULTS
) -> list[tuple[float, bool]]:
    """Return for every question of the window the hours waited, and whether an answer came."""
    since = as_of - timedelta(days=thresholds.cohort_window)
    found = []
    for each in questions:
        if since <= each.act.day < as_of and not _is_announced(each, until):
            came = each.answered_at is not None and each.answered_at < until
            waited = each.age(until)
            if came and each.answered_at is not None:
                waited = each.answered_at - each.act.happened_at
            found.append((waited / 3600, came))
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Welcome:
    """First posts of newcomers: welcomed, by something directed at them, or only perhaps.

    ``untold`` more have answers that are counted and not held, and are left out.
    """

    welcomed: Rate
    directed: Rate
    undated_reaction: Rate
    untold: int


def welcome48(
    openings: list[Opening],
    newcomers: list[Newcomer],
    *,
    as_of: date,
    until: int,
    threaded: set[str],
    thresholds: Thresholds = DEFAULTS,
) -> Welcome:
    """Return how newcomers' first posts were received within 48 hours."""
    since = as_of - timedelta(days=thresholds.cohort_window)
    within = thresholds.welcome_seconds
    known = {each.first.person for each in newcomers}
    posts = [
        each
        for each in openings
        if each.is_first
        and each.act.person in known
        and each.act.told.activity.source in threaded
        and since <= each.act.day < as_of
        and each.age(until) >= within
    ]

    def soon(post: Opening, *moments: int | None) -> bool:
        return any(m is not None and m - post.act.happened_at < within for m in moments)

    welcomed = [p for p in posts if soon(p, p.thread_at, p.mention_at, p.reaction_at)]
    untold = [p for p in posts if _is_announced(p, until) and p not in welcomed]
    posts = [p for p in posts if p not in untold]
    directed = [p for p in posts if soon(p, p.reply_at, p.mention_at)]
    perhaps = [p for p in posts if p.seen_at is not None and p.seen_at < until]
    n = len(posts)
    return Welcome(
        Rate(len(welcomed), n),
        Rate(len(directed), n),
        Rate(len([post for post in perhaps if post not in welcomed]), n),
        untold=len(untold),
    )
