"""Who waits for an answer: first posts and questions, and what others did (BR16, BR17)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from jibungoto.ledger.activity import TieKind
from jibungoto.ledger.kinds import ActClass, Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.understand.acts import MEMBER, Act, Copies, ResolvedTie, Told, is_dated
from jibungoto.understand.newcomers import Newcomer, Rate
from jibungoto.understand.thresholds import DEFAULTS, Thresholds

WRITTEN = (Kind.MESSAGE, Kind.REPLY, Kind.COMMENT)


@dataclass(frozen=True, slots=True)
class Opening:
    """A first post or a question, and when others first did what; None if they never did.

    ``seen_at`` counts reactions with and without a time of their own, ``reaction_at`` only those
    with one. ``others_at`` is when somebody else next wrote in the same place.
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

    @property
    def answered_at(self) -> int | None:
        """When somebody first wrote in the thread or mentioned the asker."""
        answers = [moment for moment in (self.thread_at, self.mention_at) if moment is not None]
        return min(answers, default=None)


def openings_of(
    acts: list[Act], told: list[Told], *, ties: list[ResolvedTie], copies: Copies
) -> list[Opening]:
    """Return every member's first post and every question, with what came of them."""
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
        is_question = act.told.activity.kind is Kind.MESSAGE and bool(act.told.activity.is_question)
        if is_first or is_question:
            openings.append(
                _opening(
                    act,
                    others,
                    ties=ties,
                    copies=copies,
                    is_first=is_first,
                    is_question=is_question,
                )
            )
    return openings


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
    after = [
        each
        for each in others
        if each.person != act.person and each.activity.happened_at >= act.happened_at
    ]
    written = [each for each in after if each.activity.kind in WRITTEN]
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
        others_at=_first(written, lambda each: _is_next_in_place(each, act)),
    )


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
    is_later = (there.happened_at, there.sequence, there.key) > (
        here.happened_at,
        here.sequence,
        here.key,
    )
    is_here = (there.source, there.place) == (here.source, here.place)
    return is_later and is_here and here.place is not None


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of questions within 72 hours; every question is in exactly one class."""

    answered: int
    seen: int
    no_visible_reply: int
    unanswered: int


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
    counts = dict.fromkeys(("answered", "seen", "no_visible_reply", "unanswered"), 0)
    for each in questions:
        if since <= each.act.day < as_of and until - each.act.happened_at >= within:
            counts[_fate(each, until, within=within)] += 1
    return Answers(**counts)


def _fate(question: Opening, until: int, *, within: int) -> str:
    asked_at = question.act.happened_at
    if question.answered_at is not None and question.answered_at - asked_at < within:
        return "answered"
    if question.seen_at is not None and question.seen_at < until:
        return "seen"
    if question.others_at is not None and question.others_at - asked_at < within:
        return "no_visible_reply"
    return "unanswered"


def waits(
    questions: list[Opening], as_of: date, *, until: int, thresholds: Thresholds = DEFAULTS
) -> list[tuple[float, bool]]:
    """Return for every question of the window the hours waited, and whether an answer came."""
    since = as_of - timedelta(days=thresholds.cohort_window)
    found = []
    for each in questions:
        if since <= each.act.day < as_of:
            came = each.answered_at is not None and each.answered_at < until
            ended = each.answered_at if came and each.answered_at is not None else until
            found.append(((ended - each.act.happened_at) / 3600, came))
    return sorted(found)


@dataclass(frozen=True, slots=True)
class Welcome:
    """First posts of newcomers: welcomed, by something directed at them, or only perhaps."""

    welcomed: Rate
    directed: Rate
    undated_reaction: Rate


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
        and until - each.act.happened_at >= within
    ]

    def soon(post: Opening, *moments: int | None) -> bool:
        return any(m is not None and m - post.act.happened_at < within for m in moments)

    welcomed = [p for p in posts if soon(p, p.thread_at, p.mention_at, p.reaction_at)]
    directed = [p for p in posts if soon(p, p.reply_at, p.mention_at)]
    perhaps = [p for p in posts if p.seen_at is not None and p.seen_at < until]
    n = len(posts)
    return Welcome(
        Rate(len(welcomed), n),
        Rate(len(directed), n),
        Rate(len([post for post in perhaps if post not in welcomed]), n),
    )
