"""Git: the history of a repository, or what ``git log`` wrote of it into a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec

from jibungoto.gather.batch import Batch, Record
from jibungoto.gather.contents.beside import put_beside
from jibungoto.gather.people.roll import Roll, Tally
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.readers.git_log import Commit, commits_in, holds_log, roots_in
from jibungoto.gather.readers.git_people import Authors
from jibungoto.gather.readers.git_repository import Repository, repositories_in
from jibungoto.gather.shelves.export import Export
from jibungoto.gather.text import digest63
from jibungoto.ledger.activity import Activity, AtPrecision, Visibility
from jibungoto.ledger.initiative import Initiative, InitiativeKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import ExportProblem
from jibungoto.ledger.source import SOURCE_NAMES, CanTell, SourceKind
from jibungoto.ledger.words import Words

_MOST_AT_ONCE = 5_000
_MOST_SNIFFED = 50
_EARLIEST, _LATEST = 631_152_000, 4_102_444_800
"""The years 1990 to 2099; what lies outside of them is a wrong clock."""

_NO_TIME = Words("日時がないか、正しくありません。", "Its time is missing or wrong.")
_MERGE = Words(
    "二つの流れを合わせただけの記録(マージコミット)は、コミットに数えません。",
    "A merge of two lines of work is not counted as a commit.",
)
_pack = msgspec.msgpack.Encoder().encode


class GitReader:
    """Reads Git histories.

    Dialects, each tried on repositories made by git 2.39: a repository (working or bare, as a
    folder or in a zip), what the documented ``git log`` command writes, and what plain
    ``git log`` writes in its medium, full and fuller forms.

    ====================================  ==========================================
    a commit                              a commit by its author, when it was written
    each ``Co-authored-by``               a commit by that person too
    a merge of two lines of work          left out
    the commit without a parent           a start of the project by its author
    ====================================  ==========================================
    """

    source = SourceKind("git", SOURCE_NAMES["git"])

    def recognises(self, export: Export) -> bool:
        """Say whether a repository or a log stands in it."""
        if repositories_in(export):
            return True
        return any(holds_log(export, entry) for entry in export.entries[:_MOST_SNIFFED])

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        """Hand out all histories, one after the other."""
        delivery = _Delivery(Roll(conceal))
        repositories = repositories_in(export)
        for repository in repositories:
            with closing(repository):
                yield from delivery.records_of(repository)
        # A working tree is no export: what lies in it is not named.
        entries = () if repositories else sorted(export.entries, key=lambda one: one.path)
        logs = [one for one in entries if holds_log(export, one)]
        for entry in logs:
            line = _Line(entry.path, _name_of(export, entry.name), roots_in(export, entry))
            found = commits_in(export, entry, zone=ZoneInfo(choices.zone))
            yield from delivery.records(line, found)
        last = Batch(handles=delivery.roll.handles())
        put_beside(last, [one.path for one in entries if one not in logs])
        yield last
        reading.can_tell = delivery.can_tell()


@dataclass(frozen=True, slots=True)
class _Line:
    """One history: where it stands, what it is called, and its first commits, oldest last."""

    path: str
    name: str
    roots: tuple[str, ...]

    @property
    def place(self) -> str | None:
        """The hash of its very first commit, the one name all copies of a repository share."""
        return self.roots[-1] if self.roots else None


class _Delivery:
    """Several histories, in which the same commit may stand more than once."""

    def __init__(self, roll: Roll) -> None:
        self.roll = roll
        self._authors = Authors(roll)
        self._seen: set[bytes] = set()
        self._told: set[str] = set()
        self._began: list[int] = []
        self._is_whole = True

    def records_of(self, repository: Repository) -> Iterator[Batch]:
        """Hand out a repository's history."""
        line = _Line(repository.path, repository.name, repository.roots())
        self._is_whole = self._is_whole and not repository.is_shallow
        yield from self.records(line, repository.commits())

    def records(self, line: _Line, found: Iterable[Commit | Words]) -> Iterator[Batch]:
        """Hand out one history; what stands in an earlier one of this delivery is repeated."""
        tally = Tally(line.path, Batch())
        number = 0
        try:
            for number, one in enumerate(found, 1):
                if isinstance(one, Words):
                    tally.refuse(f"commit {number}", one)
                else:
                    self._take(one, line, tally=tally)
                if tally.batch.read >= _MOST_AT_ONCE:
                    yield tally.turn()
        except ExportProblem as problem:
            if not number:
                raise
            tally.refuse(f"after commit {number}", problem.what)
        self._is_whole = self._is_whole and line.place is not None
        self._tell(line, tally.batch)
        yield tally.close()

    def can_tell(self) -> CanTell:
        """Return what histories carry; complete since their first commit, unless cut off."""
        began = datetime.fromtimestamp(min(self._began), UTC).date() if self._began else None
        return CanTell(
            creators=bool(self._began),
            bots=True,
            emails=False,
            complete_since=began if self._is_whole else None,
        )

    def _take(self, commit: Commit, line: _Line, *, tally: Tally) -> None:
        key = bytes.fromhex(commit.key)
        at, precision = _time_of(commit)
        if key in self._seen:
            tally.batch.read += 1
            tally.batch.repeated += 1
        elif at is None:
            tally.refuse(f"commit {commit.key[:12]}", _NO_TIME)
        elif len(commit.parents) > 1:
            self._seen.add(key)
            tally.leave_out(_MERGE)
        else:
            self._seen.add(key)
            tally.batch.read += 1
            self._write(_Written(commit, line, at, precision), tally.batch)

    def _write(self, one: _Written, batch: Batch) -> None:
        commit, line = one.commit, one.line
        author = self._authors.actor_of(commit.author)
        others = {self._authors.actor_of(other) for other in commit.others} - {author}
        actors = [author, *sorted(others)]
        content = digest63(_pack((actors, one.at, one.precision, line.place)))
        batch.records.append(Record(commit.key, content, one.at))
        for number, actor in enumerate(actors):
            key = commit.key if not number else f"{commit.key}/with/{actor}"
            batch.activities.append(one.activity(key, actor, kind=Kind.COMMIT))
        if commit.key == line.place:
            self._begin(one, author, batch=batch)

    def _begin(self, one: _Written, author: str, *, batch: Batch) -> None:
        """Write down that somebody started the project: the first commit is theirs."""
        self._began.append(one.at)
        key = f"start/{one.commit.key}"
        content = digest63(_pack((author, one.at)))
        batch.records.append(Record(key, content, one.at, is_counted=False))
        started = one.activity(key, author, kind=Kind.START)
        batch.activities.append(msgspec.structs.replace(started, record=key))
        self._tell(one.line, batch, started_by=author, started_at=one.at)

    def _tell(
        self,
        line: _Line,
        batch: Batch,
        *,
        started_by: str | None = None,
        started_at: int | None = None,
    ) -> None:
        """Tell of the project once, also where its first commit could not be read."""
        if line.place is None or line.place in self._told:
            return
        self._told.add(line.place)
        batch.initiatives.append(
            Initiative(
                key=f"git:{line.place}",
                kind=InitiativeKind.PROJECT,
                name=line.name,
                started_by=started_by,
                started_at=started_at,
            )
        )


@dataclass(frozen=True, slots=True)
class _Written:
    """A commit whose time is known, in its history."""

    commit: Commit
    line: _Line
    at: int
    precision: AtPrecision

    def activity(self, key: str, actor: str, *, kind: Kind) -> Activity:
        """Return what one person did in it."""
        place = self.line.place
        return Activity(
            record=self.commit.key,
            key=key,
            actor=actor,
            kind=kind,
            happened_at=self.at,
            at_precision=self.precision,
            place=place,
            initiative=f"git:{place}" if place else None,
            visibility=Visibility.MEMBERS,
        )


def _time_of(commit: Commit) -> tuple[int | None, AtPrecision]:
    """Return when it was written, or else that it was written before it was committed."""
    if commit.authored is not None and _EARLIEST <= commit.authored < _LATEST:
        return commit.authored, AtPrecision.EXACT
    if commit.committed is not None and _EARLIEST <= commit.committed < _LATEST:
        return commit.committed, AtPrecision.NOT_AFTER
    return None, AtPrecision.EXACT


def _name_of(export: Export, name: str) -> str:
    """Return what a log is called: its file's name, or its export's if it stands alone."""
    return name.rsplit(".", 1)[0] if len(export.entries) > 1 else export.wrapper
