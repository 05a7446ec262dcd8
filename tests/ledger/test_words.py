"""Words say the same in both languages, and every other language reads English."""

from __future__ import annotations

from datetime import date

import pytest

from jibungoto.ledger.problems import DamagedExport, ExportProblem, Problem
from jibungoto.ledger.words import LANGUAGES, Words, day_words

HELLO = Words("こんにちは、{name}さん", "Hello, {name}")


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        ("ja", "こんにちは、{name}さん"),
        ("ja-JP", "こんにちは、{name}さん"),
        ("JA", "こんにちは、{name}さん"),
        ("en", "Hello, {name}"),
        ("de", "Hello, {name}"),
        ("", "Hello, {name}"),
    ],
)
def test_a_language_code_chooses_the_text(language: str, wanted: str) -> None:
    assert HELLO.said_in(language) == wanted


def test_placeholders_are_filled_in_both_languages() -> None:
    filled = HELLO.filled(name="Aki")
    assert [filled.said_in(language) for language in LANGUAGES] == [
        "こんにちは、Akiさん",
        "Hello, Aki",
    ]


def test_words_within_words_speak_the_language_they_are_put_into() -> None:
    assert HELLO.filled(name=Words("あき", "Aki")) == Words("こんにちは、あきさん", "Hello, Aki")


def test_a_day_is_written_as_people_of_each_language_write_it() -> None:
    assert day_words(date(2026, 3, 1)) == Words("2026年3月1日", "1 March 2026")


def test_braces_in_a_value_are_kept_as_they_are() -> None:
    assert HELLO.filled(name="{x}").en == "Hello, {x}"


def test_a_placeholder_without_a_value_is_a_mistake_that_shows() -> None:
    with pytest.raises(KeyError):
        HELLO.filled(nam="Aki")


def test_a_problem_says_place_what_and_next_step_in_one_line() -> None:
    problem = DamagedExport(Words("壊", "Broken."), Words("次", "Try again."), place="a.zip")
    assert problem.said_in("en") == "a.zip: Broken. Try again."
    assert "\n" not in problem.said_in("ja")
    assert str(problem) == "a.zip: Broken."
    assert DamagedExport.__mro__[1:3] == (ExportProblem, Problem)
