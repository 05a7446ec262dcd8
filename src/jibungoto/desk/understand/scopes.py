"""Series and chapters: those sources tell of, those the manager puts together, and what is in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import InitiativeRow, ScopeFindingRow, ScopeRow
from jibungoto.understand.belonging import Proposed, Told, belonging, proposals
from jibungoto.understand.scope_kind import ScopeKind

LONGEST_NAME = 80
_TOLD_KINDS = {
    ScopeKind.SERIES: InitiativeKind.SERIES.value,
    ScopeKind.CHAPTER: InitiativeKind.CHAPTER.value,
}
EMPTIED = Words(
    "ここに属する取り組みが、今のデータにはありません。「シリーズと支部」で選び直してください。",
    "Nothing in the log belongs to it any more. Choose again under “Series and chapters”.",
)
_NO_SCOPE = Words("そのシリーズや支部はありません。", "There is no such series or chapter.")
_FROM_THE_LIST = Words(
    "「シリーズと支部」の一覧から選んでください。",
    "Choose one of the list under “Series and chapters”.",
)


@dataclass(frozen=True, slots=True)
class Scoped:
    """One series or chapter: its kind, key and name, and how many events and others are in it.

    ``row`` is None where a source tells of it. ``parts`` are what the manager chose.
    """

    kind: ScopeKind
    key: str
    name: str
    initiatives: frozenset[str]
    events: int
    row: ScopeRow | None = None
    parts: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing belongs to it any more."""
        return not self.initiatives


def told_of(acting: Acting) -> tuple[Told, ...]:
    """Return every initiative of the community that can belong to something, by its day."""
    rows = InitiativeRow.objects.filter(community=acting.community)
    found = rows.order_by("starts_at", "name", "pk")
    return tuple(
        Told(key, kind, name, series)
        for key, kind, name, series in found.values_list("key", "kind", "name", "series")
    )


def scopes(acting: Acting) -> list[Scoped]:
    """Return the series, then the chapters: the manager's own first, then those of sources."""
    told = told_of(acting)
    found = [*_own(acting, told), *_of_sources(told)]
    return sorted(found, key=lambda one: (one.kind is ScopeKind.CHAPTER, one.row is None, one.name))


def scope_keyed(acting: Acting, kind: ScopeKind, *, key: str) -> Scoped:
    """Return one series or chapter, also one taken off the list; raises ``UnknownName``."""
    told = told_of(acting)
    row = ScopeRow.objects.filter(community=acting.community, kind=kind.value, key=key).first()
    if row is not None:
        return _made(row, told)
    for one in _of_sources(told):
        if (one.kind, one.key) == (kind, key):
            return one
    raise UnknownName(_NO_SCOPE, _FROM_THE_LIST)


def scope_names(acting: Acting) -> dict[str, str]:
    """Return the names of series and chapters by kind and key, of dropped ones too."""
    own = ScopeRow.objects.filter(community=acting.community).values_list("kind", "key", "name")
    told = InitiativeRow.objects.filter(community=acting.community, kind__in=_TOLD_KINDS.values())
    kinds = {words: kind for kind, words in _TOLD_KINDS.items()}
    of_sources = {
        f"{kinds[kind]}:{key}": name for kind, key, name in told.values_list("kind", "key", "name")
    }
    return of_sources | {f"{kind}:{key}": name for kind, key, name in own}


def proposed(acting: Acting) -> tuple[Proposed, ...]:
    """Return the series that the names of events suggest and that nobody has made yet."""
    told = told_of(acting)
    taken = {key for one in _own(acting, told) for key in one.initiatives}
    return proposals(told, taken=taken)


def _own(acting: Acting, told: Iterable[Told]) -> list[Scoped]:
    rows = ScopeRow.objects.filter(community=acting.community, dropped_at=None)
    return [_made(row, told) for row in rows.order_by("kind", "name", "pk")]


def _of_sources(told: Iterable[Told]) -> list[Scoped]:
    every = tuple(told)
    found = []
    for kind, of_sources in _TOLD_KINDS.items():
        for one in every:
            if one.kind == of_sources:
                inside = belonging({one.key}, every)
                name = one.name or one.key
                found.append(Scoped(kind, one.key, name, inside, _events(inside, every)))
    return found


