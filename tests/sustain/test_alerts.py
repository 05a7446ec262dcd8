"""An alert opens, is seen or put off, comes back when it is news, and resolves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from jibungoto.ledger.words import Words
from jibungoto.sustain.alerts import SHOWN, Alert, AlertState, moved_on, shown
from jibungoto.sustain.facts import Trace
from jibungoto.sustain.rules.rule import Severity, Verdict, fires, quiet, unknown
from tests.sustain.teams import TODAY, ago

SAID = Words("言葉", "words")


def firing(*keys: str, severity: Severity = Severity.WARN) -> Verdict:
    return fires(SAID, severity, evidence=tuple(Trace(key, SAID) for key in keys))


def after(before: Alert | None, verdict: Verdict, *, days: int = 0, rule: str = "S-5") -> Alert:
    found = moved_on(before, verdict, rule=rule, today=TODAY + timedelta(days=days))
    assert found is not None
    return found


OPEN = after(None, firing("account:1"))


def test_what_fires_opens_an_alert_and_firing_again_keeps_its_first_day() -> None:
    assert (OPEN.state, OPEN.first_seen) == (AlertState.OPEN, TODAY)
    again = after(OPEN, firing("account:1"), days=3)
    assert (again.first_seen, again.last_seen) == (TODAY, TODAY + timedelta(days=3))
    assert after(again, firing("account:1"), days=3) == again


@pytest.mark.parametrize("verdict", [quiet(SAID), unknown(SAID)], ids=["quiet", "unknown"])
def test_what_never_fired_is_no_alert(verdict: Verdict) -> None:
    assert moved_on(None, verdict, rule="S-5", today=TODAY) is None


def test_what_is_quiet_again_is_resolved_and_what_comes_back_is_new() -> None:
    resolved = after(OPEN, quiet(SAID), days=1)
    assert resolved.state is AlertState.RESOLVED
    back = after(resolved, firing("account:1"), days=9)
    assert (back.state, back.first_seen) == (AlertState.OPEN, TODAY + timedelta(days=9))


@pytest.mark.parametrize("state", list(AlertState))
def test_what_cannot_be_told_any_more_is_neither_fired_nor_resolved(state: AlertState) -> None:
    before = replace(OPEN, state=state)
    assert after(before, unknown(SAID), days=5) == before


def test_a_seen_alert_stays_quiet_until_it_rests_on_another_row_or_gets_worse() -> None:
    seen = OPEN.acknowledged()
    assert after(seen, firing("account:1"), days=1).state is AlertState.ACKNOWLEDGED
    assert after(seen, firing("account:1", "account:2"), days=1).state is AlertState.OPEN
    worse = firing("account:1", severity=Severity.CRITICAL)
    assert after(seen, worse, days=1).state is AlertState.OPEN


def test_a_row_less_is_no_news() -> None:
    seen = after(None, firing("account:1", "account:2")).acknowledged()
    assert after(seen, firing("account:2"), days=1).state is AlertState.ACKNOWLEDGED


def test_another_talk_is_no_bad_news() -> None:
    seen = after(None, firing("contact:1"), rule="I-2").acknowledged()
    again = after(seen, firing("contact:2"), rule="I-2", days=1)
    assert again.state is AlertState.ACKNOWLEDGED


def test_what_was_put_off_comes_back_on_its_day() -> None:
    later = OPEN.snoozed(TODAY, days=14)
    assert after(later, firing("account:1"), days=13).state is AlertState.SNOOZED
    back = after(later, firing("account:1"), days=14)
    assert (back.state, back.snoozed_until) == (AlertState.OPEN, None)


@pytest.mark.parametrize(("asked", "kept"), [(1, 1), (60, 60), (61, 60), (9_999, 60), (0, 1)])
def test_nothing_is_put_off_for_more_than_sixty_days(asked: int, kept: int) -> None:
    assert OPEN.snoozed(TODAY, days=asked).snoozed_until == TODAY + timedelta(days=kept)


def test_five_are_shown_at_most_by_severity_then_age() -> None:
    alerts = [
        Alert(f"R-{days}", AlertState.OPEN, severity, ago(days), TODAY)
        for days, severity in enumerate([Severity.NOTICE, Severity.WARN] * 3 + [Severity.CRITICAL])
    ]
    found = shown([*alerts, replace(OPEN, state=AlertState.SNOOZED), OPEN.acknowledged()])
    assert len(found) == SHOWN
    assert [one.rule for one in found] == ["R-6", "R-5", "R-3", "R-1", "R-4"]


def test_silence_is_allowed() -> None:
    assert shown([]) == ()
