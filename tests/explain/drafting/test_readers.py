"""Each reader gets what is promised to be shown, or a plain line on what to bring."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from jibungoto.explain.briefs.advice import ADVICE, for_readers
from jibungoto.explain.briefs.as_document import document_of
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import BriefKind, Head
from jibungoto.explain.drafting.advancing import CURVES, advance_claims, advance_tables
from jibungoto.explain.drafting.draft import draft
from jibungoto.explain.drafting.facts import (
    BriefFacts,
    CostFacts,
    LegalFacts,
    ProgrammeFacts,
    StartedFacts,
)
from jibungoto.explain.drafting.reader import SHOWN
from jibungoto.explain.formats.html import render as html
from jibungoto.explain.formats.markdown import render as markdown
from jibungoto.explain.printing import day
from jibungoto.ledger.finding import Interval
from jibungoto.ledger.words import Words
from jibungoto.understand.advancing import Climb, advance_of
from jibungoto.understand.answers import Stage
from tests.explain.brief_made import planned
from tests.explain.examples import LAST_DAY, lively, share

FULL = BriefKind.MONTHLY, BriefKind.QUARTERLY, BriefKind.YEARLY


def climbs(n: int, *, days_ago: int, speaks: int) -> list[Climb]:
    since = LAST_DAY - timedelta(days=days_ago)
    later = since + timedelta(days=10)
    return [
        Climb(since, ((since, Stage.ATTENDING), *([(later, Stage.SPEAKING)] * (at < speaks))))
        for at in range(n)
    ]


@pytest.mark.parametrize("audience", AudienceKey)
@pytest.mark.parametrize("kind", FULL)
@pytest.mark.parametrize("facts", [planned(), BriefFacts(lively())], ids=["whole", "bare"])
def test_every_promise_to_a_reader_has_its_line_or_no_line_at_all(
    facts: BriefFacts, kind: BriefKind, audience: AudienceKey
) -> None:
    first = draft(facts, kind, audience=audience).parts[0]
    told = [line.en.partition(": ")[0] for line in first.text]
    names = [name.en for name, _ in SHOWN[audience]]
    assert told == [name for name in names if name in told] != []
    for line in first.text:
        assert line.ja.partition(": ")[2] and line.en.partition(": ")[2]
        assert "{" not in line.ja + line.en


def test_readers_are_told_what_is_missing_and_not_what_the_writer_is_to_do() -> None:
    written = draft(BriefFacts(lively()), BriefKind.MONTHLY, audience=AudienceKey.CFO)
    (cost, *_) = written.parts[0].text
    assert cost.en.startswith("Cost: No cost is on record. Bring")
    assert document_of(written).sections[0].text[0].en == "Cost: No cost is on record."
    assert all(for_readers(one) != one for one in ADVICE)


def lines_for(facts: BriefFacts, audience: AudienceKey) -> dict[str, str]:
    """Return what stands in a reader's first box beside the sentences, by its name."""
    lines = draft(facts, BriefKind.MONTHLY, audience=audience).parts[0].text
    return dict(line.en.split(": ", 1) for line in lines)


def with_plan(facts: BriefFacts, **changes: Any) -> BriefFacts:
    assert facts.plan is not None
    return replace(facts, plan=replace(facts.plan, **changes))


def test_legal_sees_what_was_checked_when_and_what_was_not() -> None:
    checked = LegalFacts(Words("抽選", "Prize draw"), date(2026, 5, 1))
    waiting = LegalFacts(Words("投票", "Vote"))
    facts = with_plan(planned(), legal=[checked, waiting])
    told = lines_for(facts, AudienceKey.LEGAL)
    assert told["Legal checks"] == "Prize draw (1 May 2026), Vote (not yet)"
    bare = lines_for(planned(), AudienceKey.LEGAL)
    assert bare["Legal checks"].startswith("No legal check is on record.")


def test_the_cfo_reads_the_plans_assumptions_and_never_that_there_are_none_beside_a_range() -> None:
    assumed = Words("早い返事が次の行動を増やす", "A quick answer leads to more")
    told = lines_for(with_plan(planned(), assumptions=[assumed]), AudienceKey.CFO)
    assert told["Assumptions"].startswith("A quick answer leads to more")
    told = lines_for(replace(planned(), studies=None), AudienceKey.CFO)
    assert "Assumptions" not in told and "0% to 51%" in told["Ranges"]


def test_hours_are_told_in_money_where_an_hour_has_a_price_and_else_that_it_lacks() -> None:
    hours = CostFacts(Words("当番", "Duty"), Interval(12, 12), Words("時間/月", "hours a month"))
    facts = replace(planned(), costs=[hours])
    assert lines_for(facts, AudienceKey.CFO)["Cost"].startswith(
        "12 hours a month. The hourly rate is missing"
    )
    hourly = CostFacts(Words("1時間", "An hour"), Interval(2_000, 3_000), Words("円", "yen"))
    told = lines_for(replace(facts, hourly=hourly), AudienceKey.CFO)["Cost"]
    assert told == (
        "12 hours a month, the hours come to 24,000 to 36,000 yen a month "
        "(at 2,000 to 3,000 yen an hour)"
    )


def test_no_reader_gets_a_box_for_voices_that_nobody_gave() -> None:
    silent = draft(replace(planned(), voices=None), BriefKind.MONTHLY, audience=AudienceKey.CEO)
    assert Head.VOICES in [part.head for part in silent.parts]  # the writer still fills it
    assert Head.VOICES.words not in [one.heading for one in document_of(silent).body()]
    told = draft(planned(), BriefKind.MONTHLY, audience=AudienceKey.CEO)
    assert Head.VOICES.words in [one.heading for one in document_of(told).body()]


def test_the_first_box_says_once_how_the_conditions_stand() -> None:
    first = draft(planned(), BriefKind.MONTHLY, audience=AudienceKey.CEO).parts[0]
    said = [one.text.en for one in first.claims] + [line.en for line in first.text]
    assert sum("on track" in one for one in said) == 1


@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_reader_is_asked_in_words_of_their_own(language: str) -> None:
    facts = replace(planned(), asks=None)
    asked = {
        draft(facts, BriefKind.MONTHLY, audience=one).parts[0].claims[-1].text.said_in(language)
        for one in AudienceKey
    }
    assert len(asked) == len(AudienceKey)
    assert [one for one in asked if "For the HR" in one or "the the" in one] == []


def test_an_ask_has_no_grade_in_any_form() -> None:
    document = document_of(draft(planned(), BriefKind.MONTHLY, audience=AudienceKey.CFO))
    written = markdown(document, "en").decode()
    asks = [line for line in written.splitlines() if ": please " in line]
    assert asks and all("(E1" not in line for line in asks)
    assert "(E1: a count or a trend)" in written
    page = html(document, "en")
    for ask in re.findall(r"<li>[^<]*: please [^<]*(.*?)</li>", page):
        assert "grade" not in ask


def test_a_brief_of_a_day_gone_by_says_that_no_plan_was_in_force_and_asks_for_no_day_gone_by() -> (
    None
):
    written = LAST_DAY + timedelta(days=600)
    facts = replace(planned(), plan=None, asks=None, risks=None, written=written)
    brief = draft(facts, BriefKind.QUARTERLY, audience=AudienceKey.CFO)
    parts = {part.head: part for part in brief.parts}
    on = day(LAST_DAY).en
    assert [one.en for one in parts[Head.VERDICTS].text] == [f"No plan was in force on {on}."]
    assert day(written).en in parts[Head.TEAM].text[0].en
    assert on in parts[Head.RISKS].text[0].en
    by = day(written + timedelta(days=7)).en
    assert parts[Head.SUMMARY].claims[-1].text.en.endswith(f"by {by}.")


