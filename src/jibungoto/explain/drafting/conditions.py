"""How the victory conditions stand, and which of them is the bad news of a brief."""

from __future__ import annotations

from dataclasses import replace

from jibungoto.explain.briefs.as_document import filled
from jibungoto.explain.claims import Claim, Tone
from jibungoto.explain.drafting.facts import ConditionFacts, PlanFacts, Standing
from jibungoto.explain.drafting.sentences import id_of, worded
from jibungoto.explain.printing import printed
from jibungoto.ledger.words import Words

STANDING = Words(
    "{plans}勝利条件{all}件のうち、順調は{good}件、注意は{risk}件、未達の見込みは{off}件です。",
    "Victory conditions{plans}: {all}; {good} on track, {risk} at risk, {off} off.",
)
OF_PLANS = Words("計画{n}つの", " of {n} plans")
OF_PLAN = Words("計画「{plan}」の", " (plan “{plan}”)")
ONE_PLAN = Words("", "")
CONDITION = Words(
    "{plan}勝利条件「{name}」は、目標{target}に対していま{now}です。",
    "Victory condition “{name}”{plan}: {now} now, with {target} as its target.",
)
CONDITION_UNKNOWN = Words(
    "{plan}勝利条件「{name}」は、いまの値が分かりません。",
    "Victory condition “{name}”{plan} has no value now.",
)
KEEP_OR_CHANGE = Words(
    "{plan}勝利条件「{name}」を続けるか見直すかの判断",
    "decide whether to keep or revise the victory condition “{name}”{plan}",
)
BAD: dict[Standing, Words] = {
    Standing.LOST: Words(
        "{plan}勝利条件「{name}」は未達で、目標{target}に対していま{now}です。",
        "Victory condition “{name}”{plan} is lost: {now} now, with {target} as its target.",
    ),
    Standing.OFF: Words(
        "{plan}勝利条件「{name}」は未達の見込みで、目標{target}に対していま{now}です。",
        "Victory condition “{name}”{plan} is off: {now} now, with {target} as its target.",
    ),
    Standing.AT_RISK: Words(
        "{plan}勝利条件「{name}」は注意の状態で、目標{target}に対していま{now}です。",
        "Victory condition “{name}”{plan} is at risk: {now} now, with {target} as its target.",
    ),
}
"""The worst standing first; each tells of one condition."""


def standing_line(plan: PlanFacts) -> Claim | None:
    """Say in one line how the victory conditions stand, None without any."""
    if not plan.conditions:
        return None
    good = {Standing.ON_TRACK, Standing.WON}
    off = {Standing.OFF, Standing.LOST}
    counts = {
        "all": len(plan.conditions),
        "good": sum(one.standing in good for one in plan.conditions),
        "risk": sum(one.standing is Standing.AT_RISK for one in plan.conditions),
        "off": sum(one.standing in off for one in plan.conditions),
    }
    tone = Tone.WORSE if counts["off"] or counts["risk"] else Tone.BETTER
    plans = len({one.plan for one in plan.conditions if one.plan is not None})
    values = {key: Words(str(n), str(n)) for key, n in counts.items()}
    values["plans"] = OF_PLANS.filled(n=plans) if plans > 1 else ONE_PLAN
    return worded(STANDING, values, tone=tone)


def condition_claim(one: ConditionFacts, wording: Words = CONDITION) -> Claim:
    """Say where one victory condition is against its target."""
    values = _names(one) | {"target": one.target}
    if one.now is not None and one.now.value is not None:
        found = worded(wording, values | {"now": printed(one.now).said})
        key = one.now.measure
        return replace(found, measures=(key,), figures=(id_of(one.now),), rows=(key,))
    if one.told is not None:
        return worded(wording, values | {"now": one.told})
    return replace(worded(CONDITION_UNKNOWN, values), caveats=(one.why,) if one.why else ())


def bad_condition(plan: PlanFacts | None) -> Claim | None:
    """Return the sentence on the condition that stands worst, None where none is off or at risk."""
    for standing, wording in BAD.items():
        for one in plan.conditions if plan is not None else ():
            if one.standing is standing:
                return replace(condition_claim(one, wording), tone=Tone.WORSE)
    return None


def keep_or_change(one: ConditionFacts) -> Words:
    """Return what is to be decided about a victory condition."""
    return filled(KEEP_OR_CHANGE, **_names(one))


def titled(one: ConditionFacts) -> Words:
    """Return what a condition is called in a table, with its plan where there are several."""
    if one.plan is None:
        return one.name
    return filled(Words("{plan}: {name}", "{plan}: {name}"), plan=one.plan, name=one.name)


def _names(one: ConditionFacts) -> dict[str, Words]:
    plan = filled(OF_PLAN, plan=one.plan) if one.plan is not None else ONE_PLAN
    return {"name": one.name, "plan": plan}
