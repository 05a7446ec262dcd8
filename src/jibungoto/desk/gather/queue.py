"""Asking for an export to be brought in: a row that the worker takes up."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.home import upload_folder
from jibungoto.records.models import IntakeRow, IntakeState


def bring_in(
    acting: Acting,
    path: Path,
    *,
    name: str = "",
    is_upload: bool = False,
    private_places: Iterable[str] = (),
) -> IntakeRow:
    """Queue one delivery (a file or a folder) and return its row; the worker does the reading."""
    must_write(acting)
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
            name=name or path.name,
            path=str(path.resolve()),
            is_upload=is_upload,
            private_places=sorted(private_places),
            asked_by_id=acting.user_id,
        )
        note(acting, "bring_in", about=intake.name)
    return intake


def receive(acting: Acting, name: str, *, chunks: Iterable[bytes]) -> IntakeRow:
    """Keep an uploaded file until it is committed, and queue it."""
    must_write(acting)
    safe = Path(name.replace("\\", "/")).name or "upload"
    folder = upload_folder() / secrets.token_hex(8)
    folder.mkdir()
    kept = folder / safe
    try:
        with kept.open("wb") as out:
            for chunk in chunks:
                out.write(chunk)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return bring_in(acting, kept, name=safe, is_upload=True)


def waiting_or_reading(acting: Acting) -> bool:
    """Say whether an intake of this community is still on its way."""
    return acting.community.intakes.filter(
        state__in=[IntakeState.WAITING, IntakeState.READING]
    ).exists()