def test_registered_of_before_are_not_compared_where_people_without_record_are_left_out() -> None:
    why = Words("記録のない162人は含まれていません。", "Not included: 162 people without a record.")
    report = lively()
    before = [one for one in report.ladder.before if one.stage is not Stage.REGISTERED]
    ladder = replace(report.ladder, before=before, unlike=why)
    facts = replace(planned(), report=replace(report, ladder=ladder))
    document = document_of(draft(facts, BriefKind.QUARTERLY, audience=AudienceKey.CEO))
    section = next(one for one in document.sections if one.heading == Head.LADDER.words)
    rows = {row[0].text.en: row[-1].text.en for row in section.tables[0].rows}
    assert rows[Stage.REGISTERED.words.en] == "not comparable"
    assert rows[Stage.ATTENDING.words.en] != "not comparable"
    assert any("162 people" in line.en for line in section.text)


def test_stopping_names_what_ends_beside_the_places_of_people() -> None:
    facts = planned()
    assert facts.team is not None
    team = replace(facts.team, accounts=4, alone=1)
    series = [ProgrammeFacts("What's New", 6, [])]
    brief = draft(
        replace(facts, team=team, programmes=series), BriefKind.YEARLY, audience=AudienceKey.CFO
    )
    part = next(one for one in brief.parts if one.head is Head.STOP)
    told = " ".join(line.en for line in part.text)
    assert "Series without a next event: 1 (What's New)." in told
    assert "accounts that one person alone can open: 1" in told
    assert "still ahead of their due date" in told


def test_the_cfo_sees_cost_ranges_and_what_stopping_means() -> None:
    lines = draft(planned(), BriefKind.MONTHLY, audience=AudienceKey.CFO).parts[0].text
    told = dict(line.en.split(": ", 1) for line in lines)
    assert told["Cost"] == "300,000 JPY"
    assert told["Ranges"].startswith("Left unanswered 0% to 51%")
    assert told["Assumptions"] == "Assumes accounts of the same size"
    assert "lose their place" in told["If it stops"]


def test_a_week_compares_with_seven_days_before_and_no_other_day() -> None:
    report = lively()
    week_ago = share("unanswered72", 2, 81, end=LAST_DAY - timedelta(days=6))
    facts = BriefFacts(replace(report, week_ago=[week_ago]))
    brief = draft(facts, BriefKind.WEEKLY, audience=AudienceKey.SUPPORT)
    allowed = {LAST_DAY, LAST_DAY - timedelta(days=7)}
    quoted = {key.partition("@")[2] for one in brief.claims() for key in one.figures}
    assert {date.fromisoformat(one) for one in quoted} <= allowed
    assert {
        date.fromisoformat(one.before.partition("@")[2]) for one in brief.comparisons
    } <= allowed
    said = " ".join(one.text.en for one in brief.claims())
    months = {one.as_of - timedelta(days=1) for one in report.history}
    assert [each for each in months if day(each).en in said] == []
    assert day(LAST_DAY - timedelta(days=7)).en in said


def test_the_quarterly_shows_the_curves_and_where_most_people_stay() -> None:
    people = [
        *climbs(40, days_ago=200, speaks=12),
        *climbs(30, days_ago=500, speaks=15),
    ]
    advance = advance_of(people, people, as_of=LAST_DAY)
    facts = replace(planned(), advance=advance)
    brief = draft(facts, BriefKind.QUARTERLY, audience=AudienceKey.CEO)
    part = next(one for one in brief.parts if one.head is Head.LADDER)
    assert [one.title for one in part.tables][0] == CURVES
    said = [one.text.en for one in part.claims]
    assert any(one.startswith("Most people stay at “Attending”: 39%") for one in said)
    section = next(one for one in document_of(brief).sections if one.heading == Head.LADDER.words)
    (chart,) = section.charts
    assert [one.name.en for one in chart.series] == ["Speaking", "Contributing", "Starting"]
    assert chart.series[0].values[1] == pytest.approx(0.3)
    assert all(cell.chart is None for table in section.tables for row in table.rows for cell in row)


