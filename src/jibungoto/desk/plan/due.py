"""What Today says of plans in force: the victory condition that is due next, and a due review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.plan.look import Version, version_from
from jibungoto.desk.understand.today import Decision
from jibungoto.ledger.words import Words
from jibungoto.plan.known import measure_named
from jibungoto.plan.owwh import Plan
from jibungoto.plan.states import State
from jibungoto.records.models import PlanReviewRow, PlanVersionRow

SOON = 30
PAGE = "plans"
DUE = Words(
    "計画「{plan}」の勝利条件「{measure}」の期日まで、あと{days}日です。",
    "The plan “{plan}”: “{measure}” is due in {days} days.",
)
DUE_TODAY = Words(
    "計画「{plan}」の勝利条件「{measure}」は、今日が期日です。",
    "The plan “{plan}”: “{measure}” is due today.",
)
PAST = Words(
    "計画「{plan}」の勝利条件「{measure}」は期日を過ぎました。振り返って、結果を記録してください。",
    "The plan “{plan}”: “{measure}” is past its due date. Look back, and note how it ended.",
)
REVIEW = Words("計画「{plan}」を見直す日です。", "The plan “{plan}” is to be looked at again.")


def decisions(acting: Acting) -> Iterator[Decision]:
    """Yield what waits: of each plan in force the next due date within a month, and its review."""
    today = today_in(acting)
    active = PlanVersionRow.objects.filter(
        plan__community=acting.community, plan__dropped_at=None, state=State.ACTIVE.value
    )
    for row in active.select_related("plan").order_by("plan_id"):
        version = version_from(row)
        said = due_words(version.plan, today)
        if said is not None:
            yield Decision(said, PAGE)
        if _waits_for_review(version, today):
            yield Decision(_of_plan(REVIEW, version.plan), PAGE)


def due_words(plan: Plan, today: date) -> Words | None:
    """Say which victory condition is due next, if that is within a month or past."""
    dues = [(one.due, one) for one in plan.objective.victory if one.due is not None]
    if not dues:
        return None
    day, victory = min(dues, key=lambda one: one[0])
    left = (day - today).days
    if left > SOON:
        return None
    words = PAST if left < 0 else DUE if left else DUE_TODAY
    return _of_plan(words, plan, measure=measure_named(victory), days=left)


def _of_plan(words: Words, plan: Plan, *, measure: Words | None = None, days: int = 0) -> Words:
    named = measure or Words("", "")
    return Words(
        words.ja.format(plan=plan.title.said_in("ja"), measure=named.ja, days=days),
        words.en.format(plan=plan.title.said_in("en"), measure=named.en, days=days),
    )


def _waits_for_review(version: Version, today: date) -> bool:
    """Say whether the day of the next review has come, and nobody has looked since."""
    day = version.plan.review.next
    if day is None or day > today:
        return False
    reviewed = PlanReviewRow.objects.filter(version__plan=version.row.plan, day__gte=day)
    return not reviewed.exists()
