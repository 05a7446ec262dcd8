"""Who asks about the community: keeping the map, and what was talked about with whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.sustain.entered import (
    a_name,
    contact_numbered,
    not_later,
    one_line,
    stakeholder_numbered,
    whole,
)
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import ContactKind, ContactRow, StakeholderRow
from jibungoto.sustain.askers import INFLUENCES, STANCES, AskerKind, Interest

_CHOOSE = Words("一覧から選んでください。", "Choose one of the list.")
_MOST_MINUTES = 1_440


@dataclass(frozen=True, slots=True)
class StakeholderWish:
    """A stakeholder as somebody wants them kept; ``number`` None is somebody new.

    ``question`` may be empty in either language, or in both: then their kind's stands for it.
    """

    name: str
    kind: AskerKind
    interest: Interest
    influence: int
    stance: int
    department: str = ""
    question: Words = Words("", "")
    is_supervisor: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class ContactWish:
    """A talk to note: with a stakeholder, or else with a ``peer`` who does the same elsewhere."""

    day: date
    kind: ContactKind
    stakeholder: int | None = None
    peer: str = ""
    minutes: int | None = None
    outcome: str = ""
    next_step: str = ""
    decision: str = ""


def keep_stakeholder(acting: Acting, wish: StakeholderWish) -> StakeholderRow:
    """Put somebody on the map, or move them; doing it twice changes nothing."""
    must_write(acting)
    if wish.influence not in INFLUENCES or wish.stance not in STANCES:
        raise InvalidChoice(Words("地図の外です。", "This lies outside of the map."), _CHOOSE)
    told = {
        "name": a_name(wish.name),
        "department": one_line(wish.department),
        "kind": wish.kind.value,
        "interest": wish.interest.value,
        "influence": wish.influence,
        "stance": wish.stance,
        "question_ja": one_line(wish.question.ja, most=500),
        "question_en": one_line(wish.question.en, most=500),
        "is_supervisor": wish.is_supervisor,
    }
    with transaction.atomic():
        if wish.number is None:
            row = StakeholderRow(community=acting.community)
        else:
            row = stakeholder_numbered(acting, wish.number)
        if wish.number is None or told != {name: getattr(row, name) for name in told}:
            for name, value in told.items():
                setattr(row, name, value)
            row.save()
            note(acting, "keep stakeholder", about=row.name)
    return row


def drop_stakeholder(acting: Acting, number: int) -> None:
    """Take somebody off the map, with every contact and delivery noted of them."""
    must_write(acting)
    with transaction.atomic():
        row = stakeholder_numbered(acting, number)
        row.delete()
        note(acting, "drop stakeholder", about=row.name)


def note_contact(acting: Acting, wish: ContactWish) -> ContactRow:
    """Note a talk."""
    must_write(acting)
    peer = one_line(wish.peer)
    if (wish.stakeholder is None) == (not peer):
        raise InvalidChoice(
            Words("誰と話したかが分かりません。", "It is not clear whom you talked to."), _CHOOSE
        )
    with transaction.atomic():
        whom = stakeholder_numbered(acting, wish.stakeholder) if wish.stakeholder else None
        row = ContactRow.objects.create(
            community=acting.community,
            stakeholder=whom,
            peer=peer,
            day=not_later(acting, wish.day),
            minutes=whole(wish.minutes, most=_MOST_MINUTES),
            kind=wish.kind.value,
            outcome=one_line(wish.outcome, most=1_000),
            next_step=one_line(wish.next_step, most=500),
            decision=one_line(wish.decision, most=500),
            by_id=acting.user_id,
        )
        note(acting, "note contact", about=whom.name if whom else peer)
    return row


def drop_contact(acting: Acting, number: int) -> None:
    """Take a note of a talk back, made by mistake."""
    must_write(acting)
    with transaction.atomic():
        row = contact_numbered(acting, number)
        row.delete()
        note(acting, "drop contact", about=row.stakeholder.name if row.stakeholder else row.peer)
