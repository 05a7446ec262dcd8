"""Segments: saved rules over people, who is meant by them today, and how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import slugify

from jibungoto.desk.acting import Acting, administrator, must_write, note
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.people.look_up import named_like
from jibungoto.desk.understand.rolled_up import rolled_up
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine import rollups
from jibungoto.engine.log import opened
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.names import folded
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import (
    AffiliationRow,
    AnswerRow,
    CommunityRow,
    HandleRow,
    InitiativeRow,
    OrganisationRow,
    SegmentRow,
    StandingRow,
)
from jibungoto.records.models.people import sounds_like
from jibungoto.understand.answers import Stage
from jibungoto.understand.segments import (
    EVERYBODY,
    Segment,
    checked,
    first_seen_between,
    segment_told,
    since_days,
    told,
    words_of,
)

LONGEST_NAME = 80
ATTENDED = (Kind.ATTENDANCE.value,)
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved segment: its row, its rule, the rule read aloud, and how many it means today.

    ``size`` is None before any answer. ``is_empty`` is what every page that names it must say.
    """

    row: SegmentRow
    rule: Segment
    words: Words
    size: int | None

    @property
    def is_empty(self) -> bool:
        """Say whether nobody is meant any more."""
        return self.size == 0


EMPTIED = Words(
    "このセグメントに当てはまる人は、今はいません。条件を広げた新しいセグメントを保存するか、"
    "使っている計画の「誰に」を見直してください。",
    "Nobody fits this segment today. Save a wider one, or look again at the Who of the plans "
    "that use it.",
)


def save(acting: Acting, name: str, *, rule: Segment) -> SegmentRow:
    """Save a rule under a name; the same rule under the same name again changes nothing."""
    must_write(acting)
    kept = _name(name)
    said = told(checked(rule))
    with transaction.atomic():
        same = _live(acting).filter(name=kept).first()
        if same is not None:
            if same.rule == said:
                return same
            raise _taken(kept)
        row = SegmentRow.objects.create(
            community=acting.community,
            key=_key(acting, kept),
            name=kept,
            rule=said,
            made_by_id=acting.user_id,
        )
        note(acting, "save segment", about=kept)
    return row


def rename(acting: Acting, key: str, *, name: str) -> SegmentRow:
    """Give a segment another name; plans go on using it by its key."""
    must_write(acting)
    row, kept = segment_keyed(acting, key), _name(name)
    if row.name == kept:
        return row
    with transaction.atomic():
        if _live(acting).filter(name=kept).exists():
            raise _taken(kept)
        row.name = kept
        row.save(update_fields=["name"])
        note(acting, "rename segment", about=kept)
    return row


def drop(acting: Acting, key: str) -> None:
    """Take a segment off the list; what was said of it in older plans can still be read."""
    must_write(acting)
    row = segment_keyed(acting, key)
    if row.dropped_at is None:
        with transaction.atomic():
            row.dropped_at = timezone.now()
            row.save(update_fields=["dropped_at"])
            note(acting, "drop segment", about=row.name)


def take_up_again(acting: Acting, key: str) -> SegmentRow:
    """Bring a dropped segment back; raises ``InvalidChoice`` if its name is in use by now."""
    must_write(acting)
    row = segment_keyed(acting, key)
    if row.dropped_at is not None:
        with transaction.atomic():
            if _live(acting).filter(name=row.name).exists():
                raise _taken(row.name)
            row.dropped_at = None
            row.save(update_fields=["dropped_at"])
            note(acting, "take up segment", about=row.name)
    return row


def segments(acting: Acting, *, answer: AnswerRow | None = None) -> list[Saved]:
    """Return the segments of a community, by name, each with how many it means today."""
    of = answer or newest_answer(acting)
    return [saved(acting, row, answer=of) for row in _live(acting).order_by("name", "pk")]


def saved(acting: Acting, row: SegmentRow, *, answer: AnswerRow | None = None) -> Saved:
    """Return a segment with its rule, its words and its size."""
    rule = segment_told(row.rule)
    return Saved(row, rule, words_of(rule), size(acting, rule, answer=answer))


