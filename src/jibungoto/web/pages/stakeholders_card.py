"""A stakeholder as pages and files show them: where they stand, and what they want to know."""

from __future__ import annotations

from dataclasses import dataclass

from jibungoto.desk.sustain.cover import question_of
from jibungoto.ledger.words import Words
from jibungoto.records.models import ContactRow, DeliveryRow, StakeholderRow
from jibungoto.sustain.askers import ASKERS, INFLUENCES, STANCES, Asker, AskerKind, Interest


@dataclass(frozen=True, slots=True)
class Card:
    """A stakeholder as the page shows them; ``number`` is the one on the map."""

    row: StakeholderRow
    number: int
    asker: Asker
    question: Words
    is_own_question: bool
    interest: Words
    influence: Words
    stance: Words
    last: ContactRow | None = None
    delivery: DeliveryRow | None = None


def card_of(row: StakeholderRow, *, number: int) -> Card:
    """Return a stakeholder with the words of where they stand."""
    return Card(
        row=row,
        number=number,
        asker=ASKERS[AskerKind(row.kind)],
        question=question_of(row),
        is_own_question=bool(row.question_ja or row.question_en),
        interest=Interest(row.interest).words,
        influence=INFLUENCES[row.influence],
        stance=STANCES[row.stance],
    )
