"""A brief goes by webhook to a real receiver on this machine, signed, retried, never inside."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain import webhook
from jibungoto.desk.explain.address import recipient
from jibungoto.desk.explain.carry import WAITS, carry_next
from jibungoto.desk.explain.link import Opened, open_link
from jibungoto.desk.explain.send import address_to, send
from jibungoto.desk.explain.webhook import (
    PUBLIC,
    Message,
    Network,
    is_outside,
    post,
    secret_of,
    told_secret,
)
from jibungoto.records.models import BriefLinkRow, BriefRow, Channel, SendingRow
from tests.desk.explain.conftest import READ_AT, Authority
from tests.desk.explain.hook import HOST, Receiver, answer_of, served, verified
from tests.house.tree import PACKAGE

pytestmark = pytest.mark.django_db
ADDRESS = f"https://{HOST}/in?room=briefs"
LOOPBACK = "127.0.0.1"


@pytest.fixture
def receiver(authority: Authority) -> Iterator[Receiver]:
    certificate = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.ca.issue_cert(HOST).configure_cert(certificate)
    found = Receiver()
    server = served(found, certificate)
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def network(receiver: Receiver, authority: Authority) -> Network:
    """Return a network that reaches the receiver and nothing else of this machine."""

    def trusting() -> ssl.SSLContext:
        return ssl.create_default_context(cadata=authority.ca.cert_pem.bytes().decode())

    def resolve(host: str, port: int) -> list[tuple[Any, ...]]:
        return answer_of(*([LOOPBACK] if host == HOST else []), port=port)

    return Network(
        port=receiver.port,
        resolve=resolve,
        lets=lambda address: address == LOOPBACK or is_outside(address),
        context=trusting,
    )


@pytest.fixture
def going(acting: Acting, issued: BriefRow) -> SendingRow:
    """Return a sending that a person let go."""
    whom = recipient("Slack", Channel.WEBHOOK, address=ADDRESS, language="en")
    row = address_to(acting, 1, whom=whom)
    send(acting, 1, read_at=READ_AT)
    return row


def carried(network: Network) -> int:
    tries = 0
    while carry_next(network):
        tries += 1
        assert tries < 20
    return tries


def later(wait: timedelta) -> None:
    row = SendingRow.objects.get()
    row.next_at = row.next_at - wait if row.next_at else None
    row.taken_at = row.taken_at - wait if row.taken_at else None
    row.save()


def state() -> tuple[bool, bool, str]:
    row = SendingRow.objects.get()
    return row.sent_at is not None, row.approved_at is not None, row.problem_en


def test_the_receiver_can_verify_what_it_gets(
    acting: Acting, going: SendingRow, receiver: Receiver, network: Network
) -> None:
    assert carried(network) == 1
    (got,) = receiver.got
    secret = told_secret(secret_of(acting.community.key))
    assert (got.path, verified(got, secret), state()) == ("/in?room=briefs", True, (True, True, ""))
    told = json.loads(got.body)
    assert (told["type"], told["data"]["as_of"]) == ("brief.issued", "2026-11-21")
    token = told["data"]["link"].partition("/read/")[2].strip("/")
    assert isinstance(open_link(token), Opened)


def test_what_was_changed_on_the_way_or_is_played_again_later_does_not_pass(
    acting: Acting, going: SendingRow, receiver: Receiver, network: Network
) -> None:
    carried(network)
    (got,) = receiver.got
    secret = told_secret(secret_of(acting.community.key))
    changed = type(got)(got.path, got.headers, got.body.replace(b"2026-11-21", b"2026-11-28"))
    assert not verified(changed, secret)
    assert not verified(got, told_secret(secret_of("another community")))
    assert not verified(got, secret, now=time.time() + 3_600)


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_what_was_taken_goes_once(
    going: SendingRow, receiver: Receiver, network: Network, status: int
) -> None:
    receiver.answers = [status]
    assert (carried(network), carried(network), len(receiver.got)) == (1, 0, 1)
    assert state()[0]


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_what_may_pass_is_tried_again_under_the_same_id(
    acting: Acting, going: SendingRow, receiver: Receiver, network: Network, status: int
) -> None:
    receiver.answers = [status]
    assert (carried(network), carried(network), state()[:2]) == (1, 0, (False, True))
    assert f"answered with status {status}" in state()[2]
    later(WAITS[0])
    assert (carried(network), state()) == (1, (True, True, ""))
    ids = {got.headers["webhook-id"] for got in receiver.got}
    links = {json.loads(got.body)["data"]["link"] for got in receiver.got}
    secret = told_secret(secret_of(acting.community.key))
    assert (len(receiver.got), len(ids), len(links)) == (2, 1, 1)
    assert all(verified(got, secret) for got in receiver.got)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 422])
def test_what_is_refused_for_good_waits_for_a_person(
    going: SendingRow, receiver: Receiver, network: Network, status: int
) -> None:
    receiver.answers = [status]
    assert carried(network) == 1
    assert state() == (
        False,
        False,
        f"“{HOST}” answered with status {status}. Check the address and the receiver's settings.",
    )


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(
    going: SendingRow, receiver: Receiver, network: Network, status: int
) -> None:
    receiver.answers = [status]
    assert carried(network) == 1
    assert state() == (
        False,
        False,
        f"“{HOST}” answered that it moved ({status}). Nothing is sent there: write the new "
        "address.",
    )
    assert [got.path for got in receiver.got] == ["/in?room=briefs"]


def test_a_receiver_that_never_answers_is_given_up(
    going: SendingRow, receiver: Receiver, network: Network
) -> None:
    receiver.answers = [503] * 9
    for wait in WAITS:
        assert (carried(network), state()[1]) == (1, True)
        later(wait)
    assert (carried(network), carried(network)) == (1, 0)
    assert state()[:2] == (False, False)
    assert state()[2].endswith("It was tried 5 times. Mend that, then send it once more.")


def test_a_slow_answer_is_given_up_in_time(
    going: SendingRow, receiver: Receiver, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "SECONDS", 0.5)
    receiver.silent_for = 3
    began = time.monotonic()
    assert carried(network) == 1
    assert time.monotonic() - began < 2.5
    assert state()[:2] == (False, True)
    assert "did not answer (TimeoutError). It may have arrived all the same." in state()[2]


def test_an_answer_that_drips_is_cut_off(
    going: SendingRow, receiver: Receiver, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "ALTOGETHER", 1)
    receiver.drips = True
    began = time.monotonic()
    assert carried(network) == 1
    assert time.monotonic() - began < 10
    assert state()[:2] == (False, True)


def test_of_a_huge_or_endless_answer_nothing_is_read(
    going: SendingRow, receiver: Receiver, network: Network
) -> None:
    sent: list[int] = []

    def endless(out: Any) -> None:
        for _ in range(10_000):
            sent.append(out.write(b"x" * 65_536))

    receiver.body = endless
    began = time.monotonic()
    assert (carried(network), state()[0]) == (1, True)
    assert time.monotonic() - began < 8
    assert sum(sent) < 50_000_000


def test_a_receiver_with_a_strange_certificate_gets_nothing(
    going: SendingRow, receiver: Receiver, network: Network, tmp_path: Path
) -> None:
    strange = Network(network.port, network.resolve, network.lets)
    assert carried(strange) == 1
    assert (receiver.got, state()[:2]) == ([], (False, True))
    assert "(SSLCertVerificationError)" in state()[2]
    assert BriefLinkRow.objects.count() == 1


def test_a_name_is_asked_for_once_and_gone_to_as_it_was_checked(
    receiver: Receiver, network: Network
) -> None:
    """A name server that answers differently the second time leads nowhere else."""
    answers = [[LOOPBACK], ["127.0.0.2"]]

    def turning(host: str, port: int) -> list[tuple[Any, ...]]:
        return answer_of(*answers.pop(0), port=port)

    told = Network(network.port, turning, network.lets, network.context)
    assert post(ADDRESS, Message("m", 1, {}), secret=b"s", network=told) is None
    assert (len(answers), len(receiver.got)) == (1, 1)


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "192.168.0.1"])
def test_a_public_name_that_leads_inside_is_refused_by_the_product(
    receiver: Receiver, inside: str
) -> None:
    def leads(host: str, port: int) -> list[tuple[Any, ...]]:
        return answer_of("93.184.216.34", inside, port=port)

    told = post(ADDRESS, Message("m", 1, {}), secret=b"s", network=Network(resolve=leads))
    assert told is not None
    assert (told.may_pass, "leads inside of this network" in told.why.en) == (False, True)
    assert receiver.got == []


def test_the_product_knows_no_other_network_than_the_public_one() -> None:
    made = [
        (file.relative_to(PACKAGE).as_posix(), line.strip())
        for file in sorted(PACKAGE.rglob("*.py"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if "Network(" in line and "ip_network(" not in line
    ]
    assert made == [("desk/explain/webhook.py", "PUBLIC = Network()")]
    assert (PUBLIC.port, PUBLIC.lets) == (443, is_outside)
