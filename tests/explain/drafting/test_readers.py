"""Each reader gets what is promised to be shown, or a plain line on what to bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jibungoto.explain.briefs.advice import ADVICE, for_readers
from jibungoto.explain.briefs.as_document import document_of
from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.brief import BriefKind, Head
from jibungoto.explain.drafting.advancing import CURVES, advance_claims, advance_tables
from jibungoto.explain.drafting.draft import draft
from jibungoto.explain.drafting.facts import BriefFacts, ProgrammeFacts, StartedFacts
from jibungoto.explain.drafting.reader import SHOWN
from jibungoto.explain.printing import day
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
def test_every_promise_to_a_reader_has_its_line(
    facts: BriefFacts, kind: BriefKind, audience: AudienceKey
) -> None:
    first = draft(facts, kind, audience=audience).parts[0]
    names = [name for name, _ in SHOWN[audience]]
    assert [line.en.partition(": ")[0] for line in first.text] == [one.en for one in names]
    for line in first.text:
        assert line.ja.partition(": ")[2] and line.en.partition(": ")[2]
        assert "{" not in line.ja + line.en


def test_readers_are_told_what_is_missing_and_not_what_the_writer_is_to_do() -> None:
    written = draft(BriefFacts(lively()), BriefKind.MONTHLY, audience=AudienceKey.CFO)
    (cost, *_) = written.parts[0].text
    assert cost.en.startswith("Cost: No cost is on record. Bring")
    assert document_of(written).sections[0].text[0].en == "Cost: No cost is on record."
    assert all(for_readers(one) != one for one in ADVICE)


def test_the_cfo_sees_cost_ranges_and_what_stopping_means() -> None:
    lines = draft(planned(), BriefKind.MONTHLY, audience=AudienceKey.CFO).parts[0].text
    told = dict(line.en.split(": ", 1) for line in lines)
    assert told["Cost"] == "300,000 JPY"
    assert told["Ranges"].startswith("Left unanswered 18% to 35%")
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
