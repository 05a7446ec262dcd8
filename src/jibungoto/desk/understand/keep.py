"""Keeping answers as rows: each set beside the last, on standings written only where changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Model
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
_WRITTEN = tuple(
    field.name for field in StandingRow._meta.concrete_fields if field.name not in {"id"}
)
_ONE = ("roll", "person")

Differing = Callable[[dict[int, int]], Changed]
"""Returns which standings differ from kept digests by person."""


class AnswerGone(Exception):
    """The answer whose findings were to be carried over was deleted meanwhile."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Findings of some days that stand in another answer already, but for a few of its rows."""

    answer: int
    days: tuple[date, ...]
    without: frozenset[int]


@dataclass(frozen=True, slots=True)
class Answered:
    """Everything one run of the steps gave, but for the standings; ``carried`` it did not give."""

    findings: Sequence[Finding]
    moves: Sequence[Move]
    candidates: Sequence[Candidate]
    limits: list[dict[str, str]]
    carried: Carried | None = None


def keep(
    answer: AnswerRow, answered: Answered, *, before: AnswerRow | None, differing: Differing
) -> AnswerRow:
    """Keep a set of answers: it moves the roll of the one before on, or gets a roll of its own.

    Whoever reads sees the set before until the new one is complete.
    """
    if before is not None:
        seen = before.roll  # as it was when the answers were begun
        changed = differing(_digests(seen))
        is_little = len(changed.lines) + len(changed.gone) <= MOVED_AT_MOST
        if is_little and _moved_on(seen, changed, answer=answer, answered=answered):
            return answer
    everybody = differing({}).lines
    people = _people(answer.community, [line.person for line in everybody])
    answer.roll = _written(answer.community, everybody, people=people)
    with transaction.atomic():
        _completed(answer, answered)
    _forget_rolls(answer.community)
    return answer


def _digests(roll: RollRow) -> dict[int, int]:
    """Return the digest of everybody's standing by their number."""
    return dict(roll.standings.values_list("person__number", "digest"))


def _people(community: CommunityRow, numbers: Collection[int]) -> dict[int, int]:
    """Return the row ids of some people by their numbers."""
    everybody = PersonRow.objects.filter(community=community)
    asked = sorted(set(numbers))
    found: dict[int, int] = {}
    for start in range(0, len(asked), AT_ONCE):
        some = everybody.filter(number__in=asked[start : start + AT_ONCE])
        found |= dict(some.values_list("number", "pk"))
    return found


def _moved_on(
    seen: RollRow,
    changed: Changed,
    *,
    answer: AnswerRow,
    answered: Answered,
) -> bool:
    """Change what differs and add the answer in one transaction; False if another came between."""
    with transaction.atomic():
        still = RollRow.objects.filter(pk=seen.pk, moves=seen.moves)
        if not still.update(moves=F("moves") + 1):
            return False
        community = answer.community
        people = _people(community, [*changed.gone, *(line.person for line in changed.lines)])
        gone = [people[number] for number in changed.gone if number in people]
        for start in range(0, len(gone), AT_ONCE):
            StandingRow.objects.filter(roll=seen, person__in=gone[start : start + AT_ONCE]).delete()
        _write(seen, changed.lines, people=people)
        answer.roll = seen
        _completed(answer, answered)
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
    rows = (
        _standing_values(roll, line, person=people[line.person])
        for line in lines
        if line.person in people
    )
    _put(StandingRow, _WRITTEN, rows=rows, unique=_ONE)


def _put(
    model: type[Model],
    names: Sequence[str],
    *,
    rows: Iterable[tuple[Any, ...]],
    unique: Sequence[str] = (),
) -> None:
    """Add rows, or write over those that are the same: as models they would cost ten times this."""
    quoted = connection.ops.quote_name
    known = {field.name: quoted(str(field.column)) for field in model._meta.concrete_fields}
    columns = {name: known[name] for name in names}
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(columns.values())}) "
    sql += f"VALUES ({marks})"
    if unique:
        one = ", ".join(columns[name] for name in unique)
        new = (f"{columns[n]} = excluded.{columns[n]}" for n in names if n not in unique)
        sql += f" ON CONFLICT ({one}) DO UPDATE SET {', '.join(new)}"
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(rows))


