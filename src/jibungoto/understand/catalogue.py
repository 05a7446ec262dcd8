"""The catalogue of measures: what each means, how it is worked out and what it needs to be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from jibungoto.ledger.words import Words
from jibungoto.understand.answers import STAGE_WORDS


class Unit(StrEnum):
    """What a value counts."""

    PERSONS = "persons"
    FRACTION = "fraction"
    HOURS = "hours"
    VARIETY = "variety"


class Direction(StrEnum):
    """Which way is better; ``none`` where neither is."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class IntervalKind(StrEnum):
    """How the 95 % interval of a value is worked out (domain.md 7)."""

    NONE = "none"
    POISSON = "poisson"
    WILSON = "wilson"
    BOOTSTRAP_MEAN = "bootstrap_mean"
    BOOTSTRAP_MEDIAN = "bootstrap_median"
    KAPLAN_MEIER = "kaplan_meier"


Needs = tuple[tuple[str, ...], ...]
"""Of each group a source must tell at least one; names are fields of ``CanTell``."""

JOINING: Needs = (("joins", "complete_since"),)
THREADS: Needs = (("threads",), ("replies",))
STARTS: Needs = (("creators",),)
STAGE_NEEDS: dict[str, Needs] = {
    "S3": THREADS,
    "S4": STARTS,
    "S5": (*STARTS, *THREADS),
}
"""What has to be told before anybody can be seen to stand at a stage; below, nothing."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its words, its rule's numbers, and the step that works it out.

    ``window`` is in days. Below ``min_n`` only "k of n" is printed. ``parts`` names the lines of
    a measure that has several; the empty part is the measure itself. ``part_needs`` is what
    single parts need besides. Where a source does not tell ``at_least_without``, the value is a
    lower bound. ``needs_intro`` marks measures that need a place tagged for introductions.
    """

    key: str
    name: Words
    definition: Words
    unit: Unit
    window: int
    step: str
    interval: IntervalKind
    direction: Direction = Direction.NONE
    min_n: int = 10
    version: int = 1
    needs: Needs = ()
    needs_intro: bool = False
    parts: dict[str, Words] = field(default_factory=dict)
    part_needs: dict[str, Needs] = field(default_factory=dict)
    at_least_without: Needs = ()

    def needs_of(self, part: str) -> Needs:
        """Return what a part needs, all told."""
        return (*self.needs, *self.part_needs.get(part, ()))


