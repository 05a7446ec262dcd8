"""Adds to a community what people start beside channels: a series with events, single events."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from jibungoto.ledger.initiative import InitiativeKind
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.person import PersonKind
from jibungoto.understand.log import Log, LoggedActivity, LoggedInitiative
from tests.understand.communities import DAY, DAYS, OPENED, local_day

SERIES = "slack:series"


def with_undertakings(log: Log, seed: int) -> Log:
    """Let members start a series that some events belong to, and events some of which draw."""
    random = Random(seed + 1_000)
    members = sorted({row.actor for row in log.who if row.kind is PersonKind.MEMBER})
    begun = OPENED + random.randrange(300) * DAY
    places = [LoggedInitiative(SERIES, "slack", kind=InitiativeKind.SERIES)]
    acts = [_act(0, random.choice(members), Kind.START, begun, SERIES)]
    for number in range(1, random.randint(3, 6)):
        key = f"slack:event{number}"
        held = min(begun + number * random.randint(10, 70) * DAY, OPENED + DAYS * DAY)
        event = LoggedInitiative(key, "slack", kind=InitiativeKind.EVENT, starts_at=held)
        ends_at = random.choice([None, held + 7_200])
        belongs = SERIES if random.random() < 0.4 else None
        is_off = random.random() < 0.2
        places.append(replace(event, ends_at=ends_at, series=belongs, is_cancelled=is_off))
        host = random.choice(members)
        acts.append(_act(len(acts), host, Kind.START, held - random.randint(1, 20) * DAY, key))
        for actor in random.sample(members, random.choice([0, 0, 1, min(4, len(members))])):
            late = random.choice([0, 0, 40 * DAY])
            acts.append(_act(len(acts), actor, Kind.ATTENDANCE, held + late, key))
    return replace(
        log, activities=[*log.activities, *acts], initiatives=[*log.initiatives, *places]
    )


def _act(number: int, actor: str, kind: Kind, happened_at: int, initiative: str) -> LoggedActivity:
    return LoggedActivity(
        source=actor.partition("-")[0],
        key=f"u{number:03d}",
        actor=actor,
        kind=kind,
        happened_at=happened_at,
        day=local_day(happened_at),
        initiative=initiative,
    )
