"""The one-time address: it begins a community once, and says clearly when it does not."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.test import Client

from jibungoto.desk.house.begin import Beginning, begin, invitation
from jibungoto.records.models import CommunityRow, MembershipRow, Role

pytestmark = pytest.mark.django_db
GOOD = {
    "community": "やまびこ地図の会",
    "language": "ja",
    "zone": "Asia/Tokyo",
    "week_start": "7",
    "fiscal_month": "10",
    "name": "hana",
    "passphrase": "a calm sea in november",
}
ENGLISH = {"accept-language": "en"}


def sent(client: Client, token: str, **changed: str) -> tuple[int, str]:
    answer = client.post(f"/begin/{token}/", {**GOOD, **changed}, headers=ENGLISH)
    return answer.status_code, answer.content.decode()


def test_the_address_asks_for_all_that_a_community_needs(client: Client) -> None:
    page = client.get(f"/begin/{invitation()}/", headers=ENGLISH).content.decode()
    assert all(f'name="{field}"' in page for field in GOOD)
    assert '<option value="Asia/Tokyo">' in page and '<option value="Europe/Berlin">' in page


def test_beginning_makes_the_community_signs_in_and_leads_to_sources(client: Client) -> None:
    answer = client.post(f"/begin/{invitation()}/", GOOD)
    community = CommunityRow.objects.get()
    led_to = unquote(answer.headers["Location"])
    assert (answer.status_code, led_to) == (302, f"/{community.slug}/sources/")
    told = (community.name, community.zone, community.week_start, community.fiscal_month)
    assert told == ("やまびこ地図の会", "Asia/Tokyo", 7, 10)
    assert MembershipRow.objects.get().role == Role.ADMINISTRATOR
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    assert page.headers["Content-Language"] == "ja"


def test_the_address_works_once(client: Client) -> None:
    token = invitation()
    client.post(f"/begin/{token}/", GOOD)
    status, page = sent(Client(), token, name="eve")
    assert status == 404
    assert "This address is no longer valid" in page
    assert [user.username for user in User.objects.all()] == ["hana"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_address_says_the_next_step_and_makes_nothing(client: Client, method: str) -> None:
    invitation()
    answer = getattr(client, method)("/begin/wrong/", GOOD, headers=ENGLISH)
    assert answer.status_code == 404
    assert "it prints a fresh address" in answer.content.decode()
    assert not CommunityRow.objects.exists() and not User.objects.exists()


def test_a_newer_address_takes_the_place_of_the_older(client: Client) -> None:
    older, newer = invitation(), invitation()
    assert client.get(f"/begin/{older}/").status_code == 404
    assert client.get(f"/begin/{newer}/").status_code == 200


@pytest.mark.parametrize("weak", ["short", "password1234", "hanahanahana"])
def test_a_weak_passphrase_keeps_what_was_entered(client: Client, weak: str) -> None:
    token = invitation()
    status, page = sent(client, token, passphrase=weak, name="hanahana")
    assert status == 200
    assert 'id="passphrase-error"' in page
    assert "This passphrase is too weak." in page and "Use 12 characters or more" in page
    assert 'value="やまびこ地図の会"' in page and 'value="hanahana"' in page
    assert '<option value="10" selected>' in page and '<option value="7" selected>' in page
    assert weak not in page.replace("hanahana", "") and not CommunityRow.objects.exists()
    assert sent(client, token)[0] == 302


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "\x00", "tokyo japan"])
def test_a_zone_that_does_not_exist_is_said_beside_its_field(client: Client, zone: str) -> None:
    status, page = sent(client, invitation(), zone=zone)
    assert status == 200
    assert 'aria-describedby="zone-error"' in page
    assert not CommunityRow.objects.exists()


def test_missing_answers_are_asked_for_again(client: Client) -> None:
    status, page = sent(client, invitation(), community="", name="")
    assert status == 200
    assert 'id="community-error"' in page and 'id="name-error"' in page


ASKED = {
    "ja": [
        "コミュニティの名前を入力してください。",
        "タイムゾーンを入力してください(Asia/Tokyo など)。",
        "サインインに使う名前を入力してください。",
        "パスフレーズを入力してください。",
    ],
    "en": [
        "Say what the community is called.",
        "Say in which time zone it lives, such as Asia/Tokyo.",
        "Choose a name to sign in with.",
        "Choose a passphrase.",
    ],
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_whatever_is_missing_is_said_beside_its_field_in_the_page_s_language(
    client: Client, language: str
) -> None:
    empty = {"community": "", "zone": "", "name": "", "passphrase": ""}
    answer = client.post(
        f"/begin/{invitation()}/", {**GOOD, **empty}, headers={"accept-language": language}
    )
    page = answer.content.decode()
    assert re.findall(r'class="wrong">([^<]+)<', page) == ASKED[language]
    for field in empty:
        asked = re.search(rf'<input[^>]* name="{field}"[^>]*>', page)
        assert asked and 'aria-invalid="true"' in asked[0]
        assert f"{field}-error" in asked[0] and f'id="{field}-error"' in page
    assert re.findall(r'name="(\w+)"[^>]* autofocus', page) == ["community"]
    assert '<form class="stacked" method="post" novalidate>' in page


def test_a_good_passphrase_is_asked_for_again_when_something_else_was_wrong(
    client: Client,
) -> None:
    status, page = sent(client, invitation(), zone="Mars/Olympus")
    assert status == 200
    assert "Enter the passphrase once more; it was not kept." in page
    assert GOOD["passphrase"] not in page and 'value="Mars/Olympus"' in page


def test_only_the_first_look_proposes_the_zone_of_the_browser(client: Client) -> None:
    token = invitation()
    page = client.get(f"/begin/{token}/", headers=ENGLISH).content.decode()
    assert 'value="" placeholder="Asia/Tokyo"' in page and "data-proposes-zone" in page
    assert "data-proposes-zone" not in sent(client, token, zone="")[1]


def test_a_home_that_has_a_community_asks_only_who_may_enter(client: Client) -> None:
    begin(Beginning("Sketch City", slug="sketch"))
    token = invitation()
    page = client.get(f"/begin/{token}/", headers=ENGLISH).content.decode()
    assert "“Sketch City” is here already" in page and 'name="community"' not in page
    answer = client.post(f"/begin/{token}/", {"name": "hana", "passphrase": GOOD["passphrase"]})
    assert answer.headers["Location"] == "/sketch/sources/"
    assert CommunityRow.objects.count() == 1


def test_the_page_is_never_kept_by_a_browser(client: Client) -> None:
    assert "no-store" in client.get(f"/begin/{invitation()}/").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "start <code>jibungoto serve</code> again"), ("ja", "<code>jibungoto serve</code> で")],
)
def test_the_front_door_of_an_empty_home_says_where_the_address_stands_and_not_the_address(
    client: Client, language: str, said: str
) -> None:
    token = invitation()
    answer = client.get("/", headers={"accept-language": language}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200 and said in page
    assert token not in page and 'name="password"' not in page


def test_once_somebody_may_enter_the_front_door_asks_who_comes(client: Client) -> None:
    client.post(f"/begin/{invitation()}/", GOOD)
    assert 'name="password"' in Client().get("/", follow=True).content.decode()