def segment_keyed(acting: Acting, key: str) -> SegmentRow:
    """Return a segment of this community, dropped or not; raises ``UnknownName``."""
    row = SegmentRow.objects.filter(community=acting.community, key=key).first()
    if row is None:
        raise UnknownName(
            Words("そのセグメントはありません。", "There is no such segment."),
            Words(
                "人の一覧で絞り込んで、保存してください。",
                "Narrow the list of people, and save it.",
            ),
        )
    return row


def size(acting: Acting, rule: Segment, *, answer: AnswerRow | None = None) -> int | None:
    """Return how many people a rule means today, or None before any answer."""
    of = answer or newest_answer(acting)
    if of is None:
        return None
    here = CommunityRow.objects.filter(pk=acting.community.pk)
    stamp = here.values_list("names_stamp", "facts_stamp", "version_id").get()
    return _size(rule, community=acting.community.pk, answer=of.pk, stamp=(of.made_at, *stamp))


@lru_cache(maxsize=1_000)  # pages count each segment anew, of everybody there is
def _size(rule: Segment, *, community: int, answer: int, stamp: tuple[object, ...]) -> int:
    """Count a segment; the same until there are new answers, or names or what is said change."""
    acting = administrator(CommunityRow.objects.get(pk=community))
    return members(acting, rule, answer=AnswerRow.objects.get(pk=answer)).count()


def members(
    acting: Acting, rule: Segment, *, answer: AnswerRow | None = None
) -> QuerySet[StandingRow]:
    """Return the standings of the people a rule means, by name; empty before any answer.

    It is the rule ``is_in`` of ``understand/segments.py``, asked of the database.
    """
    of = answer or newest_answer(acting)
    if of is None:
        return StandingRow.objects.none()
    rows = of.standings.filter(is_opted_out=False, person__community=acting.community)
    if rule.kind != EVERYBODY:
        rows = rows.filter(kind=rule.kind)
    rows = _seen(_standing(rows, rule), rule, day=of.as_of)
    if rule.sources:
        rows = rows.filter(person__in=_behind(acting, Q(source__in=rule.sources)))
    if rule.organisation:
        written = _behind(acting, _writing_organisation(acting, rule))
        said = _belonging(acting, rule, day=of.as_of)
        rows = rows.filter(Q(person__in=written) | Q(person__in=said))
    if words := folded(rule.named).split():
        rows = rows.filter(named_like(words, within="person__search"))
    if rule.started is not None:
        rows = _where(rows, _starters(acting), did=rule.started)
    if rule.attended is not None:
        rows = _where(rows, _attendees(acting, of), did=rule.attended)
    return rows.select_related("person").order_by(
        sounds_like("person__"), "person__name", "person__number"
    )


def _standing(rows: QuerySet[StandingRow], rule: Segment) -> QuerySet[StandingRow]:
    if rule.stages:
        rows = rows.filter(stage__in=[Stage[name.upper()] for name in rule.stages])
    if rule.dormant is not None:
        rows = rows.filter(is_dormant=rule.dormant, stage__gt=Stage.REGISTERED)
    return rows


def _seen(rows: QuerySet[StandingRow], rule: Segment, *, day: date) -> QuerySet[StandingRow]:
    first, before = first_seen_between(rule, day)
    rows = rows.annotate(seen_first=Coalesce("joined_day", "first_day"))
    if first is not None:
        rows = rows.filter(seen_first__gte=first)
    if before is not None:
        rows = rows.filter(seen_first__lt=before)
    if rule.recent_days is not None:
        rows = rows.filter(last_day__gte=since_days(day, rule.recent_days))
    return rows


def _behind(acting: Acting, asked: Q) -> QuerySet[HandleRow, int]:
    """Return the persons behind the handles that are asked for."""
    handles = HandleRow.objects.filter(asked, community=acting.community)
    return handles.values_list("person_id", flat=True)


def _writing_organisation(acting: Acting, rule: Segment) -> Q:
    wanted = folded(rule.organisation)
    return Q(organisation__in=[one for one in _written(acting) if wanted in folded(one)])


