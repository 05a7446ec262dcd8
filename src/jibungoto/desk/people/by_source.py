"""What a person did over time, source by source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log
from jibungoto.desk.people.look_up import Story
from jibungoto.desk.understand.rolled_up import rolled_up
from jibungoto.desk.understand.today import newest_answer
from jibungoto.engine import rollups
from jibungoto.engine.log import opened
from jibungoto.engine.look_up import days_of

Days = Sequence[tuple[date, str, int]]


def days_by_source(acting: Acting, told: Story) -> dict[str, Days]:
    """Return how much of each kind somebody did on each day in each source, by its key."""
    actors: dict[str, list[str]] = {}
    for handle in told.handles:
        actors.setdefault(handle.source, []).append(handle.actor)
    if told.as_of is None:
        return {}
    if len(actors) == 1:  # told already
        return dict.fromkeys(actors, told.days)
    answer = newest_answer(acting)
    if answer is None:
        return {}
    kept = rolled_up(acting, answer)
    if kept.are_kept:
        return {source: rollups.kept_days(kept, theirs) for source, theirs in actors.items()}
    current = current_log(acting.community)
    if current is None:
        return {}
    night = answer.as_of + timedelta(days=1)
    with opened(current[1], memory="300MB", threads=1) as con:
        return {source: days_of(con, theirs, before=night) for source, theirs in actors.items()}
