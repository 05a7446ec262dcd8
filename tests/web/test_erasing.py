"""Seeing and erasing what is kept of somebody: two steps, every text decided, and a file."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.records.models import (
    AuditRow,
    MembershipRow,
    PersonRow,
    Role,
    SegmentRow,
    TeamMemberRow,
    VoiceRow,
)


@pytest.fixture
def boss(manager: Client) -> Client:
    """Return a browser signed in as the administrator."""
    MembershipRow.objects.update(role=Role.ADMINISTRATOR)
    return manager


def number_of(name: str) -> int:
    return PersonRow.objects.get(name=name).number


def fields(page: str) -> dict[str, list[str]]:
    """Return what the form of the page would send."""
    refs = re.findall(r'name="ref" value="([^"]*)"', page)
    texts = re.findall(r'<textarea[^>]*name="text"[^>]*>([^<]*)</textarea>', page)
    kept = re.findall(r'name="keep" value="([^"]*)"(?: checked)?>', page)
    return {"ref": refs, "text": texts, "keep": kept}


def test_erasing_takes_two_steps_and_only_the_second_erases(acting: Acting, boss: Client) -> None:
    SegmentRow.objects.create(community=acting.community, key="x", name="with Emi")
    address = f"/yamabiko/people/{number_of('Emi')}/erase/"
    first = boss.get(address).content.decode()
    assert "Step 1 of 2" in first and "with Emi" in first
    sent = fields(first) | {"keep": []}
    second = boss.post(address, sent | {"step": "ask"}).content.decode()
    assert "Step 2 of 2" in second and PersonRow.objects.filter(name="Emi").exists()
    answered = boss.post(address, fields(second) | {"keep": [], "step": "erase"})
    assert answered.headers["Location"] == "/yamabiko/people/"
    assert not PersonRow.objects.filter(name="Emi").exists()
    assert "Emi" not in SegmentRow.objects.get().name
    assert AuditRow.objects.filter(verb="erase").count() == 1


def test_voices_name_nobody_so_whoever_erases_is_led_to_them(acting: Acting, boss: Client) -> None:
    address = f"/yamabiko/people/{number_of('Emi')}/erase/"
    asks = "Is one of the voices theirs?"
    assert asks not in boss.get(address).content.decode()
    VoiceRow.objects.create(
        community=acting.community,
        quote_ja="自分の場だ",
        quote_en="It is ours",
        source="https://example.org/p/1",
        told_to="Aoi",
        told_on=date(2026, 7, 1),
    )
    page = boss.get(address).content.decode()
    assert (asks in page, 'href="/yamabiko/briefs/voices/"' in page) == (True, True)


def test_a_text_nobody_decided_on_stops_it(acting: Acting, boss: Client) -> None:
    SegmentRow.objects.create(community=acting.community, key="x", name="with Emi")
    address = f"/yamabiko/people/{number_of('Emi')}/erase/"
    answered = boss.post(address, {"step": "erase"})
    assert answered.status_code == 200
    assert "texts with their name that nobody decided on" in answered.content.decode()
    assert PersonRow.objects.filter(name="Emi").exists()


def test_whoever_may_not_erase_sees_neither_the_way_nor_the_page(
    acting: Acting, manager: Client
) -> None:
    address = f"/yamabiko/people/{number_of('Emi')}/"
    assert "Erase this person" not in manager.get(address).content.decode()
    assert manager.get(f"{address}erase/").status_code == 403
    assert manager.post(f"{address}everything.json").status_code == 403


def test_everything_kept_is_a_file_in_two_forms(acting: Acting, boss: Client) -> None:
    address = f"/yamabiko/people/{number_of('Emi')}/everything"
    answered = boss.post(f"{address}.json")
    told = json.loads(answered.content)
    assert told["person"]["name"] == "Emi"
    assert told["names"][0]["source"] == "slack"
    assert {one["actor"] for one in told["activities"]} == {told["names"][0]["actor"]}
    assert (
        len([one for one in told["activities"] if one["kind"] != "join"])
        == (told["standing"][0]["acts"])
    )
    assert "attachment" in answered.headers["Content-Disposition"]
    lines = boss.post(f"{address}.csv").content.decode()
    assert "person,name,Emi" in lines
    assert boss.get(f"{address}.json").status_code == 405
    assert boss.post(f"{address}.txt").status_code == 404
    assert (
        list(AuditRow.objects.filter(verb="export person").values_list("about", flat=True))
        == [str(number_of("Emi"))] * 2
    )


def test_a_member_says_which_name_is_theirs_too(acting: Acting, boss: Client) -> None:
    emi, ben = number_of("Emi"), number_of("ベン")
    address = f"/yamabiko/people/{emi}/declare/"
    assert "First write down who is in your team" in boss.get(f"{address}?q=べん").content.decode()
    assert boss.post(address, {"other": ben, "how": "mail"}).status_code == 200
    member = TeamMemberRow.objects.create(
        community=acting.community, name="Mio", function="manager", since="2026-01-01"
    )
    sent = {"other": ben, "how": "mail", "heard_by": member.pk}
    assert boss.post(address, sent).status_code == 302
    assert PersonRow.objects.filter(merged_into__isnull=False).count() == 1
    answered = boss.get("/yamabiko/people/alike/?show=answered").content.decode()
    assert "they said so (by mail, heard by Mio)" in answered
