"""One person behind several names, on the command line."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_names_are_listed_merged_and_parted(filled: Run) -> None:
    assert filled("alike").stderr.strip() == "No names wait to be compared."
    assert json.loads(filled("alike", "--json").stdout) == []

    merged = filled("merge", 2, 1)
    assert (merged.returncode, merged.stderr.strip()) == (0, "Merged into あき, number 1.")
    assert [one["number"] for one in json.loads(filled("people", "--json").stdout)] == [1]

    assert filled("unmerge", 2).stderr.strip() == "Number 2 is a person of its own again."
    assert [one["number"] for one in json.loads(filled("people", "--json").stdout)] == [2, 1]
    assert filled("unmerge", 2).stderr.strip() == "Number 2 is merged with nobody."


def test_a_number_nobody_has_is_a_wrong_call(filled: Run) -> None:
    for words in (("merge", 1, 99), ("unmerge", 99)):
        ended = filled(*words)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "There is no such person here." in ended.stderr
