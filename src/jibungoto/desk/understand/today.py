"""Today: whom to talk to, what changed this week, and what needs a decision."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.reading import read_once
from jibungoto.ledger.evidence import Evidence
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.words import Words
from jibungoto.records.models import (
    AnswerRow,
    HandleRow,
    IntakeState,
    PersonKindRow,
    PersonRow,
    StandingRow,
    StepRow,
    SuggestionRow,
    TouchRow,
)
from jibungoto.understand.answers import Stage
from jibungoto.understand.today import NOBODY, Candidate, Reason, choose, days_behind

NEVER_NAMED = (PersonKind.STAFF.value, PersonKind.PARTNER.value, PersonKind.BOT.value)
"""Whom Today points nobody to: it is about members."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody to talk to today: the person, the reason, the sentence and the rows.

    ``is_guest``: their sources know them as a guest, or as somebody of another workspace.
    """

    person: PersonRow
    reason: Reason
    why: Words
    since: date
    stage: Stage
    evidence: Evidence
    is_guest: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that waits for the manager: what, and the name of the page where it is decided."""

    what: Words
    page: str


@dataclass(frozen=True, slots=True)
class Change:
    """A member who reached or left a stage within the week."""

    person: PersonRow
    day: date
    before: Stage
    now: Stage


@dataclass(frozen=True, slots=True)
class TodayPage:
    """What Today shows. ``as_of`` is None before the first intake is answered.

    ``behind`` is how many days ago the records end, where they are too old to speak of today.
    """

    as_of: date | None
    suggestions: tuple[Suggestion, ...] = ()
    nobody: Words | None = None
    limits: tuple[Words, ...] = ()
    changes: tuple[Change, ...] = ()
    decisions: tuple[Decision, ...] = ()
    is_working: bool = False
    behind: int | None = None


@read_once
def newest_answer(acting: Acting) -> AnswerRow | None:
    """Return the newest complete answers at the newest covered day; pages read these."""
    complete = AnswerRow.objects.filter(
        community=acting.community, is_complete=True, is_of_another_day=False
    )
    return complete.order_by("-version__number", "-facts_stamp", "-pk").first()


People = QuerySet[StandingRow, int]
"""The keys of some people."""


def today(acting: Acting, *, among: People | None = None) -> TodayPage:
    """Return the page of today, from answers the worker kept; by the same rules of some alone."""
    working = acting.community.intakes.filter(
        state__in=[IntakeState.WAITING, IntakeState.READING]
    ).exists()
    answer = newest_answer(acting)
    if answer is None:
        return TodayPage(as_of=None, is_working=working, decisions=tuple(_decisions(acting)))
    away = _kept_away(acting)
    suggestions = _suggestions(acting, _told(acting, answer, among=among), away=away)
    return TodayPage(
        as_of=answer.as_of,
        suggestions=suggestions,
        nobody=None if suggestions else NOBODY,
        limits=tuple(Words(one["ja"], one["en"]) for one in answer.limits),
        changes=tuple(one for one in _changes(answer, among=among) if one.person.pk not in away),
        decisions=tuple(_decisions(acting)),
        is_working=working,
        behind=days_behind(answer.as_of, now=today_in(acting)),
    )


def _told(acting: Acting, answer: AnswerRow, *, among: People | None) -> QuerySet[SuggestionRow]:
    told = answer.suggestions.filter(person__community=acting.community)
    return (told if among is None else told.filter(person__in=among)).order_by("pk")


