"""The ladder: who stands where, each number a link to the people it counts."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.measures import measured
from jibungoto.records.models import (
    AnswerRow,
    CommunityRow,
    FindingRow,
    StandingRow,
    StepRow,
)
from tests.web.test_people import names

LADDER = "/yamabiko/ladder/"


def page_of(client: Client) -> str:
    answer = client.get(LADDER)
    assert answer.status_code == 200
    return answer.content.decode()


def counts(page: str) -> list[tuple[str, int]]:
    """Return each link of the ladder with the number it carries."""
    found = re.findall(
        r'<a (?:class="quiet" )?href="(/yamabiko/people/\?stage=[^"]+)">(.*?)</a>', page, re.S
    )
    numbers = [re.search(r"\d+", re.sub(r"<[^>]+>", " ", text)) for _, text in found]
    return [
        (address.replace("&amp;", "&"), int(number[0]))
        for (address, _), number in zip(found, numbers, strict=True)
        if number
    ]


def test_every_number_is_a_link_to_exactly_those_people(manager: Client) -> None:
    found = counts(page_of(manager))
    assert {address.split("stage=")[1].split("&")[0] for address, _ in found} == {
        "owning", "starting", "contributing", "speaking", "attending", "registered"
    }  # fmt: skip
    for address, count in found:
        assert len(names(manager.get(address).content.decode())) == count, address
    assert sum(count for _, count in found) == 6


def test_the_stages_stand_from_the_highest_down_with_their_rules(manager: Client) -> None:
    page = page_of(manager)
    found = re.findall(r'class="rung-name">.*?class="stage-name">([^<]+)<', page, re.S)
    assert found == ["Owning", "Starting", "Contributing", "Speaking", "Attending", "Registered"]
    assert "In the last 365 days started something that 2 or more others joined" in page


def test_the_page_answers_in_a_sentence(manager: Client) -> None:
    assert "2 of 6 members contribute to the community" in page_of(manager)


def untold(stages: tuple[int, ...], *, unknown: str) -> None:
    """Leave nobody at some stages, which no source can tell."""
    StandingRow.objects.filter(stage__in=stages).update(stage=2)
    StandingRow.objects.filter(kind="member").update(unknown=[unknown])
    parts = [f"S{stage}{more}" for stage in stages for more in ("", ".dormant")]
    FindingRow.objects.filter(measure="stage_stock", part__in=parts).update(
        value=None,
        n=None,
        quality="unknown",
        reason_ja="なし",
        reason_en="No export tells threads.",
    )


def test_a_part_no_source_tells_is_no_zero(manager: Client) -> None:
    untold((3, 5), unknown="help")
    page = page_of(manager)
    assert "stage=contributing" not in page and "stage=owning" not in page
    assert page.count("not known</span>") == 2
    assert "This export does not link replies to threads" in page
    assert "No export tells threads." in page
    assert "At least 1 of 6 members contribute" in page


def test_a_stage_no_source_tells_is_a_gap_in_the_picture_with_words(manager: Client) -> None:
    untold((3, 5), unknown="help")
    page = page_of(manager)
    assert "Stages these sources do not tell: Contributing, Owning." in page
    assert "contribute or more now" not in page
    table = page.split("<summary>The numbers as a table</summary>")[1].split("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)[1:]
    assert {tuple(re.findall(r"<td[^>]*>(.*?)</td>", row)[i] for i in (2, 4)) for row in rows} == {
        ("not known", "not known")
    }


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "このデータでは、貢献以上の人は確認できません。"),
        ("en", "These sources show nobody who contributes to the community or does more."),
    ],
)
def test_nobody_seen_where_much_is_untold_is_not_said_as_a_number(
    manager: Client, language: str, sentence: str
) -> None:
    untold((3, 4, 5), unknown="help")
    manager.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    page = page_of(manager)
    assert f'<p class="answer">{sentence}</p>' in page


def test_ladder_stock_and_registered_are_one_total(manager: Client, acting: Acting) -> None:
    found = {one.measure.key: one.now for one in measured(acting)}
    registered = found["registered"][""].value
    assert sum(one.value or 0 for one in found["stage_stock"].values()) == registered
    assert sum(count for _, count in counts(page_of(manager))) == registered


def test_deleted_accounts_are_counted_apart(manager: Client) -> None:
    row = StandingRow.objects.filter(kind="member", stage=0).first()
    assert row is not None
    StandingRow.objects.filter(pk=row.pk).update(kind="deleted")
    page = page_of(manager)
    assert "Deleted accounts, counted apart: 1." in page
    assert sum(count for _, count in counts(page)) == 5


def test_a_log_shorter_than_the_rule_says_at_least(manager: Client) -> None:
    StandingRow.objects.filter(stage=2).update(is_at_least=True)
    page = page_of(manager)
    assert "The log is shorter than the rule looks back" in page
    assert "At least 2 of 6 members contribute" in page


def test_who_moved_is_told_apart_by_direction(manager: Client) -> None:
    up, down = page_of(manager).split('id="moves"')[1].split("Moved down in the last 28 days")
    assert "髙橋 亜紀" in up and "チエ" in up
    assert "Nobody." in down
    StepRow.objects.filter(person__name="チエ").update(from_stage=2, to_stage=1)
    up, down = page_of(manager).split('id="moves"')[1].split("Moved down in the last 28 days")
    assert "チエ" not in up and "チエ" in down


def test_the_stock_is_a_picture_with_its_table(manager: Client) -> None:
    page = page_of(manager)
    assert "Month by month" in page
    assert '<rect class="band tone-2"' in page
    assert "<summary>The numbers as a table</summary>" in page


def test_while_staff_is_not_marked_the_page_says_so(
    manager: Client, community: CommunityRow
) -> None:
    assert "Staff not marked yet" not in page_of(manager)
    CommunityRow.objects.filter(pk=community.pk).update(staff_answered_at=None)
    assert "Staff not marked yet" in page_of(manager)


def test_before_any_answer_the_one_next_step_is_said(manager: Client) -> None:
    AnswerRow.objects.all().delete()
    assert "Nothing has been brought in yet" in page_of(manager)


def test_a_doubt_of_some_people_is_not_said_of_a_stage_on_which_others_are_seen(
    manager: Client,
) -> None:
    StandingRow.objects.filter(kind="member").update(unknown=["start"])
    page = page_of(manager)
    assert page.count("Of some people: This export does not say who started things") == 1
