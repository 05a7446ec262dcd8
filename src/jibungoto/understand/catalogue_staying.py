"""The measures of staying: who is still there, how steadily, and who comes back."""

from __future__ import annotations

from jibungoto.ledger.words import Words
from jibungoto.understand.measure import JOINING, Direction, IntervalKind, Measure, Unit
from jibungoto.understand.returning import CHATS, STRETCHES
from jibungoto.understand.thresholds import DEFAULTS


def _stretch(k: int) -> Words:
    first, last = k * DEFAULTS.stretch_days, (k + 1) * DEFAULTS.stretch_days - 1
    return Words(f"加わって{first}〜{last}日目", f"days {first} to {last} after joining")


STAYING: tuple[Measure, ...] = (
    Measure(
        key="ret_k",
        name=Words("継続率", "Retention"),
        definition=Words(
            "加わってからk回目の30日間(30×k日目から30日間)にも行動した人の割合。その30日間が"
            "過ぎたばかりの新メンバー90日ぶんで数えます。加わった日が確かな人だけを数え、"
            "時刻の分からないリアクションは行動に含めません。",
            "Of members who joined in the 90 days whose k-th 30 days have only now passed: the "
            "share who acted in those (from day 30k on). Only members whose day of joining is "
            "exact, and only acts whose time is known.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_returning",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        needs=JOINING,
        parts={f"k{k}": _stretch(k) for k in STRETCHES},
        reach={f"k{k}": (k + 1) * DEFAULTS.stretch_days for k in STRETCHES},
    ),
    Measure(
        key="stickiness",
        name=Words("定着度", "Stickiness"),
        definition=Words(
            "直近28日にチャットで行動したメンバーのうち、直近7日にも行動した人の割合。"
            "チャット以外での行動は数えません。",
            "Of members who acted in a chat in the last 28 days: the share who did so in the last "
            "7. What they did anywhere but in a chat is not counted.",
        ),
        unit=Unit.FRACTION,
        window=28,
        step="tally_returning",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        of_sources=CHATS,
    ),
    Measure(
        key="dormant_back",
        name=Words("復帰", "Back from dormancy"),
        definition=Words(
            "直近28日に、90日以上の空白のあとで再び行動したメンバーの数。",
            "Members who acted in the last 28 days after 90 days or more without an act.",
        ),
        unit=Unit.PERSONS,
        window=28,
        step="tally_returning",
        interval=IntervalKind.POISSON,
        direction=Direction.UP,
        reach={"": DEFAULTS.dormant_days},
    ),
)
"""Who stays and who comes back (domain.md 7.1)."""
