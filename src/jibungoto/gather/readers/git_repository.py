"""A repository as it stands in a folder or a zip, read by git without running anything of its."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import IO

from jibungoto.gather.readers.git_log import FORM, Commit, marked
from jibungoto.gather.shelves.complaints import damaged
from jibungoto.gather.shelves.entry import Entry
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.problems import DamagedExport, ExportProblem
from jibungoto.ledger.words import Words

_HEAD = re.compile(rb"(?:ref: refs/|[0-9a-f]{40})")
_WHOLE = ("HEAD", "packed-refs", "shallow")
_SHA256 = re.compile(rb"objectformat\s*=\s*sha256", re.IGNORECASE)
_REACHED = ("--ignore-missing", "HEAD", "--branches", "--remotes", "--tags")
"""Not what lies beside the history: the stash, notes, or requests nobody merged."""

_CHUNK = 1 << 20
_LARGEST = 4 << 30
"""More is not copied aside: the log alone is a thousandth of it."""

_TOO_LARGE = Words(
    "リポジトリが大きすぎて、写して読むことができません。",
    "The repository is too large to be copied aside and read.",
)
_NO_BRANCH = Words(
    "リポジトリの中にブランチが見つかりません。", "No branch can be found in the repository."
)
_NO_GIT = Words(
    "リポジトリを読むには git が必要ですが、このコンピューターにはありません。",
    "Reading a repository takes git, which is not on this computer.",
)
_LOG_INSTEAD = Words(
    "git log で書き出したファイルを渡してください(手順は Git のページにあります)。",
    "Hand in the file git log writes (the page on Git shows how).",
)
_BROKEN = Words(
    "git がリポジトリの歴史を最後まで読めませんでした。",
    "Git could not read the repository's history to its end.",
)


class Repository:
    """One repository of an export.

    Only objects and references are copied out, into a folder of its own that ``close`` removes:
    no hook, no setting and no link to another place comes along, so nothing of it can run.
    """

    def __init__(self, export: Export, prefix: str) -> None:
        self._export = export
        self._prefix = prefix
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        above = prefix.rstrip("/").removesuffix(".git").rstrip("/")
        self.path = prefix.rstrip("/") or export.name
        wrapped = export.wrapper.removesuffix(".git") or Path(export.name).stem
        self.name = above.rsplit("/", 1)[-1] or wrapped

    @cached_property
    def is_shallow(self) -> bool:
        """Whether it was cloned without the beginning of its history."""
        return (self._copy / "shallow").exists()

    def roots(self) -> tuple[str, ...]:
        """Return the commits that follow none, or nothing where the beginning is missing."""
        if self.is_shallow:
            return ()
        asked = ("rev-list", "--max-parents=0", "--date-order", *_REACHED)
        return tuple(line.strip() for line in self._said(*asked))

    def commits(self) -> Iterator[Commit | Words]:
        """Yield the commits that can be reached, newest first; raises DamagedExport at a gap."""
        asked = ("log", "--encoding=UTF-8", "--no-show-signature", f"--pretty=format:{FORM}")
        found = marked(self._said(*asked, *_REACHED))
        first = next(found, None)
        if first is None:
            raise DamagedExport(_NO_BRANCH, _LOG_INSTEAD, place=self.path)
        yield first
        yield from found

    def close(self) -> None:
        """Remove the copy."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    @cached_property
    def _copy(self) -> Path:
        wanted = [one for one in self._export.entries if one.path.startswith(self._prefix)]
        if sum(one.size for one in wanted if _is_wanted(self._inside(one))) > _LARGEST:
            raise DamagedExport(_TOO_LARGE, _LOG_INSTEAD, place=self.path)
        self._folder = tempfile.TemporaryDirectory(prefix="jibungoto-git-")
        folder = Path(self._folder.name)
        (folder / "objects").mkdir()
        (folder / "refs").mkdir()
        setting = ""
        for entry in wanted:
            inside = self._inside(entry)
            if inside == "config" and _SHA256.search(self._export.read(entry)):
                setting = (
                    "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = sha256\n"
                )
            elif _is_wanted(inside):
                self._put(entry, folder / inside)
        (folder / "config").write_text(setting, encoding="utf-8")
        return folder

    def _inside(self, entry: Entry) -> str:
        return entry.path.removeprefix(self._prefix)

    def _put(self, entry: Entry, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._export.open(entry) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy, _CHUNK)
        except ExportProblem:
            target.unlink(missing_ok=True)  # git names what it lacks

    def _said(self, *asked: str) -> Iterator[str]:
        """Yield the lines git answers with; raises DamagedExport where it stops short."""
        with tempfile.TemporaryFile() as complaints:
            process = _run(self._copy, asked, complaints=complaints, place=self.path)
            if process.stdout is None:
                raise damaged(self.path, _BROKEN)
            stream = io.TextIOWrapper(process.stdout, "utf-8", errors="replace", newline="\n")
            try:
                yield from stream
                if process.wait():
                    raise DamagedExport(_BROKEN, _LOG_INSTEAD, place=self.path)
            finally:
                process.kill()
                process.wait()
                stream.close()


def repositories_in(export: Export) -> list[Repository]:
    """Return the repositories of an export; those inside another (submodules) are not its own."""
    found = []
    for entry in export.entries:
        if entry.name == "HEAD" and _is_own(entry.path.removesuffix("HEAD")):
            found.append(entry)
    prefixes = [
        entry.path.removesuffix("HEAD") for entry in found if _names_a_branch(export, entry)
    ]
    stores = tuple(f"{prefix}objects/" for prefix in prefixes)
    if not stores:
        return []
    held = {
        entry.path.split("objects/", 1)[0]
        for entry in export.entries
        if entry.path.startswith(stores)
    }
    return [Repository(export, prefix) for prefix in prefixes if prefix in held]


def _is_own(prefix: str) -> bool:
    inside = ("logs/", "/modules/", "/worktrees/", "refs/")
    return not any(one in f"/{prefix}" for one in inside)


def _names_a_branch(export: Export, entry: Entry) -> bool:
    try:
        return _HEAD.match(export.peek(entry, 64)) is not None
    except ExportProblem:
        return False


def _is_wanted(inside: str) -> bool:
    if inside in _WHOLE:
        return True
    return inside.startswith(("objects/", "refs/")) and not inside.startswith("objects/info/")


def _run(
    folder: Path, asked: tuple[str, ...], *, complaints: IO[bytes], place: str
) -> subprocess.Popen[bytes]:
    git = shutil.which("git")
    if git is None:
        raise DamagedExport(_NO_GIT, _LOG_INSTEAD, place=place)
    settings = ("safe.directory=*", "core.fsmonitor=false", f"core.hooksPath={os.devnull}")
    command = [git, "--no-pager", f"--git-dir={folder}"]
    for one in settings:
        command += ["-c", one]
    return subprocess.Popen(
        [*command, *asked],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=complaints,
    )


def _environment(folder: Path) -> dict[str, str]:
    """Return all that git may know of this machine: where programs are, and nothing of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | {
        "HOME": str(folder),
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }
