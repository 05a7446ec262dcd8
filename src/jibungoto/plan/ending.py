"""What is kept of a scorecard when a plan ends, so that its numbers stay as they were."""

from __future__ import annotations

from jibungoto.plan.scorecard import Scorecard

Told = dict[str, str | float | None]


def told_cards(scorecard: Scorecard) -> list[Told]:
    """Return each victory condition's value, target and standing as plain values."""
    return [
        {
            "key": card.victory.key,
            "measure": card.victory.measure,
            "part": card.victory.part,
            "value": None if card.now is None else card.now.value,
            "low": None if card.now is None else card.now.low,
            "high": None if card.now is None else card.now.high,
            "day": None if card.now is None else card.now.day.isoformat(),
            "target": card.victory.target,
            "standing": card.judged.standing.value,
        }
        for card in scorecard.cards
    ]
