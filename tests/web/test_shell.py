"""The shell around every page: who may see it, what it sends along, and what it remembers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django.fixtures import Settings

from jibungoto.desk.house.begin import admit
from jibungoto.records.models import CommunityRow
from jibungoto.web import problems
from jibungoto.web.icons import icon_svg
from jibungoto.web.navigation import ROOMS, Room, entries, grouped

AGAINST = "django.contrib.auth.backends.ModelBackend"
PASSPHRASE = "a calm sea in november"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.view)
def test_who_is_not_signed_in_is_led_to_sign_in(client: Client, room: Room) -> None:
    address = next(entry.address for entry in entries("", "yamabiko") if entry.room == room)
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={address}")


def test_signing_in_leads_to_the_page_that_was_asked_for(client: Client) -> None:
    User.objects.create_user("hana", password=PASSPHRASE)
    answer = client.post(
        "/sign-in/?next=/people/",
        {"username": "hana", "password": PASSPHRASE, "next": "/people/"},
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/people/")


def test_signing_in_without_a_wish_leads_to_the_front_door(client: Client) -> None:
    User.objects.create_user("hana", password=PASSPHRASE)
    answer = client.post("/sign-in/", {"username": "hana", "password": PASSPHRASE})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_a_wrong_passphrase_is_said_without_saying_which_was_wrong(client: Client) -> None:
    User.objects.create_user("hana", password=PASSPHRASE)
    for name in ("hana", "nobody"):
        answer = client.post(
            "/sign-in/", {"username": name, "password": "wrong"}, headers={"accept-language": "en"}
        )
        assert answer.status_code == 200
        assert "do not belong together" in answer.content.decode()


def test_after_ten_wrong_passphrases_even_the_right_one_waits(client: Client) -> None:
    User.objects.create_user("hana", password=PASSPHRASE)
    for _attempt in range(10):
        client.post("/sign-in/", {"username": "hana", "password": "wrong"})
    answer = client.post("/sign-in/", {"username": "hana", "password": PASSPHRASE})
    assert answer.status_code == 429


def test_signing_out_takes_a_post(manager: Client) -> None:
    assert manager.get("/sign-out/").status_code == 405
    assert manager.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert manager.get("/yamabiko/today/").status_code == 302


def test_every_answer_carries_the_policy(client: Client) -> None:
    headers = client.get("/sign-in/").headers
    policy = sorted(part.strip() for part in headers["Content-Security-Policy"].split(";"))
    assert policy == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self'",
    ]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Server-Timing"].startswith("app;dur=")


@pytest.mark.parametrize("address", ["today", "people", "ladder", "people/1"])
def test_a_page_names_only_its_own_files(manager: Client, address: str) -> None:
    page = manager.get(f"/yamabiko/{address}/").content.decode()
    assert "//" not in page.replace("http://www.w3.org/2000/svg", "")
    assert " style=" not in page and "<style" not in page and "<script>" not in page


@pytest.mark.parametrize(("kept", "shown"), [("dark", "dark"), ("purple", "auto"), (None, "auto")])
def test_only_a_known_theme_is_shown(client: Client, kept: str | None, shown: str) -> None:
    if kept:
        client.cookies["theme"] = kept
    assert f'data-theme="{shown}"' in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize(
    ("back", "led_to"),
    [("/people/?q=a", "/people/?q=a"), ("https://elsewhere.example/", "/"), ("//evil", "/")],
)
def test_choosing_a_theme_leads_back_but_never_away(client: Client, back: str, led_to: str) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": back})
    assert (answer.status_code, answer.headers["Location"]) == (302, led_to)
    assert answer.cookies["theme"].value == "dark"
    assert answer.cookies["theme"]["httponly"]


def test_following_the_device_forgets_the_choice(client: Client) -> None:
    client.cookies["theme"] = "dark"
    assert client.post("/theme/", {"theme": "auto", "next": "/"}).cookies["theme"].value == ""


def test_a_theme_cannot_be_chosen_by_a_link(client: Client) -> None:
    assert client.get("/theme/").status_code == 405


@pytest.mark.parametrize(
    ("language", "title"), [("ja", "サインイン"), ("en", "Sign in"), ("fr", "サインイン")]
)
def test_the_browser_language_is_followed(
    community: CommunityRow, client: Client, language: str, title: str
) -> None:
    admit(community, "hana", passphrase=None)
    page = client.get("/sign-in/", headers={"accept-language": language}).content.decode()
    assert f"<h1>{title}</h1>" in page


def test_the_component_sheet_is_not_for_the_public(client: Client, settings: Settings) -> None:
    assert client.get("/look/").status_code == 404
    settings.SHOW_LOOK = True
    assert client.get("/look/").status_code == 200


def test_a_missing_page_is_calm_in_the_reader_language(client: Client) -> None:
    answer = client.get("/no-such-community/no-such-page/", headers={"accept-language": "ja"})
    assert answer.status_code == 404
    assert "このアドレスにページはありません" in answer.content.decode()


def test_a_form_without_its_token_changes_nothing() -> None:
    answer = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "theme" not in answer.cookies


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (400, lambda request: problems.bad_request(request, ValueError())),
        (403, lambda request: problems.permission_denied(request, PermissionError())),
        (404, lambda request: problems.page_not_found(request, LookupError())),
        (500, problems.server_error),
    ],
    ids=["400", "403", "404", "500"],
)
def test_a_problem_page_needs_neither_session_nor_database(
    status: int, answer: Callable[[HttpRequest], HttpResponse], language: str
) -> None:
    request = RequestFactory().get("/")
    with translation.override(language):
        page = answer(request)
    assert page.status_code == status
    assert f'<html lang="{language}"' in page.content.decode()


@pytest.mark.parametrize(
    ("view", "here"),
    [("people", 1), ("peoples", None), ("people_alike", 2)]
    + [(view, 1) for view in ("people_export", "people_person")],
)
def test_the_navigation_marks_a_room_and_its_further_pages(view: str, here: int | None) -> None:
    marked = [entry.here for entry in entries(view, "yamabiko")]
    assert marked == [place == here for place in range(len(ROOMS))]


def test_every_room_is_the_community_s_own(manager: Client) -> None:
    page = manager.get("/yamabiko/ladder/").content.decode()
    rooms = re.findall(r'<a href="([^"]+)"(?: aria-current="page")?>\s*<svg', page)
    once = [entry.address for group in grouped(entries("", "yamabiko")) for entry in group.entries]
    assert (rooms, len(once)) == (once + once, len(ROOMS))


def test_four_rooms_at_most_stand_in_the_bar_of_a_narrow_screen() -> None:
    assert sum(room.in_bar for room in ROOMS) <= 4


def test_without_a_community_there_are_no_rooms(client: Client) -> None:
    assert '<nav class="rooms"' not in client.get("/sign-in/").content.decode()


def test_a_name_cannot_inject_markup_into_its_row() -> None:
    row = Template('{% load jibungoto %}{% person name beside=name address="/x" %}')
    shown = row.render(Context({"name": "<script>alert(1)</script>"}))
    assert "<script" not in shown
    assert 'aria-hidden="true">S<' in shown


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{% stage 3 'Contributing' %}", "Contributing"),
        ("{% stage 3 'Contributing' at_least=True %}", "Contributing or higher"),
        ("{% stage 2 'Speaking' dormant=True %}", "Speaking (dormant)"),
        ("{% stage None '' %}", "not known yet"),
    ],
)
def test_a_stage_is_said_in_words(tag: str, words: str) -> None:
    with translation.override("en"):
        shown = Template("{% load jibungoto %}" + tag).render(Context())
    said = shown.split('class="stage-name">')[1].replace('<span class="quiet">', "")
    assert said.split("</span>")[0] == words


def test_an_unknown_icon_is_a_fault_of_the_page() -> None:
    with pytest.raises(LookupError, match="no icon named"):
        icon_svg("../../vendor/README")


@pytest.mark.parametrize(
    ("place", "back"),
    [
        ("/yamabiko/people/1/touch/", "/yamabiko/people/1/"),
        ("/yamabiko/briefs/1/claim/", "/yamabiko/briefs/1/"),
        ("/yamabiko/stakeholders/contacts/1/drop/", "/yamabiko/stakeholders/"),
        ("/sign-out/", "/"),
    ],
)
@pytest.mark.parametrize(
    ("language", "said"),
    [("ja", "フォームの送り先です"), ("en", "A form is sent to this address")],
)
def test_what_only_takes_a_form_leads_back_when_it_is_opened(
    manager: Client, place: str, back: str, language: str, said: str
) -> None:
    answer = manager.get(place, headers={"accept-language": language})
    assert (answer.status_code, answer.headers["Allow"].partition(",")[0]) == (405, "POST")
    page = answer.content.decode()
    assert (said in page, f'class="btn" href="{back}"' in page) == (True, True)


def test_a_program_that_sends_in_another_way_gets_no_page(manager: Client) -> None:
    answer = manager.delete("/yamabiko/people/1/touch/")
    assert (answer.status_code, answer.content) == (405, b"")
