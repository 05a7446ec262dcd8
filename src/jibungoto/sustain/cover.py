"""Whether the team covers each ability: by plain rules, on a day, and since when not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jibungoto.ledger.words import Words
from jibungoto.sustain.abilities import ABILITIES, Ability
from jibungoto.sustain.team import Cover, Function, Part, Team, TeamMember


class CoverState(StrEnum):
    """How an ability stands; what is unknown counts as not covered, and is never shown as fine."""

    COVERED = "covered"
    OPEN = "open"
    SHORT = "short"
    UNKNOWN = "unknown"

    @property
    def words(self) -> Words:
        """The state in a word."""
        return COVER_STATES[self]


COVER_STATES: dict[CoverState, Words] = {
    CoverState.COVERED: Words("カバーあり", "covered"),
    CoverState.OPEN: Words("担い手なし", "nobody"),
    CoverState.SHORT: Words("時間が足りない", "too few hours"),
    CoverState.UNKNOWN: Words("時間が不明", "hours not known"),
}


@dataclass(frozen=True, slots=True)
class AbilityCover:
    """Who covers an ability on a day, with how many hours a month of those it takes.

    ``hours`` is None where nobody has said any. ``open_since`` is the first day of the stretch in
    which it is not covered, None while it is. ``last_used`` is the latest day a backup stood in.
    """

    ability: Ability
    state: CoverState
    holders: tuple[str, ...]
    backups: tuple[str, ...]
    hours: int | None
    need: int
    open_since: date | None = None
    last_used: date | None = None

    @property
    def is_covered(self) -> bool:
        """Say whether it is known to be covered."""
        return self.state is CoverState.COVERED

    @property
    def alone(self) -> str:
        """The name of the only one who does it, empty where there are more or none."""
        names = {*self.holders, *self.backups}
        return next(iter(names)) if len(names) == 1 else ""


def covers_of(team: Team, day: date) -> tuple[AbilityCover, ...]:
    """Return how each of the five abilities stands on a day, in their order."""
    return tuple(_cover_of(team, one, day=day) for one in ABILITIES)


def deputies(team: Team, day: date) -> tuple[TeamMember, ...]:
    """Return who is named deputy on a day."""
    return tuple(one for one in team.there(day) if one.function is Function.DEPUTY)


def _cover_of(team: Team, ability: Ability, *, day: date) -> AbilityCover:
    agreed = _agreed(team, ability, day=day)
    known = [cover.hours for cover, _member in agreed if cover.hours is not None]
    used = [cover.last_used for cover, _member in agreed if cover.last_used is not None]
    state = _state(agreed, ability.need)
    return AbilityCover(
        ability=ability,
        state=state,
        holders=_names(agreed, Part.HOLDS),
        backups=_names(agreed, Part.BACKS_UP),
        hours=sum(known) if known else None,
        need=ability.need,
        open_since=None if state is CoverState.COVERED else _open_since(team, ability, day=day),
        last_used=max(used, default=None),
    )


def _agreed(team: Team, ability: Ability, *, day: date) -> list[tuple[Cover, TeamMember]]:
    return [pair for pair in team.agreed(day) if pair[0].ability == ability.key]


def _names(agreed: list[tuple[Cover, TeamMember]], part: Part) -> tuple[str, ...]:
    return tuple(member.name for cover, member in agreed if cover.part is part)


def _state(agreed: list[tuple[Cover, TeamMember]], need: int) -> CoverState:
    """Say how an ability stands: somebody does it, and their hours together reach the need."""
    if not agreed:
        return CoverState.OPEN
    if sum(cover.hours or 0 for cover, _member in agreed) >= need:
        return CoverState.COVERED
    if any(cover.hours is None for cover, _member in agreed):
        return CoverState.UNKNOWN
    return CoverState.SHORT


def _open_since(team: Team, ability: Ability, *, day: date) -> date | None:
    """Go back over the days on which something changed, to the last on which it was covered."""
    since = None
    for changed in sorted({one for one in _changes(team) if one <= day}, reverse=True):
        if _state(_agreed(team, ability, day=changed), ability.need) is CoverState.COVERED:
            return since
        since = changed
    return since


def _changes(team: Team) -> Iterator[date]:
    """Yield every day on which somebody came, left, or agreed to something else."""
    stretches = [(one.since, one.until) for one in team.members]
    stretches += [(one.since, one.until) for one in team.covers]
    for since, until in stretches:
        yield since
        if until is not None:
            yield until
