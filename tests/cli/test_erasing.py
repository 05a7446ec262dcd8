"""What a person may ask, on the command line: everything kept about them, and to be erased."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run, small_export


def test_everything_kept_is_printed(run: Run, tmp_path: Path) -> None:
    run("import", small_export(tmp_path / "export"))
    told = json.loads(run("export-person", 1).stdout)
    assert told["person"]["name"] == "あき"
    assert [one["source"] for one in told["names"]] == ["slack"]
    assert "person,name,あき" in run("export-person", 1, "--csv").stdout


def test_erasing_asks_first_and_is_for_good(run: Run, tmp_path: Path) -> None:
    export = small_export(tmp_path / "export")
    run("import", export)
    asked = run("erase", 1)
    assert (asked.returncode, asked.stdout) == (0, "")
    assert "Nothing is erased yet" in asked.stderr
    assert [one["number"] for one in json.loads(run("people", "--json").stdout)] == [2, 1]

    assert run("erase", 1, "--yes").stderr.startswith("Erased")
    assert [one["number"] for one in json.loads(run("people", "--json").stdout)] == [2]
    run("import", export)
    assert [one["number"] for one in json.loads(run("people", "--json").stdout)] == [2]
    assert run("doctor").returncode == 0


def test_a_number_nobody_has_is_a_wrong_call(run: Run, export: Path) -> None:
    run("import", export)
    for words in (("export-person", 99), ("erase", 99, "--yes")):
        ended = run(*words)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "There is no such person here." in ended.stderr