def _completed(answer: AnswerRow, answered: Answered) -> None:
    """Add the answer with everything that is its own, inside the caller's transaction."""
    answer.is_complete = True
    answer.save()
    named = {one.person for one in answered.candidates} | {one.person for one in answered.moves}
    people = _people(answer.community, named)
    places = dict(
        InitiativeRow.objects.filter(community=answer.community).values_list("key", "name")
    )
    _put(
        FindingRow,
        ("answer", *_FOUND),
        rows=((answer.pk, *_finding_cells(one)) for one in answered.findings),
    )
    if answered.carried is not None:
        _carry(answer, answered.carried)
    _put(
        SuggestionRow,
        _SUGGESTED,
        rows=(
            _suggested_cells(answer, one, person=people[one.person], places=places)
            for one in answered.candidates
            if one.person in people
        ),
    )
    _put(
        StepRow,
        ("answer", "person", "day", "from_stage", "to_stage"),
        rows=(
            (answer.pk, people[move.person], _day(move.day), int(move.before), int(move.now))
            for move in answered.moves
            if move.person in people
        ),
    )


def _carry(answer: AnswerRow, carried: Carried) -> None:
    """Copy findings from another answer inside the database."""
    if not AnswerRow.objects.filter(pk=carried.answer).exists():
        raise AnswerGone
    quoted = connection.ops.quote_name
    known = {field.name: quoted(str(field.column)) for field in FindingRow._meta.concrete_fields}
    named, table = ", ".join(known[name] for name in _FOUND), quoted(FindingRow._meta.db_table)
    days, without = sorted(map(str, carried.days)), sorted({0, *carried.without})
    sql = (
        f"INSERT INTO {table} ({known['answer']}, {named}) SELECT %s, {named} FROM {table}"
        f" WHERE {known['answer']} = %s AND {known['as_of']} IN ({_marks(days)})"
        f" AND {known['id']} NOT IN ({_marks(without)}) ORDER BY {known['id']}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [answer.pk, carried.answer, *days, *without])


def _marks(values: Sequence[object]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"


def _forget_rolls(community: CommunityRow) -> None:
    """Delete rolls whose answers have been swept, and those of writers that died, by and by."""
    oldest = timezone.now() - _LEFT_FOR
    for roll in community.rolls.filter(answers=None, made_at__lt=oldest):
        while people := list(roll.standings.values_list("pk", flat=True)[:AT_ONCE]):
            StandingRow.objects.filter(pk__in=people).delete()
        roll.delete()


_FOUND = tuple(
    field.name for field in FindingRow._meta.concrete_fields if field.name not in {"id", "answer"}
)
_NUMBERS = {"value", "numerator", "denominator", "low", "high"}


def _finding_cells(one: Finding) -> Iterable[object]:
    values = finding_values(one)
    for name in _FOUND:
        value = values[name]
        if name in _NUMBERS and value is not None:
            yield float(value)
        else:
            yield str(value) if isinstance(value, date | str) else value


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


_SUGGESTED = ("answer", "person", "reason", "since", "happened_at", "place") + (
    "why_ja",
    "why_en",
    "evidence",
)


def _suggested_cells(
    answer: AnswerRow, one: Candidate, *, person: int, places: dict[str, str]
) -> tuple[object, ...]:
    source = one.evidence.rows[0][0] if one.evidence.rows else ""
    name = places.get(f"{source}:{one.place}", one.place or "")
    words = sentence_of(one, place=f"#{name}" if name else "")
    return (
        *(answer.pk, person, one.reason.value, _day(one.day), one.happened_at, one.place or ""),
        *(words.ja, words.en, json.dumps([list(row) for row in one.evidence.rows])),
    )


def _standing_values(roll: RollRow, line: StandingLine, *, person: int) -> tuple[object, ...]:
    """Return one line as the cells of ``_WRITTEN``."""
    values: dict[str, object] = {
        "roll": roll.pk,
        "person": person,
        "kind": line.capacity,
        "stage": line.stage,
        "satisfied": line.satisfied,
        "since": _day(line.since),
        "is_dormant": line.is_dormant,
        "is_at_least": line.is_at_least,
        "is_opted_out": line.is_opted_out,
        "unknown": json.dumps(line.unknown),
        "evidence": json.dumps(line.evidence),
        "joined_day": _day(line.joined_day),
        "joined_exact": line.joined_exact,
        "first_day": _day(line.first_day),
        "last_day": _day(line.last_day),
        "acts": line.acts,
        "history": json.dumps(line.history),
        "digest": line.digest,
    }
    return tuple(values[name] for name in _WRITTEN)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
