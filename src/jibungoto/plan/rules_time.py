"""Rules about agreeing, reviewing, reporting and ending: V19, V24, V25, V26."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from jibungoto.ledger.words import Words, day_words
from jibungoto.plan.facts import PlanFacts
from jibungoto.plan.issues import Issue
from jibungoto.plan.owwh import AssumptionState, Plan
from jibungoto.plan.rulebook import V19, V24, V25, V26
from jibungoto.plan.tree import reachable

LEAST_INFLUENCE = 2
AGREED_WITHIN = timedelta(days=30)
REVIEWED_WITHIN = timedelta(days=100)


def is_agreed(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V19: somebody of influence 2 or more has agreed to this version within 30 days of it."""
    latest = None if facts.made is None else facts.made + AGREED_WITHIN
    agreed = any(
        one.version == facts.version
        and one.influence >= LEAST_INFLUENCE
        and (latest is None or one.day <= latest)
        for one in facts.acknowledgements
    )
    if not agreed:
        until = Words("", "") if latest is None else day_words(latest)
        yield V19.broken(
            Words(
                ja="影響力が2以上のステークホルダーにこの版を見せ、合意を記録してください"
                + (f"({until.ja}まで)。" if latest else "。"),
                en="Show this version to a stakeholder of influence 2 or more and note that they "
                + (f"agree (by {until.en})." if latest else "agree."),
            ),
            place="stakeholders",
        )


def is_looked_at(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V24: a plan in force is reviewed every 100 days, and has a verdict once past due.

    So do its assumptions: one that was to be tested by now is no longer open.
    """
    if facts.in_force_since is None:
        return
    seen = max(facts.in_force_since, facts.last_reviewed or facts.in_force_since)
    if facts.today - seen > REVIEWED_WITHIN:
        yield V24.broken(
            Words(
                "最後の見直しは{seen}です。見直しの日を決めてください。",
                "It was last looked at on {seen}; set a day to look at it again.",
            ).filled(seen=day_words(seen)),
            place="review",
        )
    if facts.verdict is None:
        yield from _untested(plan, facts.today)
    for at, one in enumerate(plan.objective.victory):
        if one.due is not None and one.due < facts.today and facts.verdict is None:
            yield V24.broken(
                Words(
                    "期日の{due}を過ぎました。達成か未達かを記録してください。",
                    "It was due on {due}; note whether it was won or lost.",
                ).filled(due=day_words(one.due)),
                place=f"objective.victory[{at}].due",
            )


def _untested(plan: Plan, today: date) -> Iterator[Issue]:
    for at, one in enumerate(plan.assumptions):
        if one.state is AssumptionState.OPEN and one.due is not None and one.due < today:
            text, due = one.text, day_words(one.due)
            yield V24.broken(
                Words(
                    f"仮説「{text.said_in('ja')}」を確かめる日({due.ja})を過ぎました。"
                    "正しかったか外れたかを、次の版に書いてください。",
                    f"The assumption “{text.said_in('en')}” was to be tested by {due.en}; say "
                    "in the next version whether it held.",
                ),
                place=f"assumptions[{at}].state",
            )


def reports_its_own_layer(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V25: a report for an audience above uses only measures in the tree of the plan."""
    known = reachable(plan)
    for report in facts.reports:
        strange = [measure for measure in report.measures if measure not in known]
        if strange:
            listed = ", ".join(strange)
            yield V25.broken(
                Words(
                    f"「{report.audience}」向けの資料の {listed} は、この計画の目的につながって"
                    "いません。外すか、どの勝利条件につながるかを書いてください。",
                    f"In the report for “{report.audience}”, {listed} does not lead to this "
                    "plan's objective; leave it out, or say which victory condition it is for.",
                ),
                place="objective.victory",
            )


def has_ended_well(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V26: a plan whose period is over has a verdict and a lesson before it is copied."""
    if facts.in_force_since is None or not is_over(plan, facts.today):
        return
    if facts.verdict is None or not facts.verdict.lesson.strip():
        yield V26.broken(
            Words(
                "達成・未達・判定できずのどれかと、学んだことを書いてください。"
                "そのあと、この計画を写して次を作れます。",
                "Write whether it was won, lost or void, and what you learnt; then it can be "
                "copied for the next.",
            ),
            place="period.to",
        )


def is_over(plan: Plan, today: date) -> bool:
    """Say whether the last day of a plan has passed."""
    return plan.period.last is not None and plan.period.last < today
