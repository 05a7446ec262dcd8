"""Business records per account: brought in, taken out again, and read as the newest file has it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.db import connection, transaction
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.beat import Beat, Guard, free, unguarded
from jibungoto.desk.lately import lately
from jibungoto.explain.studies.accounts import Record
from jibungoto.explain.studies.refusing import Refused
from jibungoto.explain.studies.table import Wanted, account_key, read_records
from jibungoto.ledger.problems import InvalidChoice, Problem, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.home import upload_folder
from jibungoto.records.models import BusinessFileRow, BusinessRecordRow, FileState

LARGEST = 32 << 20
_LONGEST_NAME = 300
AT_ONCE = 128 << 10
"""Files up to this many bytes are read while somebody waits: some thousand rows."""

TOO_LARGE = Words("ファイルが大きすぎます(32MBまで)。", "The file is too large (32 MB at most).")
SPLIT = Words("年ごとに分けて取り込んでください。", "Bring it in year by year.")
NO_OUTCOME = Words("成果の名前がありません。", "The outcome has no name.")
NAME_IT = Words("何の値かを書いてください。", "Write what the values are of.")
SAME_FILE = Words(
    "同じファイルが、もう取り込まれています。", "This very file has been brought in already."
)
TAKE_OUT_FIRST = Words(
    "読み方を変えるときは、先にそのファイルを取り消してください。",
    "To read it in another way, take that file out first.",
)
LOST = Words(
    "受け取ったファイルを読めませんでした。もう一度取り込んでください。",
    "The file that was received cannot be read any more. Bring it in again.",
)
NO_FILE = Words("そのファイルはありません。", "There is no such file.")
FROM_THE_LIST = Words("一覧から選んでください。", "Choose one from the list.")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was handed in, in pieces."""

    name: str
    chunks: Iterable[bytes]


def bring_in_records(acting: Acting, upload: Upload, *, wanted: Wanted) -> BusinessFileRow:
    """Read one outcome from a CSV or Excel file and keep its values, apart from the log.

    Rows that cannot be read are kept beside them, each with its reason. Raises InvalidChoice
    where it is no table of records, or came in already; then nothing is left behind.
    """
    row = receive_records(acting, upload, wanted=wanted)
    try:
        return _read(row)
    except BaseException:
        row.delete()
        raise
    finally:
        _let_go(row)


def receive_records(acting: Acting, upload: Upload, *, wanted: Wanted) -> BusinessFileRow:
    """Keep a file for the worker to read, which takes longer than a page may.

    Raises InvalidChoice where it is too large, or came in already.
    """
    must_write(acting)
    outcome = wanted.outcome.strip()[:200]
    if not outcome:
        raise InvalidChoice(NO_OUTCOME, NAME_IT)
    content = _whole(upload)
    place = upload_folder() / f"records-{secrets.token_hex(8)}"
    place.write_bytes(content)
    try:
        with transaction.atomic():
            row = _queued(acting, content, wanted=wanted, outcome=outcome, name=upload.name)
            BusinessFileRow.objects.filter(pk=row.pk).update(path=str(place))
            note(acting, "bring_in_records", about=row.name)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    row.path = str(place)
    return row


def _whole(upload: Upload) -> bytes:
    content = bytearray()
    for chunk in upload.chunks:
        content += chunk
        if len(content) > LARGEST:
            raise InvalidChoice(TOO_LARGE, SPLIT, place=upload.name)
    return bytes(content)


def _queued(
    acting: Acting, content: bytes, *, wanted: Wanted, outcome: str, name: str
) -> BusinessFileRow:
    files = BusinessFileRow.objects.select_for_update().filter(community=acting.community)
    key, digest = account_key(outcome), hashlib.sha256(content).hexdigest()
    same = files.filter(digest=digest, outcome_key=key, taken_out_at=None)
    if same.exclude(state=FileState.REFUSED).exists():
        raise InvalidChoice(SAME_FILE, TAKE_OUT_FIRST, place=name)
    return BusinessFileRow.objects.create(
        community=acting.community,
        number=(files.aggregate(last=Max("number"))["last"] or 0) + 1,
        name=name[:_LONGEST_NAME] or "upload",
        digest=digest,
        outcome=outcome,
        outcome_key=key,
        state=FileState.WAITING,
        allows_negative=wanted.allows_negative,
        is_share=wanted.is_share,
        by_id=acting.user_id,
    )


def read_next(guard: Guard = unguarded) -> bool:
    """Read the file that has waited longest, in any community; say whether there was one.

    What cannot be read is refused whole, with the reason on its page; a worker that dies leaves
    the file to the next one. What ``guard`` makes of a bug is a reason too.
    """
    waiting = BusinessFileRow.objects.filter(free(), state=FileState.WAITING)
    row = waiting.select_related("community").order_by("pk").first()
    if row is None:
        return False
    mine = BusinessFileRow.objects.filter(pk=row.pk)
    if not waiting.filter(pk=row.pk).update(taken_at=timezone.now()):
        return True
    try:
        with guard(row.name), Beat(mine):
            _read(row)
    except Problem as problem:
        mine.update(
            state=FileState.REFUSED,
            problem_ja=problem.said_in("ja")[:500],
            problem_en=problem.said_in("en")[:500],
        )
    except OSError:  # the upload is gone, or cannot be read
        mine.update(state=FileState.REFUSED, problem_ja=LOST.ja, problem_en=LOST.en)
    _let_go(row)
    return True


