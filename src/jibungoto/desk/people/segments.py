"""Segments: saved rules over people, who is meant by them today, and how many."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from jibungoto.desk.acting import Acting, administrator, must_write, note
from jibungoto.desk.people.segment_people import gathering_names, meant
from jibungoto.desk.understand.today import newest_answer
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import (
    AnswerRow,
    CommunityRow,
    HandleRow,
    OrganisationRow,
    SegmentRow,
)
from jibungoto.understand.segment_words import words_of
from jibungoto.understand.segments import Segment, checked, segment_told, told

LONGEST_NAME = 80


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

    @property
    def emptied(self) -> Words:
        """Say that nobody is meant, since when as far as that was noted, and what to do."""
        if self.row.emptied_on is None:
            return EMPTIED
        said = SINCE if self.row.met_on else NEVER
        told = said.filled(since=self.row.emptied_on, last=self.row.met_on)
        return Words(told.ja + WIDEN.ja, f"{told.en} {WIDEN.en}")


WIDEN = Words(
    "条件を広げた新しいセグメントを保存するか、使っている計画の「誰に」を見直してください。",
    "Save a wider one, or look again at the Who of the plans that use it.",
)
EMPTIED = Words(
    f"このセグメントに当てはまる人は、今はいません。{WIDEN.ja}",
    f"Nobody fits this segment today. {WIDEN.en}",
)
SINCE = Words(
    "{since} から、このセグメントに当てはまる人がいません(最後にいたのは {last})。",
    "Nobody fits this segment since {since}; on {last} somebody still did.",
)
NEVER = Words(
    "最初に数えた {since} から、このセグメントに当てはまる人はいません。",
    "Nobody has fitted this segment since it was first counted, on {since}.",
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
    return Saved(row, rule, read_aloud(acting, rule), size(acting, rule, answer=answer))


def read_aloud(acting: Acting, rule: Segment) -> Words:
    """Return a rule in words, with the name of what people came to."""
    return words_of(rule, gathering_names(acting)) if rule.came_to else words_of(rule)


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


def segment_called(acting: Acting, told: str) -> SegmentRow:
    """Return the segment of a key or name; raises ``UnknownName`` with those there are."""
    rows = list(_live(acting).order_by("name", "pk"))
    for row in rows:
        if told in (row.key, row.name):
            return row
    listed = ", ".join(row.name for row in rows) or "-"
    raise UnknownName(
        Words(f"「{told}」という名前のものはありません。", f"There is none called “{told}”."),
        Words(f"次のどれかです: {listed}", f"One of: {listed}"),
    )


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
    return meant(acting, rule, answer=AnswerRow.objects.get(pk=answer)).count()


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


def is_any(acting: Acting) -> bool:
    """Say whether any segment is on the list."""
    return _live(acting).exists()


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
