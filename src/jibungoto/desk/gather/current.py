"""The current version of a community's log, with the facts that belong to it."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from jibungoto.desk.gather.belonging import belongings
from jibungoto.desk.reading import read_once
from jibungoto.engine.calendar import day_from, local_day, zone_named
from jibungoto.engine.log import LogVersion, write_facts
from jibungoto.engine.manifest import Manifest, decode
from jibungoto.ledger.kinds import DEFAULT_KINDS
from jibungoto.ledger.person import PersonKind
from jibungoto.records.home import log_folder
from jibungoto.records.models import CommunityRow, HandleRow, IntakeRow, IntakeState, LogVersionRow
from jibungoto.records.models.people import InitiativeRow, PersonKindRow, PersonRow

_IN_THE_LOG = (IntakeState.IN, IntakeState.UNDOING)
Rows = list[tuple[object, ...]]
Span = tuple[str, date | None, date | None]
_STRENGTH = [
    PersonKind.STAFF.value,
    PersonKind.PARTNER.value,
    PersonKind.BOT.value,
    PersonKind.GUEST.value,
    PersonKind.MEMBER.value,
]
"""Of two things said of one person for the same day, the first of these counts."""


def newest_of(community: CommunityRow) -> tuple[int | None, Manifest]:
    """Return the current version's row id (None before the first intake) and its manifest."""
    row = LogVersionRow.objects.filter(
        pk=CommunityRow.objects.values_list("version_id", flat=True).get(pk=community.pk)
    ).first()
    return (row.pk, decode(row.manifest)) if row else (None, Manifest())


def meant_in(community: CommunityRow) -> dict[str, str]:
    """Return which known event the own events of reports are, by key."""
    return dict(newest_of(community)[1].meant)


def current_log(community: CommunityRow) -> tuple[LogVersionRow, LogVersion] | None:
    """Return the current version, its facts written if need be; None before the first intake."""
    with transaction.atomic():
        fresh = CommunityRow.objects.select_related("version").get(pk=community.pk)
        row = fresh.version
        if row is None:
            return None
        folder = log_folder(fresh.slug)
        below = f"facts/{fresh.facts_stamp:08d}"
        rows = None if (folder / below).exists() else _fact_rows(fresh)
    if rows is not None:
        spare = f"facts/.{secrets.token_hex(8)}"
        write_facts(folder, spare, rows=rows)
        try:
            os.replace(folder / spare, folder / below)
        except OSError:  # another process wrote the same facts a moment earlier
            shutil.rmtree(folder / spare, ignore_errors=True)
    return row, LogVersion(folder=folder, manifest=decode(row.manifest), facts=below)


def _fact_rows(community: CommunityRow) -> dict[str, list[tuple[object, ...]]]:
    return {
        "who": _who(community),
        "kinds": [(k.kind.value, k.act_class.value, k.presence, k.output) for k in DEFAULT_KINDS],
        "initiative": _initiatives(community),
        "source": source_rows(community),
    }


def _who(community: CommunityRow) -> Rows:
    spans = _marked(community)
    hidden = _opted_out(community)
    people = _not_bots_alone(community)
    told = belongings(community)
    rows: Rows = []
    handles = HandleRow.objects.filter(community=community).order_by("pk")
    for actor, person, number, source, is_deleted in handles.values_list(
        "actor", "person_id", "person__number", "source", "is_deleted"
    ).iterator(chunk_size=5_000):
        otherwise = PersonKind.MEMBER if person in people else PersonKind.BOT
        if person not in spans and person not in told.of:  # of nearly everybody nothing is said
            told_once = (actor, number, otherwise, None, None, person in hidden, source)
            rows.append((*told_once, is_deleted, None))
            continue
        said = with_belonging(spans.get(person, []), told.capacities(person))
        filled = with_gaps_filled(said, otherwise)
        for kind, from_day, to_day, organisation in told.cut(person, filled):
            rows.append(
                (actor, number, kind, from_day, to_day, person in hidden, source, is_deleted)
                + (organisation,)
            )
    return rows


def with_belonging(said: list[Span], follows: list[Span]) -> list[Span]:
    """Return spans of both, in order: what a person said counts before what follows from it."""
    if not follows:
        return said
    kept: list[Span] = list(said)
    edges = [day for _, *days in said for day in days if day]
    for kind, start, end in strongest(follows):
        inside = sorted(day for day in edges if (start or date.min) < day < (end or date.max))
        kept += [
            (kind, since, until)
            for since, until in pairwise([start, *inside, end])
            if not any(_holds_on(span, since or date.min) for span in said)
        ]
    return sorted(kept, key=lambda span: span[1] or date.min)


def _holds_on(span: Span, day: date) -> bool:
    return (span[1] or date.min) <= day < (span[2] or date.max)


def _not_bots_alone(community: CommunityRow) -> set[int]:
    """Return the persons with a handle that its source takes for a human's."""
    handles = HandleRow.objects.filter(community=community, is_bot=False)
    return set(handles.values_list("person_id", flat=True))


