"""The report of a lively community, of one without threads, and of one without a log."""

from __future__ import annotations

from datetime import date

import pytest

from jibungoto.explain.claims import Claim, Grade, Tone
from jibungoto.explain.facts import LadderFacts, ReportFacts, SourceFacts, WaitingFacts
from jibungoto.explain.report.report import report_from
from jibungoto.explain.report.sentences import (
    NO_CHANGE,
    NO_LOG,
    NO_PAST,
    NO_SOURCE,
    NOTHING_TO_DECIDE,
    UNMARKED,
    WAITING_UNKNOWN,
)
from jibungoto.ledger.words import Words
from tests.explain.examples import LAST_DAY, count, empty, lively, share, without_threads


def english(claims: tuple[Claim, ...]) -> list[str]:
    return [each.text.en for each in claims]


def test_the_bottom_line_is_three_graded_lines() -> None:
    lines = report_from(lively()).bottom_line
    assert [(each.grade, each.tone) for each in lines] == [
        (Grade.E1, Tone.NEITHER),
        (Grade.E1, Tone.NEITHER),
        (Grade.E1, Tone.WORSE),
    ]
    assert [each.text.ja for each in lines] == [
        "活動メンバー(直近28日)は121人です。2026年9月30日時点は111人で、差は誤差の幅の内です。",
        "直近28日に自分ゴト化の段が上がったメンバーは14人、下がったメンバーは5人未満です。",
        "48時間以内の返信率(直近90日)は58%(33件中19件)です。"
        "2026年7月31日時点は85%(34件中29件)で、差は誤差の幅を超えています。",
    ]


def test_the_strongest_changes_come_first() -> None:
    changes = report_from(lively()).changes
    assert [each.measures for each in changes] == [("unanswered72",), ("welcome48",)]
    assert changes[0].text.en == (
        "Left unanswered (last 90 days): up from 11% (9 of 79) on 31 Jul 2026 to 30% (24 of 81). "
        "The difference exceeds its margin of error."
    )


def test_one_of_three_changes_is_for_the_worse_if_any_is() -> None:
    then = date(2026, 8, 1)
    up = ("active", "new", "starters")
    facts = lively(
        findings=[*(count(key, 200) for key in up), share("unanswered72", 30, 80)],
        history=[
            *(count(key, 20, end=then) for key in up),
            share("unanswered72", 15, 80, end=then),
        ],
    )
    changes = report_from(facts).changes
    assert [each.tone for each in changes] == [Tone.BETTER, Tone.BETTER, Tone.WORSE]


def test_what_lies_within_the_margin_is_no_change() -> None:
    facts = lively(
        findings=[share("unanswered72", 20, 80), count("active", 200)],
        history=[
            share("unanswered72", 15, 80, end=date(2026, 8, 1)),
            count("active", 20, end=date(2026, 8, 1)),
        ],
    )
    assert [each.measures for each in report_from(facts).changes] == [("active",)]


def test_where_nothing_clear_changed_one_sentence_says_so() -> None:
    facts = lively(
        findings=[share("unanswered72", 20, 80)],
        history=[share("unanswered72", 15, 80, end=date(2026, 8, 1))],
    )
    assert [each.text for each in report_from(facts).changes] == [NO_CHANGE]


def test_sources_are_named_as_their_makers_write_them() -> None:
    old = SourceFacts("slack", date(2024, 1, 1), date(2026, 8, 1))
    report = report_from(lively(sources=[old], waiting=WaitingFacts(first_posts=0)))
    assert english(report.decisions) == [
        "The Slack data ends on 1 Aug 2026. Decide whether to export it again."
    ]
    assert report.notes[0].lines[0].en.startswith("Slack: 1 Jan 2024")


def test_without_a_past_the_report_says_so() -> None:
    assert [each.text for each in report_from(lively(history=[])).changes] == [NO_PAST]


def test_without_threads_care_is_not_known_instead_of_perfect() -> None:
    report = report_from(without_threads())
    assert report.bottom_line[2].text == Words(
        "48時間以内の返信率(直近90日)は分かりません。スレッドの記録がありません。",
        "Welcomed within 48 hours (last 90 days): not known. No export tells threads.",
    )
    assert {row.measure.key: row.shown.value.en for row in report.health} == {
        "registered": "71",
        "active": "8",
        "new": "<5",
        "act30": "<5 of 7",
        "welcome48": "-",
        "unanswered72": "-",
        "ttfr": "-",
        "starters": "<5",
    }
    assert [each.text for each in report.decisions] == [WAITING_UNKNOWN, UNMARKED]


def test_without_a_log_the_report_says_so_and_names_the_one_next_step() -> None:
    report = report_from(empty())
    assert [each.text for each in report.bottom_line] == [NO_LOG]
    assert [each.text for each in report.decisions] == [NO_SOURCE]
    assert (report.changes, report.health, report.ladder) == ((), (), ())


def test_a_measure_that_was_not_computed_is_a_dash() -> None:
    report = report_from(lively(findings=[count("active", 50)]))
    assert {row.shown.value.en for row in report.health} == {"50", "-"}


def test_who_waits_is_counted_and_never_exactly_if_few() -> None:
    (first,) = report_from(lively(waiting=WaitingFacts(first_posts=2))).decisions
    assert first.text == Words(
        "返事のない初めての投稿は5件未満です。誰が声をかけるかを決めてください。",
        "First posts nobody has answered: fewer than 5. Decide who gets in touch.",
    )


def test_nothing_to_decide_is_said_only_where_all_is_known() -> None:
    calm = lively(waiting=WaitingFacts(first_posts=0, first_starts=0, gone_quiet=0))
    assert [each.text for each in report_from(calm).decisions] == [NOTHING_TO_DECIDE]
    unsure = lively(waiting=WaitingFacts(first_starts=0, gone_quiet=0))
    assert [each.text for each in report_from(unsure).decisions] == [WAITING_UNKNOWN]


def test_an_old_source_is_asked_for_again() -> None:
    old = SourceFacts("Discord", date(2024, 1, 1), date(2026, 8, 1))
    new = SourceFacts("Slack", date(2024, 1, 1), LAST_DAY)
    waiting = WaitingFacts(first_posts=0)
    decided = report_from(lively(sources=[old, new], waiting=waiting)).decisions
    assert english(decided) == [
        "The Discord data ends on 1 Aug 2026. Decide whether to export it again."
    ]


@pytest.mark.parametrize("facts", [lively(), without_threads(), empty()], ids=lambda f: f.community)
def test_the_same_facts_give_the_same_report(facts: ReportFacts) -> None:
    assert report_from(facts) == report_from(facts)


def test_a_ladder_without_a_past_leaves_its_line_to_another_measure() -> None:
    lines = report_from(lively(ladder=LadderFacts())).bottom_line
    assert [each.measures for each in lines] == [("active",), ("welcome48",), ("starters",)]
