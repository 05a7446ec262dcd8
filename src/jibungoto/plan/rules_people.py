"""Rules about for whom and what they get: V11, V12, V13, V20."""

from __future__ import annotations

from collections.abc import Iterator

from jibungoto.ledger.words import Words
from jibungoto.plan.facts import PlanFacts
from jibungoto.plan.issues import Issue, Level
from jibungoto.plan.lexicon import (
    has_verb,
    is_demographic,
    means_everyone,
    names_nobody,
    plain,
)
from jibungoto.plan.owwh import How, Plan, Who
from jibungoto.plan.rulebook import V11, V12, V13, V20

_NAME_THEM = Words(
    "何に関心があり、何をしている人かを書いてください。",
    "Write what they care about, and what they do.",
)
_EMPTIED = Words("Who に当てはまる人がいません", "The Who is nobody")
_NOBODY_NOW = Words(
    "この行動に当てはまる人が、今は一人もいません。セグメントを見直してください。",
    "Nobody does this today; look at the segment again.",
)


def is_somebody(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V11: every Who has an interest or a behaviour, and is not simply everyone."""
    if not plan.who:
        yield V11.broken(_NAME_THEM, place="who")
    for at, who in enumerate(plan.who):
        if _is_anybody(who):
            yield V11.broken(_NAME_THEM, place=f"who[{at}].interest_axis")
        elif who.behaviour and facts.segments.get(who.behaviour) == 0:
            place = f"who[{at}].behaviour"
            yield V11.broken(_NOBODY_NOW, place=place, level=Level.WARNING, what=_EMPTIED)


def _is_anybody(who: Who) -> bool:
    if who.is_empty:
        return True
    texts = [text for text in (who.interest_axis.ja, who.interest_axis.en) if text.strip()]
    is_vague = any(
        means_everyone(text) or is_demographic(text) or names_nobody(text) for text in texts
    )
    return is_vague and not who.behaviour.strip()


def has_first_pin(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V12: a young community names whom it asks first."""
    if facts.is_young and plan.who and not any(who.first_pins for who in plan.who):
        yield V12.broken(
            Words(
                "最初に声をかける人を、名前で1人から5人書いてください。",
                "Name one to five people whom you ask first.",
            ),
            place="who[0].first_pins",
        )


def says_what_one_can_do(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V13: What says what a member does or tells afterwards, not what a product has."""
    for at, what in enumerate(plan.what):
        texts = (what.job, what.gain, what.sentence)
        written = [text.both for text in texts if not text.is_empty]
        if not any(has_verb(text) for text in written):
            yield V13.broken(
                Words(
                    "参加した人が、あとで何をできるか、何と言うかを書いてください。",
                    "Write what somebody can do or will say after having taken part.",
                ),
                place=f"what[{at}].gain",
            )


def has_one_audience(plan: Plan, facts: PlanFacts) -> Iterator[Issue]:
    """V20: what is done here is not also done for other people in another plan."""
    for at, how in enumerate(plan.how):
        if how.is_idea or how.title.is_empty:
            continue
        for other in facts.neighbours:
            if any(_is_shared(plan, how, other=other, its=its) for its in other.deeds):
                name = other.title
                yield V20.broken(
                    Words(
                        ja=f"計画「{name.said_in('ja')}」は同じことを別の人に向けて行います。"
                        "回を分けるか、どちらの Who のためかを決めてください。",
                        en=f"The plan “{name.said_in('en')}” does the same for other people; hold "
                        "it apart, or decide for whom it is.",
                    ),
                    place=f"how[{at}]",
                )


def _is_shared(plan: Plan, how: How, *, other: Plan, its: How) -> bool:
    is_alike = plain(how.title.both) == plain(its.title.both)
    return is_alike and not (_audience(plan, how) & _audience(other, its))


def _audience(plan: Plan, how: How) -> frozenset[str]:
    """Return for whom something is done: by behaviour, and by interest where there is none."""
    of = {what.who for what in plan.what if what.key in how.serves}
    people = (who for who in plan.who if who.key in of)
    return frozenset(who.behaviour or plain(who.interest_axis.both) for who in people)
