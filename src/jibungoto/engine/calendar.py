"""Local days and filing months of UTC times, computed once at intake: SQL never converts zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_EPOCH = date(1970, 1, 1)
_QUARTER_HOUR = 900
_DAY = 86_400
_LONGEST_TABLE = 400_000


def zone_named(name: str) -> ZoneInfo:
    """Return the time zone of an IANA name, or say which names there are."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidChoice(
            Words(
                f"「{name}」というタイムゾーンはありません。", f"There is no time zone “{name}”."
            ),
            Words(
                "Asia/Tokyo や Europe/Berlin のような名前を指定してください。",
                "Give a name such as Asia/Tokyo or Europe/Berlin.",
            ),
        ) from error


def local_day(seconds: int, zone: ZoneInfo) -> int:
    """Return the local day number (days since 1970-01-01) of a UTC time in whole seconds."""
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(zone)
    return (moment.date() - _EPOCH).days


def local_days(seconds: NDArray[np.int64], zone: ZoneInfo) -> NDArray[np.int32]:
    """Return the local day numbers of many times.

    One look-up serves a whole UTC day, except on the days on which the offset changes.
    """
    import numpy as np

    numbers, places = _days_among(seconds)
    starts = [_offset(number * _DAY, zone) for number in numbers.tolist()]
    ends = [_offset((number + 1) * _DAY - 1, zone) for number in numbers.tolist()]
    days = ((seconds + np.array(starts, dtype=np.int64)[places]) // _DAY).astype(np.int32)
    changing = (np.array(starts) != np.array(ends))[places]
    if changing.any():
        days[changing] = _local_days_by_quarter(seconds[changing], zone)
    return days


def _offset(seconds: int, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(seconds, zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


def _local_days_by_quarter(seconds: NDArray[np.int64], zone: ZoneInfo) -> NDArray[np.int32]:
    """Return local day numbers where the offset changes, which it only does on quarter hours."""
    import numpy as np

    quarters, places = np.unique(seconds // _QUARTER_HOUR, return_inverse=True)
    days = [local_day(quarter * _QUARTER_HOUR, zone) for quarter in quarters.tolist()]
    return np.array(days, dtype=np.int32)[places]


def filing_months(seconds: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the months, as yyyymm in UTC, under which times are filed."""
    import numpy as np

    numbers, places = _days_among(seconds)
    days = [day_from(number) for number in numbers.tolist()]
    return np.array([day.year * 100 + day.month for day in days], dtype=np.int32)[places]


def _days_among(seconds: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the different UTC days among times, sorted, and where each time's day stands there."""
    import numpy as np

    days = seconds // _DAY
    first, last = (int(days.min()), int(days.max())) if len(days) else (0, 0)
    if last - first > _LONGEST_TABLE:
        numbers, places = np.unique(days, return_inverse=True)
        return numbers, places
    days -= first
    is_there = np.zeros(last - first + 1, dtype=bool)
    is_there[days] = True
    return np.flatnonzero(is_there) + first, (np.cumsum(is_there) - 1)[days]


def day_from(number: int) -> date:
    """Return the date of a day number."""
    return _EPOCH + timedelta(days=number)
