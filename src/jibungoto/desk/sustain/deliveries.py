"""What was sent to whom, and what came of it: opened, answered, decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.sustain.entered import (
    a_name,
    delivery_numbered,
    not_later,
    one_line,
    stakeholder_numbered,
)
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import DeliveryRow


@dataclass(frozen=True, slots=True)
class Sent:
    """A brief (by its key) that went to a stakeholder on a day.

    ``activity`` and ``outcome`` are the keys of its measures: counts of doings, and all others.
    """

    brief: str
    title: str
    stakeholder: int
    day: date
    activity: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()


def deliver(acting: Acting, sent: Sent) -> DeliveryRow:
    """Note that a brief was sent; the same brief to the same person stays one delivery."""
    must_write(acting)
    with transaction.atomic():
        whom = stakeholder_numbered(acting, sent.stakeholder)
        row, is_new = DeliveryRow.objects.get_or_create(
            stakeholder=whom,
            brief=one_line(sent.brief, most=80) or _by_hand(sent),
            defaults={
                "title": one_line(sent.title, most=300),
                "sent": not_later(acting, sent.day),
                "activity": list(sent.activity),
                "outcome": list(sent.outcome),
            },
        )
        if is_new:
            note(acting, "deliver", about=f"{row.title}: {whom.name}")
    return row


def _by_hand(sent: Sent) -> str:
    """Return the key of something that is no brief of the house: its day and its name."""
    return f"{sent.day.isoformat()} {a_name(sent.title)}"[:80]


def mark_opened(acting: Acting, number: int, *, day: date) -> DeliveryRow:
    """Note that a delivery was opened; the first day stays."""
    must_write(acting)
    with transaction.atomic():
        row = delivery_numbered(acting, number)
        if row.opened is None:
            row.opened = _since_sent(acting, row, day=day)
            row.save()
            note(acting, "mark opened", about=row.title)
    return row


def mark_replied(acting: Acting, number: int, *, day: date) -> DeliveryRow:
    """Note that a delivery was answered, and so opened; the first day stays."""
    must_write(acting)
    with transaction.atomic():
        row = delivery_numbered(acting, number)
        if row.replied is None:
            row.replied = _since_sent(acting, row, day=day)
            row.opened = row.opened or row.replied
            row.save()
            note(acting, "mark replied", about=row.title)
    return row


def decide(acting: Acting, number: int, *, decision: str, day: date) -> DeliveryRow:
    """Note what was decided on a brief; a later word takes the place of an earlier one."""
    must_write(acting)
    with transaction.atomic():
        row = delivery_numbered(acting, number)
        told = one_line(decision, most=500)
        if told != row.decision:
            row.decision = told
            row.decided = _since_sent(acting, row, day=day) if told else None
            row.save()
            note(acting, "note decision", about=row.title)
    return row


def drop_delivery(acting: Acting, number: int) -> None:
    """Take a note of a delivery back, made by mistake."""
    must_write(acting)
    with transaction.atomic():
        row = delivery_numbered(acting, number)
        row.delete()
        note(acting, "drop delivery", about=row.title)


def _since_sent(acting: Acting, row: DeliveryRow, *, day: date) -> date:
    if day < row.sent:
        raise InvalidChoice(
            Words("送るより前の日付です。", "This day lies before the sending."),
            Words("日付を確かめてください。", "Check the date."),
            place=day.isoformat(),
        )
    return not_later(acting, day)
