"""Isolation fires on what was noted; what nobody noted is unknown, and drawn as unknown."""

from __future__ import annotations

import pytest

from jibungoto.sustain.facts import Contact, Delivery, Facts
from jibungoto.sustain.rules import BY_KEY
from jibungoto.sustain.rules.isolation import isolation_of
from jibungoto.sustain.rules.rule import Firing, Severity, Verdict
from tests.sustain.teams import NOBODY, TODAY, sent, talk

FIRES, QUIET, UNKNOWN = Firing.FIRES, Firing.QUIET, Firing.UNKNOWN


def ask(key: str, *contacts: Contact, boss: bool = True) -> Verdict:
    facts = Facts(contacts=contacts, has_supervisor=boss)
    return BY_KEY[key].ask(facts, TODAY)


@pytest.mark.parametrize("key", ["I-1", "I-2", "I-4", "I-6"])
def test_what_nobody_noted_is_unknown(key: str) -> None:
    assert BY_KEY[key].ask(NOBODY, TODAY).firing is UNKNOWN


@pytest.mark.parametrize(
    ("days", "firing", "severity"),
    [
        (44, QUIET, Severity.NOTICE),
        (45, FIRES, Severity.WARN),
        (89, FIRES, Severity.WARN),
        (90, FIRES, Severity.CRITICAL),
    ],
)
def test_the_talk_with_the_boss_is_missed_after_45_days_and_urgently_after_90(
    days: int, firing: Firing, severity: Severity
) -> None:
    verdict = ask("I-1", talk(days, boss=True))
    assert (verdict.firing, verdict.severity) == (firing, severity)


def test_without_a_boss_named_the_talk_cannot_be_told() -> None:
    assert ask("I-1", talk(100), boss=False).firing is UNKNOWN


def test_a_boss_never_talked_to_counts_from_the_first_note() -> None:
    assert ask("I-1", talk(44)).firing is UNKNOWN
    assert ask("I-1", talk(45)).firing is FIRES


@pytest.mark.parametrize(
    ("contacts", "firing"),
    [
        ((talk(59, 1), talk(3, 2)), QUIET),
        ((talk(60, 1), talk(3, 2)), FIRES),
        ((talk(90, 1), talk(3, 2), talk(2, 2)), FIRES),
        ((talk(59, 1),), UNKNOWN),
        ((talk(90, None), talk(3, 2)), FIRES),
    ],
    ids=["two in time", "one too old", "one twice", "notes too young", "a peer is no stakeholder"],
)
def test_two_different_stakeholders_in_sixty_days_are_wanted(
    contacts: tuple[Contact, ...], firing: Firing
) -> None:
    assert ask("I-2", *contacts).firing is firing


@pytest.mark.parametrize(
    ("contacts", "firing"),
    [
        ((talk(179, None),), QUIET),
        ((talk(180, None),), FIRES),
        ((talk(179, 1),), UNKNOWN),
        ((talk(180, 1),), FIRES),
    ],
    ids=["in time", "too long ago", "never, notes too young", "never, in half a year"],
)
def test_a_peer_outside_is_wanted_in_half_a_year(
    contacts: tuple[Contact, ...], firing: Firing
) -> None:
    assert ask("I-6", *contacts).firing is firing


def unread(*deliveries: Delivery) -> Firing:
    return BY_KEY["I-4"].ask(Facts(deliveries=deliveries), TODAY).firing


def test_two_reports_nobody_opened_within_thirty_days_fire() -> None:
    assert unread(sent(1, 70), sent(2, 30)) is FIRES
    assert unread(sent(1, 70), sent(2, 29)) is UNKNOWN


def test_one_that_was_read_late_was_not_read_in_time() -> None:
    assert unread(sent(1, 90, read=31), sent(2, 60)) is FIRES
    assert unread(sent(1, 90, read=30), sent(2, 60)) is QUIET


def test_the_newest_that_was_read_settles_it() -> None:
    assert unread(sent(1, 90), sent(2, 60), sent(3, 2, read=1)) is QUIET


def test_a_brief_sent_to_several_is_read_when_one_of_them_read_it() -> None:
    first = (sent(1, 90, brief="june"), sent(2, 90, brief="june"))
    second = (sent(3, 60, brief="july"), sent(4, 60, read=3, brief="july"))
    assert unread(*first, *second) is QUIET
    assert unread(*first, sent(3, 60, brief="july"), sent(4, 60, brief="july")) is FIRES
    assert unread(*first) is UNKNOWN


def test_there_are_six_dots_and_those_nothing_is_recorded_for_are_unknown() -> None:
    told = Facts(has_supervisor=True, contacts=(talk(50, boss=True), talk(3, 2), talk(4, 3)))
    isolation = isolation_of(told, TODAY)
    assert {dot.rule: dot.firing for dot in isolation.dots} == {
        "I-1": FIRES,
        "I-2": QUIET,
        "I-3": UNKNOWN,
        "I-4": UNKNOWN,
        "I-6": UNKNOWN,
        "I-7": UNKNOWN,
    }
    assert (isolation.firing, isolation.unknown) == (1, 4)


def test_nothing_noted_is_six_times_unknown_and_never_fine() -> None:
    assert isolation_of(NOBODY, TODAY).unknown == 6
