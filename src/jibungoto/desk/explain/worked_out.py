"""Remembers what was worked out from business records, and what the worker is to work out."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.desk.beat import free
from jibungoto.explain.studies.table import account_key
from jibungoto.records.models import (
    AccountLinkRow,
    BusinessFileRow,
    CommunityRow,
    FileState,
    WorkedOutRow,
)

STUDY, REVENUE = "study:", "revenue:"
_WANTED = ""
"""The stamp of what a page wants and nobody has worked out yet."""


def known(acting: Acting, about: str, *, stamp: str, is_wanted: bool = True) -> Any:
    """Return what was worked out under a stamp; None if nothing was, and then it is wanted."""
    row = WorkedOutRow.objects.filter(community=acting.community, about=about).first()
    if row is not None and row.stamp == stamp:
        return row.content
    if is_wanted and (row is None or row.stamp != _WANTED):
        _keep(acting, about, stamp=_WANTED, content={})
    return None


def keep_known(acting: Acting, about: str, *, stamp: str, content: object) -> None:
    """Keep what was worked out; two who work it out from the same keep the same."""
    _keep(acting, about, stamp=stamp, content=content)


def _keep(acting: Acting, about: str, *, stamp: str, content: object) -> None:
    WorkedOutRow.objects.update_or_create(
        community=acting.community,
        about=about,
        defaults={"stamp": stamp, "content": content, "taken_at": None},
    )


def wanted() -> WorkedOutRow | None:
    """Return what has been wanted longest, in any community, and nobody is at work on."""
    rows = WorkedOutRow.objects.filter(free(), stamp=_WANTED).select_related("community")
    return rows.order_by("at", "pk").first()


def taken(row: WorkedOutRow) -> QuerySet[WorkedOutRow] | None:
    """Take something wanted up, and return where to write signs of life; None if it is taken."""
    mine = WorkedOutRow.objects.filter(pk=row.pk, stamp=_WANTED)
    is_mine = mine.filter(free()).update(taken_at=timezone.now())
    return mine if is_mine else None


def forget(community: CommunityRow, about: str) -> None:
    """Want something no more: what it was about is gone, or cannot be worked out."""
    WorkedOutRow.objects.filter(community=community, about=about, stamp=_WANTED).delete()


def mark_of(parts: list[object]) -> str:
    """Return a mark that changes as soon as one of the parts does."""
    said = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def files_mark(acting: Acting, outcome: str) -> list[int]:
    """Return which files of an outcome count."""
    rows = BusinessFileRow.objects.filter(
        community=acting.community,
        outcome_key=account_key(outcome),
        taken_out_at=None,
        state=FileState.IN,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def links_mark(acting: Acting) -> list[object]:
    """Return what decides who joined when: the ties, the log, and what is said of people."""
    rows = AccountLinkRow.objects.filter(community=acting.community).order_by("pk")
    said = rows.values_list("account", "domains", "people")
    return [list(map(list, said)), acting.community.version_id, acting.community.facts_stamp]


def end_of(acting: Acting, day: date) -> datetime:
    """Return the moment at which a day is over where the community is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(acting.community.zone))
