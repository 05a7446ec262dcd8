"""How the victory conditions stand, and which of them is the bad news of a brief."""

from __future__ import annotations

from dataclasses import replace

from jibungoto.explain.briefs.as_document import filled
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.claims import Claim, Tone
from jibungoto.explain.drafting.facts import ConditionFacts, PlanFacts
from jibungoto.explain.drafting.sentences import id_of, worded
from jibungoto.explain.printing import printed
from jibungoto.explain.wordings import (
    CONDITION,
    CONDITION_AT_RISK,
    CONDITION_LOST,
    CONDITION_OFF,
    CONDITION_UNKNOWN,
    OF_PLAN,
    OF_PLANS,
    ONE_PLAN,
    STANDING,
)
from jibungoto.ledger.words import Words
from jibungoto.plan.standing import Standing

KEEP_OR_CHANGE = Words(
    "{plan}勝利条件「{name}」を続けるか見直すかの判断",
    "decide whether to keep or revise the victory condition “{name}”{plan}",
)
ASKED_OF: dict[AudienceKey, Words] = {
    AudienceKey.CEO: KEEP_OR_CHANGE,
    AudienceKey.CFO: Words(
        "{plan}勝利条件「{name}」のための費用を続けるか見直すかの判断",
        "decide whether the cost for the victory condition “{name}”{plan} is kept or revised",
    ),
    AudienceKey.CMO: Words(
        "{plan}勝利条件「{name}」を後押しする発信を1つ選ぶこと",
        "choose one channel of yours that helps the victory condition “{name}”{plan}",
    ),
    AudienceKey.SUPPORT: Words(
        "{plan}勝利条件「{name}」のために、返信を一緒に担う人を1人決めること",
        "name one person who answers with us for the victory condition “{name}”{plan}",
    ),
    AudienceKey.PRODUCT: Words(
        "{plan}勝利条件「{name}」につながる、メンバーに聞きたい問いを1つ選ぶこと",
        "choose one question for members that helps the victory condition “{name}”{plan}",
    ),
    AudienceKey.SALES: Words(
        "{plan}勝利条件「{name}」のために、参加を望むお客さまに案内すること",
        "tell customers who wish to join, for the victory condition “{name}”{plan}",
    ),
    AudienceKey.BOSS: Words(
        "{plan}勝利条件「{name}」の仕事を誰が控えとして支えるかの判断",
        "decide who backs up the work on the victory condition “{name}”{plan}",
    ),
    AudienceKey.LEGAL: Words(
        "{plan}勝利条件「{name}」の進め方に法務の確認が要るかの判断",
        "say whether the work on the victory condition “{name}”{plan} needs a legal check",
    ),
}
"""What each reader can decide about a victory condition: what lies with them, and no more."""
BAD: dict[Standing, Words] = {
    Standing.LOST: CONDITION_LOST,
    Standing.OFF: CONDITION_OFF,
    Standing.AT_RISK: CONDITION_AT_RISK,
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


def keep_or_change(one: ConditionFacts, reader: AudienceKey) -> Words:
    """Return what a reader is asked to decide about a victory condition."""
    return filled(ASKED_OF[reader], **_names(one))


def titled(one: ConditionFacts) -> Words:
    """Return what a condition is called in a table, with its plan where there are several."""
    if one.plan is None:
        return one.name
    return filled(Words("{plan}: {name}", "{plan}: {name}"), plan=one.plan, name=one.name)


def _names(one: ConditionFacts) -> dict[str, Words]:
    plan = filled(OF_PLAN, plan=one.plan) if one.plan is not None else ONE_PLAN
    return {"name": one.name, "plan": plan}