def test_shares_of_one_to_four_people_are_not_shown() -> None:
    advance = advance_of(climbs(40, days_ago=200, speaks=3), [], as_of=LAST_DAY)
    curves = advance_tables(advance)[0]
    speaking = next(row for row in curves.rows if row[1].text == Stage.SPEAKING.words)
    assert [cell.text.en for cell in speaking[2:5]] == ["<5", "<5", "<5"]
    chart = curves.rows[0][0].chart
    assert chart is not None and chart.series[0].values[1] is None
    assert all("3" not in one.text.en.replace("30", "") for one in advance_claims(advance)[1:])


def test_without_exact_days_of_joining_the_ladder_says_what_to_bring() -> None:
    brief = draft(planned(), BriefKind.QUARTERLY, audience=AudienceKey.CEO)
    part = next(one for one in brief.parts if one.head is Head.LADDER)
    assert "exact day of joining" in part.text[0].en


def test_each_series_has_its_results_and_without_one_it_is_said() -> None:
    found = [replace(share("show", 36, 48), part=part) for part in ("", "venue", "online")]
    facts = replace(planned(), programmes=[ProgrammeFacts("サミット", 4, found)])
    (part,) = [
        one
        for one in draft(facts, BriefKind.QUARTERLY, audience=AudienceKey.CEO).parts
        if one.head is Head.PROGRAMMES
    ]
    (table,) = part.tables
    assert table.title.en == "サミット (4 events so far)"
    assert [cell.text.en for cell in table.rows[0]] == ["Show rate", "75%", "75%", "75%", "-"]
    bare = draft(planned(), BriefKind.QUARTERLY, audience=AudienceKey.CEO)
    told = next(one for one in bare.parts if one.head is Head.PROGRAMMES)
    assert "Series and chapters" in told.text[-1].en


def test_what_members_started_is_listed_with_no_name_of_anybody() -> None:
    begun = [
        StartedFacts(f"森の地図 {n}", Words("チャンネル", "channel"), LAST_DAY) for n in range(14)
    ]
    brief = draft(replace(planned(), started=begun), BriefKind.QUARTERLY, audience=AudienceKey.CEO)
    part = next(one for one in brief.parts if one.head is Head.STARTS)
    assert [len(part.tables[0].rows), part.text[-1].en] == [12, "2 more are not listed."]


def test_circulation_has_no_value_and_says_why_in_each_line() -> None:
    brief = draft(planned(), BriefKind.QUARTERLY, audience=AudienceKey.CMO)
    (table,) = next(one for one in brief.parts if one.head is Head.OUTPUTS).tables
    assert [row[1].text.en for row in table.rows] == ["-"] * 3
    assert all(len(row[2].text.ja) > 20 and len(row[2].text.en) > 40 for row in table.rows)


def test_what_is_not_compared_says_why() -> None:
    document = document_of(draft(BriefFacts(lively()), BriefKind.MONTHLY, audience=AudienceKey.CEO))
    cells = [
        cell for one in document.sections for t in one.tables for row in t.rows for cell in row
    ]
    silent = [one for one in cells if one.text.en == "not comparable" and one.small is None]
    assert silent == []


def test_yen_and_dollars_are_told_apart_and_never_added_up() -> None:
    costs = [
        CostFacts(Words("会場", "Venue"), Interval(300_000, 300_000), Words("円", "yen")),
        CostFacts(Words("配信", "Stream"), Interval(1_200, 1_200), Words("米ドル", "US dollars")),
        CostFacts(Words("賞品", "Prizes"), Interval(50_000, 50_000), Words("円", "yen")),
    ]
    facts = replace(planned(), costs=costs)
    first = draft(facts, BriefKind.MONTHLY, audience=AudienceKey.CFO).parts[0].text
    assert any("350,000 yen" in one.en and "1,200 US dollars" in one.en for one in first)
    assert any("350,000円" in one.ja and "1,200米ドル" in one.ja for one in first)
    quarter = draft(facts, BriefKind.QUARTERLY, audience=AudienceKey.CFO)
    (table,) = next(part.tables for part in quarter.parts if part.head is Head.COST)
    assert [row[1].text for row in table.rows] == [
        Words("300,000円", "300,000 yen"),
        Words("1,200米ドル", "1,200 US dollars"),
        Words("50,000円", "50,000 yen"),
    ]
