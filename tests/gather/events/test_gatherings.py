"""Events as services list them: how they take place, how long, and who opened them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jibungoto.gather.batch import Batch
from jibungoto.gather.events.attendance import UNDATED
from jibungoto.gather.events.gatherings import mode_at, seconds_in, tell
from jibungoto.ledger.activity import AtPrecision
from jibungoto.ledger.initiative import Mode
from jibungoto.ledger.kinds import Kind
from tests.gather.lists_made import EVENING, SPRING


@pytest.mark.parametrize(
    ("place", "address", "mode"),
    [
        ("やまびこ会館", "京都市下京区1-1", Mode.VENUE),
        ("サンシャイン60 45階", None, Mode.VENUE),
        ("オンライン", None, Mode.ONLINE),
        ("オンライン", "オンライン", Mode.ONLINE),
        ("Zoom", "", Mode.ONLINE),
        ("Mountain Stream Hall", None, Mode.VENUE),
        ("Online: Slack of the chapter", None, Mode.ONLINE),
        ("会場とオンライン", "京都市下京区 やまびこ会館", Mode.HYBRID),
        ("オンライン", "京都市下京区 やまびこ会館", Mode.HYBRID),
        ("会場 / YouTube 配信", None, Mode.HYBRID),
        (None, None, None),
        ("", " ", None),
    ],
)
def test_how_an_event_takes_place(place: str, address: str, mode: Mode | None) -> None:
    assert mode_at(place, address) is mode


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [("PT2H", 7_200), ("PT1H30M", 5_400), ("P1DT1S", 86_401), ("PT0S", None), ("2 hours", None)],
)
def test_how_long_an_event_takes(duration: str, seconds: int | None) -> None:
    assert seconds_in(duration) == seconds
    assert seconds_in(None) is None


def test_who_opened_an_event_started_it_not_after_when_it_is_known_to_be() -> None:
    batch = Batch()
    tell(batch, replace(SPRING, started_by="an"), opened_by=EVENING)
    (act,), (record,) = batch.activities, batch.told_records()
    assert (act.kind, act.actor, act.initiative) == (Kind.START, "an", SPRING.key)
    assert (act.happened_at, act.at_precision) == (EVENING, AtPrecision.NOT_AFTER)
    assert (record.key, record.filed_at, record.is_counted) == (SPRING.key, UNDATED, True)


def test_without_a_starter_there_is_no_start() -> None:
    batch = Batch()
    tell(batch, SPRING, opened_by=EVENING)
    assert (len(batch.activities), len(batch.records), batch.initiatives) == (0, 1, [SPRING])
