"""Measures of the people of a segment: worked out by the worker where a plan asks for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import cast

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from jibungoto.desk.acting import Acting, administrator, must_write, note
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.people.segment_people import meant
from jibungoto.desk.people.segments import segment_keyed
from jibungoto.desk.understand.keep import finding, finding_values
from jibungoto.desk.understand.measures import Measured
from jibungoto.desk.understand.refresh import month_nights, nights_for
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine import scoped, steps
from jibungoto.engine.log import opened
from jibungoto.ledger.finding import Finding, Quality
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.records.models import (
    AnswerRow,
    CommunityRow,
    FindingRow,
    SegmentFindingRow,
    SegmentRow,
)
from jibungoto.understand.catalogue import CATALOGUE, Measure, measure_of
from jibungoto.understand.reasons import NOBODY
from jibungoto.understand.scoping import may_be_scoped
from jibungoto.understand.segments import segment_told

MOST_AT_ONCE = 150
"""So many pairs of segment and measure are worked out in one go; the rest in the next.

The steps are run once in a go, whatever is asked: many goes cost more than large ones.
"""
_AT_ONCE = 1_000

Asked = dict[str, frozenset[str]]
"""Measures by the key of the segment they are asked of."""


def can_be_taken(measure: str) -> bool:
    """Say whether a measure can be taken of a segment alone."""
    return may_be_scoped(measure)


def missing(community: CommunityRow, asked: Asked) -> Asked:
    """Return what is asked of segments that are here, and not worked out yet."""
    answer = newest_answer(administrator(community))
    if answer is None:
        return {}
    kept = set(
        SegmentFindingRow.objects.filter(answer=answer)
        .values_list("segment__key", "measure")
        .distinct()
    )
    here = set(SegmentRow.objects.filter(community=community).values_list("key", flat=True))
    wanted = {
        key: frozenset(one for one in measures if (key, one) not in kept)
        for key, measures in asked.items()
        if key in here
    }
    return {key: measures for key, measures in wanted.items() if measures}


def count_segments(community: CommunityRow, asked: Asked) -> int:
    """Work out what is missing, and return how many pairs of segment and measure that were."""
    acting = administrator(community)
    answer, current = newest_answer(acting), current_log(community)
    wanted = [(key, one) for key, many in missing(community, asked).items() for one in sorted(many)]
    if answer is None or current is None or not wanted:
        return 0
    now: dict[str, list[str]] = defaultdict(list)
    for key, measure in wanted[:MOST_AT_ONCE]:
        now[key].append(measure)
    people = {key: _people(acting, key, answer=answer) for key in now}
    night = answer.as_of + timedelta(days=1)
    params = steps.Params(as_of=night, zone=community.zone, nights=nights_for(night))
    every = {measure for measures in now.values() for measure in measures}
    with opened(current[1], threads=1) as con:
        scoped.run_for(con, params, keys=every, log=current[1])
        for key, measures in now.items():
            found = scoped.findings_of(con, people[key], keys=measures)
            told = {one.measure for one in found}
            nothing = [_unknown(one, night) for one in measures if one not in told]
            _keep(acting, key, answer=answer, found=(*found, *nothing))
    return len(wanted[:MOST_AT_ONCE])


def _unknown(measure: str, night: date) -> Finding:
    """Return that nothing can be told, so that it is not asked again of the same answers."""
    return Finding(measure, night, None, quality=Quality.UNKNOWN, reason=NOBODY)


def _people(acting: Acting, key: str, *, answer: AnswerRow) -> list[int]:
    """Return the numbers of who fits; nobody where the rule cannot be read any more."""
    try:
        rule = segment_told(segment_keyed(acting, key).rule)
    except InvalidChoice:
        return []
    numbers = meant(acting, rule, answer=answer).values_list("person__number", flat=True)
    return list(numbers)


def _keep(acting: Acting, key: str, *, answer: AnswerRow, found: tuple[Finding, ...]) -> None:
    segment = segment_keyed(acting, key)
    measures = {one.measure for one in found}
    with transaction.atomic():
        SegmentFindingRow.objects.filter(
            answer=answer, segment=segment, measure__in=measures
        ).delete()
        SegmentFindingRow.objects.bulk_create(
            (
                SegmentFindingRow(answer=answer, segment=segment, **finding_values(one))
                for one in found
            ),
            batch_size=_AT_ONCE,
        )


def measured_of(acting: Acting, key: str, *, measure: str) -> Measured | None:
    """Return a measure of a segment with its history, or None where it is not worked out yet."""
    answer, about = newest_answer(acting), measure_of(measure)
    if answer is None or about is None:
        return None
    rows = _rows(acting, answer, key=key).filter(measure=measure)
    found = [finding(cast("FindingRow", row)) for row in rows.order_by("as_of", "pk")]
    return _measured(about, found, answer=answer) if found else None


def _rows(acting: Acting, answer: AnswerRow, *, key: str) -> QuerySet[SegmentFindingRow]:
    return SegmentFindingRow.objects.filter(
        answer=answer, segment__community=acting.community, segment__key=key
    )


def _measured(about: Measure, found: list[Finding], *, answer: AnswerRow) -> Measured:
    shown = {night - timedelta(days=1) for night in month_nights(answer.as_of + timedelta(days=1))}
    history: dict[str, list[Finding]] = defaultdict(list)
    for one in found:
        if one.as_of in shown or one.as_of == answer.as_of:
            history[one.part].append(one)
    return Measured(
        measure=about,
        as_of=answer.as_of,
        now={one.part: one for one in found if one.as_of == answer.as_of},
        history={part: tuple(series) for part, series in history.items()},
    )


SHOWN = (
    *("active", "new", "ret_k", "act30", "welcome48", "unanswered72"),
    *("stage_share", "stage_stock", "starter_rate", "outputters", "output_rate"),
)
"""What is worked out of a saved segment without anybody asking; ``stage_stock`` for the ladder."""
MOST_SHOWN = 5
"""So many segments are counted unasked, and so many at most with every measure."""
EVERY = frozenset(one.key for one in CATALOGUE if may_be_scoped(one.key))


def shown_of(community: CommunityRow) -> Asked:
    """Return what pages show of segments: the main measures of those saved or asked for last.

    Of those somebody asked for it is every measure.
    """
    here = SegmentRow.objects.filter(community=community, dropped_at=None)
    latest = here.order_by(Coalesce("wanted_at", "made_at").desc(), "-pk")
    told = latest.values_list("key", "wanted_at")[:MOST_SHOWN]
    return {key: EVERY if wanted_at else frozenset(SHOWN) for key, wanted_at in told}


def want(acting: Acting, key: str) -> SegmentRow:
    """Ask for every measure of a segment, from now on with every new answers."""
    must_write(acting)
    row = segment_keyed(acting, key)
    with transaction.atomic():
        row.wanted_at = timezone.now()
        row.save(update_fields=["wanted_at"])
        note(acting, "count segment", about=row.name)
    return row


def is_counted_now(acting: Acting, key: str, *, measures: Collection[str]) -> bool:
    """Say whether the worker counts all of these measures of a segment by itself."""
    return shown_of(acting.community).get(key, frozenset()).issuperset(measures)


def every_measure_of(acting: Acting, key: str) -> list[Measured]:
    """Return all that is worked out of a segment, in the order of the catalogue."""
    return measured_in_segment(acting, key, measures=EVERY)


def measured_in_segment(acting: Acting, key: str, *, measures: Collection[str]) -> list[Measured]:
    """Return those of some measures that are worked out of a segment, as the catalogue has them."""
    answer = newest_answer(acting)
    if answer is None:
        return []
    held: dict[str, list[Finding]] = defaultdict(list)
    rows = _rows(acting, answer, key=key).filter(measure__in=measures)
    for row in rows.order_by("as_of", "pk"):
        held[row.measure].append(finding(cast("FindingRow", row)))
    wanted = (one for one in CATALOGUE if one.key in held)
    return [_measured(one, held[one.key], answer=answer) for one in wanted]
