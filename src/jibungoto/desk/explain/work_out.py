"""Works out what pages of evidence wait for: answers to questions, and attributed revenue."""

from __future__ import annotations

from contextlib import suppress

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.beat import Beat
from jibungoto.desk.explain.money import money_models, revenue_of
from jibungoto.desk.explain.studies import answered, known_answer, questions
from jibungoto.desk.explain.worked_out import REVENUE, STUDY, forget, taken, wanted
from jibungoto.explain.briefs.brief import LAYOUT, BriefKind, Head
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words

BEING_WORKED_OUT = Words(
    "この資料に入る根拠を計算しています。", "The evidence this brief rests on is being worked out."
)
COME_BACK = Words("少し待って、もう一度押してください。", "Wait a moment, then press once more.")


def must_be_worked_out(acting: Acting, kind: BriefKind) -> None:
    """Raise InvalidChoice while something a brief of this kind rests on would take long."""
    if Head.BUSINESS not in LAYOUT[kind]:
        return
    pending = [known_answer(acting, one.row.number) is None for one in questions(acting)]
    pending += [kept.is_pending for kept in money_models(acting, is_page=True)]
    if any(pending):
        raise InvalidChoice(BEING_WORKED_OUT, COME_BACK)


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
