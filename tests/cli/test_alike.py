"""One person behind several names, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run, small_export


def test_names_are_listed_merged_and_parted(run: Run, tmp_path: Path) -> None:
    run("import", small_export(tmp_path / "export"))
    assert run("alike").stderr.strip() == "No names wait to be compared."
    assert json.loads(run("alike", "--json").stdout) == []

    merged = run("merge", 2, 1)
    assert (merged.returncode, merged.stderr.strip()) == (0, "Merged into あき, number 1.")
    assert [one["number"] for one in json.loads(run("people", "--json").stdout)] == [1]

    assert run("unmerge", 2).stderr.strip() == "Number 2 is a person of its own again."
    assert [one["number"] for one in json.loads(run("people", "--json").stdout)] == [2, 1]
    assert run("unmerge", 2).stderr.strip() == "Number 2 is merged with nobody."


def test_a_number_nobody_has_is_a_wrong_call(run: Run, export: Path) -> None:
    run("import", export)
    for words in (("merge", 1, 99), ("unmerge", 99)):
        ended = run(*words)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "There is no such person here." in ended.stderr
