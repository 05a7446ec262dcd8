"""What a plan has in store as a calendar: due dates, tests of assumptions, reviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from jibungoto.ledger.words import Words
from jibungoto.plan.known import measure_named
from jibungoto.plan.names import told
from jibungoto.plan.owwh import AssumptionState, Plan

if TYPE_CHECKING:
    from icalendar import Event

MOST_REVIEWS = 24
DUE = Words("期日: {what}", "Due: {what}")
TEST = Words("仮説を確かめる: {what}", "Test: {what}")
REVIEW = Words("計画の見直し: {what}", "Review: {what}")
ENDS = Words("計画の終わり: {what}(結果と学びを記録)", "Plan ends: {what} (verdict and lesson)")


@dataclass(frozen=True, slots=True)
class Day:
    """One day to keep: a key that stays the same from version to version, and what it is."""

    key: str
    day: date
    words: Words


@dataclass(frozen=True, slots=True)
class Issued:
    """Which version a calendar is of: by what its entries are known, and when it was made."""

    root: str
    version: int
    made_at: datetime


def days_of(plan: Plan) -> tuple[Day, ...]:
    """Return the days a plan has in store, earliest first."""
    return tuple(sorted(_days(plan), key=lambda one: (one.day, one.key)))


def _days(plan: Plan) -> Iterator[Day]:
    title = told(plan.title) or Words("計画", "Plan")
    for one in plan.objective.victory:
        if one.due is not None:
            what = DUE.filled(what=measure_named(one))
            yield Day(f"due-{one.key}", one.due, _of_plan(what, title))
    for test in plan.assumptions:
        if test.due is not None and test.state is AssumptionState.OPEN:
            words = told(test.test) or told(test.text) or title
            yield Day(f"test-{test.key}", test.due, TEST.filled(what=words))
    for at, day in enumerate(_reviews(plan)):
        yield Day(f"review-{at + 1}", day, REVIEW.filled(what=title))
    if plan.period.last is not None:
        yield Day("end", plan.period.last, ENDS.filled(what=title))


def _reviews(plan: Plan) -> Iterator[date]:
    """Return the days of review within the plan's period, at most two years of months."""
    day, last = plan.review.next, plan.period.last
    if day is None:
        return
    yield day
    every = plan.review.every_days
    if every is None or every < 1 or last is None:
        return
    for _ in range(MOST_REVIEWS - 1):
        if (last - day).days < every:
            return
        day += timedelta(days=every)
        yield day


def _of_plan(what: Words, title: Words) -> Words:
    return Words(ja=f"{what.ja}({title.ja})", en=f"{what.en} ({title.en})")


def calendar_of(plan: Plan, issued: Issued, *, language: str) -> bytes:
    """Return a plan's days as an iCalendar file (RFC 5545), one all-day entry each.

    Entries keep their UID from version to version and raise their SEQUENCE, so that a calendar
    moves them instead of showing them twice.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//jibungoto//plan//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", (told(plan.title) or REVIEW).said_in(language))
    for one in days_of(plan):
        calendar.add_component(_entry(one, issued, language=language))
    return bytes(calendar.to_ical())


def _entry(one: Day, issued: Issued, *, language: str) -> Event:
    from icalendar import Event

    entry = Event()
    entry.add("uid", f"{one.key}.{issued.root}")
    entry.add("dtstamp", issued.made_at)
    entry.add("sequence", issued.version)
    entry.add("summary", one.words.said_in(language))
    entry.add("dtstart", one.day)
    entry.add("transp", "TRANSPARENT")
    return entry
