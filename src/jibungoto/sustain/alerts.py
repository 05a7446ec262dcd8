"""The life of an alert: open, acknowledged, snoozed or resolved, and which of them are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from jibungoto.ledger.words import Words
from jibungoto.sustain.rules.rule import Firing, Severity, Verdict

SHOWN = 5
"""No more open alerts than this are shown at once; none is fine too."""
SNOOZE_DAYS = 60
"""Nothing is put off for longer."""


class AlertState(StrEnum):
    """What became of an alert."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"

    @property
    def words(self) -> Words:
        """The state in a word."""
        return ALERT_STATES[self]


ALERT_STATES: dict[AlertState, Words] = {
    AlertState.OPEN: Words("未対応", "open"),
    AlertState.ACKNOWLEDGED: Words("確認済み", "seen"),
    AlertState.SNOOZED: Words("あとで", "put off"),
    AlertState.RESOLVED: Words("解消", "resolved"),
}


@dataclass(frozen=True, slots=True)
class Alert:
    """One rule that fires or fired: since when, until when last, and what was said of it.

    ``evidence`` are the keys of the rows behind it when it was last looked at; ``snoozed_until``
    is the first day on which a snoozed one is open again.
    """

    rule: str
    state: AlertState
    severity: Severity
    first_seen: date
    last_seen: date
    evidence: frozenset[str] = frozenset()
    snoozed_until: date | None = None

    def acknowledged(self) -> Alert:
        """Return it as seen by a person."""
        return replace(self, state=AlertState.ACKNOWLEDGED, snoozed_until=None)

    def snoozed(self, today: date, *, days: int) -> Alert:
        """Return it put off, for a day at least and for 60 at most."""
        until = today + timedelta(days=min(max(days, 1), SNOOZE_DAYS))
        return replace(self, state=AlertState.SNOOZED, snoozed_until=until)


def moved_on(before: Alert | None, verdict: Verdict, *, rule: str, today: date) -> Alert | None:
    """Return an alert as it stands after a verdict, None where there is none.

    What cannot be told any more neither fires nor is resolved. One that comes back, gets worse or
    rests on new rows is open again, whatever was said of it before.
    """
    if verdict.firing is Firing.UNKNOWN:
        return before
    if verdict.firing is Firing.QUIET:
        if before is None or before.state is AlertState.RESOLVED:
            return before
        return replace(before, state=AlertState.RESOLVED, snoozed_until=None)
    rows = frozenset(one.key for one in verdict.evidence)
    if before is None or before.state is AlertState.RESOLVED:
        return Alert(rule, AlertState.OPEN, verdict.severity, today, today, rows)
    seen = replace(before, severity=verdict.severity, last_seen=today, evidence=rows)
    if _is_news(before, verdict, rows=rows) or _is_over(before, today):
        return replace(seen, state=AlertState.OPEN, snoozed_until=None)
    return seen


def _is_news(before: Alert, verdict: Verdict, *, rows: frozenset[str]) -> bool:
    order = list(Severity)
    return order.index(verdict.severity) < order.index(before.severity) or (
        bool(rows - before.evidence) and not _counts_doings(before.rule)
    )


def _counts_doings(rule: str) -> bool:
    """Say whether the rows behind a rule are what was done, so that more of them is no news."""
    return rule in {"I-1", "I-2", "I-6"}


def _is_over(before: Alert, today: date) -> bool:
    return (
        before.state is AlertState.SNOOZED
        and before.snoozed_until is not None
        and before.snoozed_until <= today
    )


def shown(alerts: Iterable[Alert]) -> tuple[Alert, ...]:
    """Return the open ones to show, by severity, then the oldest first, five at most."""
    order = list(Severity)
    waiting = [one for one in alerts if one.state is AlertState.OPEN]
    waiting.sort(key=lambda one: (order.index(one.severity), one.first_seen, one.rule))
    return tuple(waiting[:SHOWN])
