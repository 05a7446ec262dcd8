"""The measures of newcomers: what they did in their first weeks, and who answered them."""

from __future__ import annotations

from jibungoto.ledger.words import Words
from jibungoto.understand.measure import JOINING, THREADS, Direction, IntervalKind, Measure, Unit

NEWCOMERS: tuple[Measure, ...] = (
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
            "直近90日のメンバーの質問(フォーラムでは立てた話題すべて)に、ほかの人が最初に答えるまでの"
            "時間の中央値。まだ答えのない質問も、待っている時間として数えます。",
            "Median hours until another person first answered a member's question (in a forum: any "
            "topic) of the last 90 days; questions still open count as waiting (Kaplan-Meier).",
        ),
        unit=Unit.HOURS,
        window=90,
        step="sample_ttfr",
        version=2,
        interval=IntervalKind.KAPLAN_MEIER,
        direction=Direction.DOWN,
        needs=THREADS,
        parts={"p75": Words("4分の3が答えを得るまで", "until three quarters are answered")},
    ),
    Measure(
        key="unanswered72",
        name=Words("放置率", "Left unanswered"),
        definition=Words(
            "直近90日に質問して(フォーラムでは話題を立てて)72時間が過ぎたもののうち、返信もメンションも"
            "リアクションもなく、チャットではその場でほかに誰も書いていないものの割合。",
            "Of members' questions (in a forum: topics) of the last 90 days that are at least 72 "
            "hours old: the share with no reply, mention or reaction and, in a chat, nobody else "
            "writing in the same place.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_unanswered72",
        version=2,
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
)
"""How the first weeks went (domain.md 7.2)."""
