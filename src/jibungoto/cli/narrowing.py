"""The options by which a command asks of some people, one series or one chapter alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from jibungoto.cli.options import Asked
    from jibungoto.desk.acting import Acting
    from jibungoto.desk.understand.measures import Measured
    from jibungoto.records.models import StandingRow

ONE_AT_A_TIME = Words(
    "--segment、--series、--chapter は一度に1つだけ使えます。",
    "Only one of --segment, --series and --chapter can be asked at a time.",
)
NOT_OF_A_DAY = Words(
    "絞った値は、いちばん新しい日についてだけ出せます。",
    "A narrowed value is of the newest day only.",
)
LEAVE_OUT = Words("1つだけ残して、もう一度実行してください。", "Keep one of them and try again.")
WITHOUT_DAY = Words("--as-of を外してください。", "Leave --as-of out.")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a command was asked of: the name or key of one segment, series or chapter."""

    segment: str = ""
    series: str = ""
    chapter: str = ""

    @property
    def is_whole(self) -> bool:
        """Say whether it was asked of the whole community."""
        return not (self.segment or self.series or self.chapter)

    def measured(self, acting: Acting, asked: Asked, *, keys: tuple[str, ...]) -> list[Measured]:
        """Return the measures asked for, worked out now where nobody asked before."""
        from jibungoto.desk.plan.ask_narrowly import measured_of_scope, measured_of_segment
        from jibungoto.understand.scope_kind import ScopeKind

        if sum(map(bool, (self.segment, self.series, self.chapter))) > 1:
            raise InvalidChoice(ONE_AT_A_TIME, LEAVE_OUT)
        if asked.as_of is not None:
            raise InvalidChoice(NOT_OF_A_DAY, WITHOUT_DAY)
        if self.segment:
            return measured_of_segment(acting, self.segment, keys=keys)
        kind = ScopeKind.SERIES if self.series else ScopeKind.CHAPTER
        return measured_of_scope(acting, kind, told=self.series or self.chapter, keys=keys)


def of_segment(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--segment`` alone to a command that lists people."""
    words = "Only the people of this segment (name or key)."
    return click.option("--segment", default="", metavar="NAME", help=words)(command)


def within(
    acting: Acting, rows: QuerySet[StandingRow], *, asked: Asked, segment: str
) -> QuerySet[StandingRow]:
    """Return those standings that are of a segment; it is asked of the newest day alone."""
    if not segment:
        return rows
    if asked.as_of is not None:
        raise InvalidChoice(NOT_OF_A_DAY, WITHOUT_DAY)
    from jibungoto.desk.people.segment_people import meant
    from jibungoto.desk.people.segments import segment_called
    from jibungoto.understand.segments import segment_told

    rule = segment_told(segment_called(acting, segment).rule)
    return rows.filter(pk__in=meant(acting, rule).values_list("pk", flat=True))


def narrowing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--segment``, ``--series`` and ``--chapter`` to a command."""
    for name, words in (
        ("--chapter", "Of this chapter alone (name or key)."),
        ("--series", "Of this series of events alone (name or key)."),
        ("--segment", "Of the people of this segment alone (name or key)."),
    ):
        command = click.option(name, default="", metavar="NAME", help=words)(command)
    return command
