"""P-3, P-4, P-5: plans not acknowledged, doings without objective, reports of doings alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jibungoto.ledger.words import Words
from jibungoto.sustain.facts import Facts, PlanInForce, ProgrammeRun, Runs
from jibungoto.sustain.rules import BY_KEY
from jibungoto.sustain.rules.rule import Firing
from tests.sustain.teams import NOBODY, TODAY, ago, sent

FIRES, QUIET, UNKNOWN = Firing.FIRES, Firing.QUIET, Firing.UNKNOWN


def ask(key: str, facts: Facts) -> Firing:
    return BY_KEY[key].ask(facts, TODAY).firing


@pytest.mark.parametrize("key", ["P-3", "P-4", "P-5"])
def test_what_no_room_tells_of_is_unknown(key: str) -> None:
    assert ask(key, NOBODY) is UNKNOWN


def plans(*acknowledged: int | None) -> Facts:
    told = (None if days is None else ago(days) for days in acknowledged)
    return Facts(
        plans=tuple(
            PlanInForce(f"plan-{at}", Words("計画", "Plan"), 1, day) for at, day in enumerate(told)
        )
    )


@pytest.mark.parametrize(
    ("facts", "firing"),
    [
        (plans(), FIRES),
        (plans(180), QUIET),
        (plans(181), FIRES),
        (plans(None), FIRES),
        (plans(3, 181), FIRES),
    ],
    ids=["no plan", "fresh", "stale", "never", "one of two"],
)
def test_every_plan_in_force_is_acknowledged_within_180_days(facts: Facts, firing: Firing) -> None:
    assert ask("P-3", facts) is firing


@pytest.mark.parametrize(
    ("days", "acknowledged", "firing"),
    [(0, None, QUIET), (30, None, QUIET), (31, None, FIRES), (3, 200, QUIET), (200, 3, QUIET)],
    ids=["the same day", "after 30 days", "after 31", "agreed to long before", "agreed to"],
)
def test_a_plan_new_in_force_may_wait_thirty_days(
    days: int, acknowledged: int | None, firing: Firing
) -> None:
    (plan,) = plans(acknowledged).plans or ()
    facts = Facts(plans=(replace(plan, in_force_on=ago(days)),))
    assert ask("P-3", facts) is firing


def test_until_when_it_may_wait_is_said_and_what_is_overdue_goes_before() -> None:
    waits, late = plans(None, None).plans or ()
    waits, late = replace(waits, in_force_on=ago(2)), replace(late, in_force_on=ago(99))
    told = BY_KEY["P-3"].ask(Facts(plans=(waits,)), TODAY).sentence
    assert told.en == "The plan “Plan” has until 20 December 2026 to be acknowledged."
    verdict = BY_KEY["P-3"].ask(Facts(plans=(waits, late)), TODAY)
    assert verdict.sentence.ja == "計画「計画」に合意した記録がありません。"
    assert [one.key for one in verdict.evidence] == ["plan:plan-1:1"]


def runs(*told: tuple[int, bool], known: int = 1) -> Facts:
    held = tuple(
        ProgrammeRun(ago(days), f"Night {days}", has_objective=linked) for days, linked in told
    )
    return Facts(runs=Runs(held, known_until=ago(known)))


@pytest.mark.parametrize(
    ("facts", "firing"),
    [
        (runs(), QUIET),
        (runs((1, False), (2, False)), QUIET),
        (runs((1, False), (2, False), (89, False)), FIRES),
        (runs((1, False), (2, False), (90, False)), QUIET),
        (runs((1, False), (2, False), (3, True)), QUIET),
    ],
    ids=["none", "two", "three", "one too old", "one linked"],
)
def test_three_runs_in_90_days_that_serve_no_objective_fire(facts: Facts, firing: Firing) -> None:
    assert ask("P-4", facts) is firing


@pytest.mark.parametrize(
    ("facts", "firing"),
    [
        (runs((46, False), known=45), QUIET),
        (runs((60, False), known=46), UNKNOWN),
        (runs((60, False), (61, False), (62, False), known=46), FIRES),
    ],
    ids=["events end 45 days ago", "events end 46 days ago", "three are known all the same"],
)
def test_where_the_sources_of_events_end_long_ago_few_runs_say_nothing(
    facts: Facts, firing: Firing
) -> None:
    assert ask("P-4", facts) is firing


def test_what_cannot_be_told_of_runs_says_what_is_missing() -> None:
    none = BY_KEY["P-4"].ask(NOBODY, TODAY).sentence
    assert (
        none.en
        == "No source tells of events yet, so whether runs serve an objective cannot be told."
    )
    old = BY_KEY["P-4"].ask(runs((60, False), known=46), TODAY).sentence
    assert old.ja.startswith("イベントのデータは") and "新しい書き出し" in old.ja


def test_the_last_report_to_somebody_weighty_tells_more_than_activity() -> None:
    doings = replace(sent(1, 9), activity=("posts",))
    both = replace(sent(2, 3), activity=("posts",), outcome=("power",))
    assert ask("P-5", Facts(deliveries=(doings,))) is FIRES
    assert ask("P-5", Facts(deliveries=(doings, both))) is QUIET
    assert ask("P-5", Facts(deliveries=(both, replace(doings, sent=ago(1))))) is FIRES


def test_reports_to_others_or_of_unknown_measures_say_nothing() -> None:
    light = replace(sent(1, 9, influence=1), activity=("posts",))
    assert ask("P-5", Facts(deliveries=(light, sent(2, 3)))) is UNKNOWN
