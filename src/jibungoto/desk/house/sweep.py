"""Sweeping: files that no version names any more go a day later; old versions go with them."""

from __future__ import annotations

import shutil
import time
from datetime import timedelta
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from jibungoto.desk.erasing.again import clean_all
from jibungoto.desk.gather.change import forget_abandoned
from jibungoto.engine.manifest import decode
from jibungoto.records.home import log_folder, upload_folder
from jibungoto.records.models import AnswerRow, CommunityRow, IntakeRow, IntakeState, LogVersionRow

_KEPT_FOR = timedelta(days=1)
_ANSWERED_WITHIN = timedelta(days=30)
_ON_ITS_WAY = (IntakeState.WAITING, IntakeState.READING)


def sweep_all() -> int:
    """Sweep every community of this home; return how many files went.

    Where people were erased since the last time, the database forgets their bytes too.
    """
    forget_abandoned()
    communities = CommunityRow.objects.order_by("pk")
    swept = sum(sweep(community) for community in communities) + _sweep_uploads()
    clean_all()
    return swept


def sweep(community: CommunityRow) -> int:
    """Delete versions older than a day but the current one, and every file nobody names.

    A file younger than a day stays: an intake may be writing it, or a reader may have pinned it.
    """
    community.refresh_from_db()  # which version and which facts are the current ones
    _forget_old_versions(community)
    _forget_old_answers(community)
    folder = log_folder(community.slug)
    named: set[str] = set()
    for text in community.versions.values_list("manifest", flat=True):
        named |= decode(text).paths()
    oldest = time.time() - _KEPT_FOR.total_seconds()
    swept = 0
    for tier in ("deliveries", "months"):
        for file in sorted((folder / tier).glob("**/*.parquet")):
            known = file.relative_to(folder).as_posix() in named
            if not known and file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)
                swept += 1
    return swept + _sweep_facts(folder, community.facts_stamp, oldest=oldest)


def _forget_old_versions(community: CommunityRow) -> None:
    old = LogVersionRow.objects.filter(
        community=community, made_at__lt=timezone.now() - _KEPT_FOR
    ).exclude(pk__in=[community.version_id])
    if not IntakeRow.objects.filter(community=community, state=IntakeState.READING).exists():
        old.delete()


def _forget_old_answers(community: CommunityRow) -> None:
    whole = community.answers.filter(is_complete=True)
    kept = whole.order_by("is_of_another_day", "-pk").values_list("pk", flat=True)
    AnswerRow.objects.filter(community=community, made_at__lt=timezone.now() - _KEPT_FOR).exclude(
        pk__in=list(kept[:1])
    ).delete()


def _sweep_facts(folder: Path, current: int, *, oldest: float) -> int:
    swept = 0
    for facts in sorted((folder / "facts").glob("*")):
        if facts.name != f"{current:08d}" and facts.stat().st_mtime < oldest:
            shutil.rmtree(facts, ignore_errors=True)
            swept += 1
    return swept


def _sweep_uploads() -> int:
    """Delete uploads that nobody waits for any more; an upload being received is younger.

    One that waits for an answer only a person can give is kept for a month.
    """
    unanswered = Q(ended_at__gt=timezone.now() - _ANSWERED_WITHIN) & ~Q(asked="")
    wanted = IntakeRow.objects.filter(is_upload=True).filter(
        Q(state__in=_ON_ITS_WAY) | Q(community__keeps_uploads=True) | unanswered
    )
    kept = {Path(path).parent.name for path in wanted.values_list("path", flat=True)}
    oldest = time.time() - _KEPT_FOR.total_seconds()
    swept = 0
    for left in sorted(upload_folder().iterdir()):
        if left.name not in kept and left.stat().st_mtime < oldest:
            _remove(left)
            swept += 1
    return swept


def _remove(left: Path) -> None:
    """Remove a kept upload's folder, or a file that a server which died was receiving."""
    if left.is_dir():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink(missing_ok=True)
