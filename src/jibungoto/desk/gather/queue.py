"""Asking for an export to be brought in: a row that the worker takes up."""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.gather.choices import decided
from jibungoto.engine.disk import disk_problem
from jibungoto.gather.reader import NOTHING_SAID, Said
from jibungoto.gather.shelves.entry import Limits
from jibungoto.ledger.problems import DiskProblem, InvalidChoice, UnsafeExport
from jibungoto.ledger.words import Words
from jibungoto.records.home import upload_folder
from jibungoto.records.models import IntakeRow, IntakeState

_LONGEST_NAME = 300
_ENDING = re.compile(r"\.[a-z0-9]{1,8}", re.ASCII)
_LOOKED_AT_EVERY = 16 << 20


def bring_in(
    acting: Acting,
    path: Path,
    *,
    name: str = "",
    is_upload: bool = False,
    private_places: Iterable[str] = (),
    said: Said = NOTHING_SAID,
) -> IntakeRow:
    """Queue one delivery (a file or a folder) and return its row; the worker does the reading.

    Where the same file waited for an answer, it waits no longer: this is its next reading.
    """
    must_write(acting)
    kept = decided(acting.community, said)
    if not path.exists():
        raise InvalidChoice(
            Words("ファイルが見つかりません。", "There is no such file."),
            Words("場所を確かめてください。", "Check where it is."),
            place=str(path),
        )
    with transaction.atomic():
        held = acting.community.intakes.aggregate(last=Max("number"))["last"] or 0
        intake = IntakeRow.objects.create(
            community=acting.community,
            number=held + 1,
            name=(name or path.name)[:_LONGEST_NAME],
            path=str(path.resolve()),
            is_upload=is_upload,
            private_places=sorted(private_places),
            decided=kept,
            asked_by_id=acting.user_id,
        )
        waited = acting.community.intakes.filter(path=intake.path, state=IntakeState.REFUSED)
        waited.exclude(asked="").update(asked="", same_as=intake)
        note(acting, "bring_in", about=intake.name)
    return intake


def receive(
    acting: Acting,
    name: str,
    *,
    chunks: Iterable[bytes],
    limits: Limits | None = None,
    private_places: Iterable[str] = (),
    said: Said = NOTHING_SAID,
) -> IntakeRow:
    """Keep an uploaded file until it is committed, and queue it.

    It is kept under a name of ours; what the person calls it stands in the row alone. Raises
    UnsafeExport where it is larger than an upload may be, DiskProblem where the disk would become
    full; nothing of it is left behind then.
    """
    must_write(acting)
    called = _called(name)
    ending = Path(called).suffix.lower()
    folder = upload_folder() / secrets.token_hex(8)
    folder.mkdir()
    kept = folder / f"upload{ending if _ENDING.fullmatch(ending) else ''}"
    try:
        _write(kept, chunks, limits=limits or Limits(), name=called)
        return bring_in(
            acting,
            kept,
            name=called,
            is_upload=True,
            private_places=private_places,
            said=said,
        )
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise disk_problem(error, called) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _called(name: str) -> str:
    """Return the last part of a name, cut so that its ending stays."""
    last = name.replace("\\", "/").replace("\x00", "").rstrip("/").rpartition("/")[2] or "upload"
    if len(last) <= _LONGEST_NAME:
        return last
    ending = Path(last).suffix[:_LONGEST_NAME]
    return last[: _LONGEST_NAME - len(ending)] + ending


class Room:
    """How much uploads of one request may still take of the disk; it is asked piece by piece."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._taken = 0
        self._next_look = 0

    def take(self, size: int, name: str) -> None:
        """Count a piece of a file before it is written.

        Raises ``UnsafeExport`` where all pieces are more than an upload may be, ``DiskProblem``
        where less of the disk would stay free than has to.
        """
        self._taken += size
        if self._taken > self._limits.upload_bytes:
            raise _too_large(name, self._limits.upload_bytes)
        if self._taken >= self._next_look:
            self._next_look = self._taken + _LOOKED_AT_EVERY
            if shutil.disk_usage(self._folder).free < self._limits.free_bytes + size:
                raise _disk_full(name, self._limits.free_bytes)


def _write(kept: Path, chunks: Iterable[bytes], *, limits: Limits, name: str) -> None:
    """Write a file piece by piece and stop before it takes more than it may."""
    room = Room(kept.parent, limits)
    with kept.open("wb") as out:
        for chunk in chunks:
            room.take(len(chunk), name)
            out.write(chunk)


def _too_large(name: str, limit: int) -> UnsafeExport:
    size = f"{limit / (1 << 30):,.0f} GB"
    return UnsafeExport(
        Words(
            f"アップロードできる大きさ({size})を超えています。何も残していません。",
            f"It is larger than an upload may be ({size}). Nothing of it was kept.",
        ),
        Words(
            "ファイルをこのコンピューターに置き、コマンド jibungoto import で取り込んでください。",
            "Put the file on this machine and bring it in with the command jibungoto import.",
        ),
        place=name,
    )


def _disk_full(name: str, limit: int) -> DiskProblem:
    size = f"{limit / (1 << 30):,.0f} GB"
    return DiskProblem(
        Words(
            f"ディスクの空きが {size} を下回るため、受け取りを止めました。何も残していません。",
            f"Less than {size} of the disk would stay free, so it was not taken in. "
            "Nothing of it was kept.",
        ),
        Words(
            "空きを増やしてから、もう一度お試しください。", "Make room on the disk, then try again."
        ),
        place=name,
    )
