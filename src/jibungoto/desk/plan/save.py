"""Saving drafts: two who edit the same one are told of each other, and neither loses a word."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.plan.look import Version, version_from, version_of
from jibungoto.desk.plan.versions import add_version, sound
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.plan.changes import Change, changes_between
from jibungoto.plan.owwh import Plan
from jibungoto.plan.states import State
from jibungoto.plan.stored import to_stored
from jibungoto.records.models import PlanVersionRow

PARTED = Words(
    "ほかの人が先にこの下書きを変えました。あなたの文は別の下書きとして残してあります。"
    "違いを見て、どちらかにまとめてください。",
    "Somebody else changed this draft first. Your text is kept as a draft of its own; look at "
    "what differs and bring the two together.",
)
IS_IN_FORCE = Words(
    "この版はもう変えられません。あなたの文は新しい下書きとして残してあります。",
    "This version can no longer be changed. Your text is kept as a new draft.",
)
_EDITABLE = [state.value for state in State if state.is_editable]


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft was saved; its row has the stamp for the next save."""

    version: Version


@dataclass(frozen=True, slots=True)
class Parted:
    """Somebody was first: what is there now, what became of one's own text, and what differs."""

    why: Words
    theirs: Version
    mine: Version
    changes: tuple[Change, ...]


def save_draft(acting: Acting, key: str, *, number: int, stamp: int, plan: Plan) -> Saved | Parted:
    """Save a draft that was read at ``stamp``; saving the same twice changes nothing.

    Where it was changed meanwhile, or put in force, this text becomes a draft of its own. Raises
    ``InvalidChoice`` where something in it is too large or cannot be read.
    """
    must_write(acting)
    kept = sound(plan)
    there = version_of(acting, key, number=number)
    if there.plan == kept and there.state.is_editable:
        return Saved(there)
    with transaction.atomic():
        same = PlanVersionRow.objects.filter(
            pk=there.row.pk, stamp=stamp, state__in=_EDITABLE, dropped_at=None
        )
        is_mine = same.update(
            value=to_stored(kept),
            stamp=F("stamp") + 1,
            state=State.DRAFT.value,
            changed_at=timezone.now(),
            changed_by_id=acting.user_id,
        )
        if is_mine:
            note(acting, "save plan", about=f"{key} v{number}")
            return Saved(version_of(acting, key, number=number))
        theirs = version_of(acting, key, number=number)
        row = add_version(acting, theirs.row.plan, plan=kept, made_from=number)
        note(acting, "part plan", about=f"{key} v{row.number} of v{number}")
    mine = version_from(row)
    why = PARTED if theirs.row.is_editable else IS_IN_FORCE
    return Parted(why, theirs, mine, changes_between(theirs.plan, mine.plan))


def drop_draft(acting: Acting, key: str, *, number: int) -> None:
    """Take a draft off the list; it can still be read. The only version of a plan stays."""
    must_write(acting)
    version = version_of(acting, key, number=number)
    if not version.state.is_editable:
        raise InvalidChoice(
            Words("実行中や終了した版は消せません。", "Only a draft can be dropped."),
            Words("下書きを選んでください。", "Choose a draft."),
        )
    others = version.row.plan.versions.filter(dropped_at=None).exclude(pk=version.row.pk)
    if not others.exists():
        raise InvalidChoice(
            Words("最後の一つの版は消せません。", "This is the plan's only version."),
            Words("計画ごと一覧から外してください。", "Drop the whole plan instead."),
        )
    with transaction.atomic():
        version.row.dropped_at = timezone.now()
        version.row.save(update_fields=["dropped_at"])
        note(acting, "drop draft", about=f"{key} v{number}")
