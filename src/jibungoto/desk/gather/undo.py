"""Undoing an intake: the log and the names are as if it had never come in."""

from __future__ import annotations

from django.db import transaction

from jibungoto.desk.acting import Acting, administrator, must_write, note
from jibungoto.desk.gather.change import Outdated
from jibungoto.desk.gather.commit import keep_version
from jibungoto.desk.gather.current import newest_of
from jibungoto.desk.gather.meant import settle_events
from jibungoto.desk.gather.tellings import (
    forget_taken_back,
    to_take_back,
    write_taken_back,
)
from jibungoto.engine.disk import write_whole
from jibungoto.engine.intake import without
from jibungoto.engine.manifest import encode
from jibungoto.ledger.problems import HomeBusy, InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.home import log_folder
from jibungoto.records.models import CommunityRow, IntakeRow, IntakeState

_TRIES = 5


def undo(acting: Acting, number: int) -> IntakeRow:
    """Take one intake out of the log, here and now; undoing it again is refused.

    Deliveries of the very same content brought nothing of their own: they go with the first one.
    """
    return _carried_out(acting, ask_to_undo(acting, number))


def ask_to_undo(acting: Acting, number: int) -> IntakeRow:
    """Ask for one intake to be taken out; the worker does it. Refused unless the intake is in."""
    must_write(acting)
    intake = acting.community.intakes.filter(number=number).first()
    if intake is None:
        raise UnknownName(
            Words(f"{number} 番の取り込みはありません。", f"There is no intake {number}."),
            Words("取り込みの一覧で番号を確かめてください。", "See the list of intakes."),
        )
    with transaction.atomic():
        asked = IntakeRow.objects.filter(pk=intake.pk, state=IntakeState.IN)
        if not asked.update(state=IntakeState.UNDOING):
            raise InvalidChoice(
                Words(
                    f"{number} 番の取り込みは、いま取り消せません。",
                    f"Intake {number} cannot be undone now.",
                ),
                Words(
                    "取り込みが済んでいて、まだ取り消していないものを選んでください。",
                    "Choose one that is in and has not been undone.",
                ),
            )
        note(acting, "undo", about=intake.name)
    intake.refresh_from_db()
    return intake


def undo_next() -> bool:
    """Carry out one undo that somebody asked for; say whether there was any."""
    waiting = IntakeRow.objects.filter(state=IntakeState.UNDOING).order_by("pk").first()
    if waiting is None:
        return False
    _carried_out(administrator(waiting.community), waiting)
    return True


def _carried_out(acting: Acting, intake: IntakeRow) -> IntakeRow:
    if intake.same_as_id is not None:
        IntakeRow.objects.filter(pk=intake.pk).update(state=IntakeState.UNDONE)
        intake.refresh_from_db()
        return intake
    for _ in range(_TRIES):
        if _undone(acting, intake) or _is_undone(intake):
            settle_events(acting.community)
            intake.refresh_from_db()
            return intake
    raise HomeBusy(
        Words("ほかの取り込みと重なりました。", "Other intakes kept coming in between."),
        Words("少し待ってから、もう一度お試しください。", "Wait a little and try again."),
    )


def _is_undone(intake: IntakeRow) -> bool:
    """Say whether another process has carried it out."""
    return IntakeRow.objects.filter(pk=intake.pk, state=IntakeState.UNDONE).exists()


def _undone(acting: Acting, intake: IntakeRow) -> bool:
    """Take an intake out; say whether it is out, or names and log have changed meanwhile."""
    folder = log_folder(acting.community.slug)
    parent, manifest = newest_of(acting.community)
    following = without(folder, manifest, intake=intake.number)
    changes = to_take_back(intake)
    try:
        with transaction.atomic():
            if not _is_to_do(intake, parent):
                return False
            write_taken_back(changes)
            keep_version(acting.community, following, cause=f"undo {intake.number}")
    except Outdated:
        return False
    write_whole(folder / "manifest.json", encode(following))
    forget_taken_back(intake)
    return True


def _is_to_do(intake: IntakeRow, parent: int | None) -> bool:
    """Let an intake be undone if it still is to be, and the log is the one that was looked at."""
    community = CommunityRow.objects.select_for_update().get(pk=intake.community_id)
    if community.version_id != parent:
        return False
    taken = IntakeRow.objects.filter(pk=intake.pk, state=IntakeState.UNDOING)
    if not taken.update(state=IntakeState.UNDONE):
        return False
    again = IntakeRow.objects.filter(same_as=intake, state=IntakeState.IN)
    again.update(state=IntakeState.UNDONE)
    return True
