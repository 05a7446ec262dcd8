"""Where the makers of exports put their files: a zip, a tar.gz, or a folder if it is neither."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

ZIP_DAY = (2026, 1, 1, 0, 0, 0)


class ManyFiles:
    """One export that is being made; the same seed gives the same bytes.

    A tar.gz is packed from a folder by ``tar``, so that its files stand in it as the disk lists
    them, which is no order: Zulip's do.
    """

    def __init__(self, path: Path) -> None:
        self._packed = path if path.name.endswith(".tar.gz") else None
        self._folder = path.with_name(path.name.removesuffix(".tar.gz"))
        self._archive = zipfile.ZipFile(path, "w") if path.suffix == ".zip" else None
        self.count = 0
        if self._archive is None:
            self._folder.mkdir(parents=True)

    def put(self, name: str, value: object) -> None:
        """Add one file of JSON, indented as these tools do it."""
        content = msgspec.json.format(msgspec.json.encode(value), indent=2)
        self.count += 1
        if self._archive is None:
            (self._folder / name).write_bytes(content)
            return
        entry = zipfile.ZipInfo(name, date_time=ZIP_DAY)
        self._archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=6)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._archive is not None:
            self._archive.close()
        if self._packed is not None:
            where = ["-C", str(self._folder.parent), self._folder.name]
            subprocess.run(["tar", "-czf", str(self._packed), *where], check=True)
            shutil.rmtree(self._folder)
