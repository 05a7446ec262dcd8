"""P-1, S-1 and S-5 on the team alone, at their thresholds, and unknown where nothing is told."""

from __future__ import annotations

import pytest

from jibungoto.sustain.facts import Facts
from jibungoto.sustain.rules import BY_KEY
from jibungoto.sustain.rules.rule import Firing, Severity, Verdict
from jibungoto.sustain.team import Cover, Part, Team
from tests.sustain.teams import MIO, NOBODY, TODAY, WHOLE, account, ago, without


def ask(key: str, facts: Facts) -> Verdict:
    return BY_KEY[key].ask(facts, TODAY)


def ended(team: Team, *endings: tuple[str, int]) -> Facts:
    """Return facts of a team whose cover of some abilities ended so many days ago."""
    kept = without(team, *(key for key, _days in endings))
    past = [Cover(key, 1, Part.HOLDS, 20, ago(300), until=ago(days)) for key, days in endings]
    return Facts(team=Team(kept.members, (*kept.covers, *past)))


@pytest.mark.parametrize("key", ["P-1", "S-1", "S-5"])
def test_without_a_team_nothing_can_be_told(key: str) -> None:
    assert ask(key, NOBODY).firing is Firing.UNKNOWN


def test_a_whole_team_is_no_pitfall() -> None:
    assert ask("P-1", Facts(team=WHOLE)).firing is Firing.QUIET


@pytest.mark.parametrize(
    ("endings", "firing", "severity"),
    [
        ([("c1", 29)], Firing.QUIET, Severity.NOTICE),
        ([("c1", 30)], Firing.FIRES, Severity.WARN),
        ([("c1", 30), ("c2", 30)], Firing.FIRES, Severity.WARN),
        ([("b1", 30), ("c2", 30)], Firing.FIRES, Severity.CRITICAL),
        ([("b1", 30), ("c2", 29)], Firing.FIRES, Severity.WARN),
        ([("a1", 90)], Firing.QUIET, Severity.NOTICE),
    ],
    ids=["a day short", "on the day", "both of c", "one of each", "c too fresh", "a is held"],
)
def test_the_pitfall_opens_after_thirty_days(
    endings: list[tuple[str, int]], firing: Firing, severity: Severity
) -> None:
    verdict = ask("P-1", ended(WHOLE, *endings))
    assert (verdict.firing, verdict.severity) == (firing, severity)


def test_a_gap_that_is_young_says_in_how_many_days_it_counts() -> None:
    verdict = ask("P-1", ended(WHOLE, ("c1", 12)))
    assert verdict.sentence.en == "Not covered: Explain. Days until this is an alert: 18."


def test_the_evidence_of_the_pitfall_is_each_uncovered_ability() -> None:
    verdict = ask("P-1", ended(WHOLE, ("b1", 40), ("c2", 50)))
    assert [one.key for one in verdict.evidence] == ["ability:b1", "ability:c2"]


def test_a_deputy_is_asked_for_by_name() -> None:
    assert ask("S-1", Facts(team=Team((MIO,)))).fires
    assert ask("S-1", Facts(team=WHOLE)).sentence.en == "Deputy: Riku."


@pytest.mark.parametrize(
    ("accounts", "firing"),
    [
        ([("Mio",)], Firing.FIRES),
        ([("Mio", "Riku"), ("Mio",)], Firing.FIRES),
        ([("Mio", "Mio")], Firing.FIRES),
        ([("Mio", "Riku")], Firing.QUIET),
        ([("Mio", "Riku"), ()], Firing.UNKNOWN),
    ],
    ids=["one", "one of two", "twice the same", "two each", "nobody named"],
)
def test_a_single_key_is_one_administrator(accounts: list[tuple[str, ...]], firing: Firing) -> None:
    listed = tuple(account(number, *admins) for number, admins in enumerate(accounts))
    assert ask("S-5", Facts(accounts=listed)).firing is firing


def test_the_evidence_of_a_single_key_names_the_account_and_its_holder() -> None:
    verdict = ask("S-5", Facts(accounts=(account(7, "Mio"), account(8, "Mio", "Riku"))))
    assert [(one.key, one.words.en) for one in verdict.evidence] == [
        ("account:7", "account 7: Mio")
    ]
