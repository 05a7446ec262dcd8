"""What a Zoom report says of its meeting above the list of people: which, when and what about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jibungoto.gather.contents.table import Table, plain
from jibungoto.gather.day_order import Clock
from jibungoto.gather.people.roll import clean

_ID = {"meetingid", "webinarid", "id", "ミーティングid", "ウェビナーid", "会議id"}
_TOPIC = {"topic", "トピック", "議題"}
_STARTS = {"starttime", "actualstarttime", "開始時刻", "開始時間"}
_STARTS |= {"実際の開始時刻", "実際の開始時間"}
_ENDS = {"endtime", "actualendtime", "終了時刻", "終了時間", "実際の終了時刻"}
_LASTS = {"duration(minutes)", "actualduration(minutes)", "所要時間(分)", "実際の所要時間(分)"}
_LASTS |= {"期間(分)", "時間(分)"}
_DIGITS = re.compile(r"\d{9,12}")
_HOSTS_OWN = re.compile(
    r"'s (?:zoom meeting|personal meeting room|zoom webinar)$"
    r"|の(?:zoom\s*(?:ミーティング|会議)|パーソナル\s*ミーティング\s*ルーム)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is known of a meeting; every field may be missing."""

    number: str = ""
    topic: str = ""
    starts_at: int | None = None
    ends_at: int | None = None

    @property
    def key(self) -> str | None:
        """Which event it is: a number may recur every week, so its beginning belongs to it."""
        if not self.number or self.starts_at is None:
            return None
        return f"zoom:{self.number}@{self.starts_at}"


def meeting_in(table: Table, clock: Clock) -> Meeting:
    """Return what stands above the first list of a report."""
    told = dict(_told(table.preamble))
    starts_at = _time(_among(told, _STARTS), clock)
    ends_at = _time(_among(told, _ENDS), clock)
    lasts = _among(told, _LASTS)
    if ends_at is None and starts_at is not None and lasts.isdecimal():
        ends_at = starts_at + int(lasts) * 60
    number = re.sub(r"[\s-]", "", _among(told, _ID))
    topic = clean(_among(told, _TOPIC))
    return Meeting(
        number=number if _DIGITS.fullmatch(number) else "",
        # A topic nobody chose is the host's name.
        topic="" if _HOSTS_OWN.search(topic) else topic,
        starts_at=starts_at,
        ends_at=ends_at,
    )


def _told(rows: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, str]]:
    """Yield labels with their values, below them or, where a row holds just two cells, beside."""
    known = _ID | _TOPIC | _STARTS | _ENDS | _LASTS
    for at, cells in enumerate(rows):
        labels = [plain(cell) for cell in cells]
        if len(known.intersection(labels)) > 1 and at + 1 < len(rows):
            yield from zip(labels, (cell.strip() for cell in rows[at + 1]), strict=False)
        elif len(cells) > 1 and labels[0] in known:
            yield labels[0], cells[1].strip()


def _among(told: dict[str, str], labels: set[str]) -> str:
    return next((told[label] for label in told if label in labels and told[label]), "")


def _time(written: str, clock: Clock) -> int | None:
    moment = clock.moment(written) if written else None
    return moment.seconds if moment is not None and moment.has_time else None