def _suggestions(
    acting: Acting, told: QuerySet[SuggestionRow], *, away: set[int]
) -> tuple[Suggestion, ...]:
    """Choose among all, then fetch whole rows of the chosen alone: there may be thousands."""
    met = dict(
        TouchRow.objects.filter(person__community=acting.community)
        .values_list(Coalesce("person__merged_into__number", "person__number"))
        .annotate(until=Max("until"))
    )
    candidates = {
        (reason, number): (pk, day, at)
        for pk, reason, number, day, at, person, other in told.values_list(
            *("pk", "reason", "person__number", "since", "happened_at"),
            *("person_id", "person__merged_into_id"),
        )
        if away.isdisjoint((person, other))
    }
    chosen = choose(
        [_candidate(*one, day=day, at=at) for one, (_, day, at) in candidates.items()],
        met=met,
        on=today_in(acting),
    )
    keys = [candidates[one.reason.value, one.person][0] for one in chosen]
    rows = told.select_related("person", "answer").in_bulk(keys)
    people = [row.person_id for row in rows.values()]
    stages, guests = _stages(rows.values()), _guests(people)
    return tuple(
        Suggestion(
            person=row.person,
            reason=Reason(row.reason),
            why=Words(row.why_ja, row.why_en),
            since=row.since,
            stage=Stage(stages.get(row.person_id, 0)),
            evidence=Evidence(tuple((source, key) for source, key in row.evidence)),
            is_guest=row.person_id in guests,
        )
        for row in (rows[key] for key in keys)
    )


def _stages(rows: Collection[SuggestionRow]) -> dict[int, int]:
    """Return where these people stand."""
    answer = next((row.answer for row in rows), None)
    if answer is None:
        return {}
    people = [row.person_id for row in rows]
    return dict(answer.standings.filter(person__in=people).values_list("person_id", "stage"))


def _kept_away(acting: Acting) -> set[int]:
    """Return whom nobody may be pointed to by now, whatever was known when answers were kept.

    That is who asked not to be counted, or was marked as staff, as a partner or as a bot.
    """
    asked = PersonRow.objects.filter(community=acting.community, opted_out_at__isnull=False)
    day = today_in(acting)
    marked = PersonKindRow.objects.filter(
        Q(from_day=None) | Q(from_day__lte=day),
        Q(to_day=None) | Q(to_day__gt=day),
        person__community=acting.community,
        kind__in=NEVER_NAMED,
    )
    return {
        *asked.values_list(Coalesce("merged_into", "pk"), flat=True),
        *marked.values_list(Coalesce("person__merged_into", "person"), flat=True),
    }


def _guests(people: list[int]) -> set[int]:
    """Return who of these are guests wherever they have an account."""
    handles = HandleRow.objects.filter(person__in=people).order_by()
    told = set(handles.values_list("person_id", "is_guest").distinct())
    return {person for person, is_guest in told if is_guest and (person, False) not in told}


def _candidate(reason: str, person: int, *, day: date, at: int | None) -> Candidate:
    """Return what choosing asks of a suggestion."""
    return Candidate(
        reason=Reason(reason),
        person=person,
        day=day,
        happened_at=at,
        place=None,
        silent_days=None,
        median_gap=None,
        stage=Stage.REGISTERED,
        evidence=Evidence(()),
    )


def _changes(answer: AnswerRow, *, among: People | None) -> list[Change]:
    since = answer.as_of - timedelta(days=6)
    moves = StepRow.objects.filter(answer=answer, day__gte=since).select_related("person")
    if among is not None:
        moves = moves.filter(person__in=among)
    return [
        Change(
            person=move.person,
            day=move.day,
            before=Stage(move.from_stage),
            now=Stage(move.to_stage),
        )
        for move in moves.order_by("-day", "person__number")
    ]


def _decisions(acting: Acting) -> list[Decision]:
    waiting = []
    community = acting.community
    if community.version_id is not None and community.staff_answered_at is None:
        waiting.append(
            Decision(
                Words(
                    "この中で、あなたの組織の人は誰ですか。答えるまで、数字にはスタッフが混ざります。",
                    "Who of these works for you? Until you answer, the numbers include staff.",
                ),
                "staff",
            )
        )
    refused = community.intakes.filter(state=IntakeState.REFUSED).order_by("-number").first()
    newest = community.intakes.order_by("-number").first()
    if refused is not None and newest is not None and refused.pk == newest.pk:
        waiting.append(
            Decision(
                Words(
                    f"「{refused.name}」を取り込めませんでした。{refused.problem_ja}",
                    f"“{refused.name}” could not be brought in. {refused.problem_en}",
                ),
                "sources",
            )
        )
    return waiting
