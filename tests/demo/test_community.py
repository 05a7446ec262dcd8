"""The demo community is the same every time, and as large and as lively as it says."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

import jibungoto.demo
from jibungoto.demo.community import truth, write_demo
from jibungoto.demo.rhythm import Rhythm, liveliness
from jibungoto.demo.truth import Truth
from tests.demo.conftest import LAST_DAY
from tests.demo.reading import Workspace, read


def test_the_same_day_and_seed_give_the_same_people(facts: Truth) -> None:
    assert truth(last_day=LAST_DAY) == facts


def test_another_seed_gives_other_people(facts: Truth) -> None:
    other = truth(last_day=LAST_DAY, seed=7)
    assert other.founder.user != facts.founder.user


def test_four_hundred_accounts_grew_from_forty(workspace: Workspace) -> None:
    assert len(workspace.users) == 400
    month = Rhythm.until(LAST_DAY).month(1)
    came = {
        one["user"]: date(1970, 1, 1) + timedelta(seconds=float(one["ts"]) + 9 * 3600)
        for name, one in workspace.messages
        if one.get("subtype") == "channel_join" and name == "general"
    }
    assert 36 <= sum(day < month for day in came.values()) <= 44


def test_there_are_some_thirteen_thousand_records(workspace: Workspace) -> None:
    assert 12_000 <= sum(1 for _ in workspace.messages) <= 18_000


def test_the_last_record_lies_on_the_last_days_evening(workspace: Workspace) -> None:
    last = workspace.acts[-1]
    assert last.day == LAST_DAY
    assert int(last.at + 9 * 3600) % 86_400 // 3600 == 21
    assert workspace.acts[0].day == Rhythm.until(LAST_DAY).first_day


def test_golden_week_and_the_year_end_are_quiet(workspace: Workspace) -> None:
    written = Counter(act.day for act in workspace.acts if act.kind == "message")
    usual = sum(written.values()) / Rhythm.until(LAST_DAY).length
    quiet = [day for day in written if day.weekday() < 5 and liveliness(day) < 0.6]
    assert sum(written[day] for day in quiet) / len(quiet) < 0.75 * usual


@pytest.mark.parametrize("kind", ["staff", "guests", "bots", "deleted", "never", "reacted"])
def test_every_kind_of_account_is_there(facts: Truth, kind: str) -> None:
    counts = {
        "staff": (len(facts.staff), range(4, 5)),
        "guests": (len(facts.guests), range(6, 7)),
        "bots": (len(facts.bots), range(2, 3)),
        "deleted": (len(facts.deleted), range(8, 40)),
        "never": (len(facts.never_acted), range(60, 140)),
        "reacted": (len(facts.only_reacted), range(60, 140)),
    }
    count, expected = counts[kind]
    assert count in expected


def test_staff_write_from_the_company_and_members_do_not(
    facts: Truth, workspace: Workspace
) -> None:
    mail = {one["id"]: one["profile"].get("email", "") for one in workspace.users}
    company = {user for user, address in mail.items() if address.endswith("@yamabiko.example")}
    assert company == {one.user for one in facts.staff}
    assert all(address.endswith(".example") for address in mail.values() if address)


def test_every_stage_of_the_ladder_has_people(workspace: Workspace, facts: Truth) -> None:
    today = LAST_DAY + timedelta(days=1)
    speaking: dict[str, set[date]] = {}
    helping: dict[str, set[tuple[str, str]]] = {}
    for act in workspace.acts:
        if act.kind != "reaction" and act.day >= today - timedelta(days=90):
            speaking.setdefault(act.user, set()).add(act.day)
        if act.opener not in ("", act.user) and act.kind == "reply":
            helping.setdefault(act.user, set()).add((act.root, act.opener))
    helpers = {user for user, acts in helping.items() if len({who for _, who in acts}) >= 2}
    speakers = {user for user, days in speaking.items() if len(days) >= 2} - helpers
    assert len(facts.never_acted) > 60
    assert len(speakers) > 25
    assert len(helpers) > 40
    assert len({act.user for act in workspace.acts} - helpers - speakers) > 100


@pytest.mark.parametrize(
    "last_day", [date(2028, 2, 29), pytest.param(date(2027, 1, 1), marks=pytest.mark.torture)]
)
def test_a_last_day_in_another_year_or_a_leap_year_works_too(
    tmp_path: Path, last_day: date
) -> None:
    (path,) = write_demo(tmp_path, last_day=last_day)
    assert read(path).acts[-1].day == last_day


def test_the_generator_knows_only_the_standard_library_and_no_clock() -> None:
    for module in Path(jibungoto.demo.__path__[0]).glob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                root = (node.module or "").split(".")
                assert root[0] in sys.stdlib_module_names or root[:2] == ["jibungoto", "demo"]
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("now", "today", "time", "monotonic", "getenv")
