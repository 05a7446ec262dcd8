"""A brief goes by mail once, or says why not: against a real mail server on this machine."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.address import recipient
from jibungoto.desk.explain.carry import MAY_HAVE_ARRIVED, WAITS, carry_next
from jibungoto.desk.explain.link import Opened, open_link
from jibungoto.desk.explain.send import address_to, call_off, send, take_off
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.records.models import AuditRow, BriefLinkRow, BriefRow, Channel, SendingRow
from jibungoto.site.mail import mail_settings
from tests.desk.explain.conftest import READ_AT, Authority
from tests.desk.explain.postbox import PASSWORD, USER, Postbox, Server

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db
CFO = "cfo@example.com"


class Post:
    """A running postbox, and Django told to send there."""

    def __init__(self, settings: Settings, stack: ExitStack, certificate: ssl.SSLContext) -> None:
        self.box = Postbox()
        self._settings, self._stack, self._certificate = settings, stack, certificate
        self.port = 0

    def open(self, *, password: bytes = PASSWORD, scheme: str = "smtp", tls: bool = True) -> None:
        """Start the server and name it in the settings."""
        certificate = self._certificate if tls else None
        server = Server(self.box, certificate=certificate, is_wrapped=scheme == "smtps")
        server.start()
        self._stack.callback(server.stop)
        self.tell(server.port, password=password, scheme=scheme)

    def tell(self, port: int, *, password: bytes = PASSWORD, scheme: str = "smtp") -> None:
        """Name a port of this machine as the mail server."""
        login = f"{USER.decode()}:{quote(password.decode())}"
        url = f"{scheme}://{login}@localhost:{port}"
        for name, value in mail_settings(url, "briefs@example.com", home=None).items():
            setattr(self._settings, name, value)
        self._settings.EMAIL_TIMEOUT = 2


@pytest.fixture
def post(
    settings: Settings, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Post]:
    monkeypatch.setenv("SSL_CERT_FILE", authority.written(tmp_path))
    certificate = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.ca.issue_cert("localhost").configure_cert(certificate)
    with ExitStack() as stack:
        yield Post(settings, stack, certificate)


def let_go(acting: Acting, *addresses: str, attached: str = "", language: str = "ja") -> None:
    for address in addresses or (CFO,):
        whom = recipient(
            "山口", Channel.MAIL, address=address, language=language, attached=attached
        )
        address_to(acting, 1, whom=whom)
    assert send(acting, 1, read_at=READ_AT) == len(addresses or (CFO,))


def carried() -> int:
    """Carry all that is due, and return how many tries that took."""
    tries = 0
    while carry_next():
        tries += 1
        assert tries < 20
    return tries


def later(minutes: float) -> None:
    """Let time pass for everything on its way."""
    for row in SendingRow.objects.all():
        span = timedelta(minutes=minutes)
        row.next_at = row.next_at - span if row.next_at else None
        row.taken_at = row.taken_at - span if row.taken_at else None
        row.save()


def state(address: str = CFO) -> tuple[bool, bool, str]:
    """Return whether it was sent, whether it is still on its way, and what stands against it."""
    row = SendingRow.objects.get(address=address)
    return row.sent_at is not None, row.approved_at is not None, row.problem_en


def test_a_mail_arrives_with_its_file_and_a_subject_in_japanese(
    acting: Acting, issued: BriefRow, post: Post
) -> None:
    post.open()
    let_go(acting, attached=".pptx")
    assert (carried(), carried()) == (1, 0)
    (mail,) = post.box.taken
    assert mail["Subject"].strip() == "やまびこ: 週次の3行(2026年11月15日〜2026年11月21日)"
    assert (mail["From"], mail["To"]) == ("briefs@example.com", CFO)
    body = mail.get_body(("plain",))
    assert body is not None
    assert "- 人が来ました。 [E1]" in body.get_content()
    (file,) = mail.iter_attachments()
    assert file.get_filename() == "yamabiko-weekly-2026-11-21.pptx"
    assert file.get_content().startswith(b"PK")
    assert state() == (True, True, "")


def test_the_link_in_it_opens_the_brief(acting: Acting, issued: BriefRow, post: Post) -> None:
    post.open()
    let_go(acting)
    carried()
    body = post.box.taken[0].get_body(("plain",))
    assert body is not None
    token = body.get_content().partition("/read/")[2].partition("/")[0]
    opened = open_link(token)
    assert isinstance(opened, Opened)
    assert opened.brief == issued


def test_encryption_from_the_start_is_a_setting(
    acting: Acting, issued: BriefRow, post: Post
) -> None:
    post.open(scheme="smtps")
    let_go(acting)
    carried()
    assert (len(post.box.taken), state()) == (1, (True, True, ""))


def test_a_server_without_encryption_gets_nothing(
    acting: Acting, issued: BriefRow, post: Post
) -> None:
    post.open(tls=False)
    let_go(acting)
    assert (carried(), post.box.taken) == (1, [])
    assert state() == (
        False,
        False,
        "The mail server “localhost” offers no encryption (STARTTLS). Nothing is sent in the open.",
    )


def test_a_server_with_a_strange_certificate_gets_nothing(
    acting: Acting, issued: BriefRow, post: Post, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", Authority().written(tmp_path))
    post.open()
    let_go(acting)
    carried()
    assert (post.box.taken, state()[:2]) == ([], (False, False))
    assert "certificate of the mail server “localhost” cannot be trusted" in state()[2]


def test_a_refused_login_says_so_and_waits_for_a_person(
    acting: Acting, issued: BriefRow, post: Post
) -> None:
    post.open(password=b"wrong")
    let_go(acting)
    assert carried() == 1
    assert state()[:2] == (False, False)
    assert state()[2].startswith("The mail server “localhost” refused our login (535")
    row = SendingRow.objects.get()
    assert row.problem_ja.startswith("メールサーバー「localhost」がログインを受け付けません")


def test_a_server_that_is_down_is_tried_again_and_given_up_at_last(
    acting: Acting, issued: BriefRow, post: Post
) -> None:
    post.tell(1)  # nobody listens there
    let_go(acting)
    for wait in WAITS:
        assert (carried(), carried(), state()[1]) == (1, 0, True)
        later(wait.total_seconds() / 60 + 1)
    assert (carried(), carried()) == (1, 0)
    sent, is_going, why = state()
    assert (sent, is_going) == (False, False)
    assert "“localhost” was not reached" in why
    assert why.endswith("It was tried 5 times. Mend that, then send it once more.")
    assert BriefLinkRow.objects.count() == 0


def test_what_waited_for_the_server_goes_once_it_is_back(
    acting: Acting, issued: BriefRow, post: Post
) -> None:
    post.tell(1)
    let_go(acting, CFO, "boss@example.com", "legal@example.com")
    assert carried() == 1  # the others would fail alike and are spared the wait
    assert SendingRow.objects.filter(next_at=None).count() == 0
    post.open()
    later(2)
    assert carried() == 3
    assert sorted(mail["To"] for mail in post.box.taken) == [
        "boss@example.com",
        CFO,
        "legal@example.com",
    ]


def test_one_refused_mailbox_stops_no_other(acting: Acting, issued: BriefRow, post: Post) -> None:
    post.open()
    post.box.to_mailbox = {"gone@example.com": "550 5.1.1 No such mailbox"}
    let_go(acting, "gone@example.com", CFO)
    assert carried() == 2
    assert [mail["To"] for mail in post.box.taken] == [CFO]
    assert (state()[0], state("gone@example.com")) == (
        True,
        (
            False,
            False,
            "The mailbox “gone@example.com” was refused (550 5.1.1 No such mailbox). "
            "Check the address.",
        ),
    )
    assert carried() == 0


@pytest.mark.parametrize("step", ["mailbox", "content"])
def test_what_is_refused_for_now_is_tried_again_and_arrives_once(
    acting: Acting, issued: BriefRow, post: Post, step: str
) -> None:
    post.open()
    if step == "mailbox":
        post.box.to_mailbox = {CFO: "451 4.7.1 Greylisted, come back"}
    else:
        post.box.to_content = ["452 4.3.1 No room just now"]
    let_go(acting)
    assert (carried(), state()[:2]) == (1, (False, True))
    post.box.to_mailbox = {}
    later(2)
    assert (carried(), carried(), len(post.box.taken)) == (1, 0, 1)
    assert state() == (True, True, "")


def test_a_mail_nobody_may_send_says_what_the_server_said(
    acting: Acting, issued: BriefRow, post: Post
) -> None:
    post.open()
    post.box.to_sender = "553 5.7.1 Not yours\x07 to use"
    let_go(acting)
    carried()
    assert state()[2] == (
        "The mail server refused the sender “briefs@example.com” (553 5.7.1 Not yours to use). "
        "Check JIBUNGOTO_MAIL_FROM."
    )


@pytest.mark.parametrize("how", ["breaks off", "stays silent"])
def test_a_mail_that_may_have_arrived_is_not_sent_again_by_itself(
    acting: Acting, issued: BriefRow, post: Post, how: str
) -> None:
    post.open()
    post.box.breaks_after_content = how == "breaks off"
    post.box.silent_for = 3.0 if how == "stays silent" else 0.0
    let_go(acting)
    assert carried() == 1
    later(600)
    assert carried() == 0
    assert state() == (False, False, MAY_HAVE_ARRIVED.en)
    assert BriefLinkRow.objects.count() == 1  # its reader may hold it


def test_sent_once_more_by_a_person_it_carries_another_link(
    acting: Acting, issued: BriefRow, post: Post
) -> None:
    post.open()
    post.box.breaks_after_content = True
    let_go(acting)
    carried()
    post.box.breaks_after_content = False
    assert send(acting, 1, read_at=READ_AT) == 1
    carried()
    first, second = post.box.taken
    assert (state()[0], first["Message-ID"] == second["Message-ID"]) == (True, False)


def test_every_try_of_one_mail_has_one_id(acting: Acting, issued: BriefRow, post: Post) -> None:
    post.open()
    post.box.to_content = ["451 later", "250 OK"]
    let_go(acting)
    carried()
    row = SendingRow.objects.get()
    first = row.link_id
    later(2)
    carried()
    row.refresh_from_db()
    assert (row.link_id, BriefLinkRow.objects.count()) == (first, 1)
    assert (len(post.box.seen), len(set(post.box.seen))) == (2, 1)
    assert post.box.seen[0].startswith("<brief-1-")


def test_a_worker_that_died_before_handing_over_loses_nothing(
    acting: Acting, issued: BriefRow, post: Post
) -> None:
    post.open()
    let_go(acting)
    SendingRow.objects.update(taken_at=timezone.now(), tries=1)
    assert carried() == 0  # somebody may still be at it
    later(3)
    assert (carried(), len(post.box.taken), state()[0]) == (1, 1, True)


def test_a_worker_that_died_while_handing_over_leaves_it_to_a_person(
    acting: Acting, issued: BriefRow, post: Post
) -> None:
    post.open()
    let_go(acting)
    SendingRow.objects.update(taken_at=timezone.now(), handed_at=timezone.now(), tries=1)
    later(3)
    assert (carried(), post.box.taken) == (0, [])
    assert state() == (False, False, MAY_HAVE_ARRIVED.en)


def test_what_two_workers_take_at_once_goes_once(
    acting: Acting, issued: BriefRow, post: Post
) -> None:
    post.open()
    let_go(acting)
    let_it_go_again = send(acting, 1, read_at=READ_AT)
    assert (let_it_go_again, carried(), len(post.box.taken)) == (0, 1, 1)
    assert AuditRow.objects.filter(verb="send_brief").count() == 1


def test_what_is_called_off_does_not_go(acting: Acting, issued: BriefRow, post: Post) -> None:
    post.open()
    let_go(acting)
    with pytest.raises(UnknownName):
        take_off(acting, SendingRow.objects.get().pk)  # it is on its way
    assert (call_off(acting, 1), call_off(acting, 1), carried()) == (1, 0, 0)
    take_off(acting, SendingRow.objects.get().pk)
    assert (post.box.taken, SendingRow.objects.count()) == ([], 0)


def test_a_draft_goes_nowhere(acting: Acting, issued: BriefRow, post: Post) -> None:
    post.open()
    BriefRow.objects.update(state="draft")
    address_to(acting, 1, whom=recipient("A", Channel.MAIL, address=CFO, language="en"))
    with pytest.raises(InvalidChoice) as told:
        send(acting, 1, read_at=READ_AT)
    assert told.value.what.en == "This brief is not issued yet."
    assert carried() == 0
