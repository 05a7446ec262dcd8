"""The measures of what members make after events: how much, by whom, and for how many who came."""

from __future__ import annotations

from jibungoto.ledger.source import Subject, sources_about
from jibungoto.ledger.words import Words
from jibungoto.understand.measure import Direction, IntervalKind, Measure, Unit

AT_EVENTS = sources_about(Subject.EVENTS)
LINES: dict[str, Words] = {
    "named": Words("名指すもの", "naming the event"),
    "tagged": Words("タグのあるもの", "with its tag"),
    "guests": Words("参加者のもの", "by its guests"),
    "feed": Words("うちフィード", "of these, from feeds"),
    "posts": Words("短い投稿(別)", "short posts (apart)"),
}
"""All but the last are lines of what was made; short posts stand beside them (domain.md 7.5)."""

AFTERWARDS: tuple[Measure, ...] = (
    Measure(
        key="outputs",
        name=Words("アウトプット", "Outputs"),
        definition=Words(
            "104日前から14日前までに終わったイベントについて、開始から終了14日後までに"
            "メンバーが出した記事・スライド・動画の数。イベントを名指すもの、イベントのタグがあるもの、"
            "申し込んだ人・参加した人によるものを、この順に、それぞれ1度だけ数えます。取り込まれた"
            "変更(コード)は、タグがあるときだけ数えます。",
            "Articles, slides and videos by members from the beginning of an event until 14 days "
            "after its end, for events that ended between 104 and 14 days ago: those that name "
            "the event, else bear its tag, else whose author registered or came; each counts "
            "once. Merged changes count only where they bear the tag.",
        ),
        unit=Unit.OUTPUTS,
        window=104,
        step="tally_outputs",
        interval=IntervalKind.POISSON,
        direction=Direction.UP,
        version=2,
        of_sources=AT_EVENTS,
        parts=LINES,
    ),
    Measure(
        key="outputters",
        name=Words("アウトプットした人", "People with an output"),
        definition=Words(
            "104日前から14日前までに終わったイベントのアウトプットを出したメンバーの数。",
            "Distinct members behind the outputs of events that ended between 104 and 14 days ago.",
        ),
        unit=Unit.PERSONS,
        window=104,
        step="tally_outputs",
        interval=IntervalKind.POISSON,
        direction=Direction.UP,
        version=2,
        of_sources=AT_EVENTS,
    ),
    Measure(
        key="output_rate",
        name=Words("アウトプット率", "Output rate"),
        definition=Words(
            "104日前から14日前までに終わったイベントの参加(人×イベント)のうち、その人の"
            "アウトプットがそのイベントに数えられた割合。",
            "Of attendances (a person at an event) at events that ended between 104 and 14 days "
            "ago: the share whose own output counts for that event.",
        ),
        unit=Unit.FRACTION,
        window=104,
        step="tally_outputs",
        interval=IntervalKind.WILSON,
        direction=Direction.UP,
        version=2,
        of_sources=AT_EVENTS,
    ),
    Measure(
        key="heat",
        name=Words("熱量", "Heat"),
        definition=Words(
            "104日前から14日前までに終わったイベントの、参加(人×イベント)100件あたりの"
            "アウトプットの数。出席の記録がないイベントは数えません。",
            "Outputs for every 100 attendances (a person at an event) of events that ended between "
            "104 and 14 days ago; events of which no attendance is recorded are left out.",
        ),
        unit=Unit.PER_HUNDRED,
        window=104,
        step="tally_outputs",
        interval=IntervalKind.POISSON,
        direction=Direction.UP,
        version=2,
        of_sources=AT_EVENTS,
        parts=LINES,
    ),
)
"""What members make after events (domain.md 7.5)."""