def _made(row: ScopeRow, told: Iterable[Told]) -> Scoped:
    every = tuple(told)
    kind = ScopeKind(row.kind)
    chosen = belonging(frozenset(row.parts), every)
    events = _events(chosen, every)
    return Scoped(kind, row.key, row.name, chosen, events, row, tuple(row.parts))


def _events(chosen: Collection[str], told: Iterable[Told]) -> int:
    return sum(one.kind == InitiativeKind.EVENT and one.key in chosen for one in told)


def save_scope(
    acting: Acting, kind: ScopeKind, *, name: str, parts: Collection[str], key: str = ""
) -> ScopeRow:
    """Make a series or chapter of some initiatives, or change the one of a key.

    What was worked out for it before is thrown away, as it was of something else. Saved again as
    it is, nothing changes.
    """
    must_write(acting)
    kept, chosen = _name(name), _parts(acting, parts)
    with transaction.atomic():
        rows = ScopeRow.objects.select_for_update().filter(
            community=acting.community, kind=kind.value
        )
        row = rows.filter(key=key).first()
        if key and row is None:
            raise UnknownName(_NO_SCOPE, _FROM_THE_LIST)
        if rows.filter(name=kept, dropped_at=None).exclude(key=key).exists():
            raise _taken(kept)
        if row is None:
            row = ScopeRow(community=acting.community, kind=kind.value)
            row.key, row.made_by_id = _key(acting, kind, name=kept), acting.user_id
        elif (row.name, row.parts, row.dropped_at) == (kept, chosen, None):
            return row
        elif row.parts != chosen:
            forget(acting, kind, key=row.key)
        row.name, row.parts, row.dropped_at = kept, chosen, None
        row.save()
        note(acting, f"save {kind}", about=kept)
    return row


def drop_scope(acting: Acting, kind: ScopeKind, *, key: str) -> None:
    """Take a series or chapter off the list; plans that use it still say so."""
    must_write(acting)
    rows = ScopeRow.objects.filter(community=acting.community, kind=kind.value, key=key)
    with transaction.atomic():
        row = rows.select_for_update().first()
        if row is None:
            raise UnknownName(_NO_SCOPE, _FROM_THE_LIST)
        if row.dropped_at is None:
            row.dropped_at = timezone.now()
            row.save(update_fields=["dropped_at"])
            note(acting, f"drop {kind}", about=row.name)


def forget(acting: Acting, kind: ScopeKind, *, key: str) -> None:
    """Throw away what was worked out for a series or chapter, so that it is worked out anew."""
    ScopeFindingRow.objects.filter(
        answer__community=acting.community, kind=kind.value, key=key
    ).delete()


def _parts(acting: Acting, parts: Collection[str]) -> list[str]:
    known = {one.key for one in told_of(acting)}
    chosen = sorted(known.intersection(parts))
    if not chosen:
        raise InvalidChoice(
            Words("属するものが選ばれていません。", "Nothing is chosen to be in it."),
            Words(
                "イベントやチャンネルを1つ以上選んでください。",
                "Choose at least one event or channel.",
            ),
        )
    return chosen


def _name(name: str) -> str:
    kept = " ".join(name.replace("\x00", "").split())
    if not 1 <= len(kept) <= LONGEST_NAME:
        raise InvalidChoice(
            Words("シリーズや支部に名前を付けてください。", "It needs a name."),
            Words(f"1文字以上{LONGEST_NAME}文字までです。", f"Up to {LONGEST_NAME} characters."),
        )
    return kept


def _taken(name: str) -> InvalidChoice:
    return InvalidChoice(
        Words(f"「{name}」という名前は、もう使われています。", f"“{name}” is taken already."),
        Words("別の名前を付けてください。", "Give it another name."),
    )


def _key(acting: Acting, kind: ScopeKind, *, name: str) -> str:
    """Return a key made of the name that nothing of this kind has, dropped or told by a source."""
    stem = slugify(name, allow_unicode=True)[:50] or kind.value
    rows = ScopeRow.objects.filter(community=acting.community, kind=kind.value)
    used = set(rows.filter(key__startswith=stem).values_list("key", flat=True))
    number = 1
    while (key := stem if number == 1 else f"{stem}-{number}") in used:
        number += 1
    return key


def initiatives_listed(acting: Acting) -> QuerySet[InitiativeRow]:
    """Return what can be put into a series or chapter: the newest events first, then places."""
    rows = InitiativeRow.objects.filter(community=acting.community)
    return rows.order_by(F("starts_at").desc(nulls_last=True), "name", "pk")
