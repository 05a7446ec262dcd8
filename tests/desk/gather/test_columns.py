"""What columns mean: shown with examples from the file, and only said where it fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.columns import MEANINGS, columns_said, columns_shown
from jibungoto.gather.readers.csv_headings import Meaning
from jibungoto.ledger.problems import InvalidChoice
from tests.desk.conftest import BringIn
from tests.desk.gather.lists import table


def test_every_meaning_has_its_words() -> None:
    assert set(MEANINGS) == set(Meaning)


def test_columns_are_shown_with_examples_and_a_suggestion(
    acting: Acting, bring_in: BringIn, tmp_path: Path
) -> None:
    intake = bring_in(table(tmp_path))
    assert [(one.heading, one.examples, one.meaning) for one in columns_shown(intake)] == [
        ("開始", ("x", "y"), Meaning.NOTHING),
        ("いつ来たか", ("2026-04-19 19:00", "2026-04-19 19:05"), Meaning.WHEN),
        ("だれ", ("森 花", "Ken"), Meaning.NOTHING),
        ("コメント", ("たのしい",), Meaning.TEXT),
    ]


def test_of_a_file_that_is_gone_only_what_was_read_is_known(
    acting: Acting, bring_in: BringIn, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("日時,名前\n2026-04-19 19:00,Ken\n", encoding="utf-8")
    intake = bring_in(path)
    path.unlink()
    assert [(one.heading, one.examples, one.meaning) for one in columns_shown(intake)] == [
        ("日時", (), Meaning.WHEN),
        ("名前", (), Meaning.NAME),
    ]


def test_examples_are_few_different_and_short(
    acting: Acting, bring_in: BringIn, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    lines = [f"2026-04-{day:02},Ken,{'長' * 90}{day}" for day in range(1, 9)]
    path.write_text("\n".join(["日時,名前,本文", *lines]), encoding="utf-8")
    when, name, text = columns_shown(bring_in(path))
    assert when.examples == ("2026-04-01", "2026-04-02", "2026-04-03")
    assert name.examples == ("Ken",)
    assert text.examples == (f"{'長' * 60}…",)


def test_only_what_says_something_is_said() -> None:
    said = columns_said(
        ["a", "b", "c", "d"],
        ["when", "name", "nothing", "nothing"],
        was=["when", "nothing", "nothing", "text"],
    )
    assert said == {"a": "when", "b": "name", "d": "nothing"}


@pytest.mark.parametrize(
    "meanings",
    [["when", "nothing"], ["name", "nothing"], ["nothing", "nothing"], ["when", "when"]],
    ids=" ".join,
)
def test_a_time_and_a_person_are_needed_and_each_meaning_once(meanings: list[str]) -> None:
    with pytest.raises(InvalidChoice):
        columns_said(["a", "b"], meanings, was=["nothing", "nothing"])
