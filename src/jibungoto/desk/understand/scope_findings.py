"""Measures of series and chapters: worked out by the worker where a plan or a page asks."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import cast

from django.db import transaction

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.understand.keep import finding, finding_values
from jibungoto.desk.understand.measures import Measured
from jibungoto.desk.understand.refresh import month_nights, nights_for
from jibungoto.desk.understand.scopes import scope_keyed
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine import scoped_in, steps
from jibungoto.engine.log import LogVersion, opened
from jibungoto.ledger.finding import Finding, Quality
from jibungoto.ledger.problems import UnknownName
from jibungoto.records.models import (
    AnswerRow,
    CommunityRow,
    FindingRow,
    ScopeFindingRow,
    ScopeRow,
)
from jibungoto.understand.belonging import taken_in, why_not_in
from jibungoto.understand.catalogue import CATALOGUE, measure_of
from jibungoto.understand.reasons import NOBODY
from jibungoto.understand.scope_kind import ScopeKind

MOST_AT_ONCE = 6
"""So many series and chapters are worked out in one go; the rest in the next."""
_AT_ONCE = 1_000

Scope = tuple[ScopeKind, str]


def watched(community: CommunityRow) -> list[Scope]:
    """Return the series and chapters the manager has made: pages and briefs show them."""
    rows = ScopeRow.objects.filter(community=community, dropped_at=None).order_by("kind", "pk")
    return [(ScopeKind(kind), key) for kind, key in rows.values_list("kind", "key")]


def missing_scopes(community: CommunityRow, asked: list[Scope]) -> list[Scope]:
    """Return what is asked of series and chapters that are here, and not worked out yet."""
    answer = newest_answer(administrator(community))
    if answer is None:
        return []
    kept = set(ScopeFindingRow.objects.filter(answer=answer).values_list("kind", "key").distinct())
    return [one for one in dict.fromkeys(asked) if (one[0].value, one[1]) not in kept]


def count_scopes(community: CommunityRow, asked: list[Scope]) -> int:
    """Work out what is missing, and return of how many series and chapters that was."""
    acting = administrator(community)
    answer, current = newest_answer(acting), current_log(community)
    wanted = missing_scopes(community, asked)[:MOST_AT_ONCE]
    if answer is None or current is None or not wanted:
        return 0
    night = answer.as_of + timedelta(days=1)
    for kind, key, found in _counted(
        current[1],
        [(kind, key, _inside(acting, kind, key=key)) for kind, key in wanted],
        params=steps.Params(as_of=night, zone=community.zone, nights=nights_for(night)),
    ):
        _keep(answer, kind, key=key, found=found)
    return len(wanted)


def _inside(acting: Acting, kind: ScopeKind, *, key: str) -> frozenset[str]:
    """Return what belongs to it; nothing where a plan names what is not here any more."""
    try:
        return scope_keyed(acting, kind, key=key).initiatives
    except UnknownName:
        return frozenset()


def _counted(
    log: LogVersion,
    wanted: list[tuple[ScopeKind, str, frozenset[str]]],
    *,
    params: steps.Params,
) -> list[tuple[ScopeKind, str, tuple[Finding, ...]]]:
    keys = taken_in()
    with opened(log, threads=1) as con:
        scoped_in.run_in(con, params, keys=keys, log=log)
        return [
            (kind, key, _all_told(found, params.as_of))
            for kind, key, inside in wanted
            for is_series in [kind is ScopeKind.SERIES]
            for found in [scoped_in.findings_in(con, inside, keys=keys, is_series=is_series)]
        ]


def _all_told(found: tuple[Finding, ...], night: date) -> tuple[Finding, ...]:
    """Return the findings with one that says so for each measure of which nothing can be told."""
    told = {one.measure for one in found}
    nothing = [
        Finding(key, night, None, quality=Quality.UNKNOWN, reason=NOBODY)
        for key in taken_in()
        if key not in told
    ]
    return (*found, *nothing)


def _keep(answer: AnswerRow, kind: ScopeKind, *, key: str, found: tuple[Finding, ...]) -> None:
    rows = ScopeFindingRow.objects.filter(answer=answer, kind=kind.value, key=key)
    with transaction.atomic():
        rows.delete()
        ScopeFindingRow.objects.bulk_create(
            (
                ScopeFindingRow(answer=answer, kind=kind.value, key=key, **finding_values(one))
                for one in found
            ),
            batch_size=_AT_ONCE,
        )


def measured_in(
    acting: Acting, kind: ScopeKind, *, key: str, measures: tuple[str, ...] = ()
) -> dict[str, Measured]:
    """Return measures of a series or chapter by key, with their history; empty before counting."""
    answer = newest_answer(acting)
    if answer is None:
        return {}
    rows = ScopeFindingRow.objects.filter(answer=answer, kind=kind.value, key=key)
    if measures:
        rows = rows.filter(measure__in=measures)
    held: dict[str, list[Finding]] = defaultdict(list)
    for row in rows.order_by("as_of", "pk"):
        held[row.measure].append(finding(cast("FindingRow", row)))
    shown = {night - timedelta(days=1) for night in month_nights(answer.as_of + timedelta(days=1))}
    found = {one: _measured(one, held[one], as_of=answer.as_of, shown=shown) for one in held}
    return {one: each for one, each in found.items() if each is not None}


def every_measure_in(acting: Acting, kind: ScopeKind, *, key: str) -> list[Measured]:
    """Return every measure of the catalogue for a series or chapter; empty before counting.

    A measure that means nothing there has no value, and says why.
    """
    answer = newest_answer(acting)
    known = measured_in(acting, kind, key=key)
    if answer is None or not known:
        return []
    found = []
    for measure in CATALOGUE:
        why = why_not_in(measure.key, kind)
        if why is not None:
            unknown = Finding(measure.key, answer.as_of, None, quality=Quality.UNKNOWN, reason=why)
            found.append(Measured(measure, answer.as_of, {"": unknown}, {}))
        elif measure.key in known:
            found.append(known[measure.key])
    return found


def _measured(
    key: str, findings: list[Finding], *, as_of: date, shown: set[date]
) -> Measured | None:
    about = measure_of(key)
    if about is None:
        return None
    history: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        if one.as_of in shown or one.as_of == as_of:
            history[one.part].append(one)
    return Measured(
        measure=about,
        as_of=as_of,
        now={one.part: one for one in findings if one.as_of == as_of},
        history={part: tuple(series) for part, series in history.items()},
    )
