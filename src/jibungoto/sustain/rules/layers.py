"""Alert rules on the layers: plans nobody acknowledged, doings without objective, mixed layers."""

from __future__ import annotations

from datetime import date, timedelta

from jibungoto.ledger.source import SELDOM
from jibungoto.ledger.words import Words, day_words
from jibungoto.sustain.facts import Facts, PlanInForce, ProgrammeRun, Trace
from jibungoto.sustain.rules.rule import (
    Rule,
    Severity,
    Verdict,
    fires,
    quiet,
    unknown,
)

ACKNOWLEDGED_DAYS = 180
AGREEING_DAYS = 30
"""So long a plan that came into force may wait for somebody to agree (V19)."""
RUNS_DAYS, RUNS_ALLOWED = 90, 2
NO_EVENTS = Words(
    "イベントを伝えるデータがまだないため、実施が目的につながっているかは分かりません。",
    "No source tells of events yet, so whether runs serve an objective cannot be told.",
)
ENDED = Words(
    "イベントのデータは{day_ja}までです。新しい書き出しを取り込むと、判断できます。",
    "Events are known until {day_en}; bring a newer export in to have this told.",
)
WEIGHTY = 2
"""From this influence on a stakeholder sways decisions."""


def plan_not_acknowledged(facts: Facts, today: date) -> Verdict:
    """P-3: there is no valid plan, or its acknowledgement is older than 180 days.

    A plan that came into force no more than 30 days ago may still wait for it.
    """
    if facts.plans is None:
        return unknown(
            Words("計画については、まだ何も記録がありません。", "Nothing is known of plans yet.")
        )
    if not facts.plans:
        return fires(
            Words("有効な計画(OWWH)がありません。", "There is no valid plan."), Severity.WARN
        )
    stale = [one for one in facts.plans if not _is_fresh(one, today)]
    late = [one for one in stale if not _may_wait(one, today)]
    if late:
        evidence = tuple(_plan(one) for one in late)
        return fires(_not_acknowledged(late[0]), Severity.WARN, evidence=evidence)
    if stale:
        until = day_words((stale[0].in_force_on or today) + timedelta(days=AGREEING_DAYS))
        return quiet(
            Words(
                f"計画「{stale[0].title.ja}」は、{until.ja}までに合意の記録があれば足ります。",
                f"The plan “{stale[0].title.en}” has until {until.en} to be acknowledged.",
            )
        )
    return quiet(Words("計画は合意されています。", "Every plan in force has been acknowledged."))


def _not_acknowledged(plan: PlanInForce) -> Words:
    ja, en = plan.title.ja, plan.title.en
    if plan.acknowledged_on is None:
        return Words(
            f"計画「{ja}」に合意した記録がありません。", f"Nobody has acknowledged the plan “{en}”."
        )
    return Words(
        f"計画「{ja}」は、この{ACKNOWLEDGED_DAYS}日間に合意の記録がありません。",
        f"Nobody has acknowledged the plan “{en}” in {ACKNOWLEDGED_DAYS} days.",
    )


def _is_fresh(plan: PlanInForce, today: date) -> bool:
    said = plan.acknowledged_on
    return said is not None and (today - said).days <= ACKNOWLEDGED_DAYS


def _may_wait(plan: PlanInForce, today: date) -> bool:
    begun = plan.in_force_on
    return begun is not None and (today - begun).days <= AGREEING_DAYS


def _plan(plan: PlanInForce) -> Trace:
    said = plan.acknowledged_on
    when = day_words(said) if said else Words("合意なし", "never acknowledged")
    return Trace(
        f"plan:{plan.key}:{plan.version}",
        Words(
            f"{plan.title.ja}(第{plan.version}版): {when.ja}",
            f"{plan.title.en}, version {plan.version}: {when.en}",
        ),
    )


def how_only(facts: Facts, today: date) -> Verdict:
    """P-4: three or more programme runs in 90 days that no objective is linked to.

    Fewer say nothing where the sources of events end long before today.
    """
    if facts.runs is None:
        return unknown(NO_EVENTS)
    lately = [one for one in facts.runs.held if 0 <= (today - one.day).days < RUNS_DAYS]
    loose = [one for one in lately if not one.has_objective]
    if len(loose) <= RUNS_ALLOWED:
        if (today - facts.runs.known_until).days > SELDOM:
            until = day_words(facts.runs.known_until)
            return unknown(ENDED.filled(day_ja=until.ja, day_en=until.en))
        return quiet(
            Words(
                f"この{RUNS_DAYS}日間に、目的のない実施は{len(loose)}回です。",
                f"Runs without an objective in the last {RUNS_DAYS} days: {len(loose)}.",
            )
        )
    return fires(
        Words(
            f"この{RUNS_DAYS}日間の{len(loose)}回の実施は、どの目的にもつながっていません。",
            f"{len(loose)} programme runs in {RUNS_DAYS} days serve no objective.",
        ),
        Severity.WARN,
        evidence=tuple(_run(one) for one in loose),
    )


def _run(run: ProgrammeRun) -> Trace:
    day = day_words(run.day)
    return Trace(
        f"run:{run.day.isoformat()}:{run.key or run.name}",
        Words(f"{day.ja} {run.name}", f"{day.en}: {run.name}"),
    )


def layer_mix(facts: Facts, today: date) -> Verdict:
    """P-5: the last report to somebody who sways decisions tells of doings alone."""
    sent = [one for one in facts.deliveries if one.influence >= WEIGHTY and one.sent <= today]
    told = [one for one in sent if one.activity or one.outcome]
    if not told:
        return unknown(
            Words(
                "判断を左右する人に送った報告の記録が、まだありません。",
                "No report to somebody who sways decisions is on record.",
            )
        )
    last = max(told, key=lambda one: (one.sent, one.number))
    if last.outcome:
        return quiet(
            Words("直近の報告は、成果にも触れています。", "The last report tells of outcomes too.")
        )
    day = day_words(last.sent)
    return fires(
        Words(
            f"直近の報告「{last.title}」は、活動量だけを伝えています。",
            f"The last report, “{last.title}”, tells of activity alone.",
        ),
        Severity.NOTICE,
        evidence=(
            Trace(
                f"delivery:{last.number}",
                Words(f"{day.ja} {last.title}", f"{day.en}: {last.title}"),
            ),
        ),
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "P-3",
        Words("合意切れ", "Plan not acknowledged"),
        Words("30分で計画を一緒に見直す。", "Review the plan together, in half an hour."),
        "plans",
        plan_not_acknowledged,
    ),
    Rule(
        "P-4",
        Words("手段先行", "How before objective"),
        Words(
            "計画の How にシリーズを選んで目的につなぐか、やめる。",
            "Link it to an objective by choosing its series under a plan's How, or stop.",
        ),
        "plans",
        how_only,
    ),
    Rule(
        "P-5",
        Words("層の取り違え", "Layer mix"),
        Words(
            "活動量の親になる指標を、ひとつ加える。",
            "Add the measure that the activity is meant to move.",
        ),
        "stakeholders",
        layer_mix,
    ),
)
