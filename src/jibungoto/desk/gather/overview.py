"""What has been brought in: intakes, their account, and how fresh each source is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import cast

from django.db.models import QuerySet, Value
from django.db.models.fields import BooleanField

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.gather.current import source_rows
from jibungoto.desk.gather.held import held_by
from jibungoto.gather.families import Family, family_of
from jibungoto.gather.holdings import Holding, missing
from jibungoto.gather.readers.slack_people import NAMED_BOT
from jibungoto.gather.recognise import READERS
from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.source import expected_days
from jibungoto.ledger.words import Words
from jibungoto.records.models import (
    HandleRow,
    IntakeRow,
    IntakeState,
    LeftOutRow,
    RefusalRow,
)

STALE_AFTER = timedelta(days=31)
"""A source whose last covered day is further back is called old, if nothing longer is usual."""

_ON_ITS_WAY = (IntakeState.WAITING, IntakeState.READING, IntakeState.UNDOING)

TELLS: dict[str, Words] = {
    "replies": Words("誰への返信か", "whom a reply answers"),
    "threads": Words("スレッドのつながり", "which messages form a thread"),
    "reactions": Words("誰がリアクションしたか", "who reacted"),
    "mentions": Words("誰をメンションしたか", "who was mentioned"),
    "joins": Words("いつ加わったか", "when people joined"),
    "creators": Words(
        "誰がチャンネルやイベントを始めたか", "who started a channel, an event or the like"
    ),
    "bots": Words("どれがボットか", "which of them are bots"),
    "deletions": Words("何が削除されたか", "what was deleted"),
}
"""What a source may be able to tell, in the users' words."""

EMAILS = Words("本人が確かめたメールアドレス", "e-mail addresses it has verified")


@dataclass(frozen=True, slots=True)
class Freshness:
    """One source: the days it covers, and what it can and cannot tell.

    ``is_behind`` is said of talk alone: an event's list is complete until the next event.
    """

    key: str
    name: Words
    family: Family
    first_day: date | None
    last_day: date | None
    is_old: bool
    is_behind: bool
    complete_since: date | None
    can_tell: tuple[Words, ...]
    cannot_tell: tuple[Words, ...]


def intakes(acting: Acting) -> QuerySet[IntakeRow]:
    """Return all intakes of the community, the newest first, with who asked for each."""
    return acting.community.intakes.select_related("asked_by", "same_as").order_by("-number")


def on_their_way(acting: Acting) -> list[IntakeRow]:
    """Return the intakes that wait, are being read or taken out, the oldest first."""
    return list(intakes(acting).filter(state__in=_ON_ITS_WAY).order_by("number"))


def intake_numbered(acting: Acting, number: int) -> IntakeRow:
    """Return one intake; raises ``UnknownName`` for a number that is not here."""
    intake = intakes(acting).filter(number=number).first()
    if intake is None:
        raise UnknownName(
            Words(f"{number} 番の取り込みはありません。", f"There is no intake {number}."),
            Words("取り込みの一覧で番号を確かめてください。", "See the list of intakes."),
        )
    return intake


def waiting_for_answers(acting: Acting) -> list[IntakeRow]:
    """Return the intakes that wait for what only a person can say, the oldest first."""
    waiting = intakes(acting).filter(state=IntakeState.REFUSED).exclude(asked="")
    return list(waiting.order_by("number"))


def not_in(intake: IntakeRow) -> QuerySet[RefusalRow, dict[str, object]]:
    """Return the places whose records are not in the log: not readable first, then left out.

    Each is a mapping of ``place``, ``reason_ja``, ``reason_en``, ``records`` and ``is_refusal``.
    A second delivery of the same content answers with what the first one could not take in.
    """
    of = intake.same_as or intake
    columns = ("pk", "place", "reason_ja", "reason_en", "records", "is_refusal")
    refusals = RefusalRow.objects.filter(intake=of).annotate(is_refusal=_as_column(True))
    leavings = LeftOutRow.objects.filter(intake=of).annotate(is_refusal=_as_column(False))
    both = refusals.values(*columns).union(leavings.values(*columns), all=True)
    return cast("QuerySet[RefusalRow, dict[str, object]]", both.order_by("-is_refusal", "pk"))


def _as_column(flag: bool) -> Value:
    return Value(flag, output_field=BooleanField())


def freshness(acting: Acting) -> list[Freshness]:
    """Return for each source the days it covers and what it can tell, by its key."""
    rows = source_rows(acting.community)
    talk = [row for row in rows if family_of(str(row[0])) is Family.TALK]
    newest = max((day for row in talk if (day := _day(row[-1]))), default=None)
    today = today_in(acting)
    verified = _with_emails(acting)
    held = held_by(acting.community, [str(row[0]) for row in rows])
    found = [
        _with_holdings(
            _fresh(row, newest=newest, today=today, verified=verified), held.get(str(row[0]))
        )
        for row in rows
    ]
    order = list(Family)
    return sorted(found, key=lambda one: (order.index(one.family), one.key))


def _with_emails(acting: Acting) -> frozenset[str]:
    """Return the sources that gave addresses they have verified themselves."""
    told = acting.community.intakes.filter(
        state__in=(IntakeState.IN, IntakeState.UNDOING), same_as=None
    )
    rows = told.values_list("source", "can_tell")
    return frozenset(source for source, can_tell in rows if can_tell.get("emails"))


def _fresh(
    row: tuple[object, ...], *, newest: date | None, today: date, verified: frozenset[str]
) -> Freshness:
    key, last = str(row[0]), _day(row[-1])
    tells = [*zip(TELLS.values(), row[1 : 1 + len(TELLS)], strict=True), (EMAILS, key in verified)]
    family = family_of(key)
    return Freshness(
        key=key,
        name=source_name(key),
        family=family,
        first_day=_day(row[-2]),
        last_day=last,
        is_old=last is not None and today - last > _old_after(key),
        is_behind=family is Family.TALK and None not in (last, newest) and last != newest,
        complete_since=_day(row[-3]),
        can_tell=tuple(words for words, is_told in tells if is_told),
        cannot_tell=tuple(words for words, is_told in tells if not is_told),
    )


def _with_holdings(fresh: Freshness, held: tuple[Holding, ...] | None) -> Freshness:
    """Say first what a source's records tell of events and works, and what of these they lack."""
    if held is None:
        return fresh
    lacks = missing(fresh.key, held)
    return replace(
        fresh,
        can_tell=(*(one.words for one in held), *fresh.can_tell),
        cannot_tell=(*(one.words for one in lacks), *fresh.cannot_tell),
    )


def _old_after(source: str) -> timedelta:
    return max(STALE_AFTER, timedelta(days=expected_days(source)))


def _day(told: object) -> date | None:
    if isinstance(told, datetime):
        return told.date()
    if isinstance(told, date):
        return told
    return date.fromisoformat(told) if isinstance(told, str) and told else None


def source_name(key: str) -> Words:
    """Return a source's name as people say it."""
    named = {reader.source.key: reader.source.name for reader in READERS}
    return named.get(key, Words(key or "?", key or "?"))


def has_no_id(handle: HandleRow) -> bool:
    """Say whether a source knows somebody by a name alone, which another may have as well."""
    return handle.is_name_only or handle.outside_id.startswith(NAMED_BOT)
