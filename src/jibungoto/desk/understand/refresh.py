"""Keeping answers current: findings, standings and suggestions for the newest version."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from jibungoto.desk.gather.current import current_log, newest_covered_day
from jibungoto.desk.understand.keep import Answered, AnswerGone, keep
from jibungoto.desk.understand.reuse import Kept, carried, said_again, still_valid
from jibungoto.desk.understand.rolled_up import is_rolled_up
from jibungoto.engine import rollups, steps
from jibungoto.engine.log import LogVersion, opened
from jibungoto.engine.sealing import run_current
from jibungoto.engine.standings import changed, lay_lines, moves
from jibungoto.records.models import AnswerRow, CommunityRow, LogVersionRow
from jibungoto.understand.thresholds import DEFAULTS, RULE_VERSION
from jibungoto.understand.today import limits_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MONTHS_BACK = 12
PERIOD = DEFAULTS.period


def waiting_for_answers() -> Iterator[CommunityRow]:
    """Hand out the communities whose answers, or what pages read with them, are not there."""
    for community in CommunityRow.objects.exclude(version=None).order_by("pk"):
        last_day = newest_covered_day(community)
        held = _newest_held(community, last_day)
        if last_day and (held is None or not is_rolled_up(community, held)):
            yield community


def is_current(community: CommunityRow) -> bool:
    """Say whether complete answers exist for the newest version, facts and covered day."""
    last_day = newest_covered_day(community)
    if community.version is None or last_day is None:
        return True
    return _newest_held(community, last_day) is not None


def refresh(community: CommunityRow, as_of: date | None = None) -> AnswerRow | None:
    """Answer everything as of the end of a day (default: the newest covered); None if no log.

    Answers that exist for the same version, facts, rules and day are returned as they are.
    """
    community.refresh_from_db()
    newest = newest_covered_day(community)
    last_day, is_newest = as_of or newest, as_of in {None, newest}
    stamp = community.facts_stamp
    current = current_log(community)
    if current is None or last_day is None:
        return None
    version, log = current
    night = last_day + timedelta(days=1)
    held = _held(version, stamp, last_day=last_day)
    if held is not None and is_newest and not is_rolled_up(community, held):
        _roll_up(log, steps.Params(as_of=night, zone=community.zone, nights=()))
    if held is not None:
        return held
    began = time.monotonic()
    before = _latest(community) if is_newest else None
    kept = still_valid(before, log, nights=nights_for(night)) if before else Kept()
    nights = tuple(each for each in nights_for(night) if each not in kept.nights)
    with opened(log, threads=1) as con:  # a second thread costs a sixth more
        params = steps.Params(as_of=night, zone=community.zone, nights=nights)
        _run(con, log, params=params, is_newest=is_newest)
        answered = _answered(con, kept)
        row = AnswerRow(
            community=community,
            version=version,
            facts_stamp=stamp,
            as_of=last_day,
            rule_version=RULE_VERSION,
            is_of_another_day=not is_newest,
            limits=answered.limits,
            seconds=time.monotonic() - began,
        )
        with suppress(AnswerGone):
            return keep(row, answered, before=before, differing=partial(changed, con))
    return refresh(community, as_of)  # the answer before was swept meanwhile


def _run(
    con: DuckDBPyConnection, log: LogVersion, *, params: steps.Params, is_newest: bool
) -> None:
    """Run the steps; keep for pages what they read, which is the newest day alone."""
    if is_newest:
        seal = run_current(con, log, params=params)
        rollups.keep(con, log, night=params.as_of, seal=seal)
    else:
        steps.run_lean(con, params)


def _roll_up(log: LogVersion, params: steps.Params) -> None:
    """Make again what pages read, for answers that were kept without it."""
    with opened(log, threads=1) as con:
        _run(con, log, params=params, is_newest=True)


def _latest(community: CommunityRow) -> AnswerRow | None:
    """Return the newest complete answer as of a newest day, whose roll may be moved on."""
    kept = AnswerRow.objects.filter(community=community, is_complete=True, is_of_another_day=False)
    return kept.select_related("version", "roll").order_by("-version__number", "-pk").first()


def _answered(con: DuckDBPyConnection, kept: Kept) -> Answered:
    """Draw up the answers, and lay out everybody's standing to be compared with what is kept."""
    limits = limits_of(steps.sources_of(con))
    answered = Answered(
        findings=[*steps.findings(con), *said_again(con, kept)],
        moves=moves(con),
        candidates=steps.candidates(con),
        limits=[{"ja": words.ja, "en": words.en} for words in limits],
        carried=carried(kept),
    )
    lay_lines(con)
    return answered


def _newest_held(community: CommunityRow, last_day: date | None) -> AnswerRow | None:
    version = community.version
    if version is None or last_day is None:
        return None
    return _held(version, community.facts_stamp, last_day=last_day)


def _held(version: LogVersionRow, stamp: int, *, last_day: date) -> AnswerRow | None:
    return AnswerRow.objects.filter(
        version=version,
        facts_stamp=stamp,
        as_of=last_day,
        rule_version=RULE_VERSION,
        is_complete=True,
    ).first()


def nights_for(night: date) -> tuple[date, ...]:
    """Return the further days to answer for: the ends of months, a week and one period ago."""
    return (week_before(night), night - timedelta(days=PERIOD), *month_nights(night))


def week_before(night: date) -> date:
    """Return the night with which a week is compared."""
    return night - timedelta(days=7)


def month_nights(night: date) -> tuple[date, ...]:
    """Return the first of the month for the last twelve months: the ends of months before."""
    nights = []
    first = night.replace(day=1)
    for _ in range(_MONTHS_BACK):
        nights.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return tuple(nights)
