"""What a person says of an export: understood once, and held for those that follow."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.choices import choices_of, event_meant, events_of
from jibungoto.desk.gather.queue import bring_in
from jibungoto.gather.reader import Said
from jibungoto.ledger.initiative import InitiativeKind, Mode
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.records.models import InitiativeRow
from tests.desk.gather.lists import participants, table

TOKYO = ZoneInfo("Asia/Tokyo")
BEGAN = datetime(2026, 4, 19, 19, tzinfo=TOKYO)
SECONDS = int(BEGAN.timestamp())


@pytest.fixture
def known(acting: Acting) -> Acting:
    """Return the administrator of a community that knows one event, and one called off."""
    for key, name, off in (("connpass:1", "春のサミット", False), ("connpass:2", "中止", True)):
        InitiativeRow.objects.create(
            community=acting.community,
            source="connpass",
            kind=InitiativeKind.EVENT,
            key=key,
            name=name,
            starts_at=BEGAN,
            is_cancelled=off,
        )
    return acting


@pytest.mark.parametrize(
    "written",
    ["connpass:1", "春のサミット", "yamabiko.connpass.com/event/1/", " 春のサミット "],
)
def test_a_known_event_is_meant_by_key_name_or_address(known: Acting, written: str) -> None:
    meant = event_meant(known.community, written)
    assert (meant.key, meant.starts_at) == ("connpass:1", SECONDS)


@pytest.mark.parametrize("written", ["春の会", "connpass:3", "春の会 いつか", "2026-04-19 19:00"])
def test_an_unknown_event_needs_a_name_and_a_beginning(known: Acting, written: str) -> None:
    with pytest.raises(InvalidChoice):
        event_meant(known.community, written)


def test_a_new_event_is_made_of_its_name_and_its_beginning_in_the_communitys_zone(
    known: Acting,
) -> None:
    one = event_meant(known.community, "春の会 2026-04-19 19:00")
    again = event_meant(known.community, "春の会、2026/04/19 19:00")
    assert (one.name, one.starts_at) == ("春の会", SECONDS)
    assert one.key == again.key and one.key.startswith("event:")
    assert event_meant(known.community, "connpass:3 2026-04-19 19:00").key == "connpass:3"


def test_an_event_that_was_called_off_is_none_to_choose(known: Acting) -> None:
    assert list(events_of(known.community)) == ["connpass:1"]


def test_tickets_and_columns_hold_for_later_files_and_an_event_for_its_own(
    known: Acting, tmp_path: Path
) -> None:
    said = Said("connpass:1", {"ふつう枠": Mode.ONLINE}, {"だれ": "name"})
    first = bring_in(known, participants(tmp_path), said=said)
    second = bring_in(known, table(tmp_path))
    assert choices_of(first).event is not None
    held = choices_of(second)
    assert (held.event, dict(held.modes), dict(held.columns)) == (
        None,
        {"ふつう枠": Mode.ONLINE},
        {"だれ": "name"},
    )


def test_what_is_said_later_does_not_hold_for_earlier_files(known: Acting, tmp_path: Path) -> None:
    first = bring_in(known, table(tmp_path))
    bring_in(known, table(tmp_path, "b.csv"), said=Said(columns={"だれ": "who"}))
    assert choices_of(first).columns == {}
