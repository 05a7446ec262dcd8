"""The pages of evidence: a question, its outcome, its answer, and what is assumed in money."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jibungoto.desk.explain.business import read_next
from jibungoto.desk.explain.work_out import work_out_next
from jibungoto.records.models import (
    AccountLinkRow,
    AuditRow,
    BusinessFileRow,
    CommunityRow,
    HandleRow,
    MoneyModelRow,
    StudyRow,
)
from tests.explain.studies.made import Making, as_csv, made

PLACE = "/yamabiko/evidence/"
QUESTION = {
    "objective": "解約を減らす",
    "outcome": "売上",
    "unit": "yen",
    "first": "2025年1月",
    "last": "2026-06",
    "pre": "6",
    "post": "4",
    "method": "matched",
    "ratio": "1",
    "joining": "file",
}


def page_of(client: Client, place: str = "", **sent: object) -> str:
    """Return a page as it is once the worker has done what the page waits for."""
    answer = client.post(PLACE + place, sent, follow=True) if sent else client.get(PLACE + place)
    assert answer.status_code == 200
    page = answer.content.decode()
    if not (read_next() | work_out_next()):
        return page
    said = page.partition('class="message"')[2].partition("</p>")[0]
    again = answer.request["PATH_INFO"].removeprefix(PLACE)
    return said + page_of(client, again)


def bring_in(client: Client, text: str, name: str = "sales.csv", **more: str) -> str:
    file = SimpleUploadedFile(name, text.encode("cp932"))
    return page_of(client, "1/", records=file, **more)


@pytest.fixture
def asked(community: CommunityRow, manager: Client) -> Client:
    assert "Registered." in page_of(manager, "new/", **QUESTION)
    return manager


def test_an_empty_room_says_to_ask_first(community: CommunityRow, manager: Client) -> None:
    page = page_of(manager)
    assert "No question is registered yet." in page
    assert page.count("nothing assumed yet") == 8


def test_a_question_says_what_is_missing_until_its_outcome_is_here(asked: Client) -> None:
    assert "There is no record of this outcome yet." in page_of(asked, "1/")


def test_a_known_change_is_found_and_graded_with_its_checks(asked: Client) -> None:
    panel = made(3, Making(accounts=300, change=2.0))
    page = bring_in(asked, as_csv(panel, above=100))
    assert "Received. It is being read" in page
    assert "5400 values of 5400 rows, 0 put aside" in page
    assert "Estimated from matched accounts: 売上" in page
    assert "E3 a matched estimate" in page
    assert page.count('data-tone="good">holds<') == 6
    assert "A hidden difference between both sides of" in page
    assert "E3 a matched estimate" in page_of(asked)


def test_a_question_asked_after_the_outcome_falls_to_e2(asked: Client) -> None:
    panel = made(3, Making(accounts=300, change=2.0))
    bring_in(asked, as_csv(panel, above=100))
    page_of(asked, "new/", **QUESTION)
    page = page_of(asked, "2/")
    assert "This question was registered after the outcome had come in." in page
    assert "associated with a higher change of 売上" in page
    assert "E2 a comparison of groups" in page


def test_a_later_change_of_the_question_is_shown_and_lowers_the_grade(asked: Client) -> None:
    bring_in(asked, as_csv(made(3, Making(accounts=300, change=2.0)), above=100))
    page = page_of(asked, "1/change/", **{**QUESTION, "post": "3", "seen": "0"})
    assert "after the outcome was known" in page
    assert re.search(r"Periods from joining on: <del>4</del> → 3", page)
    assert "E2 a comparison of groups" in page


def test_two_people_changing_one_question_lose_nothing(asked: Client) -> None:
    page_of(asked, "1/change/", **{**QUESTION, "post": "3", "seen": "0"})
    page = page_of(asked, "1/change/", **{**QUESTION, "post": "5", "seen": "0"})
    assert "Somebody else changed this question in the meantime." in page
    assert 'name="post" value="5"' in page
    assert StudyRow.objects.get().registration["post"] == 3


@pytest.mark.parametrize(
    ("field", "said", "answer"),
    [
        ("first", "昨年", "First period cannot be read."),
        ("pre", "2", "Enter a number from 3 to 60."),
        ("pre", "三", "Periods before joining cannot be read."),
        ("last", "2025-06", "The window holds 6 periods; 10 are compared."),
        ("last", "FY2026 Q1", "both as quarters"),
        ("objective", " ", "Objective does not fit this question."),
    ],
)
def test_what_does_not_fit_is_said_and_stays_in_the_form(
    community: CommunityRow, manager: Client, field: str, said: str, answer: str
) -> None:
    page = page_of(manager, "new/", **{**QUESTION, field: said})
    assert answer in page
    assert 'name="outcome" value="売上"' in page
    assert StudyRow.objects.count() == 0


def test_rows_that_cannot_be_read_are_shown_with_their_number_and_the_next_step(
    asked: Client,
) -> None:
    rows = "アカウント,期間,値\n山田,2025-01,１２００\n山田,2025-01,1300\n"
    rows += "鈴木,FY2025 Q1,3\n佐藤,2025-03,約3\n"
    bring_in(asked, rows)
    page = page_of(asked, "files/1/")
    assert "4 rows are 0 values" in page
    assert "The same account and period has different values (rows 2, 3)." in page
    assert "“約3” is no number." in page
    assert BusinessFileRow.objects.get().refused[0]["cells"] == "山田 | 2025-01 | １２００"


def test_a_file_is_taken_out_and_put_back_and_nothing_is_lost(asked: Client) -> None:
    bring_in(asked, as_csv(made(3, Making(accounts=300, change=2.0)), above=100))
    page_of(asked, "files/1/", step="out")
    assert "There is no record of this outcome yet." in page_of(asked, "1/")
    page_of(asked, "files/1/", step="back")
    assert "E3 a matched estimate" in page_of(asked, "1/")
    verbs = AuditRow.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-4:] == [
        "register_study",
        "bring_in_records",
        "take_out_records",
        "put_back_records",
    ]


def test_the_same_file_twice_changes_nothing(asked: Client) -> None:
    rows = "account,period,value\na,2025-01,1\n"
    bring_in(asked, rows)
    assert "This very file has been brought in already." in bring_in(asked, rows)
    assert BusinessFileRow.objects.count() == 1


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00\x01"], ids=["empty", "other", "bytes"])
def test_a_file_that_is_no_table_of_records_says_what_it_needs(asked: Client, text: str) -> None:
    assert "Give it the headings account, period and value" in bring_in(asked, text)


def test_members_are_tied_by_a_persons_word_alone(asked: Client) -> None:
    HandleRow.objects.filter(person__name="ベン").update(email="ben@yama.example")
    page_of(asked, "new/", **{**QUESTION, "joining": "links"})
    bring_in(asked, as_csv(made(3, Making(accounts=40)), above=9))
    assert "Nobody has said yet which members belong to which account." in page_of(asked, "2/")
    page = page_of(asked, "accounts/", account="account 0", domains="@yama.example", people="")
    assert "39 accounts of the records are not tied to anybody yet." in page
    assert AccountLinkRow.objects.get().domains == ["yama.example"]
    assert "Accounts nobody has tied to members: 39" in page_of(asked, "2/")


@pytest.mark.parametrize(
    ("domains", "people", "answer"),
    [
        ("gmail.com", "", "Anybody can have an address"),
        ("yama", "", "is no mail domain"),
        ("", "99999", "There is nobody with the number 99999."),
    ],
)
def test_a_tie_that_would_be_a_guess_is_refused(
    asked: Client, domains: str, people: str, answer: str
) -> None:
    assert answer in page_of(asked, "accounts/", account="A", domains=domains, people=people)
    assert AccountLinkRow.objects.count() == 0


ANSWERS = {
    "answers-middle": "300",
    "searches-middle": "4000",
    "worth-middle": "1500",
    "cost-middle": "20000000",
    **{f"{key}-on": "yes" for key in ("answers", "searches", "worth", "cost")},
    "seen": "0",
}


def test_answers_are_golden_with_and_without_searches(
    community: CommunityRow, manager: Client
) -> None:
    page = page_of(manager, "money/answers/", **ANSWERS)
    assert page.count("+287%") >= 3 and page.count("-73%") >= 3
    without = {name: value for name, value in ANSWERS.items() if name != "searches-on"}
    page = page_of(manager, "money/answers/", **{**without, "seen": "1"})
    assert "+287%" not in page
    assert MoneyModelRow.objects.get().revision == 2


def test_a_number_that_is_none_is_said_and_nothing_is_kept(
    community: CommunityRow, manager: Client
) -> None:
    page = page_of(manager, "money/answers/", **{**ANSWERS, "worth-middle": "高い"})
    assert "“高い” is no number." in page
    assert 'value="4000"' in page
    assert MoneyModelRow.objects.count() == 0


def test_only_an_estimate_that_reached_e3_is_turned_into_money(asked: Client) -> None:
    bring_in(asked, as_csv(made(3, Making(accounts=40)), above=100))
    page = page_of(asked, "money/incremental/", study="1", seen="0", **{"gap-on": "yes"})
    assert "does not reach E3" in page or "No study is chosen" in page


def test_an_estimate_of_e3_is_multiplied_with_its_interval(asked: Client) -> None:
    bring_in(asked, as_csv(made(3, Making(accounts=300, change=2.0)), above=100))
    on = {f"{key}-on": "yes" for key in ("gap", "accounts", "periods")}
    page = page_of(asked, "money/incremental/", study="1", seen="0", **on)
    assert "Incremental (Estimated increase): estimated at" in page


PLACES = ["", "new/", "1/", "1/change/", "accounts/", "files/1/", "money/answers/"]


@pytest.mark.parametrize("place", PLACES)
def test_strangers_find_nothing(asked: Client, client: Client, place: str) -> None:
    bring_in(asked, "account,period,value\na,2025-01,1\n")
    stranger = Client()
    assert stranger.get(PLACE + place).status_code == 302


@pytest.mark.parametrize("place", ["9/", "files/9/", "money/nothing/", "9/change/"])
def test_what_is_not_there_is_not_found(asked: Client, place: str) -> None:
    assert asked.get(PLACE + place).status_code == 404


def test_a_japanese_page_holds_no_english_heading(asked: Client) -> None:
    bring_in(asked, as_csv(made(3, Making(accounts=300, change=2.0)), above=100))
    asked.defaults["HTTP_ACCEPT_LANGUAGE"] = "ja"
    headings = re.findall(r"<(?:th|h2)[^>]*>(.*?)</(?:th|h2)>", page_of(asked, "1/"))
    assert headings and [one for one in headings if not re.search(r"[ぁ-んァ-ヶ一-龠]", one)] == []
