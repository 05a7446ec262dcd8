"""What briefs are told of what members started, and of what each series of events brought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.scope_findings import measured_in
from jibungoto.desk.understand.scopes import scopes
from jibungoto.explain.drafting.facts import ProgrammeFacts, StartedFacts
from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.ledger.words import Words
from jibungoto.records.models import AnswerRow, HandleRow, InitiativeRow
from jibungoto.understand.scope_kind import ScopeKind

QUARTER = 84
_DAY = timedelta(days=1)
KINDS: dict[str, Words] = {
    InitiativeKind.CHANNEL: Words("チャンネル", "channel"),
    InitiativeKind.EVENT: Words("イベント", "event"),
    InitiativeKind.SERIES: Words("シリーズ", "series"),
    InitiativeKind.PROJECT: Words("プロジェクト", "project"),
    InitiativeKind.TRANSLATION: Words("翻訳", "translation"),
    InitiativeKind.CHAPTER: Words("支部", "chapter"),
    InitiativeKind.CONTEST: Words("コンテスト", "contest"),
}


def started_facts(acting: Acting, answer: AnswerRow) -> list[StartedFacts]:
    """Return what members started in the last 84 days, the newest first; nobody is named."""
    as_of = answer.as_of
    zone = ZoneInfo(acting.community.zone)
    since = datetime.combine(as_of - timedelta(days=QUARTER - 1), time(), zone)
    until = datetime.combine(as_of + _DAY, time(), zone)
    begun = InitiativeRow.objects.filter(
        community=acting.community,
        is_default=False,
        started_at__gte=since,
        started_at__lt=until,
    ).exclude(started_by="")
    standing = answer.standings.filter(kind="member", is_opted_out=False)
    members = HandleRow.objects.filter(
        community=acting.community, person__in=standing.values("person")
    )
    rows = begun.filter(started_by__in=members.values("actor")).order_by("-started_at", "pk")
    return [
        StartedFacts(row.name or row.key, KINDS[row.kind], row.started_at.astimezone(zone).date())
        for row in rows
        if row.started_at is not None
    ]


def programme_facts(acting: Acting, as_of: date) -> list[ProgrammeFacts] | None:
    """Return the results of each series the manager has put together; None without any.

    They are of the newest day alone: a brief as of another day has none.
    """
    return list(_programmes(acting, as_of)) or None


def _programmes(acting: Acting, as_of: date) -> Iterator[ProgrammeFacts]:
    for one in scopes(acting):
        if one.kind is not ScopeKind.SERIES or one.row is None:
            continue
        held = measured_in(acting, one.kind, key=one.key)
        found = [
            replace(finding, as_of=finding.as_of + _DAY)
            for measured in held.values()
            if measured.as_of == as_of
            for finding in measured.now.values()
        ]
        if found:
            yield ProgrammeFacts(one.name, one.events, found)
