"""Looking people up: the list with its filters, and one person's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.people.touch import person_numbered
from jibungoto.desk.understand.rolled_up import log_of, rolled_up
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine import rollups
from jibungoto.engine.log import opened
from jibungoto.engine.look_up import LogLine, days_of, lines_keyed, lines_of
from jibungoto.ledger.names import folded
from jibungoto.ledger.words import Words
from jibungoto.records.models import (
    AnswerRow,
    HandleRow,
    InitiativeRow,
    PersonRow,
    StandingRow,
    SuggestionRow,
    TouchRow,
)
from jibungoto.records.models.people import sounds_like
from jibungoto.understand.answers import Stage
from jibungoto.understand.today import Reason


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the list of people is narrowed to; empty fields narrow nothing.

    ``dormant`` speaks of people who have acted: who has not is neither active nor dormant.
    """

    search: str = ""
    stage: int | None = None
    kind: str = "member"
    dormant: bool | None = None


def people(
    acting: Acting, chosen: PeopleFilter, *, answer: AnswerRow | None = None
) -> QuerySet[StandingRow]:
    """Return the standings of the people the filter leaves; empty before any answer.

    They stand in the order of their readings, and of the names whose reading nobody states.
    """
    of = answer or newest_answer(acting)
    if of is None:
        return StandingRow.objects.none()
    rows = of.standings.select_related("person")
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.stage is not None:
        rows = rows.filter(stage=chosen.stage, is_opted_out=False)
    if chosen.dormant is not None:
        rows = rows.filter(is_dormant=chosen.dormant, stage__gt=Stage.REGISTERED)
    if words := folded(chosen.search).split():
        rows = rows.filter(named_like(words, within="person__search"))
    return rows.order_by(sounds_like("person__"), "person__name", "person__number")


def named_like(words: Iterable[str], *, within: str = "search") -> Q:
    """Return who has every one of these folded words in a name, or all of them run together."""
    kept = list(words)
    apart = Q(*(Q((f"{within}__contains", word)) for word in kept))
    return apart | Q((f"{within}__contains", "".join(kept)))


@dataclass(frozen=True, slots=True)
class Suggested:
    """Why Today spoke, or might speak, of somebody, with the rows that say so."""

    reason: Reason
    why: Words
    since: date
    lines: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One person: standing, handles, what they did over time, and the rows behind the stage.

    ``proves`` says for each of those rows which condition of the stage's rule it proves.
    """

    person: PersonRow
    standing: StandingRow | None
    stage: Stage
    handles: tuple[HandleRow, ...]
    days: tuple[tuple[date, str, int], ...]
    lines: tuple[LogLine, ...]
    evidence: tuple[LogLine, ...]
    proves: tuple[str, ...]
    suggested: tuple[Suggested, ...]
    places: dict[str, str]
    touches: tuple[TouchRow, ...]
    as_of: date | None


@dataclass(frozen=True, slots=True)
class _FromTheLog:
    """What one opening of the log tells for a person's page."""

    days: tuple[tuple[date, str, int], ...] = ()
    lines: tuple[LogLine, ...] = ()
    keyed: dict[tuple[str, str], LogLine] = field(default_factory=dict)

    def behind(self, evidence: Iterable[Sequence[str]]) -> tuple[LogLine, ...]:
        """Return the rows of these pairs of source and key, in their order."""
        pairs = ((source, key) for source, key, *_leg in evidence)
        return tuple(self.keyed[pair] for pair in pairs if pair in self.keyed)


def story(acting: Acting, number: int, *, limit: int = 50, offset: int = 0) -> Story:
    """Return one person's page; raises ``UnknownName`` for a number that is not here."""
    person = person_numbered(acting, number)
    answer = newest_answer(acting)
    standing = answer.standings.filter(person=person).first() if answer else None
    reasons = list(answer.suggestions.filter(person=person).order_by("pk")) if answer else []
    handles = tuple(person.handles.order_by("source", "pk"))
    found = _FromTheLog()
    if answer is not None:
        told = [pair[:2] for row in (standing, *reasons) if row for pair in row.evidence]
        found = _from_the_log(
            acting,
            answer,
            actors=[handle.actor for handle in handles],
            keys=dict.fromkeys((source, key) for source, key in told),
            shown=(limit, offset),
        )
    return Story(
        person=person,
        standing=standing,
        stage=Stage(standing.stage if standing else 0),
        handles=handles,
        days=found.days,
        lines=found.lines,
        evidence=found.behind(standing.evidence if standing else ()),
        proves=tuple(
            leg[0] if leg else ""
            for source, key, *leg in (standing.evidence if standing else ())
            if (source, key) in found.keyed
        ),
        suggested=tuple(_suggested(row, found.behind(row.evidence)) for row in reasons),
        places=place_names(acting),
        touches=tuple(_touches(person)[:10]),
        as_of=answer.as_of if answer else None,
    )


def _touches(person: PersonRow) -> QuerySet[TouchRow]:
    """Return what was noted of somebody, under whatever name, the newest first."""
    theirs = Q(person=person) | Q(person__merged_into=person)
    return TouchRow.objects.filter(theirs).order_by("-at")


def _suggested(row: SuggestionRow, lines: tuple[LogLine, ...]) -> Suggested:
    return Suggested(Reason(row.reason), Words(row.why_ja, row.why_en), row.since, lines)


def _from_the_log(
    acting: Acting,
    answer: AnswerRow,
    *,
    actors: list[str],
    keys: Collection[tuple[str, str]],
    shown: tuple[int, int],
) -> _FromTheLog:
    """Return all that a person's page shows of the log: what was kept, and days of long ago."""
    kept = rolled_up(acting, answer)
    if not kept.are_kept:
        return _from_all_of_it(acting, answer, actors=actors, keys=keys, shown=shown)
    limit, offset = shown
    days = rollups.kept_days(kept, actors)
    newest = rollups.kept_newest(kept, actors, limit=rollups.NEWEST)
    lines = newest[offset : offset + limit]
    if limit + offset > rollups.NEWEST:
        asked, further = _days_shown(days, limit=limit, offset=offset)
        found = rollups.lines_on(log_of(acting, answer), actors, days=asked) if asked else []
        lines = found[further : further + limit]
    keyed = {(line.source, line.key): line for line in (*newest, *lines)}
    behind = rollups.kept_lines(kept, [pair for pair in keys if pair not in keyed])
    keyed |= {(line.source, line.key): line for line in behind}
    return _FromTheLog(days=tuple(days), lines=tuple(lines), keyed=keyed)


def _days_shown(
    days: Sequence[tuple[date, str, int]], *, limit: int, offset: int
) -> tuple[list[date], int]:
    """Return the days that some acts lie on, the newest first, and how many before them do too."""
    acts: Counter[date] = Counter()
    for day, _kind, count in days:
        acts[day] += count
    asked: list[date] = []
    before = further = 0
    for day in sorted(acts, reverse=True):
        if before < offset + limit and before + acts[day] > offset:
            further = further if asked else offset - before
            asked.append(day)
        before += acts[day]
    return asked, further


def _from_all_of_it(
    acting: Acting,
    answer: AnswerRow,
    *,
    actors: list[str],
    keys: Collection[tuple[str, str]],
    shown: tuple[int, int],
) -> _FromTheLog:
    """Open the log once for all that a person's page shows."""
    current = current_log(acting.community)
    if current is None:
        return _FromTheLog()
    limit, offset = shown
    before = answer.as_of + timedelta(days=1)
    with opened(current[1], memory="300MB", threads=1) as con:
        keyed = lines_keyed(con, list(keys)) if keys else []
        return _FromTheLog(
            days=tuple(days_of(con, actors, before=before)),
            lines=tuple(lines_of(con, actors, before=before, limit=limit, offset=offset)),
            keyed={(line.source, line.key): line for line in keyed},
        )


def place_names(acting: Acting) -> dict[str, str]:
    """Return the shown name of every initiative, by its key in the log."""
    rows = InitiativeRow.objects.filter(community=acting.community)
    return dict(rows.values_list("key", "name"))


def evidence_lines(acting: Acting, keys: list[tuple[str, str]]) -> list[LogLine]:
    """Return the rows of the log behind a statement, in the order given."""
    answer = newest_answer(acting) if keys else None
    if answer is not None:
        kept = rolled_up(acting, answer)
        found = rollups.kept_lines(kept, keys) if kept.are_kept else []
        if len(found) == len(keys):
            return found
    current = current_log(acting.community) if keys else None
    if current is None:
        return []
    with opened(current[1], memory="300MB", threads=1) as con:
        return lines_keyed(con, keys)
