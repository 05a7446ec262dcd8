"""Measures: every value with definition, certainty, history and the rows behind it."""

from __future__ import annotations

import csv
import html
import io
import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jibungoto.desk.acting import Acting
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.understand.measures import measured, rows_behind
from jibungoto.records.models import MembershipRow, PersonRow
from jibungoto.understand.catalogue import CATALOGUE, THEMES, measure_of
from jibungoto.web.measure_rows import chosen_rows

MEASURES = "/yamabiko/measures/"
KEYS = [measure.key for measure in CATALOGUE]


def shown(client: Client, address: str = MEASURES) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def told(page: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


def keys_on(page: str) -> list[str]:
    return re.findall(r'<article class="measure" id="(\w+)">', page)


def as_csv(client: Client, address: str) -> list[dict[str, str]]:
    answer = client.get(address)
    whole = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it streams
    return list(csv.DictReader(io.StringIO(whole.decode("utf-8-sig"))))


def test_every_measure_is_there_with_its_definition(manager: Client) -> None:
    page = shown(manager)
    assert keys_on(page) == KEYS
    words = told(page)
    assert all(measure.definition.en in words for measure in CATALOGUE)


def test_the_page_says_first_how_many_are_here_and_leads_to_each_kind(manager: Client) -> None:
    page = shown(manager)
    said = re.search(r'<p class="answer">([^<]*)</p>', page)
    assert said is not None
    assert re.fullmatch(
        r"Registered: \d+ people. Active in the last 28 days: \d+ (people|person).", said[1]
    )
    kinds = re.findall(r'<h2 id="(group-\d+)"', page)
    assert len(kinds) == len(THEMES)
    assert re.findall(r'<a href="#(group-\d+)">', page) == kinds


@pytest.mark.parametrize(
    ("find", "found"),
    [
        ("ゴトか", []),
        ("gini", ["gini"]),
        ("ＧＩＮＩ", ["gini"]),
        ("初動率", ["act7", "act30"]),
        ("30 初動率", ["act30"]),
        ("stickiness", ["stickiness"]),
        ("", KEYS),
    ],
    ids=["nothing", "by its key", "in any width", "in Japanese", "by two words", "named", "all"],
)
def test_a_measure_is_found_by_any_word_in_either_language(
    manager: Client, find: str, found: list[str]
) -> None:
    page = shown(manager, f"{MEASURES}?{urlencode({'find': find})}")
    assert keys_on(page) == found
    assert ("No measure fits" in page) == (not found)


def test_the_file_holds_the_measures_that_were_found(manager: Client) -> None:
    page = shown(manager, f"{MEASURES}?find=gini")
    (address,) = re.findall(r'href="(\?[^"]*as=csv[^"]*)"', page)
    assert {row["Measure"] for row in as_csv(manager, MEASURES + html.unescape(address))} == {
        "Gini coefficient"
    }


def test_what_is_typed_is_shown_and_never_run(manager: Client) -> None:
    page = shown(manager, MEASURES + "?" + urlencode({"find": '"><script>alert(1)</script>\x00'}))
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("key", KEYS)
def test_each_has_a_page_with_direction_window_version_and_months(
    manager: Client, key: str
) -> None:
    page = told(shown(manager, f"{MEASURES}{key}/"))
    measure = measure_of(key)
    assert measure is not None and measure.definition.en in page
    assert "better" in page and "It looks at:" in page
    assert f"Version {measure.version} of the definition." in page
    assert page.count("30 June 2026") >= 2


def test_what_cannot_be_told_is_a_dash_with_its_reason(manager: Client, acting: Acting) -> None:
    unknown = [one for one in measured(acting) if one.now.get("") and one.now[""].value is None]
    assert unknown
    for one in unknown:
        page = told(shown(manager, f"{MEASURES}{one.measure.key}/"))
        reason = one.now[""].reason
        assert reason is not None
        assert f"Now - cannot be told {reason.en}" in page


def test_a_picture_has_its_table(manager: Client) -> None:
    page = shown(manager, f"{MEASURES}registered/")
    assert page.count("<figure") == 1 and "The numbers as a table" in page


def test_dormant_people_stand_beside_their_stage(manager: Client) -> None:
    page = told(shown(manager, f"{MEASURES}stage_stock/"))
    assert re.search(r"Attending \d+ \w+ \(\+\d+\)", page)
    assert "dormant (" not in page


def test_a_key_that_is_none_is_no_page(manager: Client) -> None:
    assert manager.get(f"{MEASURES}nonsense/").status_code == 404
    assert manager.get(f"{MEASURES}nonsense/rows/").status_code == 404


def test_an_empty_community_is_told_the_next_step(manager: Client) -> None:
    user = MembershipRow.objects.get().user
    community = begin(Beginning("空", slug="empty"))
    MembershipRow.objects.create(user=user, community=community, role="manager")
    assert "Nothing has been brought in yet" in shown(manager, "/empty/measures/")
    assert manager.get("/empty/measures/active/").status_code == 404


def test_the_file_holds_what_the_page_shows(manager: Client, acting: Acting) -> None:
    rows = as_csv(manager, f"{MEASURES}?as=csv")
    lines = sum(len(one.now) for one in measured(acting))
    assert len(rows) == lines
    registered = next(row for row in rows if row["Measure"] == "Registered" and not row["Part"])
    kept = measured(acting, keys=("registered",))[0].now[""]
    assert float(registered["Value"]) == kept.value
    assert registered["Day"] == "2026-06-30"
    months = as_csv(manager, f"{MEASURES}registered/?as=csv")
    assert {row["Day"] for row in months if not row["Part"]} >= {"2026-06-30", "2026-05-31"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_each_file_can_be_had(manager: Client, ending: str) -> None:
    for address in (MEASURES, f"{MEASURES}active/", f"{MEASURES}active/rows/"):
        answer = manager.get(f"{address}?as={ending}")
        assert answer.status_code == 200
        assert ending in answer.headers["Content-Disposition"]
        assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # it streams


@pytest.mark.parametrize("key", KEYS)
def test_the_rows_behind_are_those_of_the_value(manager: Client, acting: Acting, key: str) -> None:
    page = shown(manager, f"{MEASURES}{key}/rows/")
    behind = rows_behind(acting, key)
    if not behind:
        assert "The newest value rests on no row." in page
    assert len(as_csv(manager, f"{MEASURES}{key}/rows/?part=all&as=csv")) == len(behind)


def test_unless_asked_otherwise_the_rows_are_those_of_the_whole(
    manager: Client, acting: Acting
) -> None:
    rows = as_csv(manager, f"{MEASURES}active/rows/?as=csv")
    assert len(rows) == measured(acting, keys=("active",))[0].now[""].value
    assert len({row["Person"] for row in rows}) == len(rows)


def test_the_rows_say_when_on_the_communitys_clock(manager: Client) -> None:
    assert " 12:00" in told(shown(manager, f"{MEASURES}active/rows/"))


def test_the_rows_name_people_and_lead_to_them(manager: Client) -> None:
    page = shown(manager, f"{MEASURES}active/rows/")
    person = PersonRow.objects.get(name="髙橋 亜紀")
    assert f'<a href="/yamabiko/people/{person.number}/">髙橋 亜紀</a>' in page
    assert "<script>alert" not in page


def test_the_rows_stand_in_the_order_of_names(acting: Acting) -> None:
    measure = measure_of("active")
    assert measure is not None
    rows = list(chosen_rows(acting, measure).rows.every())
    people = {row.number: row.name for row in rows}
    order = [name for name in people.values() if name]
    readings = dict(PersonRow.objects.values_list("name", "reading"))
    assert order == sorted(order, key=lambda name: (readings[name] or name, name))


def test_one_part_can_be_asked_for(manager: Client, acting: Acting) -> None:
    address = f"{MEASURES}stage_stock/rows/?part=S1&as=csv"
    assert len(as_csv(manager, address)) == len(rows_behind(acting, "stage_stock", part="S1"))
    assert 'value="S1" selected' in shown(manager, f"{MEASURES}stage_stock/rows/?part=S1")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        shown(client, address)
    return len(asked)


def test_many_rows_cost_no_more_queries_than_few(manager: Client, acting: Acting) -> None:
    counts = {key: len(rows_behind(acting, key)) for key in ("active", "starters")}
    assert counts["active"] > counts["starters"] > 0
    few = queries(manager, f"{MEASURES}starters/rows/")
    assert queries(manager, f"{MEASURES}active/rows/") == few


def test_all_measures_cost_no_more_queries_than_one(manager: Client) -> None:
    for_the_series_and_chapters_to_choose_from = 2
    one = queries(manager, f"{MEASURES}active/")
    assert queries(manager, MEASURES) == one + for_the_series_and_chapters_to_choose_from
