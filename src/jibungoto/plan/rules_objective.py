"""Rules about the objective and its victory conditions: V01 to V05, V08 to V10, V14, V15."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import timedelta

from jibungoto.ledger.words import Words, day_words
from jibungoto.plan.beginning import why_not_begun
from jibungoto.plan.facts import PlanFacts
from jibungoto.plan.issues import Issue, Level
from jibungoto.plan.lexicon import bare
from jibungoto.plan.lexicon_counts import means_activity, means_heads, means_sales
from jibungoto.plan.number import FRACTION, shown
from jibungoto.plan.owwh import Plan
from jibungoto.plan.rulebook import V01, V02, V03, V04, V05, V08, V09, V10, V14, V15
from jibungoto.plan.tree_defaults import ACTIVITY, HEAD_COUNTS
from jibungoto.plan.victory import Bound, Operator, VictoryCondition
from jibungoto.understand.catalogue import measure_of

LEAST_DAYS = 28
LOW_TIMES, HIGH_TIMES = 0.5, 3
MOST_VICTORIES, MOST_HOWS = 3, 7
NOT_OF_THESE = Words(
    "この範囲に絞った値は、計算できません。全体の値を使ってください。",
    "It cannot be worked out for this scope; take it of the whole community.",
)
ONE_AT_A_TIME = Words(
    "一度に絞れるのは、セグメント・シリーズ・支部のどれか1つです。1つだけ選んでください。",
    "It can be narrowed to a segment, a series or a chapter, one at a time; choose one.",
)
AN_ASSOCIATION = Words(
    "関連を示す差なので、勝ち負けは決められません。もとの割合など、別の指標を選んでください。",
    "It is a difference that shows an association, and nothing to win. Choose another measure, "
    "such as one of the shares it is of.",
)
WON_ALREADY = Words("目標に、始める前から届いています", "Won before it begins")
BEYOND_ALL = Words("割合の範囲を外れています", "No share can be that")
A_SHARE = Words("0%から100%までの目標にしてください。", "Set a target from 0 % to 100 %.")


def _each(plan: Plan) -> Iterator[tuple[str, VictoryCondition]]:
    for at, one in enumerate(plan.objective.victory):
        yield f"objective.victory[{at}]", one


def has_victory(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V01: at least one victory condition, and each with all it needs to be measured."""
    if not plan.objective.victory:
        yield V01.broken(
            Words(
                "どの指標が、いつまでに、いくつになったら勝ちかを一つ決めてください。",
                "Say which measure has to reach what by when for you to have won.",
            ),
            place="objective.victory",
        )
    for place, one in _each(plan):
        lacking = _lacking(one)
        if lacking:
            ja, en = "、".join(w.ja for w in lacking), ", ".join(w.en for w in lacking)
            yield V01.broken(
                Words(f"足りないもの: {ja}。", f"Still to be said: {en}."), place=place
            )


def _lacking(one: VictoryCondition) -> list[Words]:
    asked = (
        (one.measure, Words("指標", "the measure")),
        (one.operator, Words("以上・以下", "at least or at most")),
        (one.target is not None, Words("目標値", "the target")),
        (one.unit.strip(), Words("単位", "the unit")),
        (one.due, Words("期日", "the due date")),
    )
    return [words for said, words in asked if not said]


