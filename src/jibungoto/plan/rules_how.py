"""Rules about how it is done: V06, V07, V16 to V18, V21 to V23."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jibungoto.ledger.words import Words
from jibungoto.plan.facts import PlanFacts
from jibungoto.plan.issues import Issue, Level
from jibungoto.plan.owwh import How, Place, Plan
from jibungoto.plan.rulebook import V06, V07, V16, V17, V18, V21, V22, V23

NO_OWNER = Words("担当がいません", "No owner")
NO_DEPUTY = Words("代理がいません", "No deputy")


def _deeds(plan: Plan) -> Iterator[tuple[str, How]]:
    for at, how in enumerate(plan.how):
        if not how.is_idea:
            yield f"how[{at}]", how


def comes_last(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V06: a How stands in the plan only once there are an objective and a Who."""
    has_who = any(not who.is_empty for who in plan.who)
    if plan.deeds and (plan.objective.is_empty or not has_who):
        yield V06.broken(
            Words(
                "先に目的と Who を書いてください。それまで、How はアイデアとして残せます。",
                "Write the objective and the Who first; until then a How can wait as an idea.",
            ),
            place="objective" if plan.objective.is_empty else "who",
        )


def is_joined_up(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V07: every How serves a What, every What names a Who, every Who has an objective.

    A layer with nothing in it joins nothing: what is below a Who has to be there.
    """
    yield from _unclear_keys(plan)
    yield from _empty_layers(plan)
    if plan.who and plan.objective.is_empty:
        yield V07.broken(
            Words("Who の前に、目的を書いてください。", "Write the objective before the Who."),
            place="objective",
        )
    people = {who.key for who in plan.who}
    for at, what in enumerate(plan.what):
        if what.who not in people:
            yield V07.broken(
                Words("誰のための What かを選んでください。", "Choose for whom this What is."),
                place=f"what[{at}].who",
            )
    yield from _unknown_segments(plan, facts)
    yield from _unknown_series(plan, facts)
    yield from _loose_hows(plan)


def _empty_layers(plan: Plan) -> Iterator[Issue]:
    if all(who.is_empty for who in plan.who):
        return  # V11 asks for the Who first
    if all(what.is_empty for what in plan.what):
        yield V07.broken(
            Words(
                "What が一つもありません。その人が何を得るかを書いてください。",
                "There is no What; write what these people get.",
            ),
            place="what",
        )
    elif not plan.deeds:
        yield V07.broken(
            Words(
                "How が一つもありません。何を行うかを書き、どの勝利条件のためかを選んでください。",
                "There is no How; write what is done, and choose the victory condition it is for.",
            ),
            place="how",
        )


def _loose_hows(plan: Plan) -> Iterator[Issue]:
    gains = {what.key for what in plan.what}
    wins = {one.key for one in plan.objective.victory}
    for place, how in _deeds(plan):
        if not how.serves or not gains.issuperset(how.serves):
            yield V07.broken(
                Words(
                    "どの What を届ける How かを選んでください。",
                    "Choose which What this How delivers.",
                ),
                place=f"{place}.serves",
            )
        if not wins.issuperset(how.victories):
            yield V07.broken(
                Words("どの勝利条件のためですか。", "Which victory condition is it for?"),
                place=f"{place}.victories",
            )


def _unknown_segments(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    for at, who in enumerate(plan.who):
        if who.behaviour and who.behaviour not in facts.segments:
            yield V07.broken(
                Words(
                    f"セグメント「{who.behaviour}」は、もうありません。選び直してください。",
                    f"There is no segment “{who.behaviour}”; choose another.",
                ),
                place=f"who[{at}].behaviour",
            )


def _unknown_series(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    for place, how in _deeds(plan):
        for key in how.series:
            if key not in facts.series:
                yield V07.broken(
                    Words(
                        f"シリーズ「{key}」は、もうありません。選び直してください。",
                        f"There is no series “{key}”; choose another.",
                    ),
                    place=f"{place}.series",
                )


def _unclear_keys(plan: Plan) -> Iterator[Issue]:
    named = (
        ("objective.victory", [one.key for one in plan.objective.victory]),
        ("who", [who.key for who in plan.who]),
        ("what", [what.key for what in plan.what]),
        ("how", [how.key for how in plan.how]),
        ("assumptions", [one.key for one in plan.assumptions]),
    )
    for place, keys in named:
        for key in sorted(key for key, times in Counter(keys).items() if times > 1 or not key):
            yield V07.broken(
                Words(
                    f"key「{key}」が重なっているか、空です。それぞれに別の key を付けてください。",
                    f"The key “{key}” is empty or used twice; give each its own.",
                ),
                place=place,
            )


def has_hands(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V16: the hours of all Hows are within the team's."""
    wanted = sum(how.hours_per_month or 0 for how in plan.deeds if how.goes_on(facts.today))
    if facts.team_hours is not None and wanted > facts.team_hours:
        yield V16.broken(
            Words(
                f"毎月{wanted:g}時間が必要ですが、チームには{facts.team_hours:g}時間しかありません。"
                "How を減らすか、手伝ってもらう人を決めてください。",
                f"It takes {wanted:g} hours a month and the team has {facts.team_hours:g}. Do "
                "less, or agree on who helps.",
            ),
            place="how",
        )


def has_owner(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V17: somebody answers for each How, and somebody else can take over."""
    for place, how in _deeds(plan):
        if not how.owner.strip():
            yield V17.broken(
                Words("担当を一人決めてください。", "Name one person who answers for it."),
                place=f"{place}.owner",
                what=NO_OWNER,
            )
        if not how.deputy.strip() or how.deputy.strip() == how.owner.strip():
            yield V17.broken(
                Words(
                    "担当が休んだときに代わる人を、別に決めてください。",
                    "Name somebody else who takes over when the owner is away.",
                ),
                place=f"{place}.deputy",
                level=Level.WARNING,
                what=NO_DEPUTY,
            )


def can_stop(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V18: each How says when it is given up."""
    for place, how in _deeds(plan):
        if how.stop_rule.is_empty:
            yield V18.broken(
                Words(
                    "どうなったらやめるかを、始める前に書いてください。",
                    "Write, before it begins, what would make you stop.",
                ),
                place=f"{place}.stop_rule",
            )


def is_in_both_places(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V21: something is online and something at a venue, or the reason is written."""
    held = {place for how in plan.deeds for place in how.places}
    if not plan.deeds or not plan.one_place_reason.is_empty:
        return
    if Place.ONLINE not in held:
        yield V21.broken(
            Words(
                "オンラインの場が一つもありません。足すか、理由を書いてください。",
                "Nothing is online; add something, or write why not.",
            ),
            place="one_place_reason",
        )
    if Place.VENUE not in held:
        yield V21.broken(
            Words(
                "顔を合わせる場が一つもありません。足すか、理由を書いてください。",
                "Nothing is at a venue; add something, or write why not.",
            ),
            place="one_place_reason",
        )


def leads_to_output(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V22: at least one How leads to something members publish."""
    if plan.deeds and not any(how.yields_output for how in plan.deeds):
        yield V22.broken(
            Words(
                "参加した人が書いたり話したりする場を、どれか一つの How に作ってください。",
                "Let one How end in members writing or speaking of it.",
            ),
            place="how",
        )


def is_checked(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V23: an incentive has been looked at by somebody who knows the law."""
    for place, how in _deeds(plan):
        if not how.incentive.is_empty and not how.legal_check.is_done:
            yield V23.broken(
                Words(
                    "景品や謝礼は、告知の前に法務に確認し、誰がいつ確認したかを書いてください。",
                    "Ask legal about prizes and rewards before announcing them, and write who "
                    "looked at it, and when.",
                ),
                place=f"{place}.legal_check",
            )
