"""A file that asks something says exactly what to add, and is in once it is added."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

from tests.cli.conftest import Run
from tests.desk.gather.lists import participants, table


def test_an_event_that_is_not_known_is_asked_for_and_answered(run: Run, tmp_path: Path) -> None:
    path = participants(tmp_path)
    done = run("import", path, "--community", "yamabiko", "--zone", "Asia/Tokyo")
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert lines[-3:-1] == ["No event is known yet.", "Add this:"]
    command = f"  jibungoto import {path} --event 'connpass:4410 YYYY-MM-DD HH:MM'"
    assert lines[-1] == command
    added = shlex.split(command.replace("YYYY-MM-DD HH:MM", "2026-04-19 19:00"))[1:]
    assert run(*added).returncode == 0
    states = [json.loads(one) for one in run("intakes", "--json").stdout.splitlines()]
    assert [(one["state"], one["asked"]) for one in states] == [("refused", ""), ("in", "")]


def test_known_events_are_listed_the_newest_first(run: Run, tmp_path: Path) -> None:
    first, second = participants(tmp_path, 1), participants(tmp_path, 2)
    zoned = ("--community", "yamabiko", "--zone", "Asia/Tokyo")
    run("import", first, *zoned, "--event", "connpass:1 2026-04-19 19:00")
    run("import", second, "--event", "春の会 2026-05-01 10:00")
    told = run("import", participants(tmp_path, 3), language="ja_JP.UTF-8").stderr.splitlines()
    assert told[-5] == "いちばん新しいイベント:"
    assert [one.split()[1:] for one in told[-4:-2]] == [
        ["2026-05-01", "10:00", "春の会"],
        ["2026-04-19", "19:00"],
    ]


def test_columns_are_listed_with_examples_and_a_command_to_complete(
    run: Run, tmp_path: Path
) -> None:
    path = table(tmp_path)
    done = run("import", path, "--community", "yamabiko")
    assert "  だれ = nothing  (森 花, Ken)" in done.stderr
    assert done.stderr.splitlines()[-1] == (
        f"  jibungoto import {path}"
        " --column いつ来たか=when --column コメント=text --column HEADING=name"
    ).replace("いつ来たか=when", "'いつ来たか=when'").replace("コメント=text", "'コメント=text'")


def test_json_of_the_intakes_names_what_is_asked_and_the_options_to_add(
    run: Run, tmp_path: Path
) -> None:
    done = run("import", "--json", table(tmp_path), "--community", "yamabiko")
    assert [one["records"] for one in json.loads(done.stdout)["refused"]] == [0]
    assert "Add this:" in done.stderr.splitlines()
    told = json.loads(run("intakes", "--json").stdout)
    assert told["asked"] == "columns"
    assert told["add"] == [
        *("--column", "いつ来たか=when", "--column", "コメント=text", "--column", "HEADING=name")
    ]
    assert "asks you" in run("intakes").stdout
