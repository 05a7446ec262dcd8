"""Slack's ts: seconds since 1970 with six decimals, which also names a message in its channel."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeGuard

from jibungoto.gather.readers import slack_words as words
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import numpy as np
    from numpy.typing import NDArray

_POINT, _LENGTH = 10, 17
"""Where the decimal point of a ts stands, and how long a ts is."""

# Slack opened in 2013, but histories brought over from older chats keep their dates. All stamps
# between these two have ten digits, so that they compare as texts.
_EARLIEST = "1009843200.000000"
_LATEST = "4102444800.000000"

# Stamps of the years 2004 to 2033, which need no second look.
usual_stamp = re.compile(r"1[1-9]\d{8}\.\d{6}", re.ASCII).fullmatch
_unusual = re.compile(r"(\d{1,12})(?:\.(\d{1,6}))?", re.ASCII).fullmatch


def is_usual(ts: object) -> TypeGuard[str]:
    """Say whether a ts is one that Slack writes in these years."""
    return isinstance(ts, str) and usual_stamp(ts) is not None


def usual_micros(stamps: Sequence[str]) -> NDArray[np.int64] | None:
    """Return times in microseconds, or None if one of them is not one Slack writes these years."""
    written = _digits_of(stamps)
    if written is None or (written[:, 0] != 1).any() or (written[:, 1] < 1).any():
        return None
    return _number_of(written)


def micros_in(stamp: str) -> int:
    """Return a time that ``stamp_of`` gave in microseconds."""
    return int(stamp[:_POINT] + stamp[_POINT + 1 :])


def _digits_of(stamps: Sequence[str]) -> NDArray[np.uint8] | None:
    """Return the digits of times as a table, or None if one has not seventeen characters so."""
    import numpy as np

    joined = "".join(stamps)
    if set(map(len, stamps)) - {_LENGTH} or not joined.isascii():
        return None
    signs = np.frombuffer(joined.encode(), dtype=np.uint8).reshape(len(stamps), _LENGTH)
    if (signs[:, _POINT] != ord(".")).any():
        return None
    digits = np.hstack([signs[:, :_POINT], signs[:, _POINT + 1 :]]) - np.uint8(ord("0"))
    return None if (digits > 9).any() else digits


def _number_of(digits: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return numbers of sixteen digits: two become one, time and again, as wide as it has to be."""
    halves: NDArray[Any] = digits
    for tens, width in ((10, "u1"), (100, "u2"), (10_000, "u4"), (100_000_000, "i8")):
        halves = halves[:, ::2].astype(width) * tens + halves[:, 1::2]
    numbers: NDArray[np.int64] = halves[:, 0]
    return numbers


def stamp_of(ts: str | float | None) -> str | Words:
    """Return a ts as Slack writes it, or the reason why it is none."""
    if isinstance(ts, str) and usual_stamp(ts):
        return ts
    stamp = None if ts is None else _told(ts)
    if stamp is None:
        return words.NO_DATE
    is_now = len(stamp) == len(_LATEST) and _EARLIEST <= stamp < _LATEST
    return stamp if is_now else words.ABSURD_DATE


def seconds_of(created: str | float | None) -> int | None:
    """Return when a channel was created, in whole seconds, or None where it is not said."""
    stamp = stamp_of(created)
    return int(stamp[:10]) if isinstance(stamp, str) else None


def last_whole_day(declared: Sequence[object], zone: ZoneInfo) -> date | None:
    """Return the last local day that lies wholly before the latest of the declared ends.

    An end is a moment, or a day that is in; what is neither declares nothing.
    """
    ends = [end for told in declared if (end := _end_of(told, zone)) is not None]
    if not ends:
        return None
    return (max(ends) + timedelta(seconds=1)).astimezone(zone).date() - timedelta(days=1)


def _end_of(told: object, zone: ZoneInfo) -> datetime | None:
    if not isinstance(told, str):
        return None
    try:
        if len(told) == len("2025-04-18"):
            return datetime.combine(date.fromisoformat(told) + timedelta(days=1), time.min, zone)
        end = datetime.fromisoformat(told)
        end = end if end.tzinfo is not None else end.replace(tzinfo=UTC)
        return end.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _told(ts: str | float) -> str | None:
    if isinstance(ts, str):
        found = _unusual(ts)
        return f"{int(found[1]):010d}.{(found[2] or '').ljust(6, '0')}" if found else None
    if not math.isfinite(ts):
        return None
    return f"{max(ts, 0.0):017.6f}"
