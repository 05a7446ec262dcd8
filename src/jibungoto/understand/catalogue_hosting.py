"""The measures of hosting: how many events there are, how often, and what is reported of them."""

from __future__ import annotations

from jibungoto.ledger.source import Subject, sources_about
from jibungoto.ledger.words import Words
from jibungoto.understand.measure import Direction, IntervalKind, Measure, Unit

AT_EVENTS = sources_about(Subject.EVENTS)
HELD_AS: dict[str, Words] = {
    "venue": Words("会場", "at a venue"),
    "online": Words("オンライン", "online"),
    "hybrid": Words("会場とオンライン", "at a venue and online"),
    "unsaid": Words("開催方法が分からない", "way not told"),
    "cancelled": Words("中止", "called off"),
}

HOSTING: tuple[Measure, ...] = (
    Measure(
        key="events_held",
        name=Words("開催したイベント", "Events held"),
        definition=Words(
            "直近90日に終わったイベントの数。中止になったものは別に数えます。"
            "誰が来たかの記録がなくても数えられます。活動の量を説明する数字で、成果ではありません。",
            "Events that ended in the last 90 days, those called off counted apart. It needs no "
            "list of who came. It explains how much was done, and is no result by itself.",
        ),
        unit=Unit.EVENTS,
        window=90,
        step="tally_events_held",
        interval=IntervalKind.POISSON,
        of_sources=AT_EVENTS,
        parts=HELD_AS,
        by_events=frozenset({"", *HELD_AS}),
    ),
    Measure(
        key="event_gap",
        name=Words("イベントの間隔", "Days between events"),
        definition=Words(
            "直近365日に始まったイベントについて、同じシリーズの前回の開始からの日数の中央値。"
            "シリーズの分からないイベントは、データ元ごとに1つのシリーズと見ます。中止は数えません。",
            "For events that began in the last 365 days: median days since the one before in the "
            "same series began. Events of no known series count as one series for each source; "
            "those called off are left out.",
        ),
        unit=Unit.DAYS,
        window=365,
        step="sample_event_gap",
        interval=IntervalKind.BOOTSTRAP_MEDIAN,
        of_sources=AT_EVENTS,
        by_events=frozenset({""}),
    ),
    Measure(
        key="rsvps",
        name=Words("報告された申し込み", "Reported registrations"),
        definition=Words(
            "直近90日に終わったイベントに、何人が申し込んだとデータ元が報告しているか"
            "(のべ)。名前のない人数だけの記録で、名簿から数えるエントリー総数とは足しません。",
            "How many registered, as sources report it, for events that ended in the last 90 "
            "days, nobody being named; the same person counts again at each event. Never added to "
            "the registrations that are counted from lists.",
        ),
        unit=Unit.ENTRIES,
        window=90,
        step="tally_rsvps",
        interval=IntervalKind.POISSON,
        direction=Direction.UP,
        of_sources=AT_EVENTS,
        parts={"waiting": Words("キャンセル待ち", "waiting")},
        by_events=frozenset({"", "waiting"}),
    ),
    Measure(
        key="rsvps_per_event",
        name=Words("1回あたりの報告された申し込み", "Reported registrations of an event"),
        definition=Words(
            "直近90日に終わったイベントの、データ元が報告する申し込みの人数の中央値。"
            "報告のないイベントは数えません。",
            "Median number of registrations that sources report of an event that ended in the "
            "last 90 days; events of which none does are left out.",
        ),
        unit=Unit.ENTRIES,
        window=90,
        step="sample_rsvps_per_event",
        interval=IntervalKind.BOOTSTRAP_MEDIAN,
        direction=Direction.UP,
        of_sources=AT_EVENTS,
        by_events=frozenset({""}),
    ),
)
"""What is known of events where nobody is named (domain.md 7.8, 7.10)."""
