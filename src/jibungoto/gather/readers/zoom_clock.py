"""Whether a Zoom report writes the day or the month first: by its numbers, else by its event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from jibungoto.gather.contents.table import Table
from jibungoto.gather.day_order import (
    DAY_FIRST,
    MONTH_FIRST,
    Clock,
    order_of,
    read_two_ways,
)
from jibungoto.gather.events.attendance import known_by, listed_near
from jibungoto.gather.reader import Choices
from jibungoto.gather.readers.zoom_meeting import meeting_in
from jibungoto.gather.readers.zoom_rows import first_joined
from jibungoto.ledger.problems import Asked, Undecided
from jibungoto.ledger.words import Words

TWO_WAYS = Words(
    "日付の月と日のどちらが先か分かりません({cell})。",
    "Its dates can be read in two ways, for it does not show whether month or day comes first "
    "({cell}).",
)
_NAME_IT = Words(
    "イベントの番号か名前と開始日時を指定すると、どちらの日か分かります"
    '(例: --event "connpass:12345 2026-04-05 19:00")。',
    "Say which event it is of and when that began, which shows which day is meant (for example "
    '--event "connpass:12345 2026-04-05 19:00").',
)


def clock_of(sections: Sequence[Table], choices: Choices, *, place: str) -> Clock:
    """Return how a report writes its times; raises Undecided where nothing shows it."""
    zone = ZoneInfo(choices.zone)
    cells = [*_cells(sections)]
    order = order_of(cells)
    unsure = next(read_two_ways(cells), None)
    if order or unsure is None:
        return Clock(zone, order or MONTH_FIRST)
    ways = [Clock(zone, MONTH_FIRST), Clock(zone, DAY_FIRST)]
    event = choices.event
    if event is not None and event.starts_at is not None:
        return min(ways, key=lambda way: _distance(way, unsure, to=event.starts_at or 0))
    fitting = [way for way in ways if _is_known(sections, way, choices=choices)]
    if len(fitting) != 1:
        raise Undecided(TWO_WAYS.filled(cell=unsure), _NAME_IT, asked=Asked.EVENT, place=place)
    return fitting[0]


def begins_by_rows(sections: Sequence[Table], clock: Clock) -> int | None:
    """Return when the first of the people came, where that is told."""
    came = (first_joined(section.lines, clock) for section in sections)
    return min((at for at in came if at is not None), default=None)


def _cells(sections: Sequence[Table]) -> Iterator[str]:
    for section in sections:
        for row in section.preamble:
            yield from row
        for line in section.lines:
            yield from line.cells.values()


def _distance(way: Clock, written: str, *, to: int) -> float:
    moment = way.moment(written)
    return float("inf") if moment is None else abs(moment.seconds - to)


def _is_known(sections: Sequence[Table], way: Clock, *, choices: Choices) -> bool:
    """Say whether a way of reading the dates leads to an event that is known."""
    meeting = meeting_in(sections[0], way)
    if meeting.key and known_by(meeting.key, choices):
        return True
    begins = meeting.starts_at or begins_by_rows(sections, way)
    return begins is not None and listed_near(choices, begins) is not None
