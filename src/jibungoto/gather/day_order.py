"""Dates that begin with neither year nor name of a month: which of day and month comes first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from jibungoto.gather.moments import Moment, moment_of

SLASHED = re.compile(r"(\d{1,2})[/\-.](\d{1,2})[/\-.](\d{4})(?!\d)(.*)", re.DOTALL)
DAY_FIRST, MONTH_FIRST = "dm", "md"


def order_of(cells: Iterable[str]) -> str:
    """Return which of day and month comes first, if a number above 12 shows it in some cell."""
    found = [one for cell in cells if (one := SLASHED.fullmatch(cell.strip())) is not None]
    is_day_first = any(int(one[1]) > 12 for one in found)
    is_month_first = any(int(one[2]) > 12 for one in found)
    if is_day_first == is_month_first:
        return ""
    return DAY_FIRST if is_day_first else MONTH_FIRST


def year_first(written: str, order: str) -> str | None:
    """Return a time with its year in front, or None where nobody knows what day it means."""
    found = SLASHED.fullmatch(written.strip())
    if found is None:
        return written
    if not order:
        return None
    month, day = (found[1], found[2]) if order == MONTH_FIRST else (found[2], found[1])
    return f"{found[3]}-{month}-{day}{found[4]}"


def read_two_ways(cells: Iterable[str]) -> Iterator[str]:
    """Yield the cells that are one day with the month first, and another with the day first."""
    for cell in cells:
        found = SLASHED.fullmatch(cell.strip())
        if found is not None and int(found[1]) != int(found[2]) <= 12 >= int(found[1]):
            yield cell


@dataclass(frozen=True, slots=True)
class Clock:
    """How a file writes its times: of which zone, and with day or month first."""

    zone: ZoneInfo
    order: str = MONTH_FIRST

    def moment(self, written: str) -> Moment | None:
        """Return the time a cell states, or None where it states none."""
        ordered = year_first(written, self.order)
        return None if ordered is None else moment_of(ordered, self.zone)
