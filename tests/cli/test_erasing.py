"""What a person may ask, on the command line: everything kept about them, and to be erased."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_everything_kept_is_printed(filled: Run) -> None:
    told = json.loads(filled("export-person", 1).stdout)
    assert told["person"]["name"] == "あき"
    assert [one["source"] for one in told["names"]] == ["slack"]
    assert "person,name,あき" in filled("export-person", 1, "--csv").stdout


def test_erasing_asks_first_and_is_for_good(filled: Run, export: Path) -> None:
    asked = filled("erase", 1)
    assert (asked.returncode, asked.stdout) == (0, "")
    assert "Nothing is erased yet" in asked.stderr
    assert [one["number"] for one in json.loads(filled("people", "--json").stdout)] == [2, 1]

    assert filled("erase", 1, "--yes").stderr.startswith("Erased")
    assert [one["number"] for one in json.loads(filled("people", "--json").stdout)] == [2]
    filled("import", export)
    assert [one["number"] for one in json.loads(filled("people", "--json").stdout)] == [2]
    assert filled("doctor").returncode == 0


def test_a_number_nobody_has_is_a_wrong_call(filled: Run) -> None:
    for words in (("export-person", 99), ("erase", 99, "--yes")):
        ended = filled(*words)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "There is no such person here." in ended.stderr
