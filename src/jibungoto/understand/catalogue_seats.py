"""The measures of seats: how far they are used, and what waiting for one comes to."""

from __future__ import annotations

from jibungoto.ledger.source import Subject, sources_about
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue_events import BY_WAY
from jibungoto.understand.measure import Direction, IntervalKind, Measure, Unit

AT_EVENTS = sources_about(Subject.EVENTS)

SEATS: tuple[Measure, ...] = (
    Measure(
        key="seat_use",
        name=Words("座席の利用率", "Seats used"),
        definition=Words(
            "直近90日に終わった、会場だけで開いたイベントの、定員に対する来場者の割合の中央値。"
            "スタッフも、名前の分からない来場者も席を使うので数えます。定員か来場の記録がない"
            "イベントは数えません。",
            "Median, over events held at a venue alone that ended in the last 90 days, of heads "
            "there for each seat there was. Staff and people nobody can name take seats too. "
            "Events of which either number is not told are left out.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="sample_seat_use",
        interval=IntervalKind.BOOTSTRAP_MEDIAN,
        of_sources=AT_EVENTS,
        by_events=frozenset({""}),
    ),
    Measure(
        key="wait_conv",
        name=Words("繰り上がった人の参加率", "Came from the waiting list"),
        definition=Words(
            "直近90日に終わったイベントで、キャンセル待ちから繰り上がった申し込みのうち、"
            "その参加方法で実際に参加した人の割合。待っていたことと繰り上がったことの両方が、"
            "同じ申し込みについて記録されたときだけ分かります。",
            "Of registrations that got their seat from a waiting list, for events that ended in "
            "the last 90 days: the share who came in the way they registered for. It is known "
            "only where both the waiting and the seat of one registration were recorded.",
        ),
        unit=Unit.FRACTION,
        window=90,
        step="tally_wait_conv",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        of_sources=AT_EVENTS,
        parts=BY_WAY,
    ),
)
"""How seats are used and waited for (domain.md 7.8)."""
