"""Looking people up: the list with its filters, and one person's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.people.touch import person_numbered
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine.log import opened
from jibungoto.engine.look_up import LogLine, days_of, lines_keyed, lines_of
from jibungoto.ledger.names import folded
from jibungoto.records.models import (
    AnswerRow,
    HandleRow,
    InitiativeRow,
    PersonRow,
    StandingRow,
    TouchRow,
)
from jibungoto.understand.answers import Stage


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the list of people is narrowed to; empty fields narrow nothing."""

    search: str = ""
    stage: int | None = None
    kind: str = "member"
    dormant: bool | None = None


def people(
    acting: Acting, chosen: PeopleFilter, *, answer: AnswerRow | None = None
) -> QuerySet[StandingRow]:
    """Return the standings of the people the filter leaves, by name; empty before any answer."""
    of = answer or newest_answer(acting)
    rows = StandingRow.objects.filter(answer=of).select_related("person")
    if of is None:
        return StandingRow.objects.none()
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.stage is not None:
        rows = rows.filter(stage=chosen.stage)
    if chosen.dormant is not None:
        rows = rows.filter(is_dormant=chosen.dormant)
    for word in folded(chosen.search).split():
        rows = rows.filter(person__search__contains=word)
    return rows.order_by("person__reading", "person__name", "person__number")


@dataclass(frozen=True, slots=True)
class Story:
    """One person: standing, handles, what they did over time, and the rows behind the stage."""

    person: PersonRow
    standing: StandingRow | None
    stage: Stage
    handles: tuple[HandleRow, ...]
    days: tuple[tuple[date, str, int], ...]
    lines: tuple[LogLine, ...]
    evidence: tuple[LogLine, ...]
    places: dict[str, str]
    touches: tuple[TouchRow, ...]
    as_of: date | None


def story(acting: Acting, number: int, *, limit: int = 50, offset: int = 0) -> Story:
    """Return one person's page; raises ``UnknownName`` for a number that is not here."""
    person = person_numbered(acting, number)
    answer = newest_answer(acting)
    standing = StandingRow.objects.filter(answer=answer, person=person).first()
    handles = tuple(person.handles.order_by("source", "pk"))
    actors = [handle.actor for handle in handles]
    days: list[tuple[date, str, int]] = []
    lines: list[LogLine] = []
    evidence: list[LogLine] = []
    current = current_log(acting.community)
    if current is not None and answer is not None:
        before = answer.as_of + timedelta(days=1)
        with opened(current[1], memory="300MB", threads=1) as con:
            days = days_of(con, actors, before=before)
            lines = lines_of(con, actors, before=before, limit=limit, offset=offset)
            keys = [(source, key) for source, key in standing.evidence] if standing else []
            evidence = lines_keyed(con, keys) if keys else []
    return Story(
        person=person,
        standing=standing,
        stage=Stage(standing.stage if standing else 0),
        handles=handles,
        days=tuple(days),
        lines=tuple(lines),
        evidence=tuple(evidence),
        places=place_names(acting),
        touches=tuple(person.touches.order_by("-at")[:10]),
        as_of=answer.as_of if answer else None,
    )


def place_names(acting: Acting) -> dict[str, str]:
    """Return the shown name of every initiative, by its key in the log."""
    rows = InitiativeRow.objects.filter(community=acting.community)
    return dict(rows.values_list("key", "name"))


def evidence_lines(acting: Acting, keys: list[tuple[str, str]]) -> list[LogLine]:
    """Return the rows of the log behind a statement, in the order given."""
    current = current_log(acting.community)
    if current is None or not keys:
        return []
    with opened(current[1], memory="300MB", threads=1) as con:
        return lines_keyed(con, keys)
