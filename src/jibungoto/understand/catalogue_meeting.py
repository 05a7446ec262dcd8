"""The measures of what grows out of events: ties between guests, and who steps up to speak."""

from __future__ import annotations

from jibungoto.ledger.words import Words
from jibungoto.understand.measure import Direction, IntervalKind, Measure, Unit

MEETING: tuple[Measure, ...] = (
    Measure(
        key="yoko_after",
        name=Words("イベント後のヨコのつながり", "New ties after events"),
        definition=Words(
            "120日前から30日前までに終わったイベントに参加したメンバーどうしで、開始前の90日に返信も"
            "メンションもなく、終了後30日以内に初めてあった2人の組の数を、参加(人×イベント)100件"
            "あたりで示します。イベントがあったからとは限りません。",
            "Pairs of members at an event that ended between 120 and 30 days ago, with no reply or "
            "mention between them in the 90 days before it began and one within 30 days after its "
            "end, for every 100 attendances (a person at an event). It need not be due to the "
            "event.",
        ),
        unit=Unit.PER_HUNDRED,
        window=120,
        step="tally_yoko_after",
        interval=IntervalKind.POISSON,
        direction=Direction.UP,
        needs=(("replies", "mentions"),),
    ),
    Measure(
        key="speaker_breadth",
        name=Words("登壇した人", "Speakers"),
        definition=Words(
            "直近365日に登壇したメンバーの数。",
            "Distinct members who gave a talk in the last 365 days.",
        ),
        unit=Unit.PERSONS,
        window=365,
        step="tally_speakers",
        interval=IntervalKind.POISSON,
        direction=Direction.UP,
    ),
    Measure(
        key="first_time_speaker_share",
        name=Words("初登壇の割合", "First-time speakers"),
        definition=Words(
            "直近365日に登壇したメンバーのうち、それより前の登壇の記録がない人の割合。",
            "Of members who gave a talk in the last 365 days: the share of whom no earlier talk is "
            "recorded.",
        ),
        unit=Unit.FRACTION,
        window=365,
        step="tally_speakers",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
    ),
)
"""Who meets and who speaks (domain.md 7.5, 7.8)."""
