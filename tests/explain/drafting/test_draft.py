"""Drafts of all four kinds: their headings, their rules, and what they say without data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from jibungoto.explain.briefs.advice import NO_PLAN, NO_VOICES
from jibungoto.explain.briefs.as_document import document_of
from jibungoto.explain.briefs.audiences import AUDIENCES, AudienceKey
from jibungoto.explain.briefs.brief import LAYOUT, BriefKind, Head
from jibungoto.explain.briefs.checks import LIMITS, faults_of_brief
from jibungoto.explain.briefs.freeze import brief_content, brief_from
from jibungoto.explain.claims import Claim, Grade, Tone
from jibungoto.explain.drafting.carry import GONE, corrections
from jibungoto.explain.drafting.draft import draft
from jibungoto.explain.drafting.facts import BriefFacts, StudyFacts
from jibungoto.explain.drafting.figures import all_figures
from jibungoto.explain.drafting.parts import fiscal_year_end
from jibungoto.explain.drafting.sentences import worded
from jibungoto.explain.facts import ReportFacts
from jibungoto.explain.wording import blocked_words, is_one_sentence
from jibungoto.explain.wordings import LOST, NO_CHANGE, NOTHING_WORSE
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.understand.reasons import CANNOT_TELL
from tests.explain.brief_made import ALL_KINDS, ALL_READERS, planned, sampled
from tests.explain.examples import (
    count,
    crowded,
    empty,
    lively,
    lively_past,
    share,
    unknown,
    without_threads,
)

FACTS: dict[str, Callable[[], BriefFacts]] = {
    "lively": lambda: BriefFacts(lively()),
    "planned": planned,
    "sampled": lambda: BriefFacts(sampled()[0]),
    "without threads": lambda: BriefFacts(without_threads()),
    "crowded": lambda: BriefFacts(crowded()),
    "empty": lambda: BriefFacts(empty()),
    "no data this month": lambda: BriefFacts(lively(findings=[], history=lively_past())),
}


def said(kind: BriefKind, head: Head, facts: BriefFacts) -> tuple[Claim, ...]:
    brief = draft(facts, kind, audience=AudienceKey.CFO)
    return next(part.claims for part in brief.parts if part.head is head)


@pytest.mark.parametrize("reader", ALL_READERS)
@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize("facts", FACTS)
def test_every_draft_passes_every_check(facts: str, kind: BriefKind, reader: AudienceKey) -> None:
    brief = draft(FACTS[facts](), kind, audience=reader)
    assert [part.head for part in brief.parts] == list(LAYOUT[kind])
    assert faults_of_brief(brief) == ()
    for one in brief.claims():
        assert is_one_sentence(one.text), one.text
    keys = [one.key for one in brief.claims()]
    assert len(keys) == len(set(keys)) and all(keys)
    assert brief_from(brief_content(brief)) == brief


def test_the_monthly_page_has_the_eight_headings_in_their_order() -> None:
    document = document_of(draft(planned(), BriefKind.MONTHLY, audience=AudienceKey.CFO))
    assert [section.heading.en for section in document.sections] == [
        "Bottom line in 3 lines",
        "Objective and progress",
        "What changed",
        "Voices",
        "Health strip",
        "Risks and what we do",
        "Ask",
        "Notes",
    ]
    assert [section.heading.ja for section in document.sections] == [
        "結論 3行",
        "目的と勝利条件の進み",
        "起きた変化",
        "メンバーの声",
        "健全性",
        "リスクと手当て",
        "お願い",
        "注記",
    ]


def test_the_bottom_line_says_state_change_and_the_one_decision() -> None:
    lines = said(BriefKind.MONTHLY, Head.BOTTOM_LINE, planned())
    assert [one.text for one in lines] == [
        Words(
            "勝利条件2件のうち、順調は1件、注意は1件、未達の見込みは0件です。",
            "Victory conditions: 2; 1 on track, 1 at risk, 0 off.",
        ),
        Words(
            "放置率(直近90日)が、2026年7月31日時点の11%(79件中9件)から30%(81件中24件)に上がり、"
            "差は誤差の幅を超えています。",
            "Left unanswered (last 90 days) rose from 11% (9 of 79) on 31 Jul 2026 to 30% "
            "(24 of 81), by more than the margin of error.",
        ),
        Words(
            "財務責任者に、2026年11月20日までに予算の判断をお願いします。",
            "CFO: please decide the budget by 20 Nov 2026.",
        ),
    ]


def test_the_week_is_three_lines_and_nothing_else() -> None:
    brief = draft(BriefFacts(lively()), BriefKind.WEEKLY, audience=AudienceKey.BOSS)
    (part,) = brief.parts
    assert (len(part.claims), part.shows, part.tables, part.text) == (3, (), (), ())
    assert LIMITS[BriefKind.WEEKLY].all_else == 3


def test_bad_news_is_always_among_the_changes() -> None:
    better = [
        share("welcome48", 90, 100),
        share("act30", 90, 100),
        count("active", 400),
        share("unanswered72", 60, 200),
    ]
    past = [
        one
        for end in (date(2026, 7, 1), date(2026, 10, 1))
        for one in (
            share("welcome48", 20, 100, end=end),
            share("act30", 20, 100, end=end),
            count("active", 100, end=end),
            share("unanswered72", 30, 200, end=end),
        )
    ]
    facts = BriefFacts(lively(findings=better, history=past))
    found = said(BriefKind.MONTHLY, Head.CHANGES, facts)
    assert len(found) == 3
    assert [one.measures for one in found if one.tone is Tone.WORSE] == [("unanswered72",)]


def test_a_measure_that_lost_its_data_is_the_surprise() -> None:
    findings = [
        unknown("welcome48", CANNOT_TELL["threads"]) if one.measure == "welcome48" else one
        for one in lively().findings
        if one.measure != "unanswered72"
    ]
    facts = BriefFacts(lively(findings=findings))
    found = said(BriefKind.MONTHLY, Head.CHANGES, facts)
    assert found[0].text == NO_CHANGE
    assert found[1].text == Words(
        "48時間以内の返信率(直近90日)は2026年7月31日時点では85%(34件中29件)でしたが、今回は分かりません。",
        "Welcomed within 48 hours (last 90 days) was 85% (29 of 34) on 31 Jul 2026 and cannot be "
        "told now.",
    )
    assert found[1].caveats == (CANNOT_TELL["threads"],)
    assert "{name}" in LOST.en


def test_without_change_or_surprise_a_sentence_says_so() -> None:
    steady = [count("active", 100)]
    past = [count("active", 100, end=end) for end in (date(2026, 9, 1), date(2026, 10, 1))]
    facts = BriefFacts(lively(findings=steady, history=past))
    assert [one.text for one in said(BriefKind.MONTHLY, Head.CHANGES, facts)] == [
        NO_CHANGE,
        NOTHING_WORSE,
    ]


def test_a_value_outside_its_own_months_is_a_surprise() -> None:
    past = [
        count("active", 100 + at, end=date(2025 + (at + 9) // 12, (at + 9) % 12 + 1, 1))
        for at in range(12)
    ]
    facts = BriefFacts(lively(findings=[count("active", 118)], history=past))
    found = said(BriefKind.MONTHLY, Head.CHANGES, facts)
    assert found[1].text.en == (
        "Active members (last 28 days): 118, higher than at any of the last 12 month ends."
    )


def test_an_empty_community_says_what_is_missing_and_invents_nothing() -> None:
    brief = draft(BriefFacts(empty()), BriefKind.MONTHLY, audience=AudienceKey.CEO)
    assert brief.figures == ()
    texts = [line for part in brief.parts for line in part.text]
    assert NO_PLAN in texts and NO_VOICES in texts
    first = next(brief.claims())
    assert first.text.en == "There is no data yet, and no number to report."
    assert document_of(brief).community == "はじまりの村"


def test_forecasts_and_costs_are_ranges() -> None:
    document = document_of(draft(planned(), BriefKind.QUARTERLY, audience=AudienceKey.CFO))
    tables = {section.heading.en: section.tables for section in document.sections}
    (verdicts,) = tables["Verdicts on the victory conditions"]
    assert [row[4].text.en for row in verdicts.rows] == ["0% to 51%", "-"]
    (business,) = tables["Relation to the business"]
    assert [row[1].text.en for row in business.rows] == ["120,000 to 480,000"]


def test_the_yearly_paper_holds_both_cases_and_the_day_of_the_decision() -> None:
    brief = draft(BriefFacts(lively(), fiscal_month=4), BriefKind.YEARLY, audience=AudienceKey.CFO)
    parts = {part.head: part for part in brief.parts}
    assert parts[Head.CONTINUE].claims and parts[Head.STOP].claims
    (asked,) = parts[Head.DECISION].claims
    assert asked.text.en == "The CFO: please decide whether to continue or to stop by 30 Jan 2027."
    assert fiscal_year_end(date(2027, 3, 31), 4) == date(2027, 3, 31)
    assert fiscal_year_end(date(2026, 4, 1), 4) == date(2027, 3, 31)
    assert fiscal_year_end(date(2026, 12, 31), 1) == date(2026, 12, 31)


def test_a_study_keeps_its_own_grade_and_its_caveats() -> None:
    (study,) = said(BriefKind.QUARTERLY, Head.BUSINESS, planned())
    assert study.grade is Grade.E3
    assert study.caveats[0].en == "Assumes accounts of the same size"


def test_what_a_study_adds_to_its_sentence_becomes_a_caveat() -> None:
    text = Words(
        "差は3〜9です。前提: 「来る。」と言った人。", "Gap: 3 to 9.5. Assumes: those who said so."
    )
    facts = replace(planned(), studies=[StudyFacts(text, Grade.E1)])
    (found,) = said(BriefKind.QUARTERLY, Head.BUSINESS, facts)
    assert found.text == Words("差は3〜9です。", "Gap: 3 to 9.5.")
    assert found.caveats == (Words("前提: 「来る。」と言った人。", "Assumes: those who said so."),)


def test_what_a_reader_should_not_be_given_is_left_out() -> None:
    boss = draft(planned(), BriefKind.QUARTERLY, audience=AudienceKey.BOSS)
    assert not [one for one in boss.figures if one.measure.startswith("stage_")]
    ceo = draft(planned(), BriefKind.QUARTERLY, audience=AudienceKey.CEO)
    assert not [one for one in ceo.figures if one.measure == "outputs"]
    assert [one for one in ceo.figures if one.measure.startswith("stage_")]


def test_cells_of_few_people_are_kept_only_as_they_are_printed() -> None:
    brief = draft(BriefFacts(lively()), BriefKind.QUARTERLY, audience=AudienceKey.CEO)
    few = brief.figure("stage_stock.S5.dormant@2026-10-31")
    assert few is not None and few.withheld is not None
    assert (few.value, few.n, few.low, few.withheld.value.en) == (None, None, None, "<5")
    ladder = next(
        section
        for section in document_of(brief).sections
        if section.heading.en == "Ladder and movement"
    )
    shown = [[cell.text.en for cell in row] for row in ladder.tables[0].rows]
    assert shown[0][1:] == ["7", "<5", "<5"]


@pytest.mark.parametrize(("online", "shown"), [(40, 3), (3, 1)])
def test_a_mode_of_few_people_hides_the_other_too(online: int, shown: int) -> None:
    parts = [("venue", 60), ("online", online), ("", 60 + online)]
    entries = [replace(count("entries_total", n), part=part) for part, n in parts]
    facts = BriefFacts(lively(findings=[*lively().findings, *entries]))
    brief = draft(facts, BriefKind.QUARTERLY, audience=AudienceKey.CEO)
    told = [one for one in brief.figures if one.measure == "entries_total"]
    assert len(told) == shown
    assert [one for one in told if one.withheld is not None] == []


def test_every_reader_has_a_question_and_words_in_both_languages() -> None:
    assert set(AUDIENCES) == set(AudienceKey)
    for one in AUDIENCES.values():
        for words in (one.name, one.question, one.show):
            assert words.ja and words.en
        assert one.measures and not set(one.measures) & one.leaves_out
    assert [key for key, one in AUDIENCES.items() if one.avoid is None] == [AudienceKey.LEGAL]


@pytest.mark.parametrize("reader", ALL_READERS)
def test_what_was_not_known_and_is_not_known_needs_no_correction(reader: AudienceKey) -> None:
    brief = draft(BriefFacts(lively()), BriefKind.MONTHLY, audience=reader)
    known = all_figures(lively())
    assert [one for one in brief.figures if one.key not in known and one.value is None]
    assert corrections(brief, known) == ()


def test_a_value_that_is_gone_is_corrected_and_so_is_one_that_came() -> None:
    brief = draft(BriefFacts(lively()), BriefKind.MONTHLY, audience=AudienceKey.CFO)
    known = all_figures(lively())
    size = f"active@{brief.as_of}"
    gone = corrections(brief, {key: one for key, one in known.items() if key != size})
    assert [(one.figure, one.now) for one in gone] == [(size, GONE)]
    unknown_then = [replace(one, value=None, n=None) for one in brief.figures if one.key == size]
    (came,) = corrections(replace(brief, figures=tuple(unknown_then)), known)
    assert (came.figure, came.said) == (size, GONE)


def test_a_wording_above_its_grade_cannot_be_drafted() -> None:
    with pytest.raises(InvalidChoice):
        worded(Words("施策の効果です。", "It is so."))
    named = worded(Words("{name}です。", "{name}."), {"name": Words("効果", "Impact")})
    assert blocked_words(named.text, Grade.E1) != ()


def test_a_month_later_nothing_is_compared_with_itself() -> None:
    report = lively()
    moved = ReportFacts(
        community=report.community,
        as_of=report.as_of,
        findings=report.findings,
        history=[replace(one, definition_version=9) for one in report.history],
        sources=report.sources,
    )
    brief = draft(BriefFacts(moved), BriefKind.MONTHLY, audience=AudienceKey.CEO)
    assert brief.comparisons == ()
