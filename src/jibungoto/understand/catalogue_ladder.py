"""The measures of the ladder: how many stand at which stage."""

from __future__ import annotations

from jibungoto.ledger.words import Words
from jibungoto.understand.answers import STAGE_WORDS
from jibungoto.understand.measure import STAGE_NEEDS, IntervalKind, Measure, Unit

LADDER: tuple[Measure, ...] = (
    Measure(
        key="stage_stock",
        name=Words("段ごとの人数", "Members at each stage"),
        definition=Words(
            "自分ゴト化の各段にいる登録者の数。休眠している人は分けて数え、全部を足すと登録者の数に"
            "なります。",
            "Registered members standing at each stage of the ownership ladder, dormant ones "
            "counted apart; all together they are the registered.",
        ),
        unit=Unit.PERSONS,
        window=365,
        step="tally_stages",
        interval=IntervalKind.NONE,
        parts={
            **{f"S{stage.value}": words for stage, words in STAGE_WORDS.items()},
            **{
                f"S{stage.value}.dormant": Words(f"{words.ja}(休眠)", f"{words.en}, dormant")
                for stage, words in STAGE_WORDS.items()
                if stage > 0
            },
        },
        part_needs={**STAGE_NEEDS, **{f"{key}.dormant": of for key, of in STAGE_NEEDS.items()}},
        version=2,
    ),
    Measure(
        key="stage_share",
        name=Words("段ごとの割合", "Share at each stage"),
        definition=Words(
            "直近365日に活動した登録者のうち、各段にいる人の割合。",
            "Of registered members active in the last 365 days: the share standing at each stage.",
        ),
        unit=Unit.FRACTION,
        window=365,
        step="tally_stages",
        interval=IntervalKind.WILSON,
        parts={f"S{stage.value}": words for stage, words in STAGE_WORDS.items() if stage > 0},
        part_needs=STAGE_NEEDS,
        version=2,
    ),
)
"""Who stands where on the way to making it their own (domain.md 7.3)."""
