"""The eventful communities with organisations, series, head counts and talk around events."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from random import Random

from jibungoto.ledger.activity import TieKind
from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.ledger.kinds import Kind
from jibungoto.understand.log import (
    Log,
    LoggedActivity,
    LoggedInitiative,
    LoggedTie,
    Standing,
)
from tests.understand.communities import AS_OF, DAY, DAYS, OPENED, local_day
from tests.understand.gathered import eventful

ROUND = (0, -1, 1, 30 * DAY, 30 * DAY - 1, -90 * DAY, -90 * DAY - 1, DAY, 9 * DAY, -7 * DAY)
"""Seconds from an event at which somebody turns to somebody: at every edge, and between."""


def _belonging(who: list[Standing], random: Random) -> list[Standing]:
    """Let some people belong somewhere, some of them only until or from a day."""
    said: dict[int, tuple[int, str]] = {}
    turn = AS_OF - timedelta(days=random.randrange(20, 200))
    told: list[Standing] = []
    for one in who:
        number, when = said.setdefault(
            one.person, (random.randrange(4), random.choice(["", "always", "until", "since"]))
        )
        is_cut = (one.from_day is None or one.from_day < turn) and (
            one.to_day is None or turn < one.to_day
        )
        if when == "always":
            told.append(replace(one, organisation=number))
        elif when in ("until", "since") and is_cut:
            before = number if when == "until" else None
            after = None if when == "until" else number
            told.append(replace(one, to_day=turn, organisation=before))
            told.append(replace(one, from_day=turn, organisation=after))
        else:
            told.append(one)
    return told


def _reporting(event: LoggedInitiative, random: Random) -> LoggedInitiative:
    if event.kind is not InitiativeKind.EVENT:
        return event
    return replace(
        event,
        registered=random.choice([None, 0, 14, 40]),
        waiting=random.choice([None, None, 3]),
        series=random.choice([event.series, "connpass:s1", "connpass:s2"]),
        is_cancelled=event.is_cancelled or random.random() < 0.05,
    )


def _talking(log: Log, random: Random) -> list[LoggedTie]:
    """Let guests of an event turn to each other around it."""
    ties: list[LoggedTie] = []
    for event in log.initiatives:
        came = sorted(
            {
                one.actor
                for one in log.activities
                if one.initiative == event.key and one.kind is Kind.ATTENDANCE and one.actor
            }
        )
        if event.starts_at is None or len(came) < 2:
            continue
        ends = max(event.starts_at, event.ends_at or event.starts_at)
        for _ in range(random.randrange(8)):
            one, other = random.sample(came, 2)
            away = random.choice(ROUND)
            at = (ends if away >= 0 else event.starts_at) + away
            kind = random.choice([TieKind.REPLY, TieKind.MENTION, TieKind.REACTION])
            key = f"x{len(ties):04d}"
            ties.append(LoggedTie("slack", key, one, other, kind, at, local_day(at)))
    return ties


def _speaking(log: Log, random: Random) -> list[LoggedActivity]:
    """Let some speak once more, a year apart to the day."""
    spoken = []
    people = sorted({one.actor for one in log.who})
    for number in range(random.randrange(6)):
        at = OPENED + random.randrange(DAYS) * DAY
        for again, day in enumerate(random.choice([(0,), (0, 365), (0, 364)])):
            spoken.append(
                LoggedActivity(
                    source="csv",
                    key=f"t{number:02d}-{again}",
                    actor=random.choice(people),
                    kind=Kind.TALK,
                    happened_at=at + day * DAY,
                    day=local_day(at + day * DAY),
                )
            )
    return spoken


@cache
def crossed(seed: int) -> Log:
    """Return the eventful community of a seed, with all this added."""
    random = Random(2_000 + seed)
    log = eventful(seed)
    log = replace(log, activities=[*log.activities, *_speaking(log, random)])
    return replace(
        log,
        who=_belonging(log.who, random),
        initiatives=[_reporting(one, random) for one in log.initiatives],
        ties=[*log.ties, *_talking(log, random)],
    )
