"""Briefs by the calendar: the worker drafts them on their day, a person reads and sends them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from jibungoto.desk.acting import Acting, administrator, must_write, note
from jibungoto.desk.days import local_day_of
from jibungoto.desk.explain.address import Recipient, recipient
from jibungoto.desk.explain.draft import draft_of, keep_draft
from jibungoto.desk.explain.send import addressed
from jibungoto.desk.understand.today import Decision, newest_answer
from jibungoto.explain.briefs.audiences import AUDIENCES, AudienceKey
from jibungoto.explain.briefs.brief import BriefKind
from jibungoto.explain.briefs.rhythm import days_of, due_day
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import BriefRow, BriefState, CommunityRow, RhythmRow, SendingRow

BAD_DAY = Words("その日は選べません。", "This day cannot be chosen.")
CHOOSE_DAY = Words(
    "週次は曜日、ほかは1日から28日までを選んでください。",
    "Choose a day of the week for the weekly brief, else a day from 1 to 28.",
)
WAITS = Words(
    "{kind}({name}向け)の下書きができました。読んで、発行してください。",
    "{kind} for {name} is drafted. Read it, and issue it.",
)
UNSENT = Words(
    "{kind}({name}向け)は、まだ{n}か所に送っていません。",
    "{kind} for {name} waits to be sent to {n}.",
)
PAGE = "briefs"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Which brief is drafted for whom, on which day, and who is to get it."""

    kind: BriefKind
    audience: AudienceKey
    day: int
    to: tuple[Recipient, ...] = ()


def rhythms(acting: Acting) -> list[tuple[RhythmRow, Rhythm]]:
    """Return every rhythm of a community in the order of the kinds."""
    rows = RhythmRow.objects.filter(community=acting.community).order_by("kind", "audience")
    return [(row, rhythm_of(row)) for row in rows]


def rhythm_of(row: RhythmRow) -> Rhythm:
    """Return a rhythm as a value; whoever has lost their address is not on it any more.

    Of who was erased a mark is left where the address stood: the others get their draft all the
    same.
    """
    return Rhythm(BriefKind(row.kind), AudienceKey(row.audience), row.day, tuple(_to(row)))


def _to(row: RhythmRow) -> Iterator[Recipient]:
    for one in row.to:
        with suppress(InvalidChoice):
            yield recipient(
                one["name"],
                one["channel"],
                address=one["address"],
                language=one["language"],
                stakeholder=one.get("stakeholder"),
                attached=one.get("attached", ""),
            )


def keep_rhythm(acting: Acting, rhythm: Rhythm) -> RhythmRow:
    """Keep a rhythm, in place of that of the same brief; its first draft comes on its next day."""
    must_write(acting)
    if rhythm.day not in days_of(rhythm.kind):
        raise InvalidChoice(BAD_DAY, CHOOSE_DAY)
    with transaction.atomic():
        row, is_new = RhythmRow.objects.update_or_create(
            community=acting.community,
            kind=rhythm.kind,
            audience=rhythm.audience,
            defaults={
                "day": rhythm.day,
                "to": [asdict(one) for one in rhythm.to],
                "last_for": _due(acting.community, rhythm),
            },
        )
        verb = "begin_rhythm" if is_new else "change_rhythm"
        note(acting, verb, about=f"{rhythm.kind} {rhythm.audience}")
    return row


def end_rhythm(acting: Acting, rhythm: int) -> None:
    """End a rhythm; what it drafted stays."""
    must_write(acting)
    with transaction.atomic():
        if RhythmRow.objects.filter(pk=rhythm, community=acting.community).delete()[0]:
            note(acting, "end_rhythm", about=str(rhythm))


def draft_what_is_due() -> int:
    """Draft every brief whose day has come, in any community, and return how many."""
    made = 0
    for row in RhythmRow.objects.select_related("community").order_by("pk"):
        rhythm = rhythm_of(row)
        due = _due(row.community, rhythm)
        if row.last_for < due:
            made += _drafted(row, rhythm, due=due)
    return made


def _drafted(row: RhythmRow, rhythm: Rhythm, *, due: date) -> bool:
    """Draft one brief for a day; False where somebody else did, or there is no data yet."""
    acting = administrator(row.community)
    if newest_answer(acting) is None:
        return False
    brief = draft_of(acting, rhythm.kind, audience=rhythm.audience)
    with transaction.atomic():
        still = RhythmRow.objects.filter(pk=row.pk, last_for=row.last_for)
        if not still.update(last_for=due):
            return False
        kept = keep_draft(acting, brief)
        for one in rhythm.to:
            addressed(acting, kept, whom=one)
        note(acting, "draft_brief", about=f"{kept.number} {rhythm.kind} {rhythm.audience} {due}")
    return True


def _due(community: CommunityRow, rhythm: Rhythm) -> date:
    today = local_day_of(community, timezone.now())
    return due_day(rhythm.kind, day=rhythm.day, today=today, fiscal_month=community.fiscal_month)


def decisions(acting: Acting) -> Iterator[Decision]:
    """Yield what waits: drafts that are to go to somebody, and issued briefs not sent to all."""
    waiting = SendingRow.objects.filter(brief__community=acting.community, sent_at=None)
    rows = BriefRow.objects.filter(sendings__in=waiting).defer("content", "package").distinct()
    for row in rows.order_by("number"):
        yield Decision(_waiting(row, waiting.filter(brief=row).count()), PAGE)


def _waiting(row: BriefRow, count: int) -> Words:
    words = WAITS if row.state == BriefState.DRAFT else UNSENT
    kind, name = BriefKind(row.kind).words, AUDIENCES[AudienceKey(row.audience)].name
    return Words(
        words.ja.format(kind=kind.ja, name=name.ja, n=count),
        words.en.format(kind=kind.en, name=name.en, n=count),
    )
