"""The list of people: every filter is an address, and the file holds what the page shows."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jibungoto.records.models import AnswerRow, CommunityRow, PersonRow, StandingRow
from tests.web.small_export import HOSTILE

PEOPLE = "/yamabiko/people/"
MEMBERS = ["&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"]
MEMBERS += ["Emi", "チエ", "ふみ", "ベン", "髙橋 亜紀"]


def page_of(client: Client, asked: str = "") -> str:
    answer = client.get(PEOPLE + asked)
    assert answer.status_code == 200
    return answer.content.decode()


def names(page: str) -> list[str]:
    return re.findall(r'<a href="/yamabiko/people/\d+/(?:\?segment=[^"]*)?">([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", MEMBERS),
        ("?q=ベン", ["ベン"]),
        ("?q=べん", ["ベン"]),
        ("?q=ben", ["ベン"]),
        ("?q=髙橋", ["髙橋 亜紀"]),
        ("?q=EMI", ["Emi"]),
        ("?q=髙橋亜紀", ["髙橋 亜紀"]),
        ("?q=高橋　亜紀", ["髙橋 亜紀"]),
        ("?q=亜紀 高橋", ["髙橋 亜紀"]),
        ("?q=ベ ン", ["ベン"]),
        ("?q=fu mi", ["ふみ"]),
        ("?q=高橋 ベン", []),
        ("?stage=starting", ["髙橋 亜紀"]),
        ("?stage=contributing", ["ベン"]),
        ("?stage=contributing&state=dormant", []),
        ("?stage=registered", MEMBERS[:1]),
        ("?stage=registered&state=active", []),
        ("?stage=registered&state=dormant", []),
        ("?kind=staff", ["花"]),
        ("?kind=bot", []),
        ("?kind=all", [*MEMBERS[:5], "花", MEMBERS[5]]),
        ("?stage=4&state=asleep&kind=boss&page=999", MEMBERS),
        ("?q=%00%00", MEMBERS),
    ],
)
def test_every_filter_is_an_address(manager: Client, asked: str, found: list[str]) -> None:
    assert names(page_of(manager, asked)) == found


def test_the_page_says_how_many_before_it_shows_them(manager: Client) -> None:
    assert "6 members, by name." in page_of(manager)
    assert "1 person fits, by name." in page_of(manager, "?q=emi")


def test_a_hostile_name_stays_a_name(manager: Client) -> None:
    page = page_of(manager)
    assert HOSTILE not in page
    assert MEMBERS[0] in page


def test_nobody_who_fits_leads_back_to_everybody(manager: Client) -> None:
    page = page_of(manager, "?q=nobody-of-this-name")
    assert "Nobody fits" in page
    assert 'class="btn" href="/yamabiko/people/"' in page
    assert "people.csv" not in page


def test_before_any_answer_the_one_next_step_is_said(manager: Client) -> None:
    AnswerRow.objects.all().delete()
    assert "Nothing has been brought in yet" in page_of(manager)


def test_no_page_shows_a_number_that_ranks(manager: Client) -> None:
    heads = re.findall(r'scope="col">([^<]+)<', page_of(manager))
    assert heads == ["Person", "Stage", "On this stage since", "Joined", "Last seen"]


def test_while_staff_is_not_marked_the_page_says_so(
    manager: Client, community: CommunityRow
) -> None:
    assert "Staff not marked yet" not in page_of(manager)
    CommunityRow.objects.filter(pk=community.pk).update(staff_answered_at=None)
    assert "Staff not marked yet" in page_of(manager)


def exported(client: Client, ending: str, asked: str = "") -> bytes:
    answer = client.get(f"/yamabiko/people.{ending}{asked}")
    assert answer.status_code == 200
    pieces: Iterator[bytes] = answer.streaming_content  # type: ignore[attr-defined]  # it streams
    return b"".join(pieces)


@pytest.mark.parametrize("asked", ["", "?stage=starting", "?kind=all&q=e"])
def test_the_csv_holds_who_the_page_shows(manager: Client, asked: str) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(manager, "csv", asked).decode("utf-8-sig"))))
    shown = [
        name.replace("&lt;", "<").replace("&gt;", ">") for name in names(page_of(manager, asked))
    ]
    assert [row["Person"] for row in rows] == [name.replace("&quot;", '"') for name in shown]


def test_the_csv_says_the_stage_in_words(manager: Client) -> None:
    rows = csv.DictReader(
        io.StringIO(exported(manager, "csv", "?stage=starting").decode("utf-8-sig"))
    )
    aki = next(rows)
    assert (aki["Stage"], aki["Kind"], aki["State"]) == ("Starting", "Member", "Active")


def test_who_has_not_acted_is_neither_active_nor_dormant(manager: Client) -> None:
    by_state = [names(page_of(manager, f"?state={state}")) for state in ("active", "dormant")]
    assert sorted(sum(by_state, [])) == sorted(MEMBERS[1:])
    rows = list(csv.DictReader(io.StringIO(exported(manager, "csv").decode("utf-8-sig"))))
    assert {row["Person"]: row["State"] for row in rows}[HOSTILE] == "Not yet active"
    manager.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    rows = list(csv.DictReader(io.StringIO(exported(manager, "csv").decode("utf-8-sig"))))
    assert {row["人"]: row["状態"] for row in rows}[HOSTILE] == "まだ活動なし"


def test_a_reading_that_no_source_states_finds_nobody_and_none_is_promised(
    manager: Client,
) -> None:
    page = page_of(manager, "?q=takahashi")
    assert "Nobody fits" in page and "reading" not in page
    assert "Names in kana or romaji work too, if a source has them." in page


def test_the_workbook_opens(manager: Client) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(manager, "xlsx"))) as book:
        assert "xl/worksheets/sheet1.xml" in book.namelist()


def test_there_is_no_other_kind_of_file(manager: Client) -> None:
    assert manager.get("/yamabiko/people.exe").status_code == 404


@pytest.mark.parametrize("where", [PEOPLE, "/yamabiko/people.csv"], ids=["page", "file"])
def test_the_list_asks_as_often_for_three_people_as_for_one(manager: Client, where: str) -> None:
    counts = []
    for some in (["Emi"], ["Emi", "ベン", "ふみ"]):
        StandingRow.objects.update(kind="guest")
        StandingRow.objects.filter(person__name__in=some).update(kind="member")
        with CaptureQueriesContext(connection) as asked:
            answer = manager.get(where)
            shown = b"".join(answer).decode()
        assert sum(f"{name}" in shown for name in ["Emi", "ベン", "ふみ"]) == len(some)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_long_lists_come_in_pages_that_keep_the_filter(
    manager: Client, community: CommunityRow
) -> None:
    answer = AnswerRow.objects.get()
    for number in range(100, 160):
        person = PersonRow.objects.create(
            community=community, number=number, name=f"Somebody {number}", search="somebody"
        )
        StandingRow.objects.create(roll=answer.roll, person=person, kind="member", stage=0)
    page = page_of(manager, "?q=somebody&page=2")
    assert len(names(page)) == 10
    assert "51–60 of 60" in page
    assert 'href="?q=somebody&amp;page=1"' in page
    assert 'href="/yamabiko/people.csv?q=somebody"' in page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("?stage=4", "stage=4"),
        ("?stage=starting&state=asleep", "state=asleep"),
        ("?stages=owning&stages=6&new=31", "stages=6, new=31"),
        ("?stag=owning", "stag=owning"),
        ("?from=yesterday&from=<b>", "from=yesterday, from=&lt;b&gt;"),
    ],
)
def test_what_is_no_filter_is_said_and_narrows_nothing(
    manager: Client, asked: str, told: str
) -> None:
    page = manager.get(f"/yamabiko/people/{asked}").content.decode()
    assert f"The list is not narrowed by it: {told}. Choose from the fields below." in page


@pytest.mark.parametrize(
    "asked",
    [
        *("", "?q=a&stage=&state=&kind=member&stages=owning&from=2026-01-01&before=20260201"),
        "?new=30&recent=90&attended=yes&started=no&source=slack&organisation=&page=1",
    ],
)
def test_an_address_of_filters_alone_has_no_remark(manager: Client, asked: str) -> None:
    page = manager.get(f"/yamabiko/people/{asked}").content.decode()
    assert "is no filter" not in page
