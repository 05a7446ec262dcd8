"""Asking: people, measures, activities, undo and the doctor, in both languages."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run, small_export
from tests.preloaded import Preloaded


def test_people_are_listed_by_name_with_stage_and_day(filled: Run) -> None:
    done = filled("people", "--search", "mio")
    assert done.stderr == (
        "export, as of 2023-11-15\nStaff not marked yet: the numbers include them.\n"
    )
    (told,) = done.stdout.splitlines()
    assert told.split() == ["2", "≥", "Attending", "2023-11-15", "Mio"]


def test_people_are_listed_in_japanese(filled: Run) -> None:
    done = filled("people", "--search", "mio", language="ja_JP.UTF-8")
    assert done.stderr == (
        "export(2023-11-15 時点)\nスタッフがまだ選ばれていません。数字にはスタッフも含まれます。\n"
    )
    assert done.stdout.split() == ["2", "≥", "参加", "2023-11-15", "Mio"]


def test_the_stage_has_its_name_in_both_languages_in_json(filled: Run) -> None:
    found = json.loads(filled("people", "--json", "--search", "mio").stdout)
    assert [one["stage_name"] for one in found] == [{"ja": "参加", "en": "Attending"}]
    assert [(one["at_least"], one["unknown"]) for one in found] == [(True, ["help"])]


def test_nobody_is_said_and_not_only_shown_as_nothing(filled: Run) -> None:
    done = filled("people", "--search", "zzz")
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1] == "Nobody matches."


@pytest.mark.parametrize("command", [["people"], ["measures"], ["activities"]], ids=" ".join)
@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        pytest.param("2019-01-01", "2019-01-01: The log begins on 2020-09-13.", id="before"),
        pytest.param("2030-01-01", "2030-01-01: The log ends on 2023-11-15.", id="after"),
    ],
)
def test_of_a_day_outside_the_log_nothing_is_said(
    filled: Run, command: list[str], day: str, wanted: str
) -> None:
    done = filled(*command, "--as-of", day)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(wanted)


def test_activities_say_what_was_done_and_where(filled: Run) -> None:
    lines = filled("activities", language="ja_JP.UTF-8").stdout.splitlines()
    assert [line.split()[2:4] for line in lines[:2]] == [["投稿", "slack:C1"]] * 2


def test_an_intake_is_listed_and_undone_once(filled: Run) -> None:
    assert filled("intakes", language="ja_JP.UTF-8").stdout.split()[:3] == [
        "1",
        "入っている",
        "slack",
    ]
    assert filled("undo", 1).stdout == "Intake 1 (export) is undone.\n"
    assert filled("undo", 1, language="ja_JP.UTF-8").returncode == 1
    assert filled("intakes").stdout.split()[1] == "undone"
    again = filled("people")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "Nothing has been brought in yet. Use jibungoto import.\n"


def test_the_doctor_finds_all_sound_and_a_missing_file(filled: Run, home: Path) -> None:
    done = filled("doctor")
    assert done.returncode == 0
    assert {line[:3] for line in done.stdout.splitlines()} == {"ok "}
    next(iter(sorted((home / "communities").glob("*/deliveries/**/*.parquet")))).unlink()
    sick = filled("doctor", "--json")
    assert sick.returncode == 1
    found = [json.loads(line) for line in sick.stdout.splitlines()]
    assert [(one["community"], one["is_sound"]) for one in found][0] == ("export", False)


def test_the_doctor_looks_at_every_community(
    run: Run, commands: Preloaded, tmp_path: Path, home: Path
) -> None:
    run("import", small_export(tmp_path / "one"))
    program = tmp_path / "begin_two.py"
    program.write_text(
        "import sys; from pathlib import Path;"
        "from jibungoto.desk.house.open import open_home; open_home(Path(sys.argv[1]));"
        "from jibungoto.desk.house.begin import Beginning, begin; begin(Beginning('two'))"
    )
    assert commands.run([str(home)], os.environ, program=str(program)).returncode == 0
    found = [json.loads(line) for line in run("doctor", "--json").stdout.splitlines()]
    assert [one["community"] for one in found] == ["one"] * 8 + ["two"] * 8
    assert run("people").returncode == 2
    assert run("people", "--community", "one").returncode == 0
