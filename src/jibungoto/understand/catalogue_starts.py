"""The measures of starts: who begins things, who comes, and what becomes of them."""

from __future__ import annotations

from jibungoto.ledger.words import Words
from jibungoto.understand.measure import STARTS, Direction, IntervalKind, Measure, Unit

BEGINNINGS: tuple[Measure, ...] = (
    Measure(
        key="starters",
        name=Words("起点となった人", "Starters"),
        definition=Words(
            "直近90日に有効な起点(30日以内に2人以上が集まったこと)を持つメンバーの数。",
            "Distinct members with a qualified start in the last 90 days: something they started "
            "in which 2 or more others acted within 30 days.",
        ),
        unit=Unit.PERSONS,
        window=90,
        step="tally_starters",
        interval=IntervalKind.POISSON,
        direction=Direction.UP,
        needs=STARTS,
    ),
    Measure(
        key="starter_rate",
        name=Words("起点率", "Starter rate"),
        definition=Words(
            "直近90日に活動したメンバーのうち、その期間に有効な起点を持つ人の割合。",
            "Of members active in the last 90 days: the share with a qualified start in them.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_starters",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        needs=STARTS,
    ),
    Measure(
        key="new_starter_share",
        name=Words("はじめて起点となった人の割合", "New among starters"),
        definition=Words(
            "直近90日に有効な起点を持つ人のうち、有効な起点がそれまでになかった人の割合。",
            "Of members with a qualified start in the last 90 days: the share who never had one "
            "before.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_starting",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        needs=STARTS,
    ),
    Measure(
        key="staff_start_share",
        name=Words("スタッフによる起点の割合", "Starts by staff"),
        definition=Words(
            "直近90日に成り立った有効な起点のうち、スタッフによるものの割合。",
            "Of the starts that qualified in the last 90 days: the share made by staff.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_starting",
        interval=IntervalKind.WILSON,
        needs=STARTS,
        needs_staff=True,
    ),
    Measure(
        key="start_survival90",
        name=Words("続いている起点の割合", "Starts that live on"),
        definition=Words(
            "メンバーが始めて90日以上たったもののうち、60日を過ぎてから、始めた人のほかに誰かが"
            "行動したものの割合。シリーズは、2回目が開かれたかを見ます。1回きりのイベントは"
            "数えません。",
            "Of what members started at least 90 days ago: the share in which somebody else acted "
            "after the 60th day. A series lives on if its second event was held; single events "
            "are not counted.",
        ),
        unit=Unit.FRACTION,
        window=0,
        step="tally_starting",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        needs=STARTS,
    ),
    Measure(
        key="start_pull",
        name=Words("起点に集まった人数", "Pull of starts"),
        definition=Words(
            "直近90日にメンバーが始めて30日が過ぎたものに、はじめの30日に集まったほかのメンバーの数の"
            "中央値。誰の記録もないイベントは含めません。",
            "Median number of other members who came in the first 30 days to what members started "
            "in the last 90 days, once those 30 days have passed. Events at which nobody is "
            "recorded are left out.",
        ),
        unit=Unit.PERSONS,
        window=90,
        step="sample_start_pull",
        interval=IntervalKind.BOOTSTRAP_MEDIAN,
        direction=Direction.UP,
        needs=STARTS,
        parts={"qualified": Words("有効な起点のみ", "qualified starts only")},
        has_own_samples=True,
    ),
    Measure(
        key="failed_starts",
        name=Words("まだ誰も来ていない起点", "Started, nobody came yet"),
        definition=Words(
            "直近90日にメンバーが始めたもののうち、ほかのメンバーがまだ誰も行動していないものの数。"
            "声をかけるための一覧で、責めるためのものではありません。イベントは数えません。",
            "How many of the things members started in the last 90 days no other member has acted "
            "in yet: a list for asking, not for blaming. Events are not counted.",
        ),
        unit=Unit.STARTS,
        window=90,
        step="tally_starting",
        interval=IntervalKind.POISSON,
        needs=STARTS,
    ),
)
"""Who starts things, and what becomes of them (domain.md 7.4)."""
