"""Carrying out an intake: read, write parts, derive the months, and the one commit."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from jibungoto.desk.gather.choices import choices_of
from jibungoto.desk.gather.claim import Claim
from jibungoto.desk.gather.commit import Moved, commit
from jibungoto.desk.gather.current import newest_of, refused_actors
from jibungoto.desk.gather.meant import settle_events
from jibungoto.engine.disk import telling_disk_problems
from jibungoto.engine.intake import Delivered, Order, Progress, deliver, prepare
from jibungoto.gather.contents.doubts import doubts_in
from jibungoto.gather.recognise import recognise
from jibungoto.gather.shelves.export import Export, fingerprint, open_export
from jibungoto.ledger.problems import HomeBusy, Problem, Undecided
from jibungoto.ledger.words import Words
from jibungoto.records.home import log_folder, upload_folder
from jibungoto.records.models import IntakeRow, IntakeState

_log = logging.getLogger(__name__)
_TRIES = 5


@dataclass(frozen=True, slots=True)
class _TakenOver(Exception):
    """Another process works on this intake now; this one stops without a trace."""


def carry_out(
    claim: Claim,
    watch: Callable[[Progress], None] = lambda _: None,
    *,
    opened: Export | None = None,
) -> IntakeRow:
    """Bring in one claimed intake and return its row: in the log, or refused with the reason.

    ``watch`` is told after every batch how far the reading is. ``opened`` is the export, where it
    has been opened already.

    Doing it twice changes nothing. If the process dies at any point before the commit, the log
    is as it was and the next claim does the work again.
    """
    intake = claim.intake
    try:
        with claim, telling_disk_problems(intake.name):
            _bring_in(claim, watch, opened=opened)
    except Problem as problem:
        _refuse(claim, problem)
    except _TakenOver:
        _log.warning("intake %s was taken over by another process", intake.pk)
    intake.refresh_from_db()
    return intake


def _bring_in(claim: Claim, watch: Callable[[Progress], None], *, opened: Export | None) -> None:
    intake = claim.intake
    path = Path(intake.path)
    mark = fingerprint(path)
    if intake.private_places or intake.decided:
        mark = f"{mark[:32]}{_mark_of(intake)}"
    _, manifest = newest_of(intake.community)
    known = manifest.delivered(mark)
    if known is not None:
        _say_known(claim, mark, number=known.intake)
        return
    with opened or open_export(path, name=intake.name) as export:
        delivered = _delivered(claim, export, mark=mark, watch=watch)
        delivered.reading.encodings = doubts_in(export)
    _commit(claim, delivered)
    settle_events(intake.community)
    _forget_upload(intake)


def _mark_of(intake: IntakeRow) -> str:
    """Return what tells two readings of one export apart: what was chosen and said of it."""
    import hashlib
    import json

    chosen = "\n".join(sorted(intake.private_places))
    if intake.decided:
        chosen += "\0" + json.dumps(intake.decided, sort_keys=True)
    return hashlib.sha256(chosen.encode()).hexdigest()[:32]


def _delivered(
    claim: Claim, export: Export, *, mark: str, watch: Callable[[Progress], None]
) -> Delivered:
    intake = claim.intake
    reader = recognise(export)
    order = Order(
        number=intake.number,
        fingerprint=mark,
        key=intake.community.key,
        zone=intake.community.zone,
        choices=choices_of(intake),
        refused_actors=refused_actors(intake.community),
        now=int(timezone.now().timestamp()),
    )

    def tell(progress: Progress) -> None:
        if claim.is_lost:
            raise _TakenOver
        claim.progress(progress)
        watch(progress)

    folder = log_folder(intake.community.slug)
    return deliver(folder, export, reader=reader, order=order, on_progress=tell)


def _commit(claim: Claim, delivered: Delivered) -> None:
    """Derive the next version and commit it; derive again if the log moved on meanwhile."""
    folder = log_folder(claim.intake.community.slug)
    for _ in range(_TRIES):
        parent, manifest = newest_of(claim.intake.community)
        prepared = prepare(folder, manifest, delivered=delivered)
        try:
            commit(claim, parent, delivered=delivered, prepared=prepared)
        except Moved:
            continue
        return
    raise HomeBusy(
        Words("ほかの取り込みと重なりました。", "Other intakes kept coming in between."),
        Words("もう一度取り込んでください。", "Bring the file in again."),
    )


def _say_known(claim: Claim, mark: str, *, number: int) -> None:
    """Account for an export that is in the log already: everything in it is unchanged."""
    intake = claim.intake
    first = IntakeRow.objects.get(community=intake.community, number=number)
    kept = first.new + first.updated + first.unchanged
    IntakeRow.objects.filter(pk=intake.pk, taken_by=claim.token).update(
        state=IntakeState.IN,
        same_as=first,
        source=first.source,
        fingerprint=mark,
        ended_at=timezone.now(),
        read=first.read,
        unchanged=kept,
        repeated=first.repeated,
        left_out=first.left_out,
        refused=first.refused,
        handles=first.handles,
        first_day=first.first_day,
        last_day=first.last_day,
    )
    _forget_upload(intake)


def _refuse(claim: Claim, problem: Problem) -> None:
    """Say why an intake did not come in; an upload stays where a person can still answer."""
    asked = problem.asked.value if isinstance(problem, Undecided) else ""
    began = problem.began if isinstance(problem, Undecided) else None
    with transaction.atomic():
        IntakeRow.objects.filter(pk=claim.intake.pk, taken_by=claim.token).update(
            state=IntakeState.REFUSED,
            asked=asked,
            met={} if began is None else {"began": began},
            ended_at=timezone.now(),
            problem_ja=problem.said_in("ja"),
            problem_en=problem.said_in("en"),
        )
    if not asked:
        _forget_upload(claim.intake)


def _forget_upload(intake: IntakeRow) -> None:
    """Delete an upload once it is committed or refused, unless the community keeps them."""
    if not intake.is_upload or intake.community.keeps_uploads:
        return
    folder = Path(intake.path).parent
    if folder.parent == upload_folder():
        shutil.rmtree(folder, ignore_errors=True)
