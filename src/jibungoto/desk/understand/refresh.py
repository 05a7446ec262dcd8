"""Keeping answers current: findings, standings and suggestions for the newest version."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from jibungoto.desk.gather.current import current_log, newest_covered_day
from jibungoto.engine import rollups, steps
from jibungoto.engine.log import opened
from jibungoto.engine.look_up import RosterLine, roster
from jibungoto.ledger.finding import Finding
from jibungoto.records.models import (
    AnswerRow,
    CommunityRow,
    FindingRow,
    InitiativeRow,
    LogVersionRow,
    PersonRow,
    StandingRow,
    StepRow,
    SuggestionRow,
)
from jibungoto.understand.answers import LadderTable, PersonStage, StageChange
from jibungoto.understand.thresholds import DEFAULTS, RULE_VERSION
from jibungoto.understand.today import Candidate, limits_of, sentence_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MONTHS_BACK = 12
PERIOD = DEFAULTS.period
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class _Answers:
    """Everything one run of the steps gave."""

    findings: tuple[Finding, ...]
    stages: tuple[PersonStage, ...]
    history: dict[int, list[StageChange]]
    ladder: LadderTable
    candidates: tuple[Candidate, ...]
    limits: list[dict[str, str]]
    roster: list[RosterLine]


def waiting_for_answers() -> Iterator[CommunityRow]:
    """Hand out the communities whose answers are older than their log."""
    for community in CommunityRow.objects.exclude(version=None).order_by("pk"):
        if not is_current(community):
            yield community


def is_current(community: CommunityRow) -> bool:
    """Say whether complete answers exist for the newest version, facts and covered day."""
    last_day = newest_covered_day(community)
    version = community.version
    if version is None or last_day is None:
        return True
    return _held(version, community.facts_stamp, last_day=last_day) is not None


def refresh(community: CommunityRow, as_of: date | None = None) -> AnswerRow | None:
    """Answer everything as of the end of a day (default: the newest covered); None if no log.

    Answers that exist for the same version, facts, rules and day are returned as they are.
    """
    community.refresh_from_db()
    last_day = as_of or newest_covered_day(community)
    stamp = community.facts_stamp
    current = current_log(community)
    if current is None or last_day is None:
        return None
    version, log = current
    held = _held(version, stamp, last_day=last_day)
    if held is not None:
        return held
    began = time.monotonic()
    night = last_day + timedelta(days=1)
    with opened(log) as con:
        params = steps.Params(as_of=night, zone=community.zone, nights=nights_for(night))
        steps.run(con, params)
        answers = _asked(con)
        if as_of is None:  # pages read the newest day alone
            rollups.keep(con, log, night=night)
    row = AnswerRow.objects.create(
        community=community,
        version=version,
        facts_stamp=stamp,
        as_of=last_day,
        rule_version=RULE_VERSION,
        is_of_another_day=last_day != newest_covered_day(community),
        limits=answers.limits,
    )
    _keep(row, answers)
    AnswerRow.objects.filter(pk=row.pk).update(is_complete=True, seconds=time.monotonic() - began)
    row.refresh_from_db()
    return row


def _held(version: LogVersionRow, stamp: int, *, last_day: date) -> AnswerRow | None:
    return AnswerRow.objects.filter(
        version=version,
        facts_stamp=stamp,
        as_of=last_day,
        rule_version=RULE_VERSION,
        is_complete=True,
    ).first()


def nights_for(night: date) -> tuple[date, ...]:
    """Return the further days to answer for: the ends of months, and one period ago."""
    return (night - timedelta(days=PERIOD), *month_nights(night))


def month_nights(night: date) -> tuple[date, ...]:
    """Return the first of the month for the last twelve months: the ends of months before."""
    nights = []
    first = night.replace(day=1)
    for _ in range(_MONTHS_BACK):
        nights.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return tuple(nights)


def _asked(con: DuckDBPyConnection) -> _Answers:
    history: dict[int, list[StageChange]] = defaultdict(list)
    for change in steps.stage_history(con):
        history[change.person].append(change)
    limits = limits_of(steps.sources_of(con))
    return _Answers(
        findings=steps.findings(con),
        stages=steps.stages(con),
        history=history,
        ladder=steps.ladder_table(con),
        candidates=steps.candidates(con),
        limits=[{"ja": words.ja, "en": words.en} for words in limits],
        roster=roster(con),
    )


def _keep(answer: AnswerRow, answers: _Answers) -> None:
    """Write the rows in short transactions; nobody reads them before the answer is complete."""
    community = answer.community
    people = dict(PersonRow.objects.filter(community=community).values_list("number", "pk"))
    places = dict(InitiativeRow.objects.filter(community=community).values_list("key", "name"))
    standings = {one.person: one for one in answers.stages}
    with transaction.atomic():
        FindingRow.objects.bulk_create(
            (_finding_row(answer, one) for one in answers.findings), batch_size=_AT_ONCE
        )
        SuggestionRow.objects.bulk_create(
            _suggestion_row(answer, one, person=people[one.person], places=places)
            for one in answers.candidates
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
            for move in (*answers.ladder.moved_up, *answers.ladder.moved_down)
            if move.person in people
        )
    lines = [line for line in answers.roster if line.person in people]
    for start in range(0, len(lines), _AT_ONCE):
        with transaction.atomic():
            StandingRow.objects.bulk_create(
                _standing_row(
                    answer,
                    line,
                    person=people[line.person],
                    stage=standings.get(line.person),
                    history=answers.history.get(line.person, []),
                )
                for line in lines[start : start + _AT_ONCE]
            )


def _finding_row(answer: AnswerRow, one: Finding) -> FindingRow:
    return FindingRow(
        answer=answer,
        measure=one.measure,
        part=one.part,
        as_of=steps.day_before(one.as_of),
        value=one.value,
        numerator=one.numerator,
        denominator=one.denominator,
        low=one.interval.low if one.interval else None,
        high=one.interval.high if one.interval else None,
        n=one.n,
        quality=one.quality,
        reason_ja=one.reason.ja if one.reason else "",
        reason_en=one.reason.en if one.reason else "",
        definition_version=one.definition_version,
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


def _standing_row(
    answer: AnswerRow,
    line: RosterLine,
    *,
    person: int,
    stage: PersonStage | None,
    history: list[StageChange],
) -> StandingRow:
    row = StandingRow(
        answer=answer,
        person_id=person,
        kind=line.capacity,
        stage=0,
        is_opted_out=line.is_opted_out,
        joined_day=line.joined_day,
        joined_exact=line.joined_exact,
        first_day=line.first_day,
        last_day=line.last_day,
        acts=line.acts,
        history=[
            [change.day.isoformat(), int(change.stage), change.is_dormant] for change in history
        ],
    )
    if stage is not None:
        row.stage = stage.stage
        row.satisfied = stage.satisfied
        row.since = stage.since
        row.is_dormant = stage.is_dormant
        row.is_at_least = stage.is_at_least
        row.unknown = [part.value for part in stage.unknown]
        row.evidence = [list(pair) for pair in stage.evidence.rows]
    return row
