"""Whom a rule over people means: the plain rule of a segment, asked of the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.people.look_up import named_like
from jibungoto.desk.understand.measures import behind
from jibungoto.desk.understand.rolled_up import log_of, rolled_up
from jibungoto.desk.understand.scopes import scope_keyed, scope_names
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine import attended, rollups
from jibungoto.engine.log import opened
from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.names import folded
from jibungoto.ledger.problems import UnknownName
from jibungoto.records.models import (
    AffiliationRow,
    AnswerRow,
    HandleRow,
    InitiativeRow,
    OrganisationRow,
    StandingRow,
    StepRow,
)
from jibungoto.records.models.people import sounds_like
from jibungoto.understand.answers import Stage
from jibungoto.understand.scope_kind import ScopeKind
from jibungoto.understand.segments import (
    EVERYBODY,
    UP,
    Segment,
    counted_by,
    first_seen_between,
    since_days,
)

ATTENDED = (Kind.ATTENDANCE.value,)
EVENT = "event"
_AT_ONCE = 10_000
_DAY = timedelta(days=1)


def members(
    acting: Acting, rule: Segment, *, answer: AnswerRow | None = None
) -> QuerySet[StandingRow]:
    """Return the standings of the people a rule means, by name; empty before any answer."""
    rows = meant(acting, rule, answer=answer).filter(person__community=acting.community)
    return rows.select_related("person").order_by(
        sounds_like("person__"), "person__name", "person__number"
    )


def meant(
    acting: Acting, rule: Segment, *, answer: AnswerRow | None = None
) -> QuerySet[StandingRow]:
    """Return the same in no order, to be counted or asked for inside of another question.

    It is the rule ``is_in`` of ``understand/segments.py``, asked of the database.
    """
    of = answer or newest_answer(acting)
    if of is None:
        return StandingRow.objects.none()
    rows = of.standings.filter(is_opted_out=False)
    if rule.kind != EVERYBODY:
        rows = rows.filter(kind=rule.kind)
    rows = _seen(_standing(rows, rule), rule, day=of.as_of)
    rows = _known_as(acting, rows, rule=rule, day=of.as_of)
    return _having_done(acting, rows, rule=rule, answer=of)


def _known_as(
    acting: Acting, rows: QuerySet[StandingRow], *, rule: Segment, day: date
) -> QuerySet[StandingRow]:
    if rule.sources:
        rows = rows.filter(person__in=_behind(acting, Q(source__in=rule.sources)))
    if rule.organisation:
        written = _behind(acting, _writing_organisation(acting, rule))
        said = _belonging(acting, rule, day=day)
        rows = rows.filter(Q(person__in=written) | Q(person__in=said))
    if words := folded(rule.named).split():
        rows = rows.filter(named_like(words, within="person__search"))
    return rows


def _having_done(
    acting: Acting, rows: QuerySet[StandingRow], *, rule: Segment, answer: AnswerRow
) -> QuerySet[StandingRow]:
    if rule.started is not None:
        rows = _where(rows, _starters(acting), did=rule.started)
    if rule.attended is not None:
        rows = _where(rows, _attendees(acting, answer), did=rule.attended)
    if rule.moved:
        rows = rows.filter(person__in=_movers(rule, answer))
    if rule.came_to:
        rows = rows.filter(person__in=_who_came_to(acting, rule.came_to, answer=answer))
    if rule.counted:
        rows = rows.filter(person__number__in=_counted(acting, rule.counted, answer=answer))
    return rows


def _standing(rows: QuerySet[StandingRow], rule: Segment) -> QuerySet[StandingRow]:
    if rule.stages:
        rows = rows.filter(stage__in=[Stage[name.upper()] for name in rule.stages])
    if rule.dormant is not None:
        rows = rows.filter(is_dormant=rule.dormant, stage__gt=Stage.REGISTERED)
    return rows


def _seen(rows: QuerySet[StandingRow], rule: Segment, *, day: date) -> QuerySet[StandingRow]:
    first, before = first_seen_between(rule, day)
    rows = rows.annotate(seen_first=Coalesce("joined_day", "first_day"))
    if first is not None:
        rows = rows.filter(seen_first__gte=first)
    if before is not None:
        rows = rows.filter(seen_first__lt=before)
    if rule.recent_days is not None:
        rows = rows.filter(last_day__gte=since_days(day, rule.recent_days))
    return rows


def _behind(acting: Acting, asked: Q) -> QuerySet[HandleRow, int]:
    """Return the persons behind the handles that are asked for."""
    handles = HandleRow.objects.filter(asked, community=acting.community)
    return handles.values_list("person_id", flat=True)


def _writing_organisation(acting: Acting, rule: Segment) -> Q:
    wanted = folded(rule.organisation)
    return Q(organisation__in=[one for one in _written(acting) if wanted in folded(one)])


def _belonging(acting: Acting, rule: Segment, *, day: date) -> QuerySet[HandleRow, int]:
    """Return who belongs on that day to an organisation like the one asked for."""
    wanted = folded(rule.organisation)
    meant = [
        row.pk
        for row in OrganisationRow.objects.filter(community=acting.community)
        if any(wanted in folded(name) for name in (row.name_ja, row.name_en))
    ]
    said = AffiliationRow.objects.filter(organisation__in=meant, is_refused=False)
    begun = said.filter(Q(from_day=None) | Q(from_day__lte=day))
    holding = begun.filter(Q(to_day=None) | Q(to_day__gt=day))
    return _behind(acting, Q(actor__in=holding.values("actor")))


def _written(acting: Acting) -> Iterable[str]:
    handles = HandleRow.objects.filter(community=acting.community).exclude(organisation="")
    return handles.order_by("organisation").values_list("organisation", flat=True).distinct()


def _starters(acting: Acting) -> QuerySet[HandleRow, int]:
    begun = InitiativeRow.objects.filter(community=acting.community, is_default=False)
    actors = begun.exclude(started_by="").values("started_by")
    return _behind(acting, Q(actor__in=actors))


def _attendees(acting: Acting, answer: AnswerRow) -> list[int]:
    """Return the persons the log saw at an event, up to the newest counted day."""
    kept = rolled_up(acting, answer)
    actors = _kept_attendees(kept) if kept.are_kept else _read_attendees(acting, answer)
    return _persons(acting, actors)


def _persons(acting: Acting, actors: Sequence[str]) -> list[int]:
    found: set[int] = set()
    for start in range(0, len(actors), _AT_ONCE):
        found.update(_behind(acting, Q(actor__in=actors[start : start + _AT_ONCE])))
    return sorted(found)


@lru_cache(maxsize=8)  # what was kept never changes
def _kept_attendees(kept: rollups.Rollups) -> Sequence[str]:
    return tuple(rollups.kept_actors(kept, ATTENDED))


def _read_attendees(acting: Acting, answer: AnswerRow) -> Sequence[str]:
    current = current_log(acting.community)
    if current is None:
        return ()
    with opened(current[1], memory="300MB", threads=1) as con:
        return rollups.actors_who(con, ATTENDED, night=answer.as_of + _DAY)


def _where(
    rows: QuerySet[StandingRow], people: QuerySet[HandleRow, int] | list[int], *, did: bool
) -> QuerySet[StandingRow]:
    return rows.filter(person__in=people) if did else rows.exclude(person__in=people)


def _movers(rule: Segment, answer: AnswerRow) -> QuerySet[StepRow, int]:
    """Return who moved up, or down, within the days the page of the ladder looks back."""
    moves = StepRow.objects.filter(answer=answer)
    if rule.moved == UP:
        moves = moves.filter(to_stage__gt=F("from_stage"))
    else:
        moves = moves.filter(to_stage__lt=F("from_stage"))
    return moves.values_list("person_id", flat=True)


def _counted(acting: Acting, said: str, *, answer: AnswerRow) -> tuple[int, ...]:
    """Return the numbers of the people the rows behind a measure's newest value are about."""
    kept = rolled_up(acting, answer)
    if kept.are_kept:
        return _kept_numbers(kept, said)
    key, part = counted_by(said)
    found = behind(acting, key)
    rows = found.rows(part_shown(found.parts, part))
    return tuple(sorted({row.person for row in rows if row.person is not None}))