def _marked(community: CommunityRow) -> dict[int, list[Span]]:
    """Return what is said of each person in effect: by whoever of them it was said."""
    found: dict[int, list[Span]] = {}
    marked = PersonKindRow.objects.filter(person__community=community).annotate(
        behind=Coalesce("person__merged_into", "person")
    )
    for person, kind, from_day, to_day in marked.values_list(
        "behind", "kind", "from_day", "to_day"
    ):
        found.setdefault(person, []).append((kind, from_day, to_day))
    return {person: strongest(spans) for person, spans in found.items()}


def _opted_out(community: CommunityRow) -> set[int]:
    """Return the persons in effect who asked not to be counted, under whatever name."""
    asked = PersonRow.objects.filter(community=community, opted_out_at__isnull=False)
    return set(asked.values_list(Coalesce("merged_into", "pk"), flat=True))


def strongest(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order of which none overlaps: where several do, the strongest kind counts."""
    said = [(_STRENGTH.index(k), start or date.min, end or date.max) for k, start, end in spans]
    told: list[Span] = []
    for start, end in pairwise(sorted({day for _, *days in said for day in days})):
        here = [strength for strength, since, until in said if since <= start < until]
        if not here:
            continue
        kind = _STRENGTH[min(here)]
        since = None if start == date.min else start
        if told and told[-1][0] == kind and told[-1][2] == start:
            since = told.pop()[1]
        told.append((kind, since, None if end == date.max else end))
    return told


def with_gaps_filled(spans: list[Span], otherwise: str) -> list[Span]:
    """Return spans that cover all time: what nobody marked is of the other kind."""
    covered: list[Span] = []
    reached: date | None = None
    open_start = True
    for kind, from_day, to_day in spans:
        if from_day is not None and (open_start or (reached and reached < from_day)):
            covered.append((otherwise, reached, from_day))
        covered.append((kind, from_day, to_day))
        open_start, reached = False, to_day
        if to_day is None:
            return covered
    covered.append((otherwise, reached, None))
    return covered


def _initiatives(community: CommunityRow) -> Rows:
    zone = zone_named(community.zone)
    rows: Rows = []
    told = InitiativeRow.objects.filter(community=community)
    for one in told.exclude(key__in=meant_in(community)).order_by("pk"):
        started = one.started_at
        day = day_from(local_day(int(started.timestamp()), zone)) if started else None
        rows.append(
            (one.key, one.source, one.kind, one.started_by or None, _naive(started), day)
            + (one.mode or None, _naive(one.starts_at), _naive(one.ends_at), one.edition)
            + (one.series or None, one.is_cancelled, one.is_default, one.tag)
            + (one.registered, one.waiting, one.attended, one.viewers)
            + (one.capacity, one.hashtag or None)
        )
    return rows


def _naive(moment: datetime | None) -> datetime | None:
    """Return a moment as the log keeps it: in UTC, without saying so."""
    return moment.replace(tzinfo=None) if moment else None


_TELLS = (
    "replies",
    "threads",
    "reactions",
    "mentions",
    "joins",
    "creators",
    "bots",
    "deletions",
)


@read_once
def source_rows(community: CommunityRow) -> Rows:
    """Return one row per source: what its live intakes can tell together, and which days.

    A source of which nothing but headings came in says nothing, and lacks nothing either.
    """
    told: dict[str, list[IntakeRow]] = {}
    for intake in community.intakes.filter(state__in=_IN_THE_LOG, same_as=None).order_by("number"):
        told.setdefault(intake.source, []).append(intake)
    rows: Rows = []
    for source, intakes in sorted(told.items()):
        if not any(intake.read for intake in intakes):
            continue
        tells = [any(i.can_tell.get(name) for i in intakes) for name in _TELLS]
        since = [i.can_tell["complete_since"] for i in intakes if i.can_tell.get("complete_since")]
        firsts = [i.first_day for i in intakes if i.first_day]
        lasts = [day for i in intakes if (day := i.covered_until or i.last_day)]
        rows.append(
            (source, *tells)
            + (min(since) if since else None,)
            + (min(firsts, default=None), max(lasts, default=None))
        )
    return rows


def newest_covered_day(community: CommunityRow) -> date | None:
    """Return the last local day the log covers, over all sources; None before any intake."""
    days = [row[-1] for row in source_rows(community) if isinstance(row[-1], date)]
    return max(days, default=None)


def erased_actors(community: CommunityRow) -> frozenset[str]:
    """Return the pseudonyms of erased people, whom no telling may name again."""
    rows = community.refused.filter(is_erased=True)
    return frozenset(rows.values_list("actor", flat=True))


def refused_actors(community: CommunityRow) -> frozenset[str]:
    """Return the pseudonyms every intake leaves out: those of people who opted out.

    They are kept on a list of their own; handles that came to such a person later count as well.
    """
    asked = Q(person__opted_out_at__isnull=False) | Q(person__merged__opted_out_at__isnull=False)
    handles = HandleRow.objects.filter(asked, community=community)
    listed = community.refused.values_list("actor", flat=True)
    return frozenset(handles.values_list("actor", flat=True)) | frozenset(listed)