CATALOGUE: tuple[Measure, ...] = (
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
    Measure(
        key="act7",
        name=Words("7日以内の初動率", "Acted within 7 days"),
        definition=Words(
            "直近90日に加わって7日が過ぎた人のうち、7日以内に発言以上の行動をした人の割合。",
            "Of members who joined in the last 90 days and whose 7 days have passed: the share who "
            "spoke or did more within 7 days.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_newcomers",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        needs=(("joins",),),
    ),
    Measure(
        key="act30",
        name=Words("30日以内の初動率", "Acted and met within 30 days"),
        definition=Words(
            "直近90日に加わって30日が過ぎた人のうち、30日以内に発言以上の行動をし、"
            "ほかのメンバーから返信・メンション・リアクションを受けた人の割合。",
            "Of members who joined in the last 90 days and whose 30 days have passed: the share "
            "who within 30 days spoke or did more and got a reply, mention or dated reaction from "
            "another member.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_newcomers",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        needs=(("joins",), ("replies", "mentions", "reactions")),
        at_least_without=THREADS,
    ),
    Measure(
        key="intro_rate",
        name=Words("自己紹介率", "Introduced themselves"),
        definition=Words(
            "直近90日に加わって14日が過ぎた人のうち、14日以内に自己紹介の場へ投稿した人の割合。",
            "Of members who joined in the last 90 days and whose 14 days have passed: the share "
            "who posted in a place for introductions within 14 days.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_newcomers",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        needs=(("joins",),),
        needs_intro=True,
    ),
    Measure(
        key="intro_warmth",
        name=Words("自己紹介への反応", "Warmth of introductions"),
        definition=Words(
            "直近90日の自己紹介に48時間以内に返信・リアクションをした人の数の中央値。"
            "時刻の分からないリアクションは、投稿と同時とみなします。",
            "Median number of people who replied or reacted within 48 hours to introductions of "
            "the last 90 days; reactions without a time count as given at once.",
        ),
        unit=Unit.PERSONS,
        window=90,
        step="sample_intro_warmth",
        interval=IntervalKind.BOOTSTRAP_MEDIAN,
        direction=Direction.UP,
        needs=(("replies", "reactions"),),
        needs_intro=True,
    ),
    Measure(
        key="welcome48",
        name=Words("48時間以内の返信率", "Welcomed within 48 hours"),
        definition=Words(
            "直近90日の新メンバーの初めての投稿のうち、48時間以内にほかの人が同じスレッドに書いた、"
            "メンションした、またはリアクションしたものの割合。時刻の分からないリアクションは含めません。",
            "Of newcomers' first posts in the last 90 days: the share where within 48 hours "
            "another person wrote in the thread, mentioned them or reacted. Reactions without a "
            "time are not counted.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_welcome48",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        needs=(*JOINING, *THREADS),
        parts={
            "directed": Words(
                "本人あての返信・メンションのみ", "replies and mentions to them only"
            ),
            "undated_reaction": Words(
                "時刻の分からないリアクションのみ", "only a reaction without a time"
            ),
        },
    ),
    Measure(
        key="ttfr",
        name=Words("最初の返信までの時間", "Time to first response"),
        definition=Words(
            "直近90日のメンバーの質問に、ほかの人が最初に答えるまでの時間の中央値。"
            "まだ答えのない質問も、待っている時間として数えます。",
            "Median hours until another person first answered a member's question of the last 90 "
            "days; questions still open count as waiting (Kaplan-Meier).",
        ),
        unit=Unit.HOURS,
        window=90,
        step="sample_ttfr",
        interval=IntervalKind.KAPLAN_MEIER,
        direction=Direction.DOWN,
        needs=THREADS,
        parts={"p75": Words("4分の3が答えを得るまで", "until three quarters are answered")},
    ),
    Measure(
        key="unanswered72",
        name=Words("放置率", "Left unanswered"),
        definition=Words(
            "直近90日に質問して72時間が過ぎたもののうち、返信もメンションもリアクションもなく、"
            "その場でほかに誰も書いていないものの割合。",
            "Of members' questions of the last 90 days that are at least 72 hours old: the share "
            "with no reply, mention or reaction, and nobody else writing in the same place.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_unanswered72",
        interval=IntervalKind.WILSON,
        direction=Direction.DOWN,
        needs=THREADS,
        parts={
            "answered": Words("72時間以内に返信あり", "answered within 72 hours"),
            "seen": Words("リアクションのみ", "seen: a reaction only"),
            "no_visible_reply": Words("見える返信なし", "no visible reply"),
        },
    ),
    Measure(
        key="early_diversity",
        name=Words("はじめの7日の幅", "Early diversity"),
        definition=Words(
            "直近90日に加わった人が、はじめの7日に経験した「行動の種類×場所」の数の平均。",
            "Mean number of kinds of act times places in the first 7 days of members who joined in "
            "the last 90 days.",
        ),
        unit=Unit.VARIETY,
        window=90,
        step="sample_early_diversity",
        interval=IntervalKind.BOOTSTRAP_MEAN,
        direction=Direction.UP,
        needs=(("joins",),),
    ),
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
)
"""Every measure that can be asked for, in the order in which pages show them."""


def measure_of(key: str) -> Measure | None:
    """Return the measure of a key, or None if there is none."""
    return next((measure for measure in CATALOGUE if measure.key == key), None)
