"""Since when nobody fits a segment: noted by the worker with every new answers."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.people.segments import size
from jibungoto.desk.understand.today import newest_answer
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.records.models import AnswerRow, CommunityRow, SegmentRow
from jibungoto.understand.segments import segment_told


def is_unnoted(community: CommunityRow) -> bool:
    """Say whether there are segments nobody has counted for the newest answers."""
    answer = newest_answer(administrator(community))
    return answer is not None and _unnoted(community, answer).exists()


def note_sizes(acting: Acting) -> int:
    """Note for every segment whether anybody fits it; return how many were looked at."""
    answer = newest_answer(acting)
    if answer is None:
        return 0
    rows = list(_unnoted(acting.community, answer))
    for row in rows:
        try:
            fits = bool(size(acting, segment_told(row.rule), answer=answer))
        except InvalidChoice:  # a rule of another release means nobody
            fits = False
        SegmentRow.objects.filter(pk=row.pk).update(
            noted_for=answer.pk,
            met_on=answer.as_of if fits else row.met_on,
            emptied_on=None if fits else (row.emptied_on or answer.as_of),
        )
    return len(rows)


def _unnoted(community: CommunityRow, answer: AnswerRow) -> QuerySet[SegmentRow]:
    here = SegmentRow.objects.filter(community=community, dropped_at=None)
    return here.filter(Q(noted_for=None) | ~Q(noted_for=answer.pk)).order_by("pk")
