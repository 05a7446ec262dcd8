"""Who was at some events is read from few files of the log, and is what all of it says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from jibungoto.engine.attended import attendees, gathering
from jibungoto.engine.log import LogVersion
from jibungoto.engine.manifest import Manifest, Month
from jibungoto.engine.spells import FILED
from jibungoto.ledger.kinds import Kind
from jibungoto.understand.log import Log
from tests.engine.kept_logs import Kept
from tests.understand.communities import AS_OF
from tests.understand.gathered import eventful


@pytest.fixture(scope="module")
def log() -> Log:
    return eventful(3)


@pytest.fixture(scope="module")
def version(log: Log, tmp_path_factory: pytest.TempPathFactory) -> LogVersion:
    """Return the log as one file that is filed where what belongs to events is."""
    kept = Kept(tmp_path_factory.mktemp("attended")).version(log)
    (month,) = kept.manifest.months
    return LogVersion(kept.folder, Manifest(1, (), (Month(FILED, month.files),)), kept.facts)


def came(log: Log, events: set[str], *, before: date) -> set[str]:
    return {
        one.actor
        for one in log.activities
        if one.kind == Kind.ATTENDANCE
        and one.initiative in events
        and one.actor is not None
        and one.day < before
    }


def events_in(log: Log) -> set[str]:
    return {
        one.initiative
        for one in log.activities
        if one.kind == Kind.ATTENDANCE and one.initiative is not None
    }


def day_of(log: Log, key: str) -> date | None:
    at = next(one.starts_at for one in log.initiatives if one.key == key)
    return None if at is None else datetime.fromtimestamp(at, UTC).date()


def test_each_event_has_exactly_those_the_log_saw_there(log: Log, version: LogVersion) -> None:
    events = sorted(events_in(log))
    assert len(events) > 3
    for event in events:
        asked = gathering(version, [(event, day_of(log, event))], night=AS_OF)
        assert set(attendees(asked)) == came(log, {event}, before=AS_OF), event
    asked = gathering(version, [(event, None) for event in events], night=AS_OF)
    assert set(attendees(asked)) == came(log, set(events), before=AS_OF) != set()


def test_what_came_later_is_not_counted(log: Log, version: LogVersion) -> None:
    events = events_in(log)
    middle = AS_OF - timedelta(days=90)
    asked = gathering(version, [(event, None) for event in events], night=middle)
    assert set(attendees(asked)) == came(log, events, before=middle)


def test_no_event_means_nobody(version: LogVersion) -> None:
    assert attendees(gathering(version, [], night=AS_OF)) == ()


def test_an_event_of_another_month_is_looked_for_in_few_files(tmp_path: Path, log: Log) -> None:
    files = Kept(tmp_path).version(log).manifest.months[0].files
    months = tuple(Month(number, files) for number in (FILED, 202401, 202402, 202403, 202404))
    of = LogVersion(tmp_path, Manifest(1, (), months), "facts")
    near = gathering(of, [("x", date(2024, 2, 29))], night=AS_OF)
    assert len(near.paths) == 3 * len(files.activity)
    assert len(gathering(of, [("x", None)], night=AS_OF).paths) == 5 * len(files.activity)
