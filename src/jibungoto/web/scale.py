"""Where values and days come to lie in a picture, and how they are written there."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.utils import dateformat, formats
from django.utils.translation import get_language, pgettext

from jibungoto.explain.printing import percent as share_in_percent
from jibungoto.web.wording import day_words

TICKS = 4
DAY_LABELS = 3


@dataclass(frozen=True, slots=True)
class Scale:
    """The values from 0 to ``top``, marked every ``step``, drawn over ``height`` pixels."""

    top: float
    step: float
    height: int
    percent: bool

    def y(self, value: float) -> float:
        """Return the distance in pixels from the upper edge of the plot."""
        return round(self.height * (1 - value / self.top), 2)

    def ticks(self) -> list[float]:
        """Return the marked values, 0 first."""
        return [self.step * mark for mark in range(round(self.top / self.step) + 1)]

    def written(self, value: float) -> str:
        """Write a value the way the page's language does."""
        return written(value, percent=self.percent)


def written(value: float, *, percent: bool) -> str:
    """Write a number with the language's separators, rounded as pages and reports print it.

    Fractions are per cent. Django cuts what lies beyond the last place, so it is rounded before.
    """
    return _written(value, percent=percent, language=get_language())


@lru_cache(maxsize=10_000)  # a page of measures writes some thousand numbers, many of them often
def _written(value: float, *, percent: bool, language: str | None) -> str:
    if percent:
        return share_in_percent(value)
    places = 0 if round(float(value), 1).is_integer() or abs(value) >= 100 else 1
    rounded = f"{value:.{places}f}"
    return str(formats.number_format(Decimal(rounded), decimal_pos=places, force_grouping=True))


def scale_for(values: Iterable[float | None], *, height: int, percent: bool = False) -> Scale:
    """Choose round marks that hold every value; negative values lie on the base line."""
    highest = max((value for value in values if value is not None), default=0.0)
    smallest = 0.01 if percent else 1.0
    step = max(smallest, _round_up(highest / TICKS)) if highest > 0 else smallest
    marks = max(1, math.ceil(highest / step - 1e-9))
    return Scale(top=step * marks, step=step, height=height, percent=percent)


def _round_up(value: float) -> float:
    """Return the next 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    for factor in (1, 2, 5, 10):
        if value <= factor * power * (1 + 1e-9):
            return factor * power
    return 10 * power


@dataclass(frozen=True, slots=True)
class Span:
    """The days a picture is about, from the first to the last."""

    first: date
    last: date

    def place(self, day: date) -> float:
        """Return how far along the way a day lies, 0 to 100; a single day lies in the middle."""
        days = (self.last - self.first).days
        return round(100 * (day - self.first).days / days, 3) if days > 0 else 50.0


def month(day: date) -> str:
    """Write a month, short enough for three of them on a phone."""
    return dateformat.format(day, pgettext("month under a picture, Django date format", "M Y"))


def day_in_full(day: date) -> str:
    """Write a day in a table."""
    return day_words(day)


def labelled(days: Sequence[date]) -> list[int]:
    """Return the positions of the days that get a label: the ends and the middle."""
    last = len(days) - 1
    if last < DAY_LABELS - 1:
        return list(range(len(days)))
    wanted = {round(last * part / (DAY_LABELS - 1)) for part in range(DAY_LABELS)}
    return sorted(wanted)
