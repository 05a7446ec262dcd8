"""Counting by hand: the number of a victory condition that no data tells."""

from __future__ import annotations

import math
from datetime import date

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.days import today_in
from jibungoto.desk.plan.look import opened
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import HandCountRow


def count_by_hand(
    acting: Acting, key: str, *, victory: str, value: float, day: date | None = None
) -> HandCountRow:
    """Note a number counted by hand; counted again for the same day, the later one counts.

    Raises ``InvalidChoice`` where the victory condition is not one to be counted by hand.
    """
    must_write(acting)
    plan = opened(acting, key)
    by_hand = [one.key for one in plan.newest.plan.objective.victory if one.by_hand.is_complete]
    if victory not in by_hand:
        raise InvalidChoice(
            Words("手で数える勝利条件ではありません。", "This is not counted by hand."),
            Words(
                f"次のどれかです: {', '.join(by_hand) or '-'}",
                f"One of: {', '.join(by_hand) or '-'}",
            ),
        )
    counted = day or today_in(acting)
    if not math.isfinite(value) or counted > today_in(acting):
        raise InvalidChoice(
            Words(
                "この日の数としては記録できません。", "This cannot be noted as a count of that day."
            ),
            Words("今日までの日と、数を入れてください。", "Enter a number, and a day up to today."),
        )
    with transaction.atomic():
        row, _ = HandCountRow.objects.update_or_create(
            plan=plan.row,
            victory=victory,
            day=counted,
            defaults={"value": value, "noted_by_id": acting.user_id},
        )
        note(acting, "count by hand", about=f"{key} {victory} {counted}")
    return row
