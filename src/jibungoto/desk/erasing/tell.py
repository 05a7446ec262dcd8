"""Everything kept about one person, as values a file can hold: what they may ask to see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from jibungoto.desk.acting import Acting, note
from jibungoto.desk.erasing.mentions import mentions_of
from jibungoto.desk.erasing.whom import Whom, must_erase, whom
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.people.affiliations import organisations_of
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine.log import opened
from jibungoto.engine.rows_of import ties_of, whole_rows_of
from jibungoto.records.models import (
    AuditRow,
    HandleRow,
    HandleToldRow,
    InitiativeRow,
    LookAlikeRow,
    PersonKindRow,
    RefusedRow,
    StandingRow,
    StepRow,
    SuggestionRow,
    TouchRow,
)

Told = dict[str, object]
_HANDLE = (
    *("source", "outside_id", "name", "display_name", "email", "typed_email", "reading"),
    *("organisation", "user_name", "links", "is_admin", "is_bot", "is_guest", "is_deleted"),
    *("is_mentioned_only", "is_name_only", "actor"),
)
_STANDING = (
    *("kind", "stage", "since", "is_dormant", "is_at_least", "is_opted_out", "joined_day"),
    *("joined_exact", "first_day", "last_day", "acts", "history", "evidence"),
)


def everything_about(acting: Acting, number: int) -> Told:
    """Return all that is kept about a person, by what it is; leaves an audit line without a name.

    Texts of messages are not among it unless the community keeps them; the log knows who, when,
    where and how long.
    """
    must_erase(acting)
    of = whom(acting, number)
    told: Told = {
        "person": {
            "number": of.person.number,
            "name": of.person.name,
            "reading": of.person.reading,
            "search": of.person.search,
            "numbers": [one.number for one in of.people],
        },
        "names": _rows(HandleRow.objects.filter(pk__in=[h.pk for h in of.handles]), _HANDLE),
        "told_by_exports": _tellings(of),
        **_said(acting, of),
        **_worked_out(acting, of),
        **_in_the_log(acting, of),
        "texts": [
            {"where": one.place.en, "text": one.text, "for_sure": one.is_sure}
            for one in mentions_of(acting, of)
        ],
    }
    with transaction.atomic():
        note(acting, "export person", about=str(of.person.number))
    return told


def as_lines(told: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """Yield the same as lines of a table: what it is, which field, and the value."""
    for what, value in told.items():
        for at, one in enumerate(value if isinstance(value, list) else [value], start=1):
            head = f"{what} {at}" if isinstance(value, list) else what
            for field, text in _fields(one):
                yield head, field, text


def _fields(value: object, before: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from _fields(one, f"{before}.{name}" if before else str(name))
    elif isinstance(value, list | tuple):
        yield before, "; ".join(str(one) for one in value)
    else:
        yield before, "" if value is None else str(value)


def _rows(rows: Any, columns: Iterable[str]) -> list[Told]:
    return [_plain(row) for row in rows.order_by("pk").values(*columns)]


def _plain(row: Mapping[str, Any]) -> Told:
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else value
        for name, value in row.items()
    }


def _tellings(of: Whom) -> list[Told]:
    rows = HandleToldRow.objects.filter(handle__in=[one.pk for one in of.handles])
    return _rows(rows, ("intake__number", "intake__name", "told"))


def _said(acting: Acting, of: Whom) -> Told:
    """Return what the team said of somebody."""
    people = [one.pk for one in of.people]
    pairs = LookAlikeRow.objects.filter(
        Q(one__in=of.actors) | Q(other__in=of.actors), community=acting.community
    )
    begun = InitiativeRow.objects.filter(community=acting.community, started_by__in=of.actors)
    refused = RefusedRow.objects.filter(community=acting.community, actor__in=of.actors)
    about = AuditRow.objects.filter(
        community=acting.community, about__in={one.name for one in of.people}
    )
    marks = PersonKindRow.objects.filter(person__in=people)
    return {
        "marks": _rows(marks, ("kind", "from_day", "to_day")),
        "organisations": [
            {
                "name": str(one.organisation),
                "from": one.from_day and one.from_day.isoformat(),
                "before": one.to_day and one.to_day.isoformat(),
            }
            for one in organisations_of(acting, of.person)
        ],
        "notes": _rows(TouchRow.objects.filter(person__in=people), ("kind", "day", "until", "at")),
        "look_alikes": _rows(pairs, ("one", "other", "reasons", "score", "state", "how", "at")),
        "not_to_be_counted_since": _rows(refused, ("actor", "at")),
        "began": _rows(begun, ("kind", "name", "started_at")),
        "audit": _rows(about, ("verb", "at")),
    }


def _worked_out(acting: Acting, of: Whom) -> Told:
    """Return what was worked out of somebody: where they stand, and why Today speaks of them."""
    answer = newest_answer(acting)
    if answer is None:
        return {"standing": [], "moves": [], "suggestions": []}
    people = [one.pk for one in of.people]
    standing = StandingRow.objects.filter(roll=answer.roll_id, person__in=people)
    moves = StepRow.objects.filter(answer=answer, person__in=people)
    suggested = SuggestionRow.objects.filter(answer=answer, person__in=people)
    return {
        "standing": _rows(standing, _STANDING),
        "moves": _rows(moves, ("day", "from_stage", "to_stage")),
        "suggestions": _rows(suggested, ("reason", "since", "why_ja", "why_en")),
    }


def _in_the_log(acting: Acting, of: Whom) -> Told:
    current = current_log(acting.community)
    if current is None:
        return {"activities": [], "ties": []}
    with opened(current[1], memory="300MB", threads=1) as con:
        actors = sorted(of.actors)
        return {
            "activities": [_plain(row) for row in whole_rows_of(con, actors)],
            "ties": [_plain(row) for row in ties_of(con, actors)],
        }