@lru_cache(maxsize=64)  # what was kept never changes
def _kept_numbers(kept: rollups.Rollups, said: str) -> tuple[int, ...]:
    key, part = counted_by(said)
    rows = rollups.kept_rows(kept, key, part=part_shown(rollups.kept_parts(kept, key), part))
    return tuple(sorted({row.person for row in rows if row.person is not None}))


def part_shown(parts: Collection[str], asked: str | None) -> str | None:
    """Return the part whose rows are shown: unless asked otherwise of the whole; None for all."""
    wanted = "" if asked is None else asked
    return wanted if wanted in parts else None


def _who_came_to(acting: Acting, said: str, *, answer: AnswerRow) -> list[int]:
    """Return who was at an event, or at one of a series or chapter, up to the newest day."""
    events = InitiativeRow.objects.filter(
        community=acting.community,
        kind=InitiativeKind.EVENT.value,
        key__in=_inside(acting, said),
    )
    told = events.order_by("key").values_list("key", "starts_at")
    held = [(key, at.date() if at else None) for key, at in told]
    if not held:
        return []
    asked = attended.gathering(log_of(acting, answer), held, night=answer.as_of + _DAY)
    return _persons(acting, attended.attendees(asked))


def _inside(acting: Acting, said: str) -> Collection[str]:
    kind, _colon, key = said.partition(":")
    if kind == EVENT:
        return (key,)
    try:
        return scope_keyed(acting, ScopeKind(kind), key=key).initiatives
    except UnknownName:
        return ()


def gathering_names(acting: Acting) -> dict[str, str]:
    """Return the names of events, series and chapters, as rules over people name them."""
    events = InitiativeRow.objects.filter(
        community=acting.community, kind=InitiativeKind.EVENT.value
    )
    named = {f"{EVENT}:{key}": name for key, name in events.values_list("key", "name")}
    return named | scope_names(acting)
