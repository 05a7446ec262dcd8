"""Keeping answers as rows: each set beside the last, on standings written only where changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jibungoto.engine import steps
from jibungoto.engine.standings import Changed, StandingLine
from jibungoto.ledger.finding import Finding, Interval, Quality
from jibungoto.ledger.words import Words
from jibungoto.records.models import (
    AnswerRow,
    CommunityRow,
    FindingRow,
    InitiativeRow,
    PersonRow,
    RollRow,
    StandingRow,
    StepRow,
    SuggestionRow,
)
from jibungoto.understand.answers import Move
from jibungoto.understand.today import Candidate, sentence_of

AT_ONCE = 1_000
MOVED_AT_MOST = 4_000
"""So many standings are changed within one second; more of them make a roll of its own."""
_LEFT_FOR = timedelta(days=1)
_WRITTEN = [
    field.name
    for field in StandingRow._meta.concrete_fields
    if field.name not in {"id", "roll", "person"}
]

Differing = Callable[[dict[int, int]], Changed]
"""Returns which standings differ from kept digests by person."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Everything one run of the steps gave, but for the standings."""

    findings: Sequence[Finding]
    moves: Sequence[Move]
    candidates: Sequence[Candidate]
    limits: list[dict[str, str]]


def keep(
    answer: AnswerRow, answered: Answered, *, before: AnswerRow | None, differing: Differing
) -> AnswerRow:
    """Keep a set of answers: it moves the roll of the one before on, or gets a roll of its own.

    Whoever reads sees the set before until the new one is complete.
    """
    people = dict(PersonRow.objects.filter(community=answer.community).values_list("number", "pk"))
    if before is not None:
        seen = before.roll  # as it was when the answers were begun
        changed = differing(_digests(seen, people))
        is_little = len(changed.lines) + len(changed.gone) <= MOVED_AT_MOST
        if is_little and _moved_on(seen, changed, people=people, answer=answer, answered=answered):
            return answer
    answer.roll = _written(answer.community, differing({}).lines, people=people)
    with transaction.atomic():
        _completed(answer, answered, people=people)
    _forget_rolls(answer.community)
    return answer


def _digests(roll: RollRow, people: dict[int, int]) -> dict[int, int]:
    """Return the digest of everybody's standing by their number."""
    numbers = {pk: number for number, pk in people.items()}
    kept = roll.standings.values_list("person_id", "digest")
    return {numbers[person]: digest for person, digest in kept if person in numbers}


def _moved_on(
    seen: RollRow,
    changed: Changed,
    *,
    people: dict[int, int],
    answer: AnswerRow,
    answered: Answered,
) -> bool:
    """Change what differs and add the answer in one transaction; False if another came between."""
    with transaction.atomic():
        still = RollRow.objects.filter(pk=seen.pk, moves=seen.moves)
        if not still.update(moves=F("moves") + 1):
            return False
        gone = [people[number] for number in changed.gone if number in people]
        for start in range(0, len(gone), AT_ONCE):
            StandingRow.objects.filter(roll=seen, person__in=gone[start : start + AT_ONCE]).delete()
        _write(seen, changed.lines, people=people)
        answer.roll = seen
        _completed(answer, answered, people=people)
    return True


def _written(
    community: CommunityRow, lines: Sequence[StandingLine], *, people: dict[int, int]
) -> RollRow:
    """Write everybody's standings in short transactions; nobody reads them before an answer."""
    roll = RollRow.objects.create(community=community)
    for start in range(0, len(lines), AT_ONCE):
        with transaction.atomic():
            _write(roll, lines[start : start + AT_ONCE], people=people)
    return roll


def _write(roll: RollRow, lines: Sequence[StandingLine], *, people: dict[int, int]) -> None:
    StandingRow.objects.bulk_create(
        (
            _standing_row(roll, line, person=people[line.person])
            for line in lines
            if line.person in people
        ),
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["roll", "person"],
        update_fields=_WRITTEN,
    )


