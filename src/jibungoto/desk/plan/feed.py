"""A plan's days as a calendar that other programs subscribe to, by an address nobody can guess."""

from __future__ import annotations

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.plan.look import plan_keyed, version_of
from jibungoto.plan.calendar import Issued, calendar_of
from jibungoto.plan.stored import from_stored
from jibungoto.records.models import PlanRow, PlanVersionRow
from jibungoto.records.models.plan import new_token

_SHORTEST = 32


def calendar(acting: Acting, key: str, *, language: str) -> bytes:
    """Return the days of the version in force, or else of the newest, as iCalendar."""
    return _calendar(version_of(acting, key).row, language)


def calendar_by_token(token: str, *, language: str = "") -> bytes | None:
    """Return the days of the plan whose feed has this token; None where there is no such feed.

    Nothing but what is in force leaves the house without signing in.
    """
    if len(token) < _SHORTEST:
        return None
    row = PlanRow.objects.filter(feed_token=token, dropped_at=None).first()
    if row is None:
        return None
    active = row.versions.filter(state="active", dropped_at=None).first()
    return _EMPTY if active is None else _calendar(active, language or row.community.language)


_EMPTY = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//jibungoto//plan//\r\n"
    b"METHOD:PUBLISH\r\nEND:VCALENDAR\r\n"
)


def _calendar(row: PlanVersionRow, language: str) -> bytes:
    plan = row.plan
    root = f"{plan.key}.{plan.community.slug}.jibungoto"
    issued = Issued(root, row.number, row.changed_at)
    return calendar_of(from_stored(row.value), issued, language=language)


def renew(acting: Acting, key: str) -> str:
    """Give the feed a new address and return its token; the old address ends."""
    must_write(acting)
    row = plan_keyed(acting, key)
    with transaction.atomic():
        row.feed_token = new_token()
        row.save(update_fields=["feed_token"])
        note(acting, "renew plan feed", about=key)
    return row.feed_token
