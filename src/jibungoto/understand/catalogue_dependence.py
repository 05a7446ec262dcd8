"""The measures of dependence: on how few people and how far on staff a community rests."""

from __future__ import annotations

from jibungoto.ledger.words import Words
from jibungoto.understand.measure import (
    STARTS,
    THREADS,
    WORKS,
    Direction,
    IntervalKind,
    Measure,
    Needs,
    Unit,
)

QUARTER = 92
"""The longest quarter, in days; which days they are, the calendar says."""
LEAST = 10
"""Among fewer people a Gini coefficient or a largest share says nothing (BR19)."""
HELPS: Needs = (("threads", WORKS),)
"""Help is seen in threads, or in works such as commits and articles."""

DEPENDENCE: tuple[Measure, ...] = (
    Measure(
        key="caf50",
        name=Words("属人度(半分)", "Contributor absence factor, half"),
        definition=Words(
            "直近の終わった四半期の「貢献・起点・継続」の行動の半分以上を、何人のメンバーで"
            "担っていたか(最も少ない人数)。少ないほど、少数の人に頼っています。",
            "The smallest number of members who together did at least half of all contributing, "
            "starting and sustaining in the last complete quarter. The fewer, the more rests on "
            "few.",
        ),
        unit=Unit.PERSONS,
        window=QUARTER,
        step="sample_effort",
        interval=IntervalKind.BOOTSTRAP_CONCENTRATION,
        direction=Direction.UP,
        needs=HELPS,
        partial_without=(*THREADS, *STARTS),
        is_quarterly=True,
    ),
    Measure(
        key="caf80",
        name=Words("属人度(8割)", "Contributor absence factor, four fifths"),
        definition=Words(
            "直近の終わった四半期の「貢献・起点・継続」の行動の8割以上を、何人のメンバーで"
            "担っていたか(最も少ない人数)。",
            "The smallest number of members who together did at least 80 % of all contributing, "
            "starting and sustaining in the last complete quarter.",
        ),
        unit=Unit.PERSONS,
        window=QUARTER,
        step="sample_effort",
        interval=IntervalKind.BOOTSTRAP_CONCENTRATION,
        direction=Direction.UP,
        needs=HELPS,
        partial_without=(*THREADS, *STARTS),
        is_quarterly=True,
    ),
    Measure(
        key="top1",
        name=Words("最も多い一人の割合", "Share of the one who does most"),
        definition=Words(
            "直近の終わった四半期の「貢献・起点・継続」の行動のうち、最も多い一人によるものの割合。"
            "担い手が10人に満たないときは出しません。背景を知るための数字です。",
            "Of all contributing, starting and sustaining of members in the last complete quarter: "
            "the share of the one who did most. No value below 10 people; for context only.",
        ),
        unit=Unit.FRACTION,
        window=QUARTER,
        step="sample_effort",
        interval=IntervalKind.BOOTSTRAP_CONCENTRATION,
        needs=HELPS,
        partial_without=(*THREADS, *STARTS),
        least=LEAST,
        is_quarterly=True,
    ),
    Measure(
        key="gini",
        name=Words("ジニ係数", "Gini coefficient"),
        definition=Words(
            "直近の終わった四半期の「貢献・起点・継続」の行動の、人による偏り。全員が同じなら0、"
            "一人に偏るほど1に近づきます。担い手が10人に満たないときは出しません。背景を知るための"
            "数字です。",
            "How unevenly members shared in contributing, starting and sustaining in the last "
            "complete quarter: 0 if all did the same, towards 1 the more one did it all. No value "
            "below 10 people; for context only.",
        ),
        unit=Unit.INDEX,
        window=QUARTER,
        step="sample_effort",
        interval=IntervalKind.BOOTSTRAP_CONCENTRATION,
        needs=HELPS,
        partial_without=(*THREADS, *STARTS),
        least=LEAST,
        is_quarterly=True,
    ),
    Measure(
        key="ef50",
        name=Words("組織への依存度(半分)", "Organisation absence factor, half"),
        definition=Words(
            "直近の終わった四半期の「貢献・起点・継続」の行動の半分以上を、いくつの組織のメンバーで"
            "担っていたか(最も少ない数)。所属の分からない人は、一人を一つの組織と数えます。"
            "少ないほど、少数の組織に頼っています。",
            "The smallest number of organisations whose members together did at least half of all "
            "contributing, starting and sustaining in the last complete quarter; whoever belongs "
            "to none that is known counts as one of their own. The fewer, the more rests on few.",
        ),
        unit=Unit.ORGANISATIONS,
        window=QUARTER,
        step="sample_ef50",
        interval=IntervalKind.BOOTSTRAP_CONCENTRATION,
        direction=Direction.UP,
        needs=HELPS,
        partial_without=(*THREADS, *STARTS),
        needs_organisations=True,
        is_quarterly=True,
    ),
    Measure(
        key="staff_share",
        name=Words("スタッフの占める割合", "Share done by staff"),
        definition=Words(
            "直近の終わった四半期の手助け(返信や作品)と起点のうち、スタッフによるものの割合。",
            "Of what people did for others (answers, works) and of what they started in the last "
            "complete quarter: the share done by staff.",
        ),
        unit=Unit.FRACTION,
        window=QUARTER,
        step="tally_staff_share",
        interval=IntervalKind.WILSON,
        parts={"helps": Words("手助け", "helps"), "starts": Words("起点", "starts")},
        part_needs={"helps": HELPS, "starts": STARTS},
        needs_staff=True,
        is_quarterly=True,
    ),
)
"""On how few people it all hangs (domain.md 7.7)."""
