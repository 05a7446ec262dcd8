"""A notebook's log: exports in, measures out, nothing lost, without a home."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jibungoto import Log, PersonKind
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.problems import (
    HomeBusy,
    HomeMissing,
    InvalidChoice,
    NotAnExport,
    UnknownName,
)
from jibungoto.understand.today import Reason
from tests.gather.made import folder_of, zip_of
from tests.gather.slack_made import ADMIN, AN, BO, CY, export, said, ts, user

DOCS = Path(__file__).parents[2] / "docs"
POSTS = [said(AN, 10), said(BO, 20, thread_ts=ts(10), parent_user_id=AN), said(CY, 86_400)]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "log", zone="Asia/Tokyo")


@pytest.fixture
def slack(tmp_path: Path) -> Path:
    return folder_of(export(POSTS), tmp_path / "slack")


def findings(log: Log, *keys: str) -> tuple[Finding, ...]:
    with log.answers() as answers:
        return answers.findings(*keys)


def values(log: Log, key: str) -> dict[str, float | None]:
    return {one.part: one.value for one in findings(log, key)}


def test_an_export_comes_in_and_every_record_is_accounted_for(log: Log, slack: Path) -> None:
    brought = log.bring_in(slack)
    assert (brought.number, brought.source, brought.same_as) == (1, "slack", None)
    assert brought.account.is_balanced
    assert brought.account.new == 3
    assert log.last_day == date(2023, 11, 16)
    assert set(log.names.values()) == {"an", "bo", "cy", "dm"}


def test_the_same_export_again_changes_nothing(log: Log, slack: Path) -> None:
    log.bring_in(slack)
    before = log.intakes
    again = log.bring_in(slack)
    assert (again.account.new, again.account.unchanged, again.same_as) == (0, 3, 1)
    assert log.intakes == before


def test_what_was_brought_in_is_there_in_the_next_session(log: Log, slack: Path) -> None:
    log.bring_in(slack)
    later = Log(log.folder)
    assert (later.zone, later.names, later.last_day) == (log.zone, log.names, log.last_day)
    assert findings(later, "active", "new") == findings(log, "active", "new")


def test_undoing_one_of_two_leaves_exactly_the_other(log: Log, tmp_path: Path, slack: Path) -> None:
    other = folder_of(export([said(AN, 10), said(AN, 300_000)]), tmp_path / "other")
    log.bring_in(slack)
    alone = findings(log, "active", "new", "reach_total")
    log.bring_in(other)
    assert log.last_day == date(2023, 11, 18)
    log.undo(2)
    assert findings(log, "active", "new", "reach_total") == alone


def test_staff_marked_are_no_members(log: Log, slack: Path) -> None:
    log.bring_in(slack)
    assert values(log, "active")[""] == 4
    by_name = {name: person for person, name in log.names.items()}
    log.mark(by_name["an"], PersonKind.STAFF)
    assert values(log, "active")[""] == 3
    assert values(Log(log.folder), "active")[""] == 3


def test_a_verified_address_makes_two_names_one_person(log: Log, tmp_path: Path) -> None:
    profile = {"display_name": "an", "email": "an@mori.jp"}
    people = [user(AN, profile=profile), user(BO, profile=profile), user(CY), user(ADMIN)]
    log.bring_in(folder_of(export(POSTS) | {"users.json": people}, tmp_path / "slack"))
    assert sorted(log.names.values()) == ["an", "cy", "dm"]
    assert values(log, "active")[""] == 3


def test_the_rows_behind_a_value_and_the_tables_of_the_steps_can_be_asked_for(
    log: Log, slack: Path
) -> None:
    log.bring_in(slack)
    with log.answers() as answers:
        people = {row.person for row in answers.rows_behind("active") if row.part == ""}
        assert len(people) == 4
        kinds = answers.sql("select kind, count(*) from activity group by kind order by kind")
        assert kinds.fetchall() == [("message", 2), ("reply", 1), ("start", 1)]
        assert len(answers.stages()) == 4
        assert sum(len(row.active) for row in answers.ladder().rows) == 4
        assert [one.reason for one in answers.today().chosen] == [Reason.FIRST_START]


def test_answers_of_a_day_gone_by_know_what_had_happened_then(log: Log, slack: Path) -> None:
    log.bring_in(slack)
    with log.answers(date(2023, 11, 15)) as answers:
        found = {one.part: one.value for one in answers.findings("active")}
        assert (found[""], answers.as_of) == (3, date(2023, 11, 15))
        assert {one.as_of for one in answers.findings("active")} == {date(2023, 11, 15)}


def _asking_for_a_wrong_measure(log: Log) -> object:
    with log.answers() as answers:
        return answers.findings("aktive")


def test_what_is_not_there_is_told_with_what_is(log: Log, slack: Path) -> None:
    with pytest.raises(HomeMissing, match="log yet"):
        findings(log)
    log.bring_in(slack)
    with pytest.raises(UnknownName, match="aktive"):
        _asking_for_a_wrong_measure(log)
    with pytest.raises(UnknownName, match="no intake 7"):
        log.undo(7)
    with pytest.raises(UnknownName, match="no person 70"):
        log.mark(70, PersonKind.STAFF)
    with pytest.raises(InvalidChoice, match="Asia/Tokyo"):
        Log(log.folder, zone="UTC")


def test_two_programs_do_not_overwrite_each_other(log: Log, slack: Path, tmp_path: Path) -> None:
    second = Log(log.folder)
    log.bring_in(slack)
    other = folder_of(export([said(AN, 300_000)]), tmp_path / "other")
    with pytest.raises(HomeBusy):
        second.bring_in(other)
    assert [told.name for told in Log(log.folder).intakes] == ["slack"]


def test_what_no_reader_knows_changes_nothing(log: Log, tmp_path: Path) -> None:
    with pytest.raises(NotAnExport):
        log.bring_in(zip_of({"a.txt": "hello"}, tmp_path / "a.zip"))
    assert log.intakes == ()


def test_a_damaged_file_is_told_and_left_as_it_is(log: Log) -> None:
    path = log.folder / "notebook.json"
    path.write_text(path.read_text()[:-2])
    damaged = path.read_bytes()
    with pytest.raises(NotAnExport, match=re.escape("notebook.json")):
        Log(log.folder)
    assert path.read_bytes() == damaged


def blocks(language: str) -> Iterator[str]:
    text = (DOCS / language / "how-to" / "ask-the-log-in-a-notebook.md").read_text("utf-8")
    yield from re.findall(r"```python\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_example_of_the_docs_runs_as_it_stands(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    zip_of(export(POSTS), tmp_path / "my-slack-export.zip")
    monkeypatch.chdir(tmp_path)
    exec(next(blocks(language)), {})
    shown = capsys.readouterr().out
    assert "new=3" in shown
    assert "active" in shown
    assert json.loads((tmp_path / "my-log" / "notebook.json").read_text())["zone"] == "Asia/Tokyo"
