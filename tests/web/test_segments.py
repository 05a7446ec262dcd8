"""Segments: any filter of the list of people can be saved, renamed, dropped and asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.people.segment_people import members
from jibungoto.desk.people.segments import save
from jibungoto.desk.understand.measures import rows_behind
from jibungoto.desk.understand.today import newest_answer
from jibungoto.ledger.names import folded
from jibungoto.records.models import (
    AuditRow,
    CommunityRow,
    HandleRow,
    InitiativeRow,
    SegmentRow,
    StandingRow,
    StepRow,
)
from jibungoto.understand.answers import Stage
from jibungoto.understand.segments import Segment, Somebody, is_in
from tests.web.plan_writing import texts
from tests.web.test_people import MEMBERS, names, page_of

SEGMENTS = "/yamabiko/people/segments/"


def names_of(acting: Acting, rule: Segment) -> list[str]:
    return [row.person.name for row in members(acting, rule)]


def somebody(row: StandingRow) -> Somebody:
    """Return what the rule looks at, from rows alone and not by the desk's query."""
    handles = HandleRow.objects.filter(person=row.person)
    actors = [one.actor for one in handles]
    return Somebody(
        kind=row.kind,
        stage=Stage(row.stage),
        is_dormant=row.is_dormant,
        is_opted_out=row.is_opted_out,
        sources=frozenset(one.source for one in handles),
        organisations=tuple(folded(one.organisation) for one in handles if one.organisation),
        names=row.person.search,
        first_seen=row.joined_day or row.first_day,
        last_seen=row.last_day,
        has_started=InitiativeRow.objects.filter(started_by__in=actors, is_default=False).exists(),
        moved=moved(row),
        counted=counted(row.person.number),
    )


def moved(row: StandingRow) -> str:
    """Return which way somebody moved on the ladder, empty for none."""
    step = StepRow.objects.filter(person=row.person).first()
    return "" if step is None else ("up" if step.to_stage > step.from_stage else "down")


def counted(number: int) -> frozenset[str]:
    """Return by which of the rules below somebody is counted."""
    acting = administrator(CommunityRow.objects.get(slug="yamabiko"))
    asked = {"active": "", "stage_stock:S4": "S4", "unanswered72:all": None}
    return frozenset(
        said
        for said, part in asked.items()
        if number in {row.person for row in rows_behind(acting, said.split(":")[0], part=part)}
    )


RULES = [
    Segment(),
    Segment(kind="all"),
    Segment(kind="staff"),
    Segment(stages=("starting", "contributing")),
    Segment(dormant=True),
    Segment(dormant=False, stages=("registered", "speaking")),
    Segment(sources=("slack",)),
    Segment(sources=("connpass",)),
    Segment(organisation="ヤマビコ"),
    Segment(new_days=30),
    Segment(new_days=365, recent_days=30),
    Segment(recent_days=1),
    Segment(started=True),
    Segment(started=False),
    Segment(named="べん"),
    Segment(kind="all", attended=True),
    Segment(attended=False),
    Segment(moved="up"),
    Segment(kind="all", moved="down"),
    Segment(counted="active"),
    Segment(kind="all", counted="stage_stock:S4"),
    Segment(kind="all", counted="unanswered72:all"),
    Segment(kind="all", came_to="event:nobody-knows"),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_database_means_whom_the_plain_rule_means(acting: Acting, rule: Segment) -> None:
    HandleRow.objects.filter(person__name="Emi").update(organisation="やまびこ商店")
    StandingRow.objects.filter(person__name="ベン").update(is_dormant=True)
    answer = newest_answer(acting)
    assert answer is not None
    kept = answer.standings.select_related("person")
    meant = [row.person.name for row in kept if is_in(rule, somebody(row), day=answer.as_of)]
    assert sorted(names_of(acting, rule)) == sorted(meant)


def test_bounds_of_days_mean_the_same_to_both(acting: Acting) -> None:
    answer = newest_answer(acting)
    assert answer is not None
    firsts = sorted(
        day for row in answer.standings.all() if (day := row.joined_day or row.first_day)
    )
    middle = firsts[len(firsts) // 2]
    for rule in (
        Segment(kind="all", seen_from=middle),
        Segment(kind="all", seen_before=middle),
        Segment(kind="all", seen_from=middle, seen_before=middle + timedelta(days=1)),
    ):
        kept = answer.standings.select_related("person")
        meant = {row.person.name for row in kept if is_in(rule, somebody(row), day=answer.as_of)}
        assert set(names_of(acting, rule)) == meant


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?stages=starting&stages=contributing", ["ベン", "髙橋 亜紀"]),
        ("?started=yes&stages=starting", ["髙橋 亜紀"]),
        ("?source=connpass", []),
        ("?attended=yes", []),
        ("?attended=no&q=emi", ["Emi"]),
        ("?new=7&recent=x&from=2026-13-01&before=&attended=maybe&stages=4&source=", MEMBERS),
        ("?from=9999-12-31", MEMBERS),
        ("?before=0001-01-01", MEMBERS),
        ("?organisation=nowhere", []),
        ("?counted=stage_stock:S4", ["髙橋 亜紀"]),
        ("?counted=events_held&moved=sideways&came=club:x", MEMBERS),
        ("?came=event:nobody-knows", []),
    ],
)
def test_every_further_filter_is_an_address(manager: Client, asked: str, found: list[str]) -> None:
    assert names(page_of(manager, asked)) == found


def test_a_filter_is_saved_and_asked_again_by_its_name(manager: Client) -> None:
    saved = manager.post(f"{SEGMENTS}?stage=starting&state=active", {"name": " Those who  start "})
    assert saved.headers["Location"] == SEGMENTS
    page = manager.get(SEGMENTS).content.decode()
    assert "1 segment." in page and "Those who start" in page
    assert "members who stand at “Starting” and are active" in page
    listed = page_of(manager, "?segment=those-who-start")
    assert names(listed) == ["髙橋 亜紀"]
    assert "Members who stand at “Starting” and are active ・ 1 person" in texts(listed)
    assert AuditRow.objects.filter(verb="save segment", about="Those who start").count() == 1


def test_the_file_of_a_segment_holds_its_people(manager: Client, acting: Acting) -> None:
    save(acting, "始める人", rule=Segment(stages=("starting",)))
    answer = manager.get("/yamabiko/people.csv?segment=" + quote("始める人"))
    assert b"".join(answer.streaming_content).decode().count("\n") == 2  # type: ignore[attr-defined]  # it streams


def test_saving_twice_changes_nothing_and_another_rule_needs_another_name(
    manager: Client, acting: Acting
) -> None:
    for _time in range(2):
        manager.post(f"{SEGMENTS}?stage=starting", {"name": "Starting"})
    assert SegmentRow.objects.count() == 1
    page = manager.post(f"{SEGMENTS}?stage=owning", {"name": "Starting"}, follow=True)
    assert "There is a segment named “Starting” already." in page.content.decode()
    assert SegmentRow.objects.get().rule == {"kind": "member", "stages": ["starting"]}


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\x00"])
def test_a_segment_needs_a_name(manager: Client, name: str) -> None:
    page = manager.post(f"{SEGMENTS}?stage=owning", {"name": name}, follow=True)
    assert "A segment needs a name." in page.content.decode()
    assert not SegmentRow.objects.exists()


def test_a_segment_is_renamed_dropped_and_taken_up_again(manager: Client, acting: Acting) -> None:
    row = save(acting, "Old", rule=Segment(dormant=True))
    other = save(acting, "Other", rule=Segment(dormant=False))
    manager.post(f"{SEGMENTS}{row.key}/", {"step": "rename", "name": "New"})
    row.refresh_from_db()
    assert (row.key, row.name) == ("old", "New")
    page = manager.post(f"{SEGMENTS}{other.key}/", {"step": "rename", "name": "New"}, follow=True)
    assert "There is a segment named “New” already." in page.content.decode()
    manager.post(f"{SEGMENTS}{row.key}/", {"step": "drop"})
    assert "New" not in manager.get(SEGMENTS).content.decode()
    assert names(page_of(manager, "?segment=old")) == []
    again = save(acting, "New", rule=Segment(dormant=True))
    assert again.key == "new"
    page = manager.post(f"{SEGMENTS}{row.key}/", {"step": "back"}, follow=True)
    assert "There is a segment named “New” already." in page.content.decode()


def test_a_segment_that_became_empty_says_so_and_what_to_do(
    manager: Client, acting: Acting
) -> None:
    save(acting, "Dormant owners", rule=Segment(stages=("owning",), dormant=True))
    page = manager.get(SEGMENTS).content.decode()
    assert "Nobody fits 1 of them today." in page
    assert "Nobody fits this segment today. Save a wider one" in page
    listed = page_of(manager, "?segment=dormant-owners")
    assert "Nobody fits this segment today" in listed
    assert f'class="btn" href="{SEGMENTS}"' in listed


def test_a_name_is_shown_as_it_was_written(manager: Client, acting: Acting) -> None:
    row = save(acting, '<b onclick="x">"&', rule=Segment(named="<script>", dormant=True))
    for page in (manager.get(SEGMENTS).content.decode(), page_of(manager, f"?segment={row.key}")):
        assert "<b onclick" not in page and "<script>&" not in page
        assert "&lt;b onclick=&quot;x&quot;&gt;&quot;&amp;" in page


def test_segments_stay_in_their_community(manager: Client) -> None:
    other = administrator(begin(Beginning("Elsewhere", slug="elsewhere")))
    row = save(other, "Theirs", rule=Segment())
    assert "Theirs" not in manager.get(SEGMENTS).content.decode()
    assert manager.get(f"/yamabiko/people/?segment={row.key}").status_code == 404
    assert manager.get(f"/yamabiko/people.csv?segment={row.key}").status_code == 404
    assert manager.post(f"{SEGMENTS}{row.key}/", {"step": "drop"}).status_code == 404
    assert SegmentRow.objects.get().dropped_at is None


def test_before_any_segment_the_one_next_step_is_said(manager: Client) -> None:
    page = manager.get(SEGMENTS).content.decode()
    assert "No segment yet" in page and 'class="btn" href="/yamabiko/people/"' in page


def test_who_asked_not_to_be_counted_is_on_the_list_and_in_no_segment(
    manager: Client, acting: Acting
) -> None:
    StandingRow.objects.filter(person__name="Emi").update(is_opted_out=True)
    save(acting, "All", rule=Segment())
    assert names(page_of(manager)) == MEMBERS
    assert names(page_of(manager, "?segment=all")) == [one for one in MEMBERS if one != "Emi"]


def test_three_segments_cost_one_question_each(manager: Client, acting: Acting) -> None:
    counts = []
    for number in (1, 2, 3):
        save(acting, f"Number {number}", rule=replace(Segment(), new_days=number))
        with CaptureQueriesContext(connection) as asked:
            manager.get(SEGMENTS)
        counts.append(len(asked))
    assert counts[2] - counts[1] == counts[1] - counts[0] == 1
