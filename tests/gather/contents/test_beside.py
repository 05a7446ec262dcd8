"""Files beside an export are named, and none of them counts as a record of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jibungoto.gather.batch import Batch
from jibungoto.gather.contents.beside import ANOTHERS, put_beside
from jibungoto.gather.readers.git import GitReader
from jibungoto.gather.readers.github import GitHubReader
from tests.gather.github_made import issue
from tests.gather.made import Gathered
from tests.gather.readers.test_git import plainly
from tests.gather.with_reader import read_files


def test_the_first_are_named_and_the_others_numbered() -> None:
    batch = Batch()
    put_beside(batch, ["README.md", "x/.hidden", *(f"x/{number:02}.png" for number in range(60))])
    assert [one.place for one in batch.left_out[:50]] == [f"x/{n:02}.png" for n in range(50)]
    (more,) = batch.left_out[50:]
    assert (more.place, more.reason.en.split()[0]) == ("x/50.png …", "10")
    assert (batch.read, sum(one.records for one in batch.left_out)) == (0, 0)


@pytest.mark.parametrize("name", ["git", "github"])
def test_what_a_reader_does_not_take_is_named(tmp_path: Path, name: str) -> None:
    beside = {"notes.txt": b"words", "pictures/a.png": b"?", ".gitignore": b"x"}
    found: Gathered
    if name == "git":
        log = plainly("1", "Hana").encode()
        found = read_files(GitReader(), {"log.txt": log, **beside}, tmp_path / name)
    else:
        found = read_files(GitHubReader(), {"a.json": [issue(1)], **beside}, tmp_path / name)
    named = sorted((one.place, one.reason, one.records) for one in found.left_out)
    assert named == [("notes.txt", ANOTHERS, 0), ("pictures/a.png", ANOTHERS, 0)]
    assert found.read == 1
