"""The how-to on adding a source is true: its reader and its tests are run as they stand there."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from jibungoto.gather.readers.csv_table import CsvReader
from jibungoto.gather.readers.feed import FeedReader
from jibungoto.gather.readers.git import GitReader
from jibungoto.gather.readers.git_log import FORM
from jibungoto.gather.readers.github import GitHubReader
from jibungoto.gather.readers.slack import SlackReader
from jibungoto.gather.shelves.export import open_export
from tests.gather.made import folder_of
from tests.gather.with_reader import check_whatever_it_is, read_with

DOCS = Path(__file__).resolve().parents[2] / "docs"
LANGUAGES = ("ja", "en")


def page(language: str) -> str:
    return (DOCS / language / "how-to" / "add-a-source.md").read_text(encoding="utf-8")


def blocks(language: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page(language), re.DOTALL | re.MULTILINE)


@pytest.fixture(params=LANGUAGES)
def lesson(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ModuleType]:
    """Return the page's reader and tests as one module, with its sample in ``book``."""
    path = tmp_path / "guest_book.py"
    path.write_text("\n".join(blocks(request.param, "python")), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("guest_book", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["guest_book"] = module
    spec.loader.exec_module(module)
    (tmp_path / "book.json").write_text(blocks(request.param, "json")[0], encoding="utf-8")
    yield module
    del sys.modules["guest_book"]


def test_the_pages_own_tests_pass(lesson: ModuleType, tmp_path: Path) -> None:
    tests: list[Callable[[Path], None]] = [
        value for name, value in vars(lesson).items() if name.startswith("test_")
    ]
    assert len(tests) == 2
    for test in tests:
        test(tmp_path / "book.json")


def test_the_pages_reader_holds_what_every_reader_holds(lesson: ModuleType, tmp_path: Path) -> None:
    reader = lesson.GuestBookReader()
    check_whatever_it_is(reader, tmp_path / "book.json")
    broken = folder_of({"a.json": b'{"guestbook": 1', "b.json": b"\xff"}, tmp_path / "broken")
    check_whatever_it_is(reader, broken)


def test_no_reader_takes_the_guest_book_for_its_own(lesson: ModuleType, tmp_path: Path) -> None:
    others = (SlackReader(), GitReader(), GitHubReader(), FeedReader(), CsvReader())
    with open_export(tmp_path / "book.json") as export:
        assert lesson.GuestBookReader().recognises(export)
        assert [one.source.key for one in others if one.recognises(export)] == []


def test_both_languages_teach_the_same_code() -> None:
    assert blocks("ja", "python") == blocks("en", "python")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_on_git_gives_the_form_that_is_read(language: str) -> None:
    text = (DOCS / language / "how-to" / "bring-in-git.md").read_text(encoding="utf-8")
    assert f'--pretty=format:"{FORM}"' in text


def test_the_table_of_the_page_on_tables_is_read(tmp_path: Path) -> None:
    for language in LANGUAGES:
        text = (DOCS / language / "how-to" / "bring-in-a-table.md").read_text(encoding="utf-8")
        (sample,) = re.findall(r"^```csv\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
        folder = folder_of({"t.csv": sample.encode()}, tmp_path / language)
        found = read_with(CsvReader(), folder)
        assert (found.refusals, found.left_out, found.repeated) == ([], [], 0)
        assert len(found.counted) == len(sample.splitlines()) - 1
