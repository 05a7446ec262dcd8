"""Small looks behind a page: who an actor is, why somebody was suggested, what was noted today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.look_up import evidence_lines
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine.look_up import LogLine
from jibungoto.ledger.words import Words
from jibungoto.records.models import HandleRow, PersonRow, TouchRow
from jibungoto.understand.today import Reason


@dataclass(frozen=True, slots=True)
class Suggested:
    """Why Today spoke, or might speak, of somebody, with the rows that say so."""

    reason: Reason
    why: Words
    since: date
    lines: tuple[LogLine, ...]


def suggested(acting: Acting, number: int) -> tuple[Suggested, ...]:
    """Return the reasons to talk to somebody in the newest answers; mostly none."""
    answer = newest_answer(acting)
    if answer is None:
        return ()
    rows = answer.suggestions.filter(person__number=number).order_by("pk")
    return tuple(
        Suggested(
            reason=Reason(row.reason),
            why=Words(row.why_ja, row.why_en),
            since=row.since,
            lines=tuple(evidence_lines(acting, [(source, key) for source, key in row.evidence])),
        )
        for row in rows
    )


def people_behind(acting: Acting, actors: Collection[str]) -> dict[str, PersonRow]:
    """Return the person behind each of these actors of the log."""
    handles = HandleRow.objects.filter(community=acting.community, actor__in=actors)
    return {handle.actor: handle.person for handle in handles.select_related("person")}


def noted_on(acting: Acting, day: date) -> tuple[TouchRow, ...]:
    """Return what the team noted on one day, the newest first."""
    rows = TouchRow.objects.filter(person__community=acting.community, day=day)
    return tuple(rows.select_related("person", "by").order_by("-at", "-pk"))
