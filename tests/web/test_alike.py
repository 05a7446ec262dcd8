"""The page of names that may be one person: seen side by side, answered, and taken back."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.alike import waiting
from jibungoto.desk.gather.decide import join
from jibungoto.records.models import (
    AuditRow,
    CommunityRow,
    HandleRow,
    LookAlikeRow,
    PersonRow,
)
from tests.web.making_alike import tell_more

ALIKE = "/yamabiko/people/alike/"


@pytest.fixture
def more(acting: Acting, manager: Client) -> Client:
    """Return a manager's browser, and names of further sources beside the small community's."""
    tell_more(acting)
    return manager


def page_of(client: Client, asked: str = "") -> str:
    answered = client.get(ALIKE + asked)
    assert answered.status_code == 200
    return answered.content.decode()


def titles(page: str) -> list[str]:
    found = re.findall(r'<h2 id="pair-\d+-names">(.*?)</h2>', page)
    return [html.unescape(title) for title in found]


def pair(one: str, other: str) -> LookAlikeRow:
    slack = HandleRow.objects.get(name="髙橋 亜紀", source="slack").actor
    names = sorted(slack if name == "slack" else name for name in (one, other))
    return LookAlikeRow.objects.get(one=names[0], other=names[1])


def answer(client: Client, row: LookAlikeRow, said: str, *, htmx: bool = False) -> str:
    headers = {"HX-Request": "true"} if htmx else {}
    sent = {"pair": row.pk, "answer": said}
    answered = client.post(ALIKE, sent, headers=headers, follow=not htmx)
    assert answered.status_code == 200
    return answered.content.decode()


def test_proposals_stand_side_by_side_the_likeliest_first(more: Client) -> None:
    page = page_of(more)
    assert sorted(titles(page)) == sorted(
        [
            "髙橋 亜紀 / 高橋亜紀",
            "髙橋 亜紀 / 髙橋 亜紀",
            "高橋亜紀 / 髙橋 亜紀",
            "<b>山田</b> 太郎 / 山田 太郎",
            "Emi Sato / Emi Sato",
        ]
    )
    assert "the same name, variants and order aside" in page
    assert "5 pairs of names may be one person each." in page
    assert "aki…(13)@yamabiko.jp (typed)" in page and "aki.takahashi@" not in page
    scores = list(
        LookAlikeRow.objects.filter(is_answered=False).order_by("-score").values_list("score")
    )
    assert scores == sorted(scores, reverse=True)


def test_what_is_the_same_and_what_differs_is_said(more: Client) -> None:
    page = page_of(more)
    card = re.search(rf'id="pair-{pair("c1", "g1").pk}".*?</li>', page, re.S)
    assert card is not None
    told = re.sub(r"<[^>]+>", " ", card[0])
    assert re.search(r"Name\s+same", told) and re.search(r"Company\s+same", told)
    assert "タカハシ アキ" in told


def test_names_stay_names(more: Client) -> None:
    page = page_of(more)
    assert "<b>山田" not in page and "&lt;b&gt;山田" in page


@pytest.mark.parametrize("said", ["same", "different", "later"])
def test_an_answer_by_form_leads_back_and_by_htmx_to_one_line(
    more: Client, acting: Acting, said: str
) -> None:
    row, before = pair("c3", "g3"), waiting(acting)
    answer(more, row, said)
    assert waiting(acting) == before - 1
    assert f'id="pair-{row.pk}-names"' not in page_of(more)
    line = answer(more, pair("c1", "g1"), said, htmx=True)
    assert line.count("<li") == 1 and 'hx-swap-oob="true"' in line and "<html" not in line
    assert AuditRow.objects.filter(verb__startswith="look-alike").count() == 2


def test_what_an_answer_settles_leaves_the_page_with_it(more: Client, acting: Acting) -> None:
    answer(more, pair("slack", "c1"), "same", htmx=True)
    line = answer(more, pair("slack", "g1"), "same", htmx=True)
    assert f'<div id="pair-{pair("c1", "g1").pk}" hx-swap-oob="delete">' in line


def test_an_answer_is_taken_back_from_its_line_or_as_the_last(more: Client, acting: Acting) -> None:
    before, row = waiting(acting), pair("c3", "g3")
    answer(more, row, "same")
    assert "The same person" in page_of(more, "?show=answered")
    answer(more, row, "back")
    assert waiting(acting) == before
    answer(more, row, "different")
    page = more.post(ALIKE, {"answer": "last"}, follow=True).content.decode()
    assert "Taken back." in page and waiting(acting) == before
    page = more.post(ALIKE, {"answer": "last"}, follow=True).content.decode()
    assert "Nothing to take back." in page


def test_what_would_contradict_an_answer_is_refused_in_words(more: Client) -> None:
    answer(more, pair("slack", "c1"), "same")
    answer(more, pair("slack", "g1"), "different")
    assert "were said to be two people" in answer(more, pair("c1", "g1"), "same")


@pytest.mark.parametrize(
    "sent",
    [{}, {"answer": "same"}, {"pair": "x", "answer": "same"}, {"pair": "1" * 30, "answer": "same"}]
    + [{"pair": "999999", "answer": "same"}, {"pair": "1", "answer": "perhaps"}],
)
def test_junk_is_answered_with_no_such_page(more: Client, sent: dict[str, str]) -> None:
    assert more.post(ALIKE, sent).status_code == 404


def test_another_communitys_proposal_is_not_reached(more: Client, acting: Acting) -> None:
    other = CommunityRow.objects.create(
        client=acting.community.client, slug="else", name="Else", zone="UTC", key="k"
    )
    row = LookAlikeRow.objects.create(community=other, one="a", other="b")
    assert more.post(ALIKE, {"pair": row.pk, "answer": "same"}).status_code == 404
    assert LookAlikeRow.objects.get(pk=row.pk).state == "open"


def test_the_navigation_tells_how_many_wait(more: Client, acting: Acting) -> None:
    page = more.get("/yamabiko/people/").content.decode()
    assert f'<span class="nav-count" id="nav-count">{waiting(acting)}</span>' in page
    LookAlikeRow.objects.all().delete()
    assert "nav-count" not in more.get("/yamabiko/people/").content.decode()
    assert "Nothing to compare" in page_of(more)


def test_before_anything_came_in_the_one_next_step_is_to_bring_it_in(manager: Client) -> None:
    CommunityRow.objects.update(version=None)
    assert "Nothing has been brought in yet" in page_of(manager)


def test_a_person_of_several_names_lists_them_and_offers_to_part_them(
    more: Client, acting: Acting
) -> None:
    aki = PersonRow.objects.get(handles__name="髙橋 亜紀", handles__source="slack").number
    second = PersonRow.objects.get(handles__actor="c1").number
    assert "Not this person" not in more.get(f"/yamabiko/people/{aki}/").content.decode()
    join(acting, aki, other=second)
    page = more.get(f"/yamabiko/people/{second}/").content.decode()
    assert page.count("Not this person") == 2 and "高橋亜紀" in page
    parted = more.post(f"/yamabiko/people/{second}/part/", {"back": aki})
    assert parted.headers["Location"] == f"/yamabiko/people/{aki}/"
    assert HandleRow.objects.get(actor="c1").person.number == second


def test_three_proposals_cost_no_more_queries_than_one(more: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(more)
        return len(asked)

    many = queries()
    LookAlikeRow.objects.exclude(pk=pair("slack", "c1").pk).delete()
    assert queries() == many


def test_a_page_that_is_used_up_leads_to_the_first(more: Client) -> None:
    assert more.get(ALIKE + "?page=7").headers["Location"] == f"{ALIKE}?show=open&page=1"
    assert more.get(ALIKE + "?show=elsewhere").status_code == 404