def _completed(answer: AnswerRow, answered: Answered, *, people: dict[int, int]) -> None:
    """Add the answer with everything that is its own, inside the caller's transaction."""
    answer.is_complete = True
    answer.save()
    places = dict(
        InitiativeRow.objects.filter(community=answer.community).values_list("key", "name")
    )
    FindingRow.objects.bulk_create(
        (_finding_row(answer, one) for one in answered.findings), batch_size=AT_ONCE
    )
    SuggestionRow.objects.bulk_create(
        _suggestion_row(answer, one, person=people[one.person], places=places)
        for one in answered.candidates
        if one.person in people
    )
    StepRow.objects.bulk_create(
        StepRow(
            answer=answer,
            person_id=people[move.person],
            day=move.day,
            from_stage=move.before,
            to_stage=move.now,
        )
        for move in answered.moves
        if move.person in people
    )


def _forget_rolls(community: CommunityRow) -> None:
    """Delete rolls whose answers have been swept, and those of writers that died, by and by."""
    oldest = timezone.now() - _LEFT_FOR
    for roll in community.rolls.filter(answers=None, made_at__lt=oldest):
        while people := list(roll.standings.values_list("pk", flat=True)[:AT_ONCE]):
            StandingRow.objects.filter(pk__in=people).delete()
        roll.delete()


def _finding_row(answer: AnswerRow, one: Finding) -> FindingRow:
    return FindingRow(answer=answer, **finding_values(one))


def finding_values(one: Finding) -> dict[str, Any]:
    """Return a finding as the columns of a row; the day is the last one counted."""
    return {
        "measure": one.measure,
        "part": one.part,
        "as_of": steps.day_before(one.as_of),
        "value": one.value,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "low": one.interval.low if one.interval else None,
        "high": one.interval.high if one.interval else None,
        "n": one.n,
        "quality": one.quality,
        "reason_ja": one.reason.ja if one.reason else "",
        "reason_en": one.reason.en if one.reason else "",
        "definition_version": one.definition_version,
    }


def finding(row: FindingRow) -> Finding:
    """Return a kept value as the finding it was."""
    interval = None
    if row.low is not None and row.high is not None:
        interval = Interval(row.low, row.high)
    return Finding(
        measure=row.measure,
        as_of=row.as_of,
        value=row.value,
        part=row.part,
        numerator=row.numerator,
        denominator=row.denominator,
        interval=interval,
        n=row.n,
        quality=Quality(row.quality),
        reason=Words(row.reason_ja, row.reason_en) if row.reason_en else None,
        definition_version=row.definition_version,
    )


def _suggestion_row(
    answer: AnswerRow, one: Candidate, *, person: int, places: dict[str, str]
) -> SuggestionRow:
    source = one.evidence.rows[0][0] if one.evidence.rows else ""
    name = places.get(f"{source}:{one.place}", one.place or "")
    words = sentence_of(one, place=f"#{name}" if name else "")
    return SuggestionRow(
        answer=answer,
        person_id=person,
        reason=one.reason,
        since=one.day,
        happened_at=one.happened_at,
        place=one.place or "",
        why_ja=words.ja,
        why_en=words.en,
        evidence=[list(row) for row in one.evidence.rows],
    )


def _standing_row(roll: RollRow, line: StandingLine, *, person: int) -> StandingRow:
    return StandingRow(
        roll=roll,
        person_id=person,
        kind=line.capacity,
        stage=line.stage,
        satisfied=line.satisfied,
        since=line.since,
        is_dormant=line.is_dormant,
        is_at_least=line.is_at_least,
        is_opted_out=line.is_opted_out,
        unknown=list(line.unknown),
        evidence=line.evidence,
        joined_day=line.joined_day,
        joined_exact=line.joined_exact,
        first_day=line.first_day,
        last_day=line.last_day,
        acts=line.acts,
        history=line.history,
        digest=line.digest,
    )
