"""Whom a brief quotes and whom it turns to: members by permission, stakeholders by the map."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from jibungoto.desk.acting import administrator
from jibungoto.desk.sustain.stakeholders import StakeholderWish, keep_stakeholder
from jibungoto.desk.sustain.team import MemberWish, keep_member
from jibungoto.records.models import BriefRow, CommunityRow, SendingRow, VoiceRow
from jibungoto.sustain.askers import AskerKind, Interest
from jibungoto.sustain.team import Function
from tests.web.making import SLUG
from tests.web.test_briefs import become, drafted, page_of

pytestmark = pytest.mark.django_db


def test_a_voice_without_a_note_of_its_permission_keeps_a_brief_from_being_issued(
    manager: Client,
) -> None:
    place = f"/{SLUG}/briefs/voices/"
    told = {"ja": "自分の場だ", "en": "It feels like ours", "source": "https://example.org/p/1"}
    asked = {"told_on": timezone.localdate().isoformat()}
    assert "It is not said who heard" in manager.post(place, told, follow=True).content.decode()
    member = keep_member(
        administrator(CommunityRow.objects.get()), MemberWish("Aoi", Function.MANAGER)
    )
    wish = told | asked | {"told_to": str(member.pk)}
    page = manager.post(place, wish | {"source": "javascript:alert(1)"}).content.decode()
    assert "There is no link to where it was said." in page and "It feels like ours" in page
    page = manager.post(place, wish, follow=True).content.decode()
    assert ("Kept." in page, "Aoi asked" in page) == (True, True)
    drafted(manager, "monthly")
    assert "A member said: “It feels like ours”." in page_of(manager)
    assert "Being issued" in become(manager, "issue")
    BriefRow.objects.update(asked_at=None)
    kept = VoiceRow.objects.get()
    page = manager.post(place, {"take_back": str(kept.pk)}, follow=True).content.decode()
    assert "Taken back." in page
    page = unescape(page_of(manager))
    assert "nobody has noted who was told" in page
    assert "nobody has noted who was told" in become(manager, "issue")


def test_a_brief_may_turn_to_somebody_on_the_map_and_goes_to_nobody_else(manager: Client) -> None:
    acting = administrator(CommunityRow.objects.get())
    boss, other = (
        keep_stakeholder(acting, StakeholderWish(name, AskerKind.CFO, Interest.COST, 3, 0))
        for name in ("砂金 悟", "Ms Park")
    )
    page = page_of(manager, "")
    assert f'<option value="cfo:{boss.pk}">' in page
    drafted(manager, "weekly", f"cfo:{boss.pk}")
    page = page_of(manager)
    assert "砂金 悟: please" in page and "Ms Park" not in page
    told = {"step": "add", "channel": "mail", "address": "p@example.org", "language": "en"}
    place = f"/{SLUG}/briefs/1/send/"
    page = manager.post(place, told | {"stakeholder": str(other.pk)}).content.decode()
    assert "This brief is addressed to 砂金 悟, so it goes to nobody else." in page
    manager.post(place, told | {"stakeholder": str(boss.pk)})
    assert [one.name for one in SendingRow.objects.all()] == ["砂金 悟"]
    assert "Being issued" in become(manager, "issue")
    answer = manager.post(f"/{SLUG}/briefs/", {"kind": "weekly", "audience": f"ceo:{boss.pk}"})
    assert answer.status_code == 404
