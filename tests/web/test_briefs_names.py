"""The page of a brief asks about names, and its reader is shown the sum of what was issued."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from jibungoto.records.models import BriefRow, PersonRow
from tests.web.making import SLUG
from tests.web.test_briefs import drafted, first_claim, issued, link, said

__all__ = ["issued"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_reader_is_shown_the_sum_of_what_was_issued(
    manager: Client, issued: BriefRow, language: str
) -> None:
    page = Client().get(link(manager), {"lang": language}).content.decode()
    assert page.count(issued.digest) == 1 and len(issued.digest) == 64


def test_a_name_is_asked_about_and_answered_in_the_form(manager: Client) -> None:
    row = drafted(manager)
    member = PersonRow.objects.filter(community=row.community).exclude(kinds__kind="staff")
    person = member.first()
    assert person is not None
    PersonRow.objects.filter(pk=person.pk).update(name="佐藤 直子")
    naming = {"ja": "佐藤 直子の話です。", "en": "It goes on.", "note": "x"}
    page = said(manager, first_claim(row), **naming)
    assert ("reads as 佐藤 直子" in page, "佐藤直子 agreed to be named" in page) == (True, True)
    answer = {"named": "佐藤直子", "answer-0": "agreed", "told-0": "山田", "on-0": "2023-11-01"}
    assert "Kept." in said(manager, first_claim(row), **naming, **answer)
    figures = manager.get(f"/{SLUG}/briefs/1/figures/").content.decode()
    assert "told to 山田 on 1 Nov 2023" in unescape(figures)
    assert "山田" not in manager.get(f"/{SLUG}/briefs/1.html").content.decode()
