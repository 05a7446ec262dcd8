"""What the Git reader makes of histories: whose commits they are, and what is none."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jibungoto.gather.reader import Choices
from jibungoto.gather.readers.git import GitReader
from jibungoto.gather.readers.git_log import FORM, NOT_A_COMMIT
from jibungoto.ledger.activity import AtPrecision
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import DamagedExport
from tests.gather.made import Gathered, concealed, folder_of, zip_of
from tests.gather.with_reader import (
    check,
    check_whatever_it_is,
    keys_of,
    read_files,
    read_with,
    recognised_by,
)

READER = GitReader()
HANA, KEN = "hana@mail.example.io", "ken@mail.example.io"
BEGAN = 1_700_000_000
A, B, C, D = ("a" * 40, "b" * 40, "c" * 40, "d" * 40)


def git(folder: Path, *asked: str, at: int = BEGAN, who: tuple[str, str] = ("Hana", HANA)) -> str:
    """Run git with nothing of this machine's settings."""
    told = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": who[0],
        "GIT_AUTHOR_EMAIL": who[1],
        "GIT_AUTHOR_DATE": f"{at} +0900",
        "GIT_COMMITTER_NAME": "Merger",
        "GIT_COMMITTER_EMAIL": "merger@mail.example.io",
        "GIT_COMMITTER_DATE": f"{at + 60} +0900",
        "HOME": str(folder),
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(
        ["git", *asked], cwd=folder, env=told, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


def commit(folder: Path, message: str, *, at: int, who: tuple[str, str] = ("Hana", HANA)) -> str:
    git(folder, "commit", "--allow-empty", "-q", "-m", message, at=at, who=who)
    return git(folder, "rev-parse", "HEAD").strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository: a root, a commit of two, a merge, and one of a bot."""
    folder = tmp_path / "garden"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "Begin", at=BEGAN)
    git(folder, "checkout", "-q", "-b", "side")
    together = (
        "Sow\n\nCo-authored-by: Hana <HANA@mail.example.io>\nCo-authored-by: Mio <mio@x.test>"
    )
    commit(folder, together, at=BEGAN + 1000, who=("Ken", KEN))
    git(folder, "checkout", "-q", "main")
    commit(folder, "Water", at=BEGAN + 2000, who=("bot[bot]", "1+bot[bot]@users.noreply.x.io"))
    git(folder, "merge", "-q", "--no-ff", "-m", "Merge side", "side", at=BEGAN + 3000)
    return folder


def names(found: Gathered, kind: Kind = Kind.COMMIT) -> list[tuple[str, int]]:
    known = {handle.actor: handle.name for handle in found.handles}
    return sorted((known[a.actor or ""], a.happened_at - BEGAN) for a in found.of_kind(kind))


def line(key: str, parents: str = "", *, at: object = BEGAN, more: str = "") -> str:
    fields = (key, parents, str(at), str(BEGAN + 5), "Hana", HANA, more)
    return "\x1e" + "\x1f".join(fields)


def test_a_commit_is_its_authors_and_everybodys_it_names_beside_them(repository: Path) -> None:
    found = read_with(READER, repository)
    check(found)
    assert names(found) == [
        ("Hana", 0),
        ("Hana", 1000),
        ("Ken", 1000),
        ("Mio", 1000),
        ("bot[bot]", 2000),
    ]
    assert (found.read, len(found.counted)) == (4, 3)
    assert [(one.place, one.records) for one in found.left_out] == [("garden", 1)]
    assert [handle.name for handle in found.handles if handle.is_bot] == ["bot[bot]"]
    assert {act.at_precision for act in found.activities} == {AtPrecision.EXACT}


def test_the_commit_that_follows_none_starts_the_project(repository: Path) -> None:
    found = read_with(READER, repository)
    root = git(repository, "rev-list", "--max-parents=0", "HEAD").strip()
    assert names(found, Kind.START) == [("Hana", 0)]
    (project,) = found.initiatives
    assert (project.key, project.name) == (f"git:{root}", "garden")
    assert {act.place for act in found.activities} == {root}
    told = found.reading.can_tell
    assert (told.creators, told.bots, told.emails, told.replies) == (True, True, False, False)
    assert str(told.complete_since) == "2023-11-14"


def test_a_bare_repository_and_a_zip_give_the_same(repository: Path, tmp_path: Path) -> None:
    found = read_with(READER, repository)
    git(tmp_path, "clone", "-q", "--bare", str(repository), "garden.git")
    bare = read_with(READER, tmp_path / "garden.git")
    files: dict[str, object] = {
        path.relative_to(tmp_path / "garden").as_posix(): path.read_bytes()
        for path in repository.rglob("*")
        if path.is_file()
    }
    zipped = read_with(READER, zip_of(files, tmp_path / "garden.zip"))
    assert keys_of(found) == keys_of(bare) == keys_of(zipped)
    assert bare.initiatives[0].name == "garden"


def test_the_documented_log_gives_the_same_as_the_repository(
    repository: Path, tmp_path: Path
) -> None:
    asked = ("log", "--branches", "--remotes", "--tags", "--encoding=UTF-8")
    written = git(repository, *asked, f"--pretty=format:{FORM}")
    for number, encoding in enumerate(("utf-8", "utf-8-sig", "utf-16")):
        files = {"git-log.txt": written.replace("\n", "\r\n" if number else "\n").encode(encoding)}
        found = read_files(READER, files, tmp_path / encoding)
        assert keys_of(found) == keys_of(read_with(READER, repository))


@pytest.mark.parametrize("form", ["medium", "full", "fuller"])
@pytest.mark.parametrize("date", ["default", "iso", "iso-strict", "rfc", "raw", "unix"])
def test_what_plain_git_log_writes_is_read_too(
    repository: Path, tmp_path: Path, form: str, date: str
) -> None:
    if form == "full":  # That form has no dates at all.
        form = "medium"
    written = git(repository, "log", f"--pretty={form}", f"--date={date}", "--stat")
    found = read_files(READER, {"log.txt": written.encode()}, tmp_path / "log")
    whole = read_with(READER, repository)
    assert [record.key for record in found.records] == [one.key for one in whole.counted]
    assert names(found) == names(whole)
    assert found.reading.can_tell.complete_since is None
    assert found.refusals == []


def test_only_an_address_that_one_person_reads_makes_one_of_two_names(tmp_path: Path) -> None:
    def by(key: str, name: str, email: str) -> str:
        return "\x1e" + "\x1f".join((key, "", "1700000000", "1700000000", name, email, ""))

    lines = [
        by(A, "Hana", HANA),
        by(B, "H. Mori", HANA.upper()),
        by(C, "Ken", "root@localhost"),
        by(D, "Mio", "root@localhost"),
        by("e" * 40, "Rui", "12+rui@users.noreply.github.com"),
    ]
    found = read_files(READER, {"log.txt": "\n".join(lines).encode()}, tmp_path / "log")
    assert [(h.outside_id, h.name, h.is_name_only) for h in found.handles] == [
        (HANA, "Hana", False),
        ("name:ken <root@localhost>", "Ken", True),
        ("name:mio <root@localhost>", "Mio", True),
        ("12+rui@users.noreply.github.com", "Rui", False),
    ]
    assert [h.typed_email for h in found.handles] == [HANA, None, None, None]
    assert [h.display_name for h in found.handles] == ["", "", "", "rui"]
    assert {h.email for h in found.handles} == {None}


def test_no_address_stands_in_an_activity(repository: Path) -> None:
    found = read_with(READER, repository)
    assert "@" not in repr(found.activities)
    assert found.activities[-1].actor == concealed(HANA)


def test_a_broken_line_costs_itself(tmp_path: Path) -> None:
    lines = [line(A, B), "\x1enonsense", line(C[:12], B), line(D, B, at="?"), line(B)]
    content = "\n".join([*lines, line(A, B), line("f" * 40, B, at=-7)]).encode()
    found = read_files(READER, {"log.txt": content}, tmp_path / "log")
    assert [record.key for record in found.counted] == [A, D, B, "f" * 40]
    assert [one.place for one in found.refusals] == ["log.txt, commit 2", "log.txt, commit 3"]
    assert (found.repeated, found.read) == (1, 7)


def test_an_impossible_clock_is_before_the_commit_was_made(tmp_path: Path) -> None:
    found = read_files(READER, {"log.txt": line(A, at=99).encode()}, tmp_path / "log")
    (act,) = found.of_kind(Kind.COMMIT)
    assert (act.happened_at, act.at_precision) == (BEGAN + 5, AtPrecision.NOT_AFTER)


def test_shortened_hashes_are_no_keys(tmp_path: Path) -> None:
    content = f"commit {A[:8]}\nAuthor: Hana <{HANA}>\nDate:   2024-01-01 10:00:00 +0900\n\n    x\n"
    found = read_files(READER, {"log.txt": content.encode()}, tmp_path / "log")
    assert (found.read, len(found.refusals), found.counted) == (1, 1, [])


def plainly(key: str, who: str, *, begins: str = "commit", more: str = "") -> str:
    when = "Sun Apr 19 19:00:00 2026 +0900"
    return f"{begins} {key * 40}\n{more}Author: {who} <{HANA}>\nDate:   {when}\n\n    Seeds\n\n"


@pytest.mark.parametrize("more", ["", "Merge: 1111111 2222222\n"])
def test_a_commit_that_no_longer_says_so_is_not_part_of_the_one_before(
    tmp_path: Path, more: str
) -> None:
    log = plainly("1", "Hana") + plainly("2", "Hana", begins="commi", more=more)
    found = read_files(READER, {"log.txt": (log + plainly("3", "Hana")).encode()}, tmp_path / "log")
    assert len(found.activities) == 2
    assert [(one.place, one.reason) for one in found.refusals] == [
        ("log.txt, commit 2", NOT_A_COMMIT)
    ]


@pytest.mark.parametrize("encoding", ["cp932", "utf-16", "utf-8-sig", "euc_jis_2004"])
def test_a_log_in_another_encoding_says_the_same_names(tmp_path: Path, encoding: str) -> None:
    content = plainly("1", "高橋 花").encode(encoding)
    found = read_files(READER, {"log.txt": content}, tmp_path / "log")
    assert [handle.name for handle in found.handles] == ["高橋 花"]


def test_times_without_a_zone_are_the_communitys(tmp_path: Path) -> None:
    content = f"commit {A}\nAuthor: Hana <{HANA}>\nDate:   Mon Jan 1 09:00:00 2024\n\n    x\n"
    folder = folder_of({"log.txt": content.encode()}, tmp_path / "log")
    found = read_with(READER, folder, Choices(zone="Asia/Tokyo"))
    assert found.activities[0].happened_at == 1_704_067_200


def test_a_shallow_clone_does_not_say_how_it_began(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", repository.as_uri(), "shallow")
    found = read_with(READER, tmp_path / "shallow")
    check(found)
    assert (found.initiatives, found.reading.can_tell.complete_since) == ([], None)


def test_nothing_of_a_repository_runs_and_nothing_outside_is_read(
    repository: Path, tmp_path: Path
) -> None:
    mark = tmp_path / "ran"
    trap = f"touch {mark}"
    settings_file = repository / ".git" / "config"
    settings_file.write_text(
        f"[core]\n\tfsmonitor = {trap}\n\tpager = {trap}\n\tsshCommand = {trap}\n"
        f"[log]\n\tshowSignature = true\n[gpg]\n\tprogram = {trap}\n[alias]\n\tlog = !{trap}\n"
    )
    for name in ("post-checkout", "reference-transaction", "pre-auto-gc"):
        hook = repository / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{trap}\n")
        hook.chmod(0o755)
    alternates = repository / ".git" / "objects" / "info" / "alternates"
    alternates.parent.mkdir(exist_ok=True)
    alternates.write_text(f"{tmp_path / 'elsewhere'}\n")
    found = read_with(READER, repository)
    assert len(found.counted) == 3
    assert not mark.exists()


def test_a_gap_in_the_objects_is_told(repository: Path) -> None:
    root = git(repository, "rev-list", "--max-parents=0", "HEAD").strip()
    (repository / ".git" / "objects" / root[:2] / root[2:]).unlink()
    with pytest.raises(DamagedExport):
        read_with(READER, repository)


def test_a_repository_with_longer_hashes_is_read_too(tmp_path: Path) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main", "--object-format=sha256")
    key = commit(folder, "Begin", at=BEGAN)
    found = read_with(READER, folder)
    assert ([record.key for record in found.counted], len(key)) == ([key], 64)


def test_a_repository_without_branches_says_so(repository: Path) -> None:
    (repository / ".git" / "HEAD").write_text("ref: refs/heads/none\n")
    for reference in (repository / ".git" / "refs" / "heads").iterdir():
        reference.unlink()
    with pytest.raises(DamagedExport):
        read_with(READER, repository)


def test_other_things_are_no_history(tmp_path: Path) -> None:
    files = {"HEAD": b"Headlines", "notes.txt": b"commit to it", "a.json": [{"commit": A}]}
    assert not recognised_by(READER, folder_of(files, tmp_path / "other"))


PIECES = st.lists(
    st.one_of(
        st.sampled_from([line(A, B), line(B), line(C, B + " " + A), line(A[:9]), "commit " + A]),
        st.sampled_from(["Author: H <h@x.io>", "Date: 2024-01-01 10:00 +0900", "", "    text"]),
        st.text(max_size=30),
        st.builds(lambda fields: "\x1e" + "\x1f".join(fields), st.lists(st.text(max_size=9))),
    ),
    max_size=12,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PIECES, st.sampled_from(["utf-8", "utf-16", "cp932", "utf-8-sig"]))
def test_whatever_stands_in_a_log_is_accounted_for(pieces: list[str], encoding: str) -> None:
    start = line(D, A) if len(pieces) % 2 else f"commit {D}\nAuthor: H <h@x.io>"
    content = "\n".join([start, *pieces]).encode(encoding, "replace")
    with tempfile.TemporaryDirectory() as folder:
        check_whatever_it_is(READER, folder_of({"log.txt": content}, Path(folder)))
