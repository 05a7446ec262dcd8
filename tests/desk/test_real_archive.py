"""A real archive of 1,123 events, and of nobody at them: what it tells, and why no more."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.measures import measured, rows_behind
from jibungoto.desk.understand.refresh import refresh
from jibungoto.ledger.finding import Finding
from jibungoto.records.models.people import InitiativeRow
from jibungoto.understand.reasons import ONLY_EVENTS, UNTOLD

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn

pytestmark = pytest.mark.real_inputs
ARCHIVE = "meetup-rladies"


def ended_lately(folder: Path, until: datetime) -> list[dict[str, object]]:
    """Return the archive's own records of the events that ended in the 90 days before."""
    found = []
    for path in sorted(folder.glob("raw_data/*.json")):
        for event in json.loads(path.read_bytes()):
            begins = datetime.fromisoformat(event["dateTime"])
            lasts = re.fullmatch(
                r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", event["duration"] or "P"
            )
            assert lasts is not None
            days, hours, minutes, seconds = (int(one or 0) for one in lasts.groups())
            ends = begins + timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
            if timedelta(0) < until - ends <= timedelta(days=90):
                found.append(event)
    return found


def test_an_archive_of_events_alone_is_counted_as_far_as_it_tells(
    bring_in: BringIn, acting: Acting, real_inputs: Path
) -> None:
    assert bring_in(real_inputs / ARCHIVE).read == 1_123
    held = InitiativeRow.objects.filter(community=acting.community, kind="event")
    assert (held.count(), held.filter(is_cancelled=True).count()) == (1_123, 39)
    refresh(acting.community)
    found: dict[tuple[str, str], Finding] = {
        (one.measure.key, part): finding
        for one in measured(acting)
        for part, finding in one.now.items()
    }
    night = found["events_held", ""].as_of + timedelta(days=1)
    until = datetime(night.year, night.month, night.day, tzinfo=ZoneInfo(acting.community.zone))
    events = ended_lately(real_inputs / ARCHIVE, until.astimezone(UTC))
    past = [event for event in events if not str(event["status"]).startswith("CANCELLED")]
    values = {place: one.value for place, one in found.items()}
    assert len(past) > 100
    assert (
        values["events_held", ""] == len(past) == len(rows_behind(acting, "events_held", part=""))
    )
    assert values["events_held", "cancelled"] == len(events) - len(past)
    counts = [event["rsvps"]["yesCount"] for event in past if event["rsvps"]]  # type: ignore[index]  # the archive's own JSON
    assert values["rsvps", ""] == sum(counts)
    assert found["event_gap", ""].n is not None and found["event_gap", ""].n > 500
    assert found["active", ""].reason == ONLY_EVENTS
    assert found["show", ""].reason == UNTOLD["show"]
    people = {key for key, _ in found} - {"events_held", "event_gap", "rsvps", "rsvps_per_event"}
    assert {key for key, _ in found if found[key, _].value is not None} & people == set()
