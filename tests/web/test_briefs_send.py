"""Briefs go out when a person sends them, and are drafted by the calendar; nothing goes unseen."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.asked import do_next
from jibungoto.desk.explain.carry import carry_next
from jibungoto.desk.explain.rhythm import draft_what_is_due
from jibungoto.desk.rooms import ASKED
from jibungoto.desk.sustain.stakeholders import StakeholderWish, keep_stakeholder
from jibungoto.records.models import AuditRow, BriefRow, DeliveryRow, RhythmRow, SendingRow
from jibungoto.sustain.askers import AskerKind, Interest
from tests.web.making import SLUG

HOSTILE = "<b>山口</b>\r\nBcc: x@example.com"
MAIL = {"name": HOSTILE, "channel": "mail", "address": "cfo@example.com", "language": "en"}

pytestmark = pytest.mark.django_db


def asked(client: Client, place: str, **told: str) -> str:
    answer = client.post(f"/{SLUG}/briefs/{place}", told, follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def waiting(acting: Acting) -> list[str]:
    return [one.what.en for room in ASKED for one in room(acting) if one.page == "briefs"]


@pytest.fixture
def issued(manager: Client) -> BriefRow:
    manager.post(f"/{SLUG}/briefs/", {"kind": "weekly", "audience": "cfo"})
    assert do_next()
    manager.post(f"/{SLUG}/briefs/1/", {"step": "issue"})
    assert do_next()
    return BriefRow.objects.get(state="issued")


def test_a_brief_goes_to_whom_it_was_addressed_when_it_is_sent(
    manager: Client, issued: BriefRow, acting: Acting
) -> None:
    page = asked(manager, "1/send/", step="add", **MAIL)
    assert ("cfo@example.com" in page, HOSTILE in page, mail.outbox) == (True, False, [])
    assert waiting(acting) == ["Three lines of the week for CFO waits to be sent to 1."]
    assert "On its way to 1." in asked(manager, "1/send/", step="send")
    assert mail.outbox == []
    assert (carry_next(), carry_next()) == (True, False)
    (sent,) = mail.outbox
    assert (sent.to, sent.recipients()) == (["cfo@example.com"], ["cfo@example.com"])
    found = re.search(r"http://testserver(/read/\S+/)", str(sent.body))
    assert found is not None
    assert Client().get(found[1]).status_code == 200
    assert waiting(acting) == []
    assert "opened 1 time" in unescape(manager.get(f"/{SLUG}/briefs/1/send/").content.decode())


def test_the_map_knows_what_a_stakeholder_was_sent_and_opened(
    manager: Client, issued: BriefRow, acting: Acting
) -> None:
    wish = StakeholderWish("山口", AskerKind.CFO, Interest.COST, influence=3, stance=0)
    whom = keep_stakeholder(acting, wish)
    asked(manager, "1/send/", step="add", **MAIL | {"stakeholder": str(whom.pk)})
    asked(manager, "1/send/", step="send")
    carry_next()
    assert DeliveryRow.objects.get().opened is None
    found = re.search(r"http://testserver(/read/\S+/)", str(mail.outbox[0].body))
    assert found is not None
    Client().get(found[1])
    kept = DeliveryRow.objects.get()
    assert (kept.stakeholder_id, kept.brief, kept.opened) == (whom.pk, "brief-1", kept.sent)


def test_sending_twice_sends_once(manager: Client, issued: BriefRow) -> None:
    for _ in range(2):
        asked(manager, "1/send/", step="add", **MAIL)
        asked(manager, "1/send/", step="send")
        while carry_next():
            pass
    assert (len(mail.outbox), SendingRow.objects.count()) == (1, 1)
    assert AuditRow.objects.filter(verb="send_brief").count() == 1


def test_a_draft_is_not_sent(manager: Client) -> None:
    manager.post(f"/{SLUG}/briefs/", {"kind": "weekly", "audience": "cfo"})
    assert do_next()
    asked(manager, "1/send/", step="add", **MAIL)
    page = asked(manager, "1/send/", step="send")
    assert "This brief is not issued yet." in page
    assert mail.outbox == []


def test_what_cannot_be_sent_says_why_and_waits(manager: Client, issued: BriefRow) -> None:
    hook = {"channel": "webhook", "address": "https://nowhere.invalid/hook"}
    asked(manager, "1/send/", step="add", **MAIL | hook)
    asked(manager, "1/send/", step="send")
    assert carry_next()
    page = unescape(manager.get(f"/{SLUG}/briefs/1/send/").content.decode())
    assert ("“nowhere.invalid” was not reached" in page, "tried again at" in page) == (True, True)
    assert "Stopped." in asked(manager, "1/send/", step="stop")
    assert "Taken off the list." in asked(
        manager, "1/send/", take_off=str(SendingRow.objects.get().pk)
    )


@pytest.mark.parametrize("address", ["nobody", "http://example.com/"])
def test_a_wrong_address_is_said_and_stays_in_the_form(
    manager: Client, issued: BriefRow, address: str
) -> None:
    page = asked(manager, "1/send/", step="add", **MAIL | {"address": address})
    assert ("is no e-mail address" in page, f'value="{address}"' in page) == (True, True)


def test_the_letter_is_shown_before_it_goes_in_both_languages(
    manager: Client, issued: BriefRow
) -> None:
    for language, heading in (("ja", "週次の3行"), ("en", "Three lines of the week")):
        page = manager.get(f"/{SLUG}/briefs/1/send/", {"lang": language}).content.decode()
        subject = page.partition("<strong>")[2].partition("</strong>")[0]
        assert unescape(subject).startswith(f"やまびこ: {heading}")


def test_a_draft_comes_on_its_day_waits_on_today_and_goes_nowhere(
    manager: Client, acting: Acting
) -> None:
    page = asked(manager, "calendar/", kind="weekly", audience="boss", weekday="1", **MAIL)
    assert "Monday" in page
    assert (draft_what_is_due(), BriefRow.objects.count()) == (0, 0)
    row = RhythmRow.objects.get()
    RhythmRow.objects.update(last_for=row.last_for - timedelta(days=7))
    assert (draft_what_is_due(), draft_what_is_due()) == (1, 0)
    assert (BriefRow.objects.get().state, SendingRow.objects.count()) == ("draft", 1)
    assert mail.outbox == []
    assert waiting(acting) == [
        "Three lines of the week for HR and the boss is drafted. Read it, and issue it."
    ]
    assert "No more drafts" in asked(manager, "calendar/", end=str(row.pk))
    assert (RhythmRow.objects.count(), BriefRow.objects.count()) == (0, 1)


def test_a_rhythm_goes_on_when_somebody_on_it_was_erased(manager: Client) -> None:
    asked(manager, "calendar/", kind="weekly", audience="boss", weekday="1", **MAIL)
    row = RhythmRow.objects.get()
    gone = [{**one, "name": "(消去された人)", "address": "(消去された人)"} for one in row.to]
    RhythmRow.objects.update(to=gone + row.to, last_for=row.last_for - timedelta(days=7))
    page = unescape(manager.get(f"/{SLUG}/briefs/calendar/").content.decode())
    assert ("cfo@example.com" in page, "(消去された人)" in page) == (True, False)
    assert draft_what_is_due() == 1
    assert [one.address for one in SendingRow.objects.all()] == ["cfo@example.com"]


def test_a_rhythm_said_again_takes_the_place_of_the_first(manager: Client) -> None:
    for weekday in ("1", "5"):
        asked(manager, "calendar/", kind="weekly", audience="boss", weekday=weekday)
    assert [row.day for row in RhythmRow.objects.all()] == [5]


def test_a_day_that_is_none_is_refused(manager: Client) -> None:
    page = asked(manager, "calendar/", kind="monthly", audience="boss", day="31")
    assert "This day cannot be chosen." in page
    assert not RhythmRow.objects.exists()


def test_what_was_chosen_for_the_calendar_stays_when_the_address_is_refused(
    manager: Client,
) -> None:
    chosen = {"kind": "weekly", "audience": "boss", "weekday": "3", "day": "9"}
    page = asked(manager, "calendar/", **chosen, **(MAIL | {"address": "nobody"}))
    assert "no e-mail address" in page
    assert '<option value="3" selected>' in page and "<option selected>9</option>" in page
