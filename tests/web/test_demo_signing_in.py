"""The demo signs visitors in by itself; nothing else ever does."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from jibungoto.desk.house.begin import Beginning, admit, begin
from jibungoto.records.models import CommunityRow, MembershipRow, Role
from jibungoto.web.signing_in_demo import SignInDemo, demo_manager, is_local

pytestmark = pytest.mark.django_db
HOST = "127.0.0.1:8000"


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> CommunityRow:
    monkeypatch.setenv("JIBUNGOTO_DEMO", "1")
    return made("yamabiko", is_demo=True)


def made(slug: str, *, is_demo: bool) -> CommunityRow:
    community = begin(Beginning(slug, slug=slug, is_demo=is_demo))
    user = User.objects.create(username=f"manager of {slug}")
    MembershipRow.objects.create(user=user, community=community, role=Role.MANAGER)
    return community


def visited(host: str = HOST, **more: str) -> Client:
    client = Client()
    client.defaults.update({"HTTP_HOST": host, **more})
    client.get("/sign-in/")
    return client


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_demo_signs_a_visitor_in_as_its_manager(demo: CommunityRow) -> None:
    client = visited()
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    answer = client.get("/")
    assert answer.headers["Location"] == "/yamabiko/today/"


@pytest.mark.parametrize("host", [HOST, "localhost:8000", "[::1]:8000"])
def test_every_name_of_this_machine_will_do(demo: CommunityRow, host: str) -> None:
    assert is_signed_in(visited(host))


@pytest.mark.parametrize("setting", [None, "", "0", "true", "yes"])
def test_without_the_setting_nobody_is_signed_in(
    monkeypatch: pytest.MonkeyPatch, setting: str | None
) -> None:
    monkeypatch.delenv("JIBUNGOTO_DEMO", raising=False)
    if setting is not None:
        monkeypatch.setenv("JIBUNGOTO_DEMO", setting)
    made("yamabiko", is_demo=True)
    assert not is_signed_in(visited())
    with pytest.raises(MiddlewareNotUsed):
        SignInDemo(lambda _request: HttpResponse())


def test_a_real_community_is_never_entered_by_itself(
    demo: CommunityRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    CommunityRow.objects.update(is_demo=False)
    assert not is_signed_in(visited())


def test_whoever_belongs_to_a_real_community_too_is_not_signed_in(demo: CommunityRow) -> None:
    real = begin(Beginning("real", slug="real"))
    MembershipRow.objects.create(user=User.objects.get(), community=real, role=Role.MANAGER)
    assert demo_manager() is None
    assert not is_signed_in(visited())


@pytest.mark.parametrize(
    ("host", "came_from"),
    [
        ("192.168.0.7:8000", "127.0.0.1"),
        ("demo.example.com", "127.0.0.1"),
        ("127.0.0.1.example.com", "127.0.0.1"),
        (HOST, "192.168.0.7"),
    ],
)
def test_another_machine_is_not_signed_in(
    demo: CommunityRow, settings: object, host: str, came_from: str
) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]  # the fixture's own type is private
    assert not is_signed_in(visited(host, REMOTE_ADDR=came_from))


def test_a_form_sent_by_a_stranger_signs_nobody_in(demo: CommunityRow) -> None:
    client = Client(HTTP_HOST=HOST)
    client.post("/yamabiko/sources/", {})
    assert not is_signed_in(client)


def test_somebody_signed_in_stays_who_they_are(demo: CommunityRow) -> None:
    other = User.objects.create(username="other")
    client = Client(HTTP_HOST=HOST)
    client.force_login(other, "django.contrib.auth.backends.ModelBackend")
    client.get("/sign-in/")
    assert client.session["_auth_user_id"] == str(other.pk)


def test_a_request_that_does_not_say_where_it_came_from_is_judged_by_its_name() -> None:
    request: HttpRequest = RequestFactory().get("/", headers={"host": HOST})
    request.user = AnonymousUser()
    del request.META["REMOTE_ADDR"]
    assert is_local(request)


def test_the_manager_of_the_command_is_found(demo: CommunityRow) -> None:
    User.objects.all().delete()
    admit(demo, "demo", passphrase=None)
    found = demo_manager()
    assert found is not None and found.username == "demo"
