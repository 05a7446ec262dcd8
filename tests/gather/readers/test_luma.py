"""What the Luma reader makes of lists of guests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jibungoto.gather.events.guests import NO_NAME, NO_TIME, ODD_STATE
from jibungoto.gather.reader import Choices
from jibungoto.gather.readers.luma import LumaReader
from jibungoto.ledger.activity import AtPrecision
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import Undecided
from tests.gather.lists_made import (
    CHOSEN,
    EVENING,
    SPRING,
    is_recognised,
    only,
    read_with,
    table_of,
    told,
    written,
)
from tests.gather.made import Gathered, concealed

OLDER = (
    "api_id", "name", "first_name", "last_name", "email", "phone_number", "created_at",
    "approval_status", "checked_in_at", "custom_source", "qr_code_url", "ticket_name",
    "What brings you here?",
)  # fmt: skip
NEWER = (
    "guest_id", "name", "first_name", "last_name", "email", "phone_number", "created_at",
    "approval_status", "checked_in_at", "utm_source", "referrer", "referred_by", "qr_code_url",
    "ticket_name", "What brings you here?",
)  # fmt: skip
HANA = {
    "api_id": "gst-1",
    "guest_id": "gst-1",
    "name": "Hana Takahashi",
    "email": "Hana@example.jp",
    "created_at": "2026-04-01T03:00:00.000Z",
    "approval_status": "approved",
    "checked_in_at": "2026-04-19T09:50:00.000Z",
    "qr_code_url": "https://luma.example/check-in/evt-Spring26",
    "ticket_name": "In-person",
}
TARO = HANA | {
    "api_id": "gst-2",
    "guest_id": "gst-2",
    "name": "Taro Yamada",
    "email": "taro@example.jp",
    "checked_in_at": "",
    "referred_by": "hana@example.jp",
}


def listed(*rows: dict[str, str], headings: tuple[str, ...] = NEWER) -> str:
    return table_of(headings, *([row.get(name, "") for name in headings] for row in rows))


def read(
    tmp_path: Path, *rows: dict[str, str], headings: tuple[str, ...] = NEWER, mark: str = ""
) -> Gathered:
    path = written(tmp_path / "guests.csv", mark + listed(*rows, headings=headings))
    return read_with(LumaReader(), path, CHOSEN)


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "marked"])
@pytest.mark.parametrize("headings", [OLDER, NEWER], ids=["2025", "2026"])
def test_both_generations(tmp_path: Path, headings: tuple[str, ...], mark: str) -> None:
    found = read(tmp_path, HANA, headings=headings, mark=mark)
    assert told(found) == [
        ("attendance", "email:hana@example.jp"),
        ("registration", "email:hana@example.jp"),
    ]
    registered, attended = found.activities
    assert (registered.happened_at, registered.at_precision) == (
        1_775_012_400,
        AtPrecision.EXACT,
    )
    assert (attended.happened_at, attended.place) == (EVENING - 600, "venue")
    (hana,) = found.handles
    assert (hana.name, hana.email, hana.typed_email) == (
        "Hana Takahashi",
        None,
        "hana@example.jp",
    )


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        ("approved", [Kind.REGISTRATION]),
        ("pending", [Kind.WAITING]),
        ("pending_approval", [Kind.WAITING]),
        ("Waitlist", [Kind.WAITING]),
        ("declined", [Kind.REGISTRATION, Kind.CANCELLATION]),
        ("invited", []),
    ],
)
def test_every_status(tmp_path: Path, status: str, kinds: list[Kind]) -> None:
    found = read(tmp_path, HANA | {"approval_status": status, "checked_in_at": ""})
    assert [act.kind for act in found.activities] == kinds
    assert len(found.counted) == 1


def test_of_who_was_only_invited_no_name_is_kept(tmp_path: Path) -> None:
    found = read(tmp_path, HANA | {"approval_status": "invited", "checked_in_at": ""}, TARO)
    assert "Hana Takahashi" not in [one.name for one in found.handles]


@pytest.mark.parametrize(
    "named", ["hana@example.jp", "HANA@example.jp ", "Hana  Takahashi", "gst-1"]
)
def test_who_is_named_as_having_brought_somebody_brought_them(tmp_path: Path, named: str) -> None:
    found = read(tmp_path, HANA, TARO | {"referred_by": named})
    brought = only(found.of_kind(Kind.REFERRAL))
    assert brought.actor == concealed("email:hana@example.jp")
    assert (brought.happened_at, brought.record) == (1_775_012_400, "connpass:4410/gst-2")


def test_a_name_that_nobody_in_the_list_has_is_somebody_known_by_name(tmp_path: Path) -> None:
    found = read(tmp_path, HANA, TARO | {"referred_by": "Ken"})
    assert only(found.of_kind(Kind.REFERRAL)).actor == concealed("name:ken")
    assert found.handle("name:ken").is_name_only


def test_nobody_brings_themself_and_nobody_is_brought_who_does_not_come(tmp_path: Path) -> None:
    own = TARO | {"referred_by": "Taro Yamada"}
    invited = HANA | {"approval_status": "invited", "referred_by": "taro@example.jp"}
    assert read(tmp_path, own, invited).of_kind(Kind.REFERRAL) == []


def test_the_links_for_checking_in_say_which_event_it_is(tmp_path: Path) -> None:
    event = replace(SPRING, key="luma:evt-Spring26")
    path = written(tmp_path / "guests.csv", listed(HANA))
    found = read_with(LumaReader(), path, Choices(events={event.key: event}))
    assert {act.initiative for act in found.activities} == {event.key}
    with pytest.raises(Undecided):
        read_with(LumaReader(), path, Choices())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (HANA | {"approval_status": "perhaps"}, ODD_STATE),
        (HANA | {"name": "", "email": ""}, NO_NAME),
        (HANA | {"created_at": "01/02/2026"}, NO_TIME),
        (HANA | {"checked_in_at": "yes"}, NO_TIME),
    ],
    ids=["status", "name", "created", "check-in"],
)
def test_a_guest_in_doubt_is_refused_and_the_others_get_in(
    tmp_path: Path, row: dict[str, str], reason: object
) -> None:
    found = read(tmp_path, HANA, row, TARO)
    assert [(one.place, one.reason) for one in found.refusals] == [("guests.csv, line 3", reason)]
    assert len(found.counted) == 2


def test_the_same_list_again_gives_the_same_records(tmp_path: Path) -> None:
    once, again = read(tmp_path, HANA, TARO), read(tmp_path, TARO, HANA)
    assert {one.key: one.content for one in once.records} == {
        one.key: one.content for one in again.records
    }


def test_no_name_or_address_enters_an_activity(tmp_path: Path) -> None:
    found = read(tmp_path, HANA, TARO)
    kept = repr(found.activities) + repr(found.records)
    assert not any(word in kept.casefold() for word in ("hana", "taro", "@", "in-person"))


def test_other_lists_are_not_taken(tmp_path: Path) -> None:
    for content in ("name,email,created_at\n", "guest_id,name,email\n"):
        assert not is_recognised(LumaReader(), written(tmp_path / "x.csv", content))
