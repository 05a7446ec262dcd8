"""Times as people and tools write them, read strictly: what fits no known form is no time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from jibungoto.gather.text import normalised

_EARLIEST, _LATEST = 1990, 2100
_ERAS = {"令和": 2018, "平成": 1988}
_EXCEL_EPOCH = datetime(1899, 12, 30)
_EXCEL_DAYS = range(32_874, 73_051)
"""Excel's numbers for the days from 1990 to 2099."""

_WEEKDAY = r"(?:\s*\((?:[日月火水木金土]|mon|tue|wed|thu|fri|sat|sun)[a-z.]*(?:・[祝休])?\))?"
_TIME = (
    r"(?:[t\s,]*(?P<half>am|pm|午前|午後)?\s*(?P<hour>\d{1,2})"
    r"(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"|時(?:\s*(?P<kanji_minute>\d{1,2})分(?:\s*(?P<kanji_second>\d{1,2})秒)?)?)"
    r"\s*(?P<after>am|pm)?"
    r"\s*(?P<offset>z|utc|gmt|jst|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?"
    + _WEEKDAY
    + _TIME
)
_ERA = re.compile(
    r"(?P<era>令和|平成)(?P<year>\d{1,2}|元)年\s*(?P<month>\d{1,2})月\s*(?P<day>\d{1,2})日"
    + _WEEKDAY
    + _TIME
)
_MONTH_FIRST = re.compile(
    r"(?P<month>\d{1,2})[/-](?P<day>\d{1,2})[/-](?P<year>\d{4})" + _WEEKDAY + _TIME
)
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
    rf"(?P<name>{'|'.join(_NAMES)})[a-z]*\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    + _TIME
)
_DAY_NAMED = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?"
    rf"(?P<day>\d{{1,2}})[\s-](?P<name>{'|'.join(_NAMES)})[a-z]*\.?[\s-](?P<year>\d{{4}})" + _TIME
)
_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
_SHORTENED = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_OFFSET_NAMES = {"z": 0, "utc": 0, "gmt": 0, "jst": 9 * 60}


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in UTC seconds; ``has_time`` is False where only a day was written."""

    seconds: int
    has_time: bool


def moment_of(text: str, zone: ZoneInfo, *, is_month_first: bool = False) -> Moment | None:
    """Return the time a text states, or None where it states none in a known form.

    A time without an offset is local to ``zone``. ``04/05/2026`` is read only where the source is
    known to write the month first. Years before 1990 and after 2099 are taken for mistakes.
    """
    written = normalised(text).strip().lower()
    forms = (_YEAR_FIRST, _ERA, _NAMED, _DAY_NAMED, *((_MONTH_FIRST,) if is_month_first else ()))
    for form in forms:
        found = form.fullmatch(written)
        if found is not None:
            return _moment(found.groupdict(), zone)
    if _NUMBER.fullmatch(written):
        return _of_excel(float(written), zone)
    return None


def is_shortened(text: str) -> bool:
    """Say whether Excel wrote a long number as a power of ten, so that its digits are lost."""
    return _SHORTENED.fullmatch(text.strip()) is not None


def _of_excel(days: float, zone: ZoneInfo) -> Moment | None:
    if int(days) not in _EXCEL_DAYS:
        return None
    local = _EXCEL_EPOCH + timedelta(seconds=round(days * 86_400))
    return Moment(int(local.replace(tzinfo=zone).timestamp()), days != int(days))


def _moment(found: dict[str, str | None], zone: ZoneInfo) -> Moment | None:
    hour = _hour(found)
    try:
        local = datetime(
            _year(found), _month(found), int(found["day"] or 0),
            hour or 0, int(found["minute"] or found["kanji_minute"] or 0),
            int(found["second"] or found["kanji_second"] or 0),
            tzinfo=_offset(found["offset"]) or zone,
        )  # fmt: skip
    except ValueError:
        return None
    if not _EARLIEST <= local.year < _LATEST:
        return None
    return Moment(int(local.astimezone(UTC).timestamp()), hour is not None)


def _year(found: dict[str, str | None]) -> int:
    year = found["year"] or ""
    era = found.get("era")
    return _ERAS[era] + (1 if year == "元" else int(year)) if era else int(year)


def _month(found: dict[str, str | None]) -> int:
    name = found.get("name")
    return _NAMES.index(name) + 1 if name else int(found["month"] or 0)


def _hour(found: dict[str, str | None]) -> int | None:
    if found["hour"] is None:
        return None
    half = found["half"] or found["after"]
    hour = int(found["hour"])
    if half in {"pm", "午後"} and hour < 12:
        return hour + 12
    return 0 if half in {"am", "午前"} and hour == 12 else hour


def _offset(written: str | None) -> timezone | None:
    """Return the offset a text states, or None where it states none; raises ValueError."""
    if written is None:
        return None
    minutes = _OFFSET_NAMES.get(written)
    if minutes is None:
        sign = -1 if written[0] == "-" else 1
        minutes = sign * (int(written[1:3]) * 60 + int(written[-2:]))
    return timezone(timedelta(minutes=minutes))