def is_computable(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V02: the measure has data, or somebody counts it by hand; what leads there is a measure."""
    for place, one in _each(plan):
        why = _why_not(one, facts) if one.measure else None
        if why is not None:
            yield V02.broken(why, place=f"{place}.measure")
    by_hand = {one.measure for one in plan.objective.victory if one.by_hand.is_complete}
    for at, how in enumerate(plan.how):
        leading = how.leading_measure
        if leading and leading not in by_hand and measure_of(leading) is None:
            yield V02.broken(_unlisted(leading), place=f"how[{at}].leading_measure")


def _unlisted(measure: str) -> Words:
    return Words(
        f"「{measure}」は指標の一覧にありません。一覧から選んでください。",
        f"“{measure}” is not in the catalogue; choose one that is.",
    )


def _why_not(one: VictoryCondition, facts: PlanFacts) -> Words | None:
    measure = measure_of(one.measure)
    if measure is not None and measure.compared:
        return AN_ASSOCIATION
    if one.by_hand.is_complete:
        return None
    known = facts.measures.get(one.bound)
    if known is not None and known.now is not None:
        return None
    by_hand = Words(
        "誰が何日おきに数えるかを書くと、手で数える指標にできます。",
        "Or say who counts it by hand, and how often.",
    )
    if known is not None:
        reason = known.reason or Words("まだ値がありません。", "There is no value yet.")
        return Words(ja=f"{reason.ja}{by_hand.ja}", en=f"{reason.en} {by_hand.en}")
    if Bound(one.measure, one.part) in facts.measures:
        why = NOT_OF_THESE if one.scope.is_of_one else ONE_AT_A_TIME
    else:
        why = _unlisted(one.measure)
    return Words(ja=f"{why.ja}{by_hand.ja}", en=f"{why.en} {by_hand.en}")


def has_baseline(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V03: value and days of the baseline, or "no history"; of this measure, on days that were."""
    for place, one in _each(plan):
        if not one.baseline.is_complete and not one.is_of_another:
            yield V03.broken(
                Words(
                    "今の値とその期間を入れるか、「これまでの記録はない」を選んでください。",
                    "Enter the value and the days it is of, or tick “no history”.",
                ),
                place=f"{place}.baseline",
            )
            continue
        for why in why_not_begun(one, facts.today):
            yield V03.broken(why, place=f"{place}.baseline")


def is_due_in_time(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V04: due inside the plan's period, and no sooner than 28 days after it begins.

    The days of what the plan does are days it can be done on: it is not over before it begins.
    """
    yield from _stops_first(plan)
    first, last = plan.period.first, plan.period.last
    if first is None or last is None or last < first:
        yield V04.broken(
            Words(
                "先に、計画の始まりの日と終わりの日を決めてください。",
                "First say on which days the plan begins and ends.",
            ),
            place="period",
        )
        return
    if last < facts.today and facts.in_force_since is None:
        yield V04.broken(
            Words(
                "計画の期間は{last}に終わっています。これからの期間にしてください。",
                "The plan's period ended on {last}; choose one that is still to come.",
            ).filled(last=day_words(last)),
            place="period.to",
        )
    earliest = first + timedelta(days=LEAST_DAYS)
    for place, one in _each(plan):
        if one.due is not None and not earliest <= one.due <= last:
            yield V04.broken(
                Words(
                    "{first}から{last}までの日にしてください。",
                    "Choose a day from {first} to {last}.",
                ).filled(first=day_words(earliest), last=day_words(last)),
                place=f"{place}.due",
            )


def _stops_first(plan: Plan) -> Iterator[Issue]:
    for at, how in enumerate(plan.how):
        if how.starts is not None and how.stops is not None and how.stops < how.starts:
            yield V04.broken(
                Words(
                    "終える日({stops})が、始める日({starts})より前です。",
                    "It stops on {stops}, before it starts on {starts}.",
                ).filled(stops=day_words(how.stops), starts=day_words(how.starts)),
                place=f"how[{at}].stops",
            )


def is_within_reach(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V05: the target is beyond the baseline, and within what its history makes likely.

    A baseline that has won already is an error: it is about how the target stands to where it
    begins, as all of this rule is, and is said in place of the warning. V03 only asks whether
    there is a baseline.
    """
    for place, one in _each(plan):
        if one.is_won_at_baseline:
            yield _won_already(one, facts, place=f"{place}.target")
            continue
        if _unit_of(one, facts) == FRACTION and not 0 <= (one.target or 0) <= 1:
            where = f"{place}.target"
            yield V05.broken(A_SHARE, place=where, level=Level.ERROR, what=BEYOND_ALL)
            continue
        span = reach_of(one, facts)
        if span is not None and one.target is not None and not span[0] <= one.target <= span[1]:
            unit = facts.measures[one.bound].unit
            low, high = shown(span[0], unit), shown(span[1], unit)
            yield V05.broken(
                Words(
                    f"これまでの値から見て無理のない範囲は{low}〜{high}です。"
                    "外れる理由を書くか、目標を見直してください。",
                    f"From its own history {low} to {high} is within reach. "
                    "Write down why it will be otherwise, or choose another target.",
                ),
                place=f"{place}.target",
            )


def _won_already(one: VictoryCondition, facts: PlanFacts, *, place: str) -> Issue:
    unit = _unit_of(one, facts)
    begun, target = shown(one.baseline.value or 0.0, unit), shown(one.target or 0.0, unit)
    is_low_good = one.operator is Operator.AT_MOST
    told, beyond = (
        (Words("以下", "at most"), Words(f"{begun}より小さい", f"below {begun}"))
        if is_low_good
        else (Words("以上", "at least"), Words(f"{begun}より大きい", f"above {begun}"))
    )
    next_step = Words(
        f"基準値の{begun}が、もう「{target}{told.ja}」を満たしています。{beyond.ja}目標にするか、"
        "以上・以下の向きを確かめてください。",
        f"The baseline of {begun} is {told.en} {target} already. Set a target {beyond.en}, or see "
        "whether “at least” and “at most” are the wrong way round.",
    )
    return V05.broken(next_step, place=place, level=Level.ERROR, what=WON_ALREADY)


def _unit_of(one: VictoryCondition, facts: PlanFacts) -> str:
    known = facts.measures.get(one.bound)
    return known.unit if known is not None and known.unit else one.unit


def reach_of(one: VictoryCondition, facts: PlanFacts) -> tuple[float, float] | None:
    """Return what is within reach from a measure's own history: half the least, thrice the most.

    Below zero the two change places; a share goes no further than 1.
    """
    known = facts.measures.get(one.bound)
    if known is None or known.own_range is None:
        return None
    low, high = known.own_range
    low *= LOW_TIMES if low >= 0 else HIGH_TIMES
    high *= HIGH_TIMES if high >= 0 else LOW_TIMES
    return (low, min(high, 1.0) if known.unit == "fraction" else high)


def is_more_than_activity(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V08: not only counts of what was held, said and who was there."""
    asked = [one for one in plan.objective.victory if one.measure]
    if asked and all(_counts(one, ACTIVITY, means=means_activity) for one in asked):
        yield V08.broken(
            Words(
                "その活動で人の行動がどう変わるかを測る指標を一つ足してください。",
                "Add one measure of what people do differently because of it.",
            ),
            place="objective.victory",
        )


def sells_nothing_yet(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V09: no sales target before a community is twelve months old."""
    for place, one in _each(plan):
        if facts.is_young and means_sales(f"{one.measure}\n{one.unit}\n{one.by_hand.name.both}"):
            yield V09.broken(
                Words(
                    "はじめの1年は、正しい人が来て、また来るかどうかを目標にしてください。"
                    "売上を追うと、無料のセミナーになりがちです。",
                    "In the first year, aim at the right people coming, and coming again; a "
                    "sales target makes a community a free seminar.",
                ),
                place=f"{place}.measure",
            )


def counts_more_than_heads(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V10: no head count alone before a community is twelve months old."""
    asked = [one for one in plan.objective.victory if one.measure]
    if (
        facts.is_young
        and asked
        and all(_counts(one, HEAD_COUNTS, means=means_heads) for one in asked)
    ):
        yield V10.broken(
            Words(
                "人数より、Who に書いた人が来て、また来たかを測ってください。",
                "Measure whether the people of your Who came, and came again.",
            ),
            place="objective.victory",
        )


def _counts(one: VictoryCondition, keys: frozenset[str], *, means: Callable[[str], bool]) -> bool:
    """Say whether a condition is one of these measures, or is named so and counted by hand."""
    if measure_of(one.measure) is not None:
        return one.measure in keys
    return any(map(means, (one.measure, one.by_hand.name.ja, one.by_hand.name.en)))


def has_member_side(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V14: the members' side of the objective is said, and is not the company's."""
    objective = plan.objective
    company, member = objective.company, objective.member
    pairs = ((company.ja, member.ja), (company.en, member.en))
    is_copied = any(bare(ours) and bare(ours) == bare(theirs) for ours, theirs in pairs)
    if member.is_empty or is_copied:
        yield V14.broken(
            Words(
                "メンバー自身の仕事や暮らしで何が変わるかを、会社側とは別に書いてください。",
                "Write what changes for a member's own life or work, apart from the company's.",
            ),
            place="objective.member",
        )


def is_not_too_much(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V15: at most three victory conditions, and seven Hows for a full-time manager."""
    if len(plan.objective.victory) > MOST_VICTORIES:
        yield V15.broken(
            Words(
                f"勝利条件は{MOST_VICTORIES}つまでに絞ってください。",
                f"Keep to {MOST_VICTORIES} victory conditions.",
            ),
            place="objective.victory",
        )
    most = math.floor(MOST_HOWS * (1 if facts.fte is None else facts.fte))
    if sum(how.goes_on(facts.today) for how in plan.deeds) > most:
        yield V15.broken(
            Words(
                f"今の体制で続けられる How は{most}個までです。残りはアイデアに戻してください。",
                f"This team can keep up {most}; make ideas of the others.",
            ),
            place="how",
        )
