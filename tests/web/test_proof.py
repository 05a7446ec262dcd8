"""The rows behind a stage, each under the condition of the rule that it proves."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from jibungoto.engine.look_up import LogLine
from jibungoto.records.models import PersonRow
from jibungoto.understand.answers import Stage
from jibungoto.web.proof import Clause, Doer, clauses

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
DOER = Doer({"me"}, {"slack:maps", "slack:walks"})
A_LINE = LogLine(
    source="slack",
    key="k",
    actor="me",
    kind="message",
    happened_at=NOON,
    at_precision="exact",
    day=NOON.date(),
    place=None,
    initiative=None,
    thread=None,
    length=None,
    is_question=None,
    emoji=None,
    version=1,
)


def line(kind: str, days_ago: int, initiative: str | None = None, actor: str = "me") -> LogLine:
    at = NOON - timedelta(days=days_ago)
    return replace(
        A_LINE, kind=kind, happened_at=at, day=at.date(), initiative=initiative, actor=actor
    )


@pytest.mark.parametrize(
    ("stage", "kind", "clause"),
    [
        (Stage.ATTENDING, "reaction", Clause.SEEN),
        (Stage.SPEAKING, "message", Clause.SPOKE),
        (Stage.CONTRIBUTING, "reply", Clause.HELPED),
        (Stage.CONTRIBUTING, "article", Clause.OUTPUT),
    ],
    ids=["attending", "speaking", "helping", "publishing"],
)
def test_below_starting_a_stage_has_one_condition_or_an_output(
    stage: Stage, kind: str, clause: Clause
) -> None:
    assert clauses([line(kind, 3)], stage, doer=DOER) == [clause]


def test_owning_tells_its_four_conditions_apart() -> None:
    rows = [
        line("start", 300, "slack:maps"),
        line("message", 299, "slack:maps", actor="other"),
        line("message", 200, "slack:maps"),
        line("message", 100, "slack:maps"),
        line("reply", 150, "slack:maps"),
        line("mention", 90, "slack:help"),
        line("reply", 80, "slack:maps"),
    ]
    assert clauses(rows, Stage.OWNING, doer=DOER) == [
        Clause.STARTED,
        Clause.CAME,
        *[Clause.KEPT] * 2,
        *[Clause.ACTIVATED] * 3,
    ]


def test_what_lies_elsewhere_kept_nothing_of_theirs_alive() -> None:
    rows = [line("start", 30, "slack:walks"), line("reply", 20, "slack:help")]
    assert clauses(rows, Stage.OWNING, doer=DOER) == [Clause.STARTED, Clause.ACTIVATED]


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("en", ["Started it", "Others came, within 30 days"]),
        ("ja", ["始めたこと", "30日以内に集まった人"]),
    ],
    ids=["en", "ja"],
)
def test_a_persons_page_says_which_condition_each_row_proves(
    manager: Client, language: str, wanted: list[str]
) -> None:
    manager.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    number = PersonRow.objects.get(name="髙橋 亜紀").number
    page = manager.get(f"/yamabiko/people/{number}/").content.decode()
    assert re.findall(r'<h4 class="clause">([^<]+)</h4>', page) == wanted
    assert page.index(wanted[0]) < page.index("evidence-row-") < page.index(wanted[1])
