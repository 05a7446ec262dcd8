"""What plans and briefs are told of the team and of stakeholders."""

from __future__ import annotations

from jibungoto.desk.acting import Acting
from jibungoto.desk.sustain.cover import cover_facts, stakeholder_facts
from jibungoto.desk.sustain.stakeholders import StakeholderWish, keep_stakeholder
from jibungoto.desk.sustain.team import MemberWish, keep_member
from jibungoto.ledger.words import Words
from jibungoto.sustain.abilities import ABILITY_KEYS
from jibungoto.sustain.askers import ASKERS, AskerKind, Interest
from jibungoto.sustain.team import Function
from tests.desk.sustain.written import aoi, held, mio, riku


def test_before_anybody_is_written_down_nothing_is_told(acting: Acting) -> None:
    facts = cover_facts(acting)
    assert (facts.is_written, facts.hours, facts.names, facts.gaps) == (False, None, (), ())
    assert tuple(one.ability.key for one in facts.abilities) == ABILITY_KEYS


def test_hours_count_everybody_and_name_whose_are_not_known(acting: Acting) -> None:
    mio(acting)
    riku(acting)
    keep_member(acting, MemberWish("Sora", Function.EXTERNAL, None))
    facts = cover_facts(acting)
    assert (facts.hours, facts.manager_hours) == (80, 60)
    assert (facts.without_hours, facts.deputies) == (("Sora",), ("Riku",))
    assert (facts.names, facts.managers) == (("Mio", "Riku", "Sora"), ("Mio",))


def test_gaps_are_told_in_words_and_isolation_only_when_released(acting: Acting) -> None:
    held(acting, mio(acting), *ABILITY_KEYS)
    facts = cover_facts(acting)
    assert facts.gaps[3].en == "Nobody can explain the community upward when Mio is on leave."
    assert facts.isolation is None


def test_stakeholders_come_by_weight_with_a_question_in_both_languages(acting: Acting) -> None:
    aoi(acting)
    keep_stakeholder(
        acting,
        StakeholderWish(
            "Ren",
            AskerKind.CEO,
            Interest.REVENUE,
            influence=3,
            stance=-2,
            question=Words("戻りますか。", ""),
        ),
    )
    first, second = stakeholder_facts(acting)
    assert (first.name, first.influence, first.stance) == ("Ren", 3, -2)
    assert first.question == Words("戻りますか。", "戻りますか。")
    assert second.question == ASKERS[AskerKind.CFO].question
