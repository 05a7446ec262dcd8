"""A victory condition that is off is the bad news, whatever the measures did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import Brief, BriefKind, Head
from jibungoto.explain.briefs.checks import faults_of_brief
from jibungoto.explain.claims import Claim, Tone
from jibungoto.explain.drafting.conditions import bad_condition, standing_line
from jibungoto.explain.drafting.draft import draft
from jibungoto.explain.drafting.facts import BriefFacts, ConditionFacts, PlanFacts
from jibungoto.explain.facts import ReportFacts
from jibungoto.explain.wordings import NOTHING_WORSE
from jibungoto.ledger.words import Words
from jibungoto.plan.standing import Standing
from tests.explain.brief_made import plan
from tests.explain.examples import count, empty, lively

STEADY = lively(findings=[count("active", 100)], history=[])


def of(*conditions: ConditionFacts, report: ReportFacts = STEADY) -> BriefFacts:
    return BriefFacts(report, plan=PlanFacts(conditions=conditions))


def said(brief: Brief, head: Head) -> Sequence[Claim]:
    return next(part.claims for part in brief.parts if part.head is head)


def standing(one: Standing) -> ConditionFacts:
    return replace(plan().conditions[1], standing=one, name=Words("相談会", "Clinics"))


def test_the_worst_condition_is_the_bad_line() -> None:
    conditions = [standing(Standing.AT_RISK), replace(standing(Standing.OFF), told=Words("2", "2"))]
    found = bad_condition(PlanFacts(conditions=conditions))
    assert found is not None and found.tone is Tone.WORSE
    assert found.text == Words(
        "勝利条件「相談会」は未達の見込みで、目標8以上に対していま2です。",
        "Victory condition “Clinics” is off: 2 now, with at least 8 as its target.",
    )


@pytest.mark.parametrize("one", [Standing.ON_TRACK, Standing.WON, Standing.UNKNOWN])
def test_what_is_not_off_is_no_bad_news(one: Standing) -> None:
    assert bad_condition(PlanFacts(conditions=[standing(one)])) is None
    assert bad_condition(None) is None


@pytest.mark.parametrize("one", [Standing.OFF, Standing.LOST, Standing.AT_RISK])
@pytest.mark.parametrize("report", [STEADY, lively(), empty()])
def test_nothing_worse_is_not_said_beside_a_condition_that_is_off(
    report: ReportFacts, one: Standing
) -> None:
    facts = of(standing(one), report=report)
    bad = bad_condition(facts.plan)
    assert bad is not None
    for kind, head in ((BriefKind.MONTHLY, Head.CHANGES), (BriefKind.WEEKLY, Head.LINES)):
        brief = draft(facts, kind, audience=AudienceKey.CEO)
        texts = [claim.text for claim in said(brief, head)]
        assert bad.text in texts and NOTHING_WORSE not in texts
        assert len(texts) <= 3 and len(set(texts)) == len(texts)
        assert faults_of_brief(brief) == ()


def test_a_worse_measure_still_stands_beside_it() -> None:
    facts = of(standing(Standing.OFF), report=lively())
    found = said(draft(facts, BriefKind.MONTHLY, audience=AudienceKey.CEO), Head.CHANGES)
    assert [(one.tone, bool(one.measures)) for one in found] == [
        (Tone.WORSE, True),
        (Tone.WORSE, True),
        (Tone.WORSE, False),
    ]


def test_with_several_plans_every_line_names_its_own() -> None:
    conditions = [
        replace(standing(Standing.OFF), plan=Words("甲", "A")),
        replace(standing(Standing.ON_TRACK), plan=Words("乙", "B")),
    ]
    line = standing_line(PlanFacts(conditions=conditions))
    assert line is not None
    assert line.text.ja.startswith("計画2つの勝利条件2件のうち、")
    assert line.text.en.startswith("Victory conditions of 2 plans: 2;")
    brief = draft(of(*conditions), BriefKind.MONTHLY, audience=AudienceKey.CEO)
    objective = next(part for part in brief.parts if part.head is Head.OBJECTIVE)
    assert [one.text.ja.partition("は、")[0] for one in objective.claims] == [
        "計画「甲」の勝利条件「相談会」",
        "計画「乙」の勝利条件「相談会」",
    ]
    assert [row[0].text.en for row in objective.tables[0].rows] == ["A: Clinics", "B: Clinics"]
    assert said(brief, Head.CHANGES)[-1].text.en.startswith(
        "Victory condition “Clinics” (plan “A”) is off: "
    )
    assert "計画「甲」の勝利条件「相談会」を続けるか" in said(brief, Head.ASK)[0].text.ja
