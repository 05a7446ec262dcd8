"""The measures of size: how many are registered, active, new, and by how much they grew."""

from __future__ import annotations

from jibungoto.ledger.words import Words
from jibungoto.understand.measure import JOINING, Direction, IntervalKind, Measure, Unit

SIZE: tuple[Measure, ...] = (
    Measure(
        key="registered",
        name=Words("登録者", "Registered"),
        definition=Words(
            "その日に名前の登録があるメンバーの数。削除された人とスタッフは別に数えます。",
            "Members with a handle on the day; deleted accounts and staff are counted apart.",
        ),
        unit=Unit.PERSONS,
        window=0,
        step="tally_registered",
        interval=IntervalKind.NONE,
        direction=Direction.UP,
        parts={
            "deleted": Words("削除された人", "deleted accounts"),
            "staff": Words("スタッフ", "staff"),
        },
    ),
    Measure(
        key="active",
        name=Words("活動メンバー", "Active members"),
        definition=Words(
            "直近28日に一度でも行動したメンバーの数。",
            "Distinct members with at least one act in the last 28 days.",
        ),
        unit=Unit.PERSONS,
        window=28,
        step="tally_active",
        interval=IntervalKind.POISSON,
        direction=Direction.UP,
        parts={
            "without_reaction_only": Words(
                "リアクションだけの人を除く", "without people who only reacted"
            )
        },
    ),
    Measure(
        key="new",
        name=Words("新規", "Newcomers"),
        definition=Words(
            "直近28日に加わったメンバーの数。加わった日が確かな人だけを数えます。",
            "Members who joined in the last 28 days, where the day of joining is exact.",
        ),
        unit=Unit.PERSONS,
        window=28,
        step="tally_new",
        interval=IntervalKind.POISSON,
        direction=Direction.UP,
        needs=JOINING,
    ),
    Measure(
        key="growth",
        name=Words("純増", "Net growth"),
        definition=Words(
            "直近28日の「はじめての行動+復帰−休眠」。休眠は90日間行動がないこと、"
            "復帰は90日を超える空白のあとの行動です。",
            "First acts plus returned minus became dormant in the last 28 days; dormant means no "
            "act for 90 days, returned an act after a gap of more than 90.",
        ),
        unit=Unit.PERSONS,
        window=28,
        step="tally_growth",
        interval=IntervalKind.NONE,
        direction=Direction.UP,
        parts={
            "first_acts": Words("はじめての行動", "first acts"),
            "returned": Words("復帰", "returned"),
            "became_dormant": Words("休眠", "became dormant"),
        },
    ),
)
"""How many there are and how that moves (domain.md 7.1)."""
