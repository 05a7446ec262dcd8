"""What a delivery's page asks of a person, with what is known already; and the answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.answer import (
    Taken,
    events_to_choose,
    key_in_the_name,
    seems_to_have_begun,
    taken,
)
from jibungoto.desk.gather.columns import MEANINGS, ColumnShown, columns_said, columns_shown
from jibungoto.gather.reader import Said
from jibungoto.gather.readers.csv_headings import Meaning
from jibungoto.ledger.initiative import Initiative, Mode
from jibungoto.ledger.problems import Asked
from jibungoto.records.models import IntakeRow, IntakeState
from jibungoto.web.printing import said
from jibungoto.web.wording import day_words

OFFERED = 40
"""No more events than this stand in one list; others are looked up."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose from a list: what is sent, what is shown, and whether it is chosen."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class EventAsked:
    """Which event: those known, the newest first, and what was written of one that is not.

    Of more than ``OFFERED`` the newest are offered; ``find`` is what they were looked up by,
    ``found`` how many there are of them, and ``has_more`` says that there is something to look up.
    """

    choices: list[Choice]
    find: str
    found: int
    has_more: bool
    name: str
    day: str
    time: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Questions:
    """All that can be said of a delivery; what is None or empty does not concern it."""

    must: str
    event: EventAsked | None
    tickets: list[tuple[str, list[Choice]]]
    columns: list[tuple[ColumnShown, list[Choice]]]


def asked_of(
    acting: Acting, intake: IntakeRow, *, posted: QueryDict, find: str = ""
) -> Questions | None:
    """Return what is asked of a delivery, or can be corrected once it is in; None if nothing is.

    What was sent and did not fit stands in the form as it was sent. ``find`` looks up events.
    """
    is_in = intake.state == IntakeState.IN
    if not (is_in or intake.asked):
        return None
    known = taken(acting, intake) if is_in else Taken(None, ())
    asks_event = intake.asked == Asked.EVENT or known.event is not None
    event = None
    if asks_event:
        event = _event(acting, intake, now=known.event, posted=posted, find=find)
    tickets = [(name, _modes(mode)) for name, mode in known.tickets]
    columns = _columns(intake, posted=posted)
    if event is None and not tickets and not columns:
        return None
    return Questions(must=intake.asked, event=event, tickets=tickets, columns=columns)


def _event(
    acting: Acting,
    intake: IntakeRow,
    *,
    now: Initiative | None,
    posted: QueryDict,
    find: str,
) -> EventAsked:
    zone = ZoneInfo(acting.community.zone)
    chosen = posted.get("event", now.key if now else "")
    known = events_to_choose(acting, like=find)
    if find and len(known) == 1:
        chosen = known[0].key
    held = [one for one in known[OFFERED:] if one.key == chosen]
    began = seems_to_have_begun(intake)
    choices = [
        Choice(one.key, event_words(one, zone), one.key == chosen)
        for one in [*known[:OFFERED], *held]
    ]
    return EventAsked(
        choices=choices,
        find=find,
        found=len(known),
        has_more=bool(find) or len(known) > OFFERED,
        name=posted.get("name", "" if now else key_in_the_name(intake.name)),
        day=posted.get("day", f"{began:%Y-%m-%d}" if began else ""),
        time=posted.get("time", f"{began:%H:%M}" if began else ""),
        was=now.key if now else "",
        now=event_words(now, zone) if now else "",
    )


def event_words(event: Initiative, zone: ZoneInfo) -> str:
    """Return an event as a list of events shows it: its day and time, and its name."""
    name = event.name or event.key
    if event.starts_at is None:
        return _("%(name)s (it is not known when it began)") % {"name": name}
    began = datetime.fromtimestamp(event.starts_at, zone)
    return f"{day_words(began.date())} {began:%H:%M}  {name}"


def _modes(now: Mode | None) -> list[Choice]:
    """Return how people with a ticket may take part; "not known" only while it is."""
    words = {
        "": _("its name does not say"),
        Mode.VENUE.value: _("at the venue"),
        Mode.ONLINE.value: _("online"),
    }
    value = now.value if now else ""
    return [Choice(one, said, one == value) for one, said in words.items() if one or not value]


def _columns(intake: IntakeRow, *, posted: QueryDict) -> list[tuple[ColumnShown, list[Choice]]]:
    if intake.asked != Asked.COLUMNS and not intake.met.get("columns"):
        return []
    sent = dict(zip(posted.getlist("heading"), posted.getlist("meaning"), strict=False))
    return [
        (one, _meanings(sent.get(one.heading, one.meaning.value))) for one in columns_shown(intake)
    ]


def _meanings(chosen: str) -> list[Choice]:
    return [Choice(one.value, said(words), one.value == chosen) for one, words in MEANINGS.items()]


def said_in(posted: QueryDict) -> Said:
    """Return what a person says in a form; raises InvalidChoice where columns do not fit.

    Of a delivery that is in only what differs from how it was taken is said.
    """
    tickets = zip(*(posted.getlist(name) for name in ("ticket", "mode", "mode_was")), strict=False)
    return Said(
        event=_event_in(posted),
        modes={
            ticket: Mode(mode)
            for ticket, mode, was in tickets
            if mode != was and mode in {Mode.VENUE, Mode.ONLINE}
        },
        columns=_columns_in(posted),
    )


def _event_in(posted: QueryDict) -> str:
    named = posted.get("event", "").strip() or posted.get("name", "").strip()
    began = f"{posted.get('day', '').strip()} {posted.get('time', '').strip()}".strip()
    if not named or (named == posted.get("event_was") and not began):
        return ""
    return f"{named} {began}".strip()


def _columns_in(posted: QueryDict) -> dict[str, str]:
    headings, was = posted.getlist("heading"), posted.getlist("was")
    meanings = [one for one in posted.getlist("meaning") if one in {each.value for each in Meaning}]
    is_correction = "corrects" in posted
    if not headings or len(headings) != len(meanings) or (is_correction and meanings == was):
        return {}
    return columns_said(headings, meanings, was=was)
