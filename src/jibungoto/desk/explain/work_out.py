"""Works out what pages of evidence wait for: answers to questions, and attributed revenue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from django.db.models import Max

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.beat import Beat
from jibungoto.desk.explain.facts import BOTTOM
from jibungoto.desk.explain.money import money_models, revenue_of
from jibungoto.desk.explain.studies import answered, known_answer, questions
from jibungoto.desk.explain.worked_out import REVENUE, STUDY, forget, taken, wanted
from jibungoto.explain.briefs.brief import LAYOUT, BriefKind
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import BusinessFileRow, CommunityRow, StudyRow

BEING_WORKED_OUT = Words(
    "この資料に入る根拠を計算しています。", "The evidence this brief rests on is being worked out."
)
COME_BACK = Words("少し待って、もう一度押してください。", "Wait a moment, then press once more.")


def must_be_worked_out(acting: Acting, kind: BriefKind) -> None:
    """Raise InvalidChoice while something a brief of this kind rests on would take long."""
    if BOTTOM & set(LAYOUT[kind]) and ask_for_evidence(acting):
        raise InvalidChoice(BEING_WORKED_OUT, COME_BACK)


def ask_for_evidence(acting: Acting) -> bool:
    """Want whatever is not worked out from what is known now; say whether there is anything."""
    pending = [known_answer(acting, one.row.number) is None for one in questions(acting)]
    pending += [kept.is_pending for kept in money_models(acting, is_page=True)]
    return any(pending)


def resting_on() -> Iterator[tuple[CommunityRow, tuple[object, ...]]]:
    """Yield each community that has questions, with a mark of what their answers rest on."""
    asked, told = (
        dict(rows.objects.values_list("community_id").annotate(last=Max("pk")))
        for rows in (StudyRow, BusinessFileRow)
    )
    for one in CommunityRow.objects.filter(pk__in=asked):
        yield one, (one.version_id, one.facts_stamp, asked[one.pk], told.get(one.pk))


def work_out_next() -> bool:
    """Work out what has been wanted longest, in any community; say whether there was anything.

    A worker that dies leaves it to the next one, a minute after its last sign of life.
    """
    row = wanted()
    if row is None:
        return False
    mine = taken(row)
    if mine is None:
        return True  # another worker was quicker
    acting = administrator(row.community)
    try:
        with suppress(UnknownName, InvalidChoice), Beat(mine):
            if row.about.startswith(STUDY):
                answered(acting, int(row.about.removeprefix(STUDY)))
            else:
                revenue_of(acting, row.about.removeprefix(REVENUE))
    finally:
        forget(row.community, row.about)
    return True
