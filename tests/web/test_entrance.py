"""Nobody enters a community they do not belong to, by whatever address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, reverse

from jibungoto.desk.acting import Acting
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.ledger.problems import NotAllowed
from jibungoto.ledger.words import Words
from jibungoto.records.models import CommunityRow, MembershipRow, PersonRow, Role
from jibungoto.web.entrance import in_community
from jibungoto.web.navigation import ROOMS
from jibungoto.web.urls import IN_A_COMMUNITY
from tests.web.conftest import AGAINST
from tests.web.making import SLUG

ARGUMENTS = {"number": 1, "key": "active", "ending": "csv", "kind": "series"}
NAMES = [str(pattern.name) for pattern in IN_A_COMMUNITY]


def address(pattern: URLPattern, slug: str = SLUG) -> str:
    wanted = pattern.pattern.converters
    return reverse(
        str(pattern.name),
        kwargs={"community": slug} | {name: ARGUMENTS[name] for name in wanted},
    )


def every(slug: str = SLUG) -> Iterator[str]:
    return (address(pattern, slug) for pattern in IN_A_COMMUNITY)


def signed_in(name: str, community: CommunityRow | None) -> Client:
    user = User.objects.create(username=name)
    if community is not None:
        MembershipRow.objects.create(user=user, community=community, role=Role.ADMINISTRATOR)
    client = Client()
    client.force_login(user, AGAINST)
    return client


def answers(client: Client, slug: str = SLUG) -> set[int]:
    return {ask(one).status_code for one in every(slug) for ask in (client.get, client.post)}


def test_somebody_who_belongs_nowhere_finds_no_page(community: CommunityRow) -> None:
    assert answers(signed_in("stranger", None)) == {404}


def test_another_community_is_as_if_it_were_not_there(community: CommunityRow) -> None:
    other = begin(Beginning("Elsewhere", slug="elsewhere"))
    neighbour = signed_in("neighbour", other)
    assert answers(neighbour) == {404}
    assert answers(neighbour, "no-such-community") == {404}
    assert neighbour.get("/elsewhere/today/").status_code == 200


def test_a_member_would_be_let_in(manager: Client) -> None:
    assert {
        name: manager.get(f"/{SLUG}/{name}/").status_code for name in ("today", "people", "ladder")
    } == {"today": 200, "people": 200, "ladder": 200}


def test_who_is_not_signed_in_is_led_to_sign_in_everywhere(
    community: CommunityRow, client: Client
) -> None:
    assert list(every())
    for slug in (SLUG, "no-such-community"):
        for one in every(slug):
            answer = client.get(one)
            assert (answer.status_code, answer.headers["Location"]) == (
                302,
                f"/sign-in/?next={one}",
            )


def test_a_person_is_reached_through_their_own_community_alone(manager: Client) -> None:
    other = begin(Beginning("Elsewhere", slug="elsewhere"))
    PersonRow.objects.create(community=other, number=4711, name="Somebody else")
    assert manager.get(f"/{SLUG}/people/4711/").status_code == 404
    assert manager.post(f"/{SLUG}/people/4711/touch/", {"kind": "talked"}).status_code == 404


def test_what_a_role_may_not_do_becomes_a_refusal(manager: Client, rf: RequestFactory) -> None:
    @in_community
    def forbidden(request: HttpRequest, acting: Acting) -> HttpResponse:
        raise NotAllowed(Words("できません。", "No."), Words("頼んでください。", "Ask."))

    request = rf.get("/")
    request.user = User.objects.get(username="hana")
    with pytest.raises(PermissionDenied):
        forbidden(request, community=SLUG)


def test_the_front_door_leads_to_today(manager: Client) -> None:
    assert manager.get("/").headers["Location"] == f"/{SLUG}/today/"


def test_the_name_of_a_community_alone_leads_to_today(manager: Client) -> None:
    answer = manager.get(f"/{SLUG}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{SLUG}/today/")
    assert Client().get(f"/{SLUG}/").status_code == Client().get("/nobody/").status_code


def test_the_front_door_of_who_belongs_nowhere_says_there_is_no_page(db: None) -> None:
    assert signed_in("stranger", None).get("/").status_code == 404


def test_every_address_lies_in_a_room_and_has_a_name_of_its_own() -> None:
    rooms = {room.view for room in ROOMS} | {"report", "staff", "touch"}
    assert len(set(NAMES)) == len(NAMES)
    assert [
        name for name in NAMES if not any(f"{name}_".startswith(f"{one}_") for one in rooms)
    ] == []
