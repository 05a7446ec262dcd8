"""Business records per account: brought in, taken out again, and read as the newest file has it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.explain.studies.accounts import Record
from jibungoto.explain.studies.refusing import Refused
from jibungoto.explain.studies.table import Told, Wanted, account_key, read_records
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import BusinessFileRow, BusinessRecordRow

LARGEST = 32 << 20
_LONGEST_NAME = 300
_AT_ONCE = 5_000

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
    where it is no table of records, or came in already.
    """
    must_write(acting)
    outcome = wanted.outcome.strip()[:200]
    if not outcome:
        raise InvalidChoice(NO_OUTCOME, NAME_IT)
    content = _whole(upload)
    wanted = Wanted(
        outcome=outcome,
        fiscal_month=acting.community.fiscal_month,
        allows_negative=wanted.allows_negative,
        is_share=wanted.is_share,
    )
    told = read_records(content, wanted, place=upload.name)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        row = _kept(acting, told, upload=upload, outcome=outcome, digest=digest)
        note(acting, "bring_in_records", about=f"{row.name}: {row.kept}/{row.read}")
    return row


def _whole(upload: Upload) -> bytes:
    content = bytearray()
    for chunk in upload.chunks:
        content += chunk
        if len(content) > LARGEST:
            raise InvalidChoice(TOO_LARGE, SPLIT, place=upload.name)
    return bytes(content)


def _kept(
    acting: Acting, told: Told, *, upload: Upload, outcome: str, digest: str
) -> BusinessFileRow:
    files = BusinessFileRow.objects.select_for_update().filter(community=acting.community)
    key = account_key(outcome)
    if files.filter(digest=digest, outcome_key=key, taken_out_at=None).exists():
        raise InvalidChoice(SAME_FILE, TAKE_OUT_FIRST, place=upload.name)
    row = BusinessFileRow.objects.create(
        community=acting.community,
        number=(files.aggregate(last=Max("number"))["last"] or 0) + 1,
        name=upload.name[:_LONGEST_NAME] or "upload",
        digest=digest,
        outcome=outcome,
        outcome_key=key,
        read=told.read,
        kept=len(told.records),
        repeated=told.repeated,
        other=told.other,
        refused=[_as_kept(one) for one in told.refused],
        gaps=msgspec.to_builtins(told.gaps),
        by_id=acting.user_id,
    )
    made = (
        BusinessRecordRow(
            file=row,
            account=one.account,
            name=one.name,
            period=one.period,
            value=one.value,
            segment=one.segment,
            joined=one.joined,
            since=one.since,
        )
        for one in told.records
    )
    BusinessRecordRow.objects.bulk_create(made, batch_size=_AT_ONCE)
    return row


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
    counted = files(acting, outcome).filter(taken_out_at=None)
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


def outcomes(acting: Acting) -> Sequence[str]:
    """Return the names of the outcomes of which there are files that count."""
    rows = files(acting).filter(taken_out_at=None).values_list("outcome_key", "outcome")
    return sorted(dict(rows).values())


def accounts_named(acting: Acting) -> list[tuple[str, str]]:
    """Return key and name of every account in the records that count, by name."""
    counted = files(acting).filter(taken_out_at=None)
    rows = BusinessRecordRow.objects.filter(file__in=counted).values_list("account", "name")
    return sorted(dict(rows.distinct()).items(), key=lambda pair: pair[1])
