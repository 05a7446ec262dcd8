"""When people write: the months, days and hours of the community, in Asia/Tokyo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

DAY = 86_400
HOUR = 3_600
MONTHS = 24
TOKYO_OFFSET = 9 * HOUR
"""Tokyo knows no summer time, so its offset is one number."""

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_WEEKDAY_WEIGHTS = (1.0, 1.05, 1.1, 1.05, 0.9, 0.7, 0.75)
_WORKDAY_HOURS = (1, 0, 0, 0, 0, 0, 1, 3, 5, 5, 5, 5, 9, 5, 4, 4, 4, 5, 6, 8, 11, 12, 9, 4)
_WEEKEND_HOURS = (2, 1, 0, 0, 0, 0, 1, 2, 4, 7, 8, 8, 6, 7, 8, 8, 7, 5, 4, 6, 8, 9, 7, 4)
_HOURS = range(24)
_LAST_WORD_AT = 21 * HOUR + 42 * 60


def start_of(day: date) -> int:
    """The first second of a local day, as seconds since 1970 UTC."""
    return (day.toordinal() - _EPOCH_ORDINAL) * DAY - TOKYO_OFFSET


def local_day(at: int) -> date:
    """The local day a second lies in."""
    return date.fromordinal((at + TOKYO_OFFSET) // DAY + _EPOCH_ORDINAL)


def utc_day(at: int) -> str:
    """The UTC day a second lies in, as Slack names its files."""
    return date.fromordinal(at // DAY + _EPOCH_ORDINAL).isoformat()


def liveliness(day: date) -> float:
    """How lively a day is: week days, year end, Golden Week, Obon."""
    weight = _WEEKDAY_WEIGHTS[day.weekday()]
    when = (day.month, day.day)
    if when >= (12, 29) or when <= (1, 3):
        return weight * 0.35
    if (4, 29) <= when <= (5, 5):
        return weight * 0.5
    if (8, 11) <= when <= (8, 16):
        return weight * 0.6
    return weight


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The span the community lived through, and how its days and hours are filled."""

    first_day: date
    last_day: date

    @classmethod
    def until(cls, last_day: date) -> Rhythm:
        """The 24 months that end on ``last_day``."""
        day = min(last_day.day, 28)
        before = date(last_day.year - MONTHS // 12, last_day.month, day)
        return cls(first_day=before + timedelta(days=1), last_day=last_day)

    @property
    def length(self) -> int:
        """How many days the span holds."""
        return (self.last_day - self.first_day).days + 1

    @property
    def end(self) -> int:
        """The second of the last message, on the last day's evening."""
        return start_of(self.last_day) + _LAST_WORD_AT

    def days(self) -> list[date]:
        """All local days, in order."""
        return [self.first_day + timedelta(days=n) for n in range(self.length)]

    def month(self, number: float) -> date:
        """The day that lies ``number`` months after the first."""
        return self.first_day + timedelta(days=int(number * self.length / MONTHS))

    def before_end(self, days: int) -> date:
        """The day that lies ``days`` days before the last."""
        return self.last_day - timedelta(days=days)

    def progress(self, day: date) -> float:
        """How far the span has come on a day, from 0 to 1."""
        return (day - self.first_day).days / self.length


def moment(rng: Random, day: date) -> int:
    """A second of a local day at which people are awake and have time."""
    hours = _WEEKEND_HOURS if day.weekday() >= 5 else _WORKDAY_HOURS
    hour = rng.choices(_HOURS, hours)[0]
    return start_of(day) + hour * HOUR + rng.randrange(HOUR)


def waking(rng: Random, at: int) -> int:
    """The same second, or the next morning where it falls into the night."""
    hour = (at + TOKYO_OFFSET) // HOUR % 24
    if 1 <= hour < 7:
        return at + (7 - hour) * HOUR + rng.randrange(2 * HOUR)
    return at
