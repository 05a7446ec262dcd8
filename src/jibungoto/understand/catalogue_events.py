"""The measures of events: who registers, who comes, how long they stay and whether they return."""

from __future__ import annotations

from jibungoto.ledger.source import Subject, sources_about
from jibungoto.ledger.words import Words
from jibungoto.understand.measure import Direction, IntervalKind, Measure, Unit

AT_EVENTS = sources_about(Subject.EVENTS)
VENUE, ONLINE = Words("会場", "venue"), Words("オンライン", "online")
BY_WAY = {"venue": VENUE, "online": ONLINE}
UNSAID = Words("参加方法が分からない", "way of taking part not told")

EVENTS: tuple[Measure, ...] = (
    Measure(
        key="entries_total",
        name=Words("エントリー総数", "Registrations"),
        definition=Words(
            "直近90日に終わったイベントへの、メンバーの申し込みの数。キャンセルを除きます。"
            "同じ人は、1つのイベントの1つの参加方法につき1件です。",
            "Registrations of members for events that ended in the last 90 days, cancelled ones "
            "left out; each person once for an event and way of taking part.",
        ),
        unit=Unit.ENTRIES,
        window=90,
        step="tally_entries",
        interval=IntervalKind.POISSON,
        direction=Direction.UP,
        of_sources=AT_EVENTS,
        parts={
            **BY_WAY,
            "unsaid": UNSAID,
            "gone": Words("退会などで誰か分からない申し込み", "by accounts that are gone"),
        },
    ),
    Measure(
        key="reach_total",
        name=Words("参加した人の総数", "People reached"),
        definition=Words(
            "直近90日に終わったイベントのどれかに、会場かオンラインで参加したメンバーの数。"
            "同じ人は1人と数えます。短い視聴は参加に入れません。人数だけの記録は、人とは分けて"
            "並べます。",
            "Distinct members who attended an event that ended in the last 90 days, in any way; "
            "a glimpse is no attendance. Heads that were only counted stand beside it, apart.",
        ),
        unit=Unit.PERSONS,
        window=90,
        step="tally_reach",
        interval=IntervalKind.POISSON,
        direction=Direction.UP,
        of_sources=AT_EVENTS,
        parts={
            **BY_WAY,
            "unsaid": UNSAID,
            "viewers": Words("名前の分からない視聴者(のべ)", "anonymous viewers, counted only"),
            "attended": Words("数えた来場者(のべ)", "heads counted at events"),
        },
        by_events=frozenset({"viewers", "attended"}),
    ),
    Measure(
        key="show",
        name=Words("参加率", "Show rate"),
        definition=Words(
            "直近90日に終わったイベントの申し込みのうち、その参加方法で実際に参加した人の割合。"
            "その方法で参加した人の5分の4以上が申し込んだ人だと分かるイベントだけを数えます"
            "(同じ人だとまだ確かめられていない名簿どうしは比べません)。全体では、どの方法でも"
            "参加すれば参加です。",
            "Of registrations for events that ended in the last 90 days: the share who came in "
            "the way they registered for. An event counts in a way only if at least four "
            "fifths of those seen in it are known to have registered: lists that do not name the "
            "same people yet are not compared. In the whole, whoever came in any way came.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_show",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        of_sources=AT_EVENTS,
        parts=BY_WAY,
    ),
    Measure(
        key="no_show",
        name=Words("不参加率", "No-show rate"),
        definition=Words(
            "参加率の残り: 直近90日に終わったイベントに申し込み、キャンセルせず、"
            "その方法では参加しなかった人の割合。締め切り後のキャンセルは、記録から区別できません。",
            "The rest of the show rate: registered for an event that ended in the last 90 days, "
            "did not cancel and did not come in that way. Late cancellations cannot be told apart.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_show",
        interval=IntervalKind.WILSON,
        direction=Direction.DOWN,
        of_sources=AT_EVENTS,
        parts=BY_WAY,
    ),
    Measure(
        key="switch",
        name=Words("会場からオンラインへ", "Switched to online"),
        definition=Words(
            "直近90日に終わったイベントに会場だけで申し込んだ人のうち、会場には来ず、"
            "オンラインで参加した人の割合。オンラインの参加者の5分の4以上が申し込んだ人だと分かる"
            "イベントだけを数えます。",
            "Of registrations for the venue alone, at events that ended in the last 90 days and "
            "of whose online guests at least four fifths are known to have registered: the share "
            "seen online and not at the venue.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_show",
        interval=IntervalKind.WILSON,
        of_sources=AT_EVENTS,
    ),
    Measure(
        key="first_time_rate",
        name=Words("初参加率", "First-time rate"),
        definition=Words(
            "直近90日に終わったイベントの参加(人×イベント)のうち、その人にとって"
            "このコミュニティで初めての参加である割合。データより前の参加は分かりません。"
            "20〜40%が目安ですが、健康診断の数字で、目標ではありません。",
            "Of attendances (a person at an event) at events that ended in the last 90 days: the "
            "share that was the person's first here, as far back as the log reaches. 20 to 40% is "
            "the rule of thumb for a healthy mix, and no target.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_first_time",
        interval=IntervalKind.WILSON,
        of_sources=AT_EVENTS,
        parts=BY_WAY,
    ),
    Measure(
        key="stay",
        name=Words("視聴時間", "Minutes stayed"),
        definition=Words(
            "直近90日に終わったイベントの、オンライン参加1件あたりの視聴時間(分)の中央値。"
            "複数回の入退室は合わせ、重なりは1度だけ数えます。",
            "Median minutes online of an attendance at an event that ended in the last 90 days; "
            "several spells are united, never added.",
        ),
        unit=Unit.MINUTES,
        window=90,
        step="sample_stay",
        interval=IntervalKind.BOOTSTRAP_MEDIAN,
        direction=Direction.UP,
        of_sources=AT_EVENTS,
    ),
    Measure(
        key="stay_share",
        name=Words("視聴した割合", "Share of the event stayed"),
        definition=Words(
            "直近90日に終わったイベントの、オンラインの視聴時間がイベントの長さに占める割合の"
            "中央値。1件は100%までとし、長さの分からないイベントは数えません。",
            "Median share of an event's length that its online attendances of the last 90 days "
            "lasted, at most the whole; events whose length is not told are left out.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="sample_stay_share",
        interval=IntervalKind.BOOTSTRAP_MEDIAN,
        direction=Direction.UP,
        of_sources=AT_EVENTS,
    ),
    Measure(
        key="ret_event",
        name=Words("再参加率", "Came again"),
        definition=Words(
            "270日前から180日前までに終わったイベントで初めて参加した人のうち、180日以内に"
            "始まった別のイベントか、同じシリーズの次の2回のどちらかにも参加した人の割合。"
            "シリーズのイベントは、次の2回も終わってから90日のあいだ数えます。"
            "まだ分からない人は数えません。",
            "Of people whose first event ended between 270 and 180 days ago: the share who "
            "attended another that began within 180 days, or either of the next two of its "
            "series. An event of a series counts for 90 days once the next two are over as well. "
            "Of whom it is not known yet is left out.",
        ),
        unit=Unit.FRACTION,
        window=270,
        step="tally_first_time",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        version=2,
        of_sources=AT_EVENTS,
        parts=BY_WAY,
    ),
)
"""How events are attended, by way of taking part (domain.md 7.8)."""