def _belonging(acting: Acting, rule: Segment, *, day: date) -> QuerySet[HandleRow, int]:
    """Return who belongs on that day to an organisation like the one asked for."""
    wanted = folded(rule.organisation)
    meant = [
        row.pk
        for row in OrganisationRow.objects.filter(community=acting.community)
        if any(wanted in folded(name) for name in (row.name_ja, row.name_en))
    ]
    said = AffiliationRow.objects.filter(organisation__in=meant, is_refused=False)
    begun = said.filter(Q(from_day=None) | Q(from_day__lte=day))
    holding = begun.filter(Q(to_day=None) | Q(to_day__gt=day))
    return _behind(acting, Q(actor__in=holding.values("actor")))


def _written(acting: Acting) -> Iterable[str]:
    handles = HandleRow.objects.filter(community=acting.community).exclude(organisation="")
    return handles.order_by("organisation").values_list("organisation", flat=True).distinct()


def _starters(acting: Acting) -> QuerySet[HandleRow, int]:
    begun = InitiativeRow.objects.filter(community=acting.community, is_default=False)
    actors = begun.exclude(started_by="").values("started_by")
    return _behind(acting, Q(actor__in=actors))


def _attendees(acting: Acting, answer: AnswerRow) -> list[int]:
    """Return the persons the log saw at an event, up to the newest counted day."""
    kept = rolled_up(acting, answer)
    actors = _kept_attendees(kept) if kept.are_kept else _read_attendees(acting, answer)
    found: set[int] = set()
    for start in range(0, len(actors), _AT_ONCE):
        found.update(_behind(acting, Q(actor__in=actors[start : start + _AT_ONCE])))
    return sorted(found)


@lru_cache(maxsize=8)  # what was kept never changes
def _kept_attendees(kept: rollups.Rollups) -> Sequence[str]:
    return tuple(rollups.kept_actors(kept, ATTENDED))


def _read_attendees(acting: Acting, answer: AnswerRow) -> Sequence[str]:
    current = current_log(acting.community)
    if current is None:
        return ()
    with opened(current[1], memory="300MB", threads=1) as con:
        return rollups.actors_who(con, ATTENDED, night=answer.as_of + timedelta(days=1))


def _where(
    rows: QuerySet[StandingRow], people: QuerySet[HandleRow, int] | list[int], *, did: bool
) -> QuerySet[StandingRow]:
    return rows.filter(person__in=people) if did else rows.exclude(person__in=people)


def sources_of(acting: Acting) -> list[str]:
    """Return the sources in which anybody has a name."""
    handles = HandleRow.objects.filter(community=acting.community)
    return list(handles.order_by("source").values_list("source", flat=True).distinct())


def has_organisations(acting: Acting) -> bool:
    """Say whether any source, or anybody, tells where people work."""
    here = OrganisationRow.objects.filter(community=acting.community)
    handles = HandleRow.objects.filter(community=acting.community)
    return here.exists() or handles.exclude(organisation="").exists()


def organisation_names(acting: Acting) -> list[str]:
    """Return the names of the organisations written down, to choose one by."""
    rows = OrganisationRow.objects.filter(community=acting.community)
    names = rows.order_by("name_ja", "name_en").values_list("name_ja", "name_en")
    return list(dict.fromkeys(name for pair in names for name in pair if name))


def _live(acting: Acting) -> QuerySet[SegmentRow]:
    return SegmentRow.objects.filter(community=acting.community, dropped_at=None)


def _name(name: str) -> str:
    kept = " ".join(name.replace("\x00", "").split())
    if not 1 <= len(kept) <= LONGEST_NAME:
        raise InvalidChoice(
            Words("セグメントに名前を付けてください。", "A segment needs a name."),
            Words(f"1 文字以上 {LONGEST_NAME} 文字までです。", f"Up to {LONGEST_NAME} characters."),
        )
    return kept


def _taken(name: str) -> InvalidChoice:
    return InvalidChoice(
        Words(
            f"「{name}」という名前のセグメントがすでにあります。",
            f"There is a segment named “{name}” already.",
        ),
        Words("別の名前を付けてください。", "Give it another name."),
    )


def _key(acting: Acting, name: str) -> str:
    """Return a key made of the name that no segment of this community has, dropped or not."""
    stem = slugify(name, allow_unicode=True)[:50] or "segment"
    used = set(
        SegmentRow.objects.filter(community=acting.community, key__startswith=stem).values_list(
            "key", flat=True
        )
    )
    number = 1
    while (key := stem if number == 1 else f"{stem}-{number}") in used:
        number += 1
    return key
