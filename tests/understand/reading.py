"""What the plain rules read in a log: the other side of every agreement test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from jibungoto.understand import acts as act_rules
from jibungoto.understand import ladder, waiting
from jibungoto.understand import newcomers as first_weeks
from jibungoto.understand import starts as start_rules
from jibungoto.understand.log import Log, LoggedInitiative


def midnight(as_of: date, zone: str) -> int:
    """Return when a local day begins, in UTC seconds."""
    moment = datetime(as_of.year, as_of.month, as_of.day, tzinfo=ZoneInfo(zone))
    return int(moment.astimezone(UTC).timestamp())


@dataclass(frozen=True)
class Reading:
    """One log read as of one day, each part worked out once."""

    log: Log
    as_of: date
    zone: str = "Asia/Tokyo"

    @cached_property
    def told(self) -> list[act_rules.Told]:
        return act_rules.told_before(self.log, self.as_of)

    @cached_property
    def acts(self) -> list[act_rules.Act]:
        return act_rules.acts_before(self.log, self.as_of)

    @cached_property
    def ties(self) -> list[act_rules.ResolvedTie]:
        return act_rules.ties_before(self.log, self.as_of)

    @cached_property
    def starts(self) -> list[start_rules.Start]:
        return start_rules.starts_in(self.acts)

    @cached_property
    def places(self) -> dict[str, LoggedInitiative]:
        return {each.key: each for each in self.log.initiatives}

    @cached_property
    def sustaining(self) -> list[start_rules.Sustaining]:
        return start_rules.sustaining_in(self.starts, self.acts)

    @cached_property
    def doings(self) -> dict[int, ladder.Doings]:
        return ladder.doings_of(
            self.acts, self.ties, starts=self.starts, sustaining=self.sustaining
        )

    @cached_property
    def nights(self) -> dict[int, list[ladder.Night]]:
        return {who: ladder.nights_of(doings, self.as_of) for who, doings in self.doings.items()}

    @cached_property
    def firsts(self) -> dict[int, first_weeks.First]:
        return first_weeks.firsts_of(self.log, self.told)

    @cached_property
    def newcomers(self) -> list[first_weeks.Newcomer]:
        return first_weeks.newcomers_of(self.firsts, self.acts, told=self.told, ties=self.ties)

    @cached_property
    def openings(self) -> list[waiting.Opening]:
        copies = act_rules.copies_among(self.told)
        told, ties = act_rules.nameless_before(self.log, self.as_of)
        return waiting.openings_of(
            self.acts,
            [*self.told, *told],
            ties=[*self.ties, *ties],
            copies=copies,
            watched=waiting.watched_until(
                self.log, self.as_of, until=midnight(self.as_of, self.zone)
            ),
        )

    @cached_property
    def threaded(self) -> set[str]:
        return {each.source for each in self.log.sources if each.can_tell.threads}
