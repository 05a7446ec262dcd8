"""An export somebody handed in: a folder, a zip or a single file behind one face."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from jibungoto.gather.shelves.archive import ZipShelf
from jibungoto.gather.shelves.complaints import unreadable
from jibungoto.gather.shelves.directory import is_zip
from jibungoto.gather.shelves.entries import Entries
from jibungoto.gather.shelves.entry import Entry, Limits, Shelf
from jibungoto.gather.shelves.folder import FileShelf, FolderShelf
from jibungoto.gather.shelves.nested import NestedShelf, alone_in
from jibungoto.gather.shelves.tarball import TarShelf, is_tar
from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words

_CHUNK = 1 << 20


class Export:
    """The files of an export by path, read one at a time.

    What computers add on their own (``__MACOSX``, ``.DS_Store``) is not among ``entries``, and a
    folder that wraps everything else is taken off the paths: its name is ``wrapper``, or else the
    name of what was handed in, without its ending. ``refused`` names the files that stay shut
    because opening them is not safe; they are not among ``entries`` either.
    """

    def __init__(self, shelf: Shelf, *, name: str) -> None:
        self._shelf = shelf
        self.name = name
        kept = _without_clutter(shelf.entries)
        self.refused = tuple(shelf.refused)
        wrapper = _wrapper_of(kept)
        self.wrapper = wrapper or Path(name).stem
        self._prefix = f"{wrapper}/" if wrapper else ""
        self.entries = kept.taken_out_of(wrapper) if wrapper else kept
        # A million entries are not kept twice: a shelf needs none of them to find their bytes.
        shelf.entries = ()

    def read(self, entry: Entry) -> bytes | bytearray:
        """Return an entry's bytes; raises DamagedExport for this entry, or DiskProblem."""
        return self._shelf.read(_with(self._prefix, entry))

    def open(self, entry: Entry) -> BinaryIO:
        """Return an entry as a stream, for what is too large to hold."""
        return self._shelf.open(_with(self._prefix, entry))

    def peek(self, entry: Entry, most: int) -> bytes:
        """Return the first bytes of an entry."""
        with self.open(entry) as stream:
            return stream.read(most)

    def close(self) -> None:
        """Let go of open files."""
        self._shelf.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_export(path: Path, limits: Limits | None = None, *, name: str = "") -> Export:
    """Open what somebody handed in, after checking that opening it is safe.

    ``name`` is what the person calls it, where the file is kept under another name.
    Raises UnknownName, DamagedExport, EncryptedExport, UnsafeExport or DiskProblem.
    """
    limits = limits or Limits()
    name = name or path.resolve().name
    shelf = _shelf_of(path, limits, name=name)
    inside = None if isinstance(shelf, FileShelf) else alone_in(_seen(shelf.entries))
    if inside is not None:
        shelf = _taken_out(shelf, inside, path=path, limits=limits)
    return Export(shelf, name=name)


def _taken_out(shelf: Shelf, inside: Entry, *, path: Path, limits: Limits) -> Shelf:
    """Return the shelf of a packed file that stands alone in what was handed in."""
    opened = partial(_shelf_of, name=inside.name)
    try:
        if path.is_dir():
            return opened(path / inside.path, limits)
        size = path.stat().st_size
        return NestedShelf(shelf, inside, limits=limits, size=size, opened=opened)
    finally:
        shelf.close()


def _shelf_of(path: Path, limits: Limits, *, name: str) -> Shelf:
    if path.is_dir():
        return FolderShelf(path, limits)
    if not path.exists():
        raise _missing(path)
    if _begins(path, is_tar):
        return TarShelf(path, limits, name=name)
    if _begins(path, is_zip):
        shelf = ZipShelf(path, limits, name=name)
        if not shelf.is_workbook:
            return shelf
        shelf.close()  # An Excel workbook is a zip to machines and one file to its owner.
    return FileShelf(path, limits, name=name)


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, or of a folder's sorted names and contents."""
    try:
        with _stream_of(path) as stream:
            return _digested(stream, hashlib.sha256()).hexdigest()
    except IsADirectoryError:
        pass
    except OSError as error:
        raise unreadable(path.name, error) from error
    return _fingerprint_of_folder(path)


def _stream_of(path: Path) -> BinaryIO:
    if path.is_dir():  # Windows answers "permission denied" where others say what it is.
        raise IsADirectoryError
    return path.open("rb")


def _digested(stream: BinaryIO, digest: hashlib._Hash) -> hashlib._Hash:
    while piece := stream.read(_CHUNK):
        digest.update(piece)
    return digest


def _fingerprint_of_folder(path: Path) -> str:
    digest = hashlib.sha256()
    shelf = FolderShelf(path, Limits())
    for entry in sorted(shelf.entries, key=lambda entry: entry.path):
        if _is_clutter(entry.path):
            continue
        name = os.fsencode(entry.path)
        digest.update(b"%d %s %d\n" % (len(name), name, entry.size))
        with shelf.open(entry) as stream:
            _digested(stream, digest)
    return digest.hexdigest()


def _begins(path: Path, as_told: Callable[[BinaryIO], bool]) -> bool:
    try:
        with path.open("rb") as file:
            return as_told(file)
    except OSError as error:
        raise unreadable(path.name, error) from error


def _missing(path: Path) -> UnknownName:
    return UnknownName(
        Words("ファイルが見つかりません。", "There is no such file."),
        Words("場所と名前を確かめてください。", "Check its place and its name."),
        place=str(path),
    )


def _is_clutter(path: str) -> bool:
    return path.startswith("__MACOSX/") or path.rpartition("/")[2] == ".DS_Store"


def _seen(entries: Sequence[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if not _is_clutter(entry.path))


def _without_clutter(found: Sequence[Entry]) -> Entries:
    entries = found if isinstance(found, Entries) else Entries(found)
    if not entries.holds("__MACOSX/", ".DS_Store"):
        return entries
    return Entries(entry for entry in entries if not _is_clutter(entry.path))


def _wrapper_of(entries: Entries) -> str:
    if not entries or "/" not in entries.path(0):
        return ""
    top = entries.path(0).split("/", 1)[0]
    return top if entries.all_below(top) else ""


def _with(prefix: str, entry: Entry) -> Entry:
    if not prefix:
        return entry
    path = prefix + entry.path
    return Entry(path, entry.size, entry.packed, entry.offset, entry.crc, entry.method)
