"""A segment in the address narrows every page about people, and is kept on the way."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.affiliations import belong
from jibungoto.desk.people.organisations import Called, found_organisation
from jibungoto.desk.people.segment_days import is_unnoted, note_sizes
from jibungoto.desk.people.segment_findings import measured_of, want
from jibungoto.desk.people.segment_people import members
from jibungoto.desk.people.segments import save
from jibungoto.desk.plan.scopes import count_asked
from jibungoto.desk.understand.measures import rows_behind
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.records.models import (
    AnswerRow,
    InitiativeRow,
    PersonRow,
    SegmentRow,
    StandingRow,
    StepRow,
)
from jibungoto.understand.scope_kind import ScopeKind
from jibungoto.understand.segments import MOVES, Segment
from tests.web.plan_writing import get, texts
from tests.web.test_ladder import counts
from tests.web.test_people import names
from tests.web.test_today import as_of_today, waiting

HERE = "/yamabiko/"
CARRYING = Segment(stages=("starting", "contributing"))
NARROWED = [
    *("today/", "people/", "ladder/", "measures/", "measures/active/", "measures/active/rows/"),
    *("measures/journeys/", "people/organisations/"),
]


@pytest.fixture
def few(acting: Acting) -> str:
    """Return what an address ends with to speak of two people alone."""
    return f"?segment={save(acting, '担う人', rule=CARRYING).key}"


def meant(acting: Acting, rule: Segment = CARRYING) -> set[str]:
    return {row.person.name for row in members(acting, rule)}


def people_on(page: str) -> list[str]:
    return [
        unescape(name)
        for name in re.findall(r'<a [^>]*href="/yamabiko/people/\d+/[^"]*"[^>]*>([^<]+)</a>', page)
    ]


@pytest.mark.parametrize("address", NARROWED)
def test_every_page_about_people_offers_the_choice_and_keeps_it(
    manager: Client, few: str, address: str
) -> None:
    whole = get(manager, HERE + address)
    assert '<option value="">Everyone</option><option value="担う人">担う人</option>' in whole
    assert "?segment=" not in whole
    page = get(manager, HERE + address + few)
    assert '<option value="担う人" selected>担う人</option>' in page
    kept = f"?segment={quote('担う人')}"
    for room in ("today", "people", "people/alike", "ladder", "measures"):
        assert f'<a href="{HERE}{room}/{kept}"' in page, room
    assert f'<a href="{HERE}plans/"' in page
    assert manager.get(f"{HERE}{address}?segment=nobody").status_code == 404


def test_without_a_segment_there_is_nothing_to_choose(manager: Client) -> None:
    assert 'id="of-whom"' not in get(manager, f"{HERE}people/")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("people/alike/", "looked for among everybody"),
        ("measures/scopes/", "made of events and places"),
        ("report/", "stands in it with the segment's name"),
        ("plans/", "A plan names segments itself"),
        ("team/", "about the community as a whole"),
        ("sources/", "This page cannot be narrowed to some of the people."),
    ],
)
def test_a_page_that_cannot_be_narrowed_says_why(
    manager: Client, few: str, address: str, why: str
) -> None:
    page = get(manager, HERE + address + few)
    told = texts(page)
    assert why in told
    assert "“担う人” stays chosen on Today, People, Ladder and Measures." in told
    assert f'<a href="{HERE}ladder/?segment=' in page
    assert 'id="of-whom"' not in get(manager, HERE + address)
    assert manager.get(f"{HERE}{address}?segment=nobody").status_code == 200


def test_other_filters_stay_when_another_segment_is_chosen(manager: Client, few: str) -> None:
    page = get(manager, f"{HERE}people/{few}&q=ベン&page=3")
    form = page[page.index('class="of-whom"') : page.index('id="of-whom"')]
    assert re.findall(r'name="(\w+)" value="([^"]*)"', form) == [("q", "ベン")]
    assert names(page) == ["ベン"]


def test_each_number_of_the_ladder_counts_those_of_the_segment(
    manager: Client, acting: Acting, few: str
) -> None:
    page = get(manager, f"{HERE}ladder/{few}")
    found = counts(page)
    assert sum(count for _, count in found) == len(meant(acting)) == 2
    for address, count in found:
        assert parse_qs(urlsplit(address).query)["segment"] == ["担う人"]
        assert len(people_on(manager.get(address).content.decode())) == count, address
    assert "of 2 members" in texts(page)
    moved = set(people_on(page[page.index('id="moves"') :]))
    assert moved <= meant(acting)


def test_how_the_ladder_grew_is_drawn_of_the_segment_once_it_is_counted(
    manager: Client, acting: Acting, few: str
) -> None:
    address = f"{HERE}ladder/{few}"
    assert "These values are being counted" in get(manager, address)
    while count_asked(acting.community):
        pass
    page = get(manager, address)
    assert "being counted" not in page
    whole, some = (get(manager, f"{HERE}ladder/"), page)
    assert "<figure" in some and some != whole
    found = measured_of(acting, "担う人", measure="stage_stock")
    assert found is not None
    assert sum(one.value or 0 for one in found.now.values()) == 2


def test_today_speaks_of_the_segment_by_the_same_rules(
    manager: Client, acting: Acting, few: str
) -> None:
    as_of_today(acting)
    everyone = waiting(get(manager, f"{HERE}today/"))
    page = get(manager, f"{HERE}today/{few}")
    assert waiting(page) == [name for name in everyone if name in meant(acting)] != everyone
    number = PersonRow.objects.get(name=waiting(page)[0]).number
    sent = {"kind": "talked", "back": "today", "segment": "担う人"}
    answer = manager.post(f"{HERE}people/{number}/touch/", sent)
    assert answer.headers["Location"] == f"{HERE}today/?segment={quote('担う人')}"
    save(acting, "Nobody", rule=Segment(named="nobody at all"))
    page = get(manager, f"{HERE}today/?segment=nobody")
    assert "Nobody of “Nobody” is waiting today" in texts(page) and waiting(page) == []


def test_a_measure_has_the_value_the_history_and_the_rows_of_the_segment(
    manager: Client, acting: Acting, few: str
) -> None:
    want(acting, "担う人")
    while count_asked(acting.community):
        pass
    some = measured_of(acting, "担う人", measure="active")
    assert some is not None
    page = texts(get(manager, f"{HERE}measures/active/{few}"))
    assert "Only the people who fit the segment today are counted" in page
    told = manager.get(f"{HERE}measures/active/{few}&as=csv").getvalue().decode("utf-8-sig")
    assert len(told.splitlines()) == 1 + sum(len(series) for series in some.history.values())
    rows = get(manager, f"{HERE}measures/active/rows/{few}")
    assert set(people_on(rows)) <= meant(acting)
    assert len(people_on(rows)) == some.now[""].value == 1
    file = b"".join(manager.get(f"{HERE}measures/active/rows/{few}&as=csv").streaming_content)  # type: ignore[attr-defined]  # it streams
    assert len(file.decode("utf-8-sig").splitlines()) == 1 + int(some.now[""].value or 0)


def test_a_measure_that_is_of_no_single_person_says_so_and_shows_the_whole(
    manager: Client, few: str
) -> None:
    whole = texts(get(manager, f"{HERE}measures/staff_share/"))
    page = texts(get(manager, f"{HERE}measures/staff_share/{few}"))
    assert "It cannot be taken of some of the people" in page
    assert "cannot be taken" not in whole
    cards = texts(get(manager, f"{HERE}measures/{few}"))
    assert "Of the whole community alone" in cards and "Share of posts by staff" not in whole


def test_a_series_and_a_segment_are_not_asked_at_once(
    manager: Client, acting: Acting, few: str
) -> None:
    from jibungoto.desk.understand.scopes import save_scope

    key = InitiativeRow.objects.get(community=acting.community, name="maps").key
    save_scope(acting, ScopeKind.CHAPTER, name="Maps", parts=[key])
    page = texts(get(manager, f"{HERE}measures/{few}&in=chapter:maps"))
    assert "it cannot be narrowed to a segment as well" in page


def test_the_ways_are_those_of_the_segment(manager: Client, acting: Acting, few: str) -> None:
    assert "not counted of this segment yet" in get(manager, f"{HERE}measures/journeys/{few}")
    want(acting, "担う人")
    while count_asked(acting.community):
        pass
    page = texts(get(manager, f"{HERE}measures/journeys/{few}"))
    assert "Only the people who fit the segment today" in page
    assert "It is of the whole community." in page


def test_organisations_count_and_list_the_people_of_the_segment(
    manager: Client, acting: Acting, few: str
) -> None:
    hall = found_organisation(acting, Called(name_en="Town hall"))
    numbers = dict(PersonRow.objects.values_list("name", "number"))
    belong(acting, hall.number, people=[numbers["ベン"], numbers["Emi"]])
    now = re.compile(r'<a class="number" href="[^"]*organisation=[^"]*">(\d+)</a>')
    assert now.findall(get(manager, f"{HERE}people/organisations/")) == ["2"]
    assert now.findall(get(manager, f"{HERE}people/organisations/{few}")) == ["1"]
    page = get(manager, f"{HERE}people/organisations/{hall.number}/{few}")
    assert "ベン" in page and "Emi" not in page
    whole = get(manager, f"{HERE}people/organisations/{hall.number}/")
    (kept,) = re.findall(r'<p class="keep"><a href="([^"]+)#segment-name">', whole)
    listed = get(manager, unescape(kept))
    assert sorted(names(listed)) == ["Emi", "ベン"]
    assert '<details class="save-filter" id="save" open>' in listed


@pytest.mark.parametrize("way", MOVES)
def test_who_moved_is_a_list_that_can_be_kept(manager: Client, acting: Acting, way: str) -> None:
    answer = AnswerRow.objects.get(community=acting.community)
    StepRow.objects.all().delete()
    for row in StandingRow.objects.filter(person__name__in=("ベン", "チエ")):
        before, now = (1, 2) if way == "up" else (2, 1)
        StepRow.objects.create(
            answer=answer, person=row.person, day=answer.as_of, from_stage=before, to_stage=now
        )
    (kept,) = re.findall(r'<p class="keep"><a href="([^"]+)#', get(manager, f"{HERE}ladder/"))
    assert sorted(names(get(manager, unescape(kept)))) == ["チエ", "ベン"]
    manager.post(
        f"{HERE}people/segments/?{urlsplit(unescape(kept)).query}", {"name": "Moved lately"}
    )
    assert SegmentRow.objects.get().rule == {"kind": "member", "moved": way}


@pytest.mark.parametrize("asked", ["", "?part=no", "?part=all"])
@pytest.mark.parametrize("key", ["active", "welcome48", "stage_share"])
def test_the_people_behind_a_measure_are_a_list_that_can_be_kept(
    manager: Client, acting: Acting, key: str, asked: str
) -> None:
    page = get(manager, f"{HERE}measures/{key}/rows/{asked}")
    found = re.findall(r'<p class="keep"><a href="([^"]+)#', page)
    shown = set(people_on(page))
    assert bool(found) is bool(shown)
    for kept in found:
        listed = get(manager, unescape(kept))
        assert {unescape(name) for name in names(listed)} == shown
        assert "Behind a measure" in listed


def test_what_speaks_of_events_can_not_be_kept_as_people(manager: Client) -> None:
    assert 'class="keep"' not in get(manager, f"{HERE}measures/events_held/rows/")


def test_since_when_nobody_fits_is_noted_and_said(manager: Client, acting: Acting) -> None:
    row = save(acting, "Sleepers", rule=Segment(stages=("starting",), dormant=True))
    address = f"{HERE}people/?segment={row.key}"
    assert "Nobody fits this segment today." in texts(get(manager, address))
    assert is_unnoted(acting.community)
    assert note_sizes(acting) == 1 and note_sizes(acting) == 0
    assert "since it was first counted, on 2026-06-30" in texts(get(manager, address))
    answer = AnswerRow.objects.get(community=acting.community)
    for days, is_dormant in ((7, True), (14, False), (21, False)):
        StandingRow.objects.filter(person__name="髙橋 亜紀").update(is_dormant=is_dormant)
        AnswerRow.objects.filter(pk=answer.pk).update(as_of=answer.as_of + timedelta(days=days))
        SegmentRow.objects.update(noted_for=None)
        acting.community.facts_stamp += 1
        acting.community.save(update_fields=["facts_stamp"])
        note_sizes(acting)
    page = texts(get(manager, address))
    assert "Nobody fits this segment since 2026-07-14; on 2026-07-07 somebody still did." in page
    assert "since 2026-07-14" in texts(get(manager, f"{HERE}people/segments/"))


def test_rows_of_others_stay_out_of_a_large_part(acting: Acting, few: str) -> None:
    from jibungoto.understand.catalogue import measure_of
    from jibungoto.web.measure_rows import chosen_rows

    measure = measure_of("stage_stock")
    assert measure is not None
    numbers = {row.person.number for row in members(acting, CARRYING)}
    chosen = chosen_rows(acting, measure, part="all", among=numbers)
    whole = {row.person for row in rows_behind(acting, "stage_stock")}
    assert {row.number for row in chosen.rows.every()} == numbers < whole


def test_the_command_line_lists_the_people_of_a_segment_on_the_newest_day(acting: Acting) -> None:
    from jibungoto.cli.narrowing import within
    from jibungoto.cli.options import Asked
    from jibungoto.cli.questions import measures, people
    from jibungoto.desk.people.look_up import PeopleFilter
    from jibungoto.desk.people.look_up import people as look_up

    save(acting, "担う人", rule=CARRYING)
    rows = look_up(acting, PeopleFilter(kind=""))
    found = within(acting, rows, asked=Asked(Path()), segment="担う人")
    assert {row.person.name for row in found} == meant(acting)
    assert list(within(acting, rows, asked=Asked(Path()), segment="")) == list(rows)
    with pytest.raises(UnknownName, match="none called"):
        within(acting, rows, asked=Asked(Path()), segment="others")
    with pytest.raises(InvalidChoice, match="newest day only"):
        within(acting, rows, asked=Asked(Path(), as_of=date(2026, 6, 1)), segment="担う人")
    for command in (people, measures):
        assert "segment" in {one.name for one in command.params}