def _let_go(row: BusinessFileRow) -> None:
    with suppress(OSError):
        Path(row.path).unlink()


def _read(row: BusinessFileRow) -> BusinessFileRow:
    """Read a file and keep what it says, in one transaction; once it is in, nothing is done."""
    wanted = Wanted(
        outcome=row.outcome,
        fiscal_month=row.community.fiscal_month,
        allows_negative=row.allows_negative,
        is_share=row.is_share,
    )
    told = read_records(Path(row.path).read_bytes(), wanted, place=row.name)
    with transaction.atomic():
        still = BusinessFileRow.objects.filter(pk=row.pk, state=FileState.WAITING)
        done = still.update(
            state=FileState.IN,
            read=told.read,
            kept=len(told.records),
            repeated=told.repeated,
            other=told.other,
            refused=[_as_kept(one) for one in told.refused],
            gaps=msgspec.to_builtins(told.gaps),
            path="",
        )
        if done:
            _insert(row, told.records)
    path = row.path
    row.refresh_from_db()
    row.path = path
    return row


_COLUMNS = ("account", "name", "period", "value", "segment", "joined", "since")


def _insert(row: BusinessFileRow, records: Sequence[Record]) -> None:
    """Keep the records as rows, without making an object of each."""
    table, quoted = BusinessRecordRow._meta.db_table, connection.ops.quote_name
    names = ", ".join(map(quoted, ("file_id", *_COLUMNS)))
    places = ", ".join(["%s"] * (len(_COLUMNS) + 1))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quoted(table)} ({names}) VALUES ({places})",
            [(row.pk, *(getattr(one, name) for name in _COLUMNS)) for one in records],
        )


def _as_kept(one: Refused) -> dict[str, object]:
    return {
        "row": one.row,
        "cells": one.cells,
        "what": [one.what.ja, one.what.en],
        "next": [one.next_step.ja, one.next_step.en],
    }


def refused_of(row: BusinessFileRow) -> list[Refused]:
    """Return the rows of a file that could not be read, with their reasons."""
    return [
        Refused(one["row"], _words(one["what"]), _words(one["next"]), one["cells"])
        for one in row.refused
    ]


def _words(both: Sequence[str]) -> Words:
    return Words(both[0], both[1])


def files(acting: Acting, outcome: str | None = None) -> QuerySet[BusinessFileRow]:
    """Return the files that came in, the newest first."""
    rows = BusinessFileRow.objects.filter(community=acting.community).order_by("-number")
    return rows if outcome is None else rows.filter(outcome_key=account_key(outcome))


def file_numbered(acting: Acting, number: int) -> BusinessFileRow:
    """Return one file; raises ``UnknownName``."""
    row = files(acting).filter(number=number).first()
    if row is None:
        raise UnknownName(NO_FILE, FROM_THE_LIST)
    return row


def take_out(acting: Acting, number: int) -> BusinessFileRow:
    """Count a file no longer; what an earlier file said of the same periods counts again."""
    return _set(acting, number, is_out=True)


def put_back(acting: Acting, number: int) -> BusinessFileRow:
    """Count a file again."""
    return _set(acting, number, is_out=False)


def _set(acting: Acting, number: int, *, is_out: bool) -> BusinessFileRow:
    must_write(acting)
    row = file_numbered(acting, number)
    with transaction.atomic():
        changed = BusinessFileRow.objects.filter(pk=row.pk, taken_out_at__isnull=is_out)
        if changed.update(taken_out_at=timezone.now() if is_out else None):
            note(acting, "take_out_records" if is_out else "put_back_records", about=row.name)
    row.refresh_from_db()
    return row


def records_of(acting: Acting, outcome: str) -> list[Record]:
    """Return what is known of an outcome: of several files about one value the newest counts."""
    counted = files(acting, outcome).filter(taken_out_at=None, state=FileState.IN)
    rows = BusinessRecordRow.objects.filter(file__in=counted).order_by("file__number", "pk")
    columns = ("account", "name", "period", "value", "segment", "joined", "since")
    kept: dict[tuple[str, str], Record] = {}
    for account, name, period, value, segment, joined, since in rows.values_list(*columns):
        kept[account, period] = Record(
            account=account,
            name=name,
            outcome=outcome,
            period=period,
            value=value,
            segment=segment,
            joined=joined,
            since=since,
        )
    return list(kept.values())


def values_of(acting: Acting, outcome: str) -> int:
    """Return how many values the files of an outcome hold that count."""
    counted = files(acting, outcome).filter(taken_out_at=None, state=FileState.IN)
    return counted.aggregate(values=Sum("kept"))["values"] or 0


def outcomes(acting: Acting) -> Sequence[str]:
    """Return the names of the outcomes of which there are files that count."""
    counted = files(acting).filter(taken_out_at=None, state=FileState.IN)
    rows = counted.values_list("outcome_key", "outcome")
    return sorted(dict(rows).values())


def accounts_named(acting: Acting) -> list[tuple[str, str]]:
    """Return key and name of every account in the records that count, by name.

    There may be thousands of them in very many records, so they are kept until anything changes.
    """
    return lately(("accounts", acting.community.pk), lambda: _accounts_named(acting))


def _accounts_named(acting: Acting) -> list[tuple[str, str]]:
    counted = files(acting).filter(taken_out_at=None, state=FileState.IN)
    rows = BusinessRecordRow.objects.filter(file__in=counted).values_list("account", "name")
    return sorted(dict(rows.distinct()).items(), key=lambda pair: pair[1])
