"""When a brief of each kind is to be written: a day in every week, month, quarter or year."""

from __future__ import annotations

from datetime import date, timedelta

from jibungoto.explain.briefs.brief import BriefKind

LAST_DAY_OF_ALL_MONTHS = 28
BEFORE_YEAR_END = 75
"""Days before the fiscal year ends: 60 remain once the paper was read (domain.md 14)."""
_MONTHS = 12
_QUARTER = 3


def days_of(kind: BriefKind) -> range:
    """Return the days one may choose from: 1 to 7 from Monday, else days of the month."""
    return range(1, 8) if kind is BriefKind.WEEKLY else range(1, LAST_DAY_OF_ALL_MONTHS + 1)


def due_day(kind: BriefKind, *, day: int, today: date, fiscal_month: int) -> date:
    """Return the newest day, today included, on which a brief was to be written.

    ``day`` is one of ``days_of``; the yearly paper has a day of its own, by the fiscal year's end.
    """
    if kind is BriefKind.WEEKLY:
        return today - timedelta(days=(today.isoweekday() - day) % 7)
    if kind is BriefKind.YEARLY:
        return _yearly(today, fiscal_month)
    months = _QUARTER if kind is BriefKind.QUARTERLY else 1
    return _monthly(today, day=day, every=months, fiscal_month=fiscal_month)


def _monthly(today: date, *, day: int, every: int, fiscal_month: int) -> date:
    """Return the newest such day in a month that begins a month or a quarter."""
    month = today.year * _MONTHS + today.month - 1
    if today.day < day:
        month -= 1
    month -= (month - (fiscal_month - 1)) % every
    return date(month // _MONTHS, month % _MONTHS + 1, day)


def _yearly(today: date, fiscal_month: int) -> date:
    """Return the newest day that lies some way before a fiscal year's end."""
    days = (
        date(year, fiscal_month, 1) - timedelta(days=BEFORE_YEAR_END)
        for year in (today.year + 1, today.year, today.year - 1)
    )
    return next(one for one in days if one <= today)
