"""A webhook is signed as the standard says, and never reaches inside of this network."""

from __future__ import annotations

import base64

import pytest

from jibungoto.desk.explain.address import recipient
from jibungoto.desk.explain.arrival import NotArrived
from jibungoto.desk.explain.webhook import (
    Message,
    is_outside,
    outside,
    post,
    secret_of,
    signature,
    told_secret,
)
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.records.models import Channel

INSIDE = [
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::7f00:1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_of_this_network_are_no_place_to_send_to(address: str) -> None:
    assert not is_outside(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_of_the_public_web_are(address: str) -> None:
    assert is_outside(address)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "0x7f000001", "[::1]".strip("[]")])
def test_a_name_that_leads_inside_is_refused(host: str) -> None:
    told = outside(host)
    assert isinstance(told, NotArrived)
    assert "leads inside of this network" in told.why.en


def test_nothing_is_posted_to_this_machine() -> None:
    told = post("https://localhost/hook", Message("m", 1, {}), secret=b"s")
    assert told is not None
    assert told.why.en.startswith(
        "“localhost” leads inside of this network; nothing is sent there."
    )


def test_the_signature_is_that_of_the_standard() -> None:
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    message = Message("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, {})
    told = signature(message, b'{"test": 2432232314}', secret=secret)
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_community_signs_with_a_secret_of_its_own() -> None:
    assert secret_of("one") != secret_of("two")
    assert base64.b64decode(told_secret(secret_of("one")).removeprefix("whsec_")) == secret_of(
        "one"
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/hook",
        "https://user:word@example.com/",
        "https://example.com:8443/",
        "https:///nowhere",
        "https://example.com/a b",
        "https://例え.jp/",
        "https://example.com/\r\nX: y",
        "ftp://example.com",
        "https://[broken",
        "https://127.0.0.1/hook",
        "https://127.0.0.1./hook",
        "https://127.1/hook",
        "https://0x7f000001/hook",
        "https://2130706433/hook",
        "https://localhost./hook",
        "https://[::7f00:1]/",
        "https://localhost/hook",
        "https://printer.local/",
        "",
    ],
)
def test_what_is_no_address_of_a_webhook_is_said(address: str) -> None:
    with pytest.raises(InvalidChoice):
        recipient("Somebody", Channel.WEBHOOK, address=address, language="ja")


@pytest.mark.parametrize("address", ["nobody", "a@b", "a@example.com\nBcc: x@example.com", ""])
def test_what_is_no_mail_address_is_said(address: str) -> None:
    with pytest.raises(InvalidChoice):
        recipient("Somebody", Channel.MAIL, address=address, language="ja")


def test_a_file_that_a_webhook_would_drop_is_refused() -> None:
    address, told = "https://hooks.example.com/1", Channel.WEBHOOK
    with pytest.raises(InvalidChoice) as refused:
        recipient("Somebody", told, address=address, language="ja", attached=".pdf")
    assert refused.value.what.en == "A webhook takes no file along."
    assert recipient("Somebody", told, address=address, language="ja").attached == ""


def test_another_way_of_sending_is_refused() -> None:
    with pytest.raises(InvalidChoice):
        recipient("Somebody", "pigeon", address="a@example.com", language="ja")
