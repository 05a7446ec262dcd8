"""Every number the rules take, in one place and versioned; all are defaults."""

from __future__ import annotations

from dataclasses import dataclass

RULE_VERSION = 5
"""Raised whenever a rule or a default below changes what the same log gives."""

HOUR = 3600
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Windows in days unless the name ends in ``seconds``; the rest are counts.

    The SQL steps read them as columns of the one-row table ``params``; the plain rules as here.
    """

    copy_seconds: int = 48 * HOUR
    speak_window: int = 90
    speak_days: int = 2
    help_window: int = 180
    help_others: int = 2
    output_window: int = 180
    start_window: int = 365
    qualify_seconds: int = 30 * DAY
    qualify_others: int = 2
    own_starts: int = 2
    sustain_window: int = 365
    sustain_span: int = 90
    sustain_others: int = 2
    activated_window: int = 180
    activated_others: int = 3
    asked_window: int = 365
    asked_seconds: int = 7 * DAY
    asked_least: int = 3
    dormant_days: int = 90
    dormant_owner_days: int = 180
    evidence_cap: int = 10
    active_window: int = 28
    period: int = 28
    cohort_window: int = 90
    share_window: int = 365
    act7_seconds: int = 7 * DAY
    act30_seconds: int = 30 * DAY
    intro_seconds: int = 14 * DAY
    welcome_seconds: int = 48 * HOUR
    unanswered_seconds: int = 72 * HOUR
    sticky_window: int = 7
    stretch_days: int = 30
    survive_from_days: int = 60
    survive_days: int = 90
    event_seconds: int = 90 * DAY
    output_seconds: int = 14 * DAY
    again_seconds: int = 180 * DAY
    rest_seconds: int = 400 * DAY
    meet_seconds: int = 30 * DAY
    meet_longest_seconds: int = 31 * DAY
    edge_seconds: int = 90 * DAY
    onward_seconds: int = 90 * DAY
    widen_seconds: int = 60 * DAY
    contribute_days: int = 180
    today_after_seconds: int = 24 * HOUR
    today_until_seconds: int = 14 * DAY
    today_start_days: int = 14
    silent_window: int = 365
    silent_gaps: int = 5
    silent_days: int = 30
    silent_factor: int = 2


DEFAULTS = Thresholds()
