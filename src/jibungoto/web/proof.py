"""Which condition of a stage's rule each row behind it proves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jibungoto.engine.look_up import LogLine
from jibungoto.ledger.kinds import DEFAULT_KINDS, ActClass
from jibungoto.understand.answers import Stage

_STARTS = frozenset(r.kind.value for r in DEFAULT_KINDS if r.act_class is ActClass.START)
_OUTPUTS = frozenset(rule.kind.value for rule in DEFAULT_KINDS if rule.output)


class Clause(Enum):
    """One condition of the rules of the ladder (domain.md 6)."""

    SEEN = "seen"
    SPOKE = "spoke"
    OUTPUT = "output"
    HELPED = "helped"
    STARTED = "started"
    CAME = "came"
    KEPT = "kept"
    ACTIVATED = "activated"

    @property
    def words(self) -> str | Promise:
        """What the rows under it show."""
        return _WORDS[self]


_WORDS: dict[Clause, str | Promise] = {
    Clause.SEEN: _("Was there"),
    Clause.SPOKE: _("Spoke, one row for each day"),
    Clause.OUTPUT: _("Published something substantial"),
    Clause.HELPED: _("Replied to others, one row for each of them"),
    Clause.STARTED: _("Started it"),
    Clause.CAME: _("Others came, within 30 days"),
    Clause.KEPT: _("Kept it alive, one row for each month"),
    Clause.ACTIVATED: _("Activated or helped others, one row for each of them"),
}


@dataclass(frozen=True, slots=True)
class Doer:
    """Whose rows they are: the person's handles, and the keys of what they started."""

    actors: Collection[str]
    started: Collection[str]


def clauses(lines: Iterable[LogLine], stage: Stage, *, doer: Doer) -> list[Clause]:
    """Return for each row behind a stage, in their order, which condition it proves."""
    if stage < Stage.STARTING:
        return [_below_starting(line, stage) for line in lines]
    return list(_of_starting(lines, doer))


def _below_starting(line: LogLine, stage: Stage) -> Clause:
    if stage is Stage.CONTRIBUTING:
        return Clause.OUTPUT if line.kind in _OUTPUTS else Clause.HELPED
    return Clause.SPOKE if stage is Stage.SPEAKING else Clause.SEEN


def _of_starting(lines: Iterable[LogLine], doer: Doer) -> Iterator[Clause]:
    """Tell the conditions apart: rows come condition by condition, each in the order of time."""
    kept: LogLine | None = None
    is_over = False
    for line in lines:
        if line.actor not in doer.actors:
            yield Clause.CAME
        elif line.kind in _STARTS:
            yield Clause.STARTED
        else:
            is_earlier = kept is not None and line.happened_at < kept.happened_at
            is_over = is_over or is_earlier or line.initiative not in doer.started
            kept = line
            yield Clause.ACTIVATED if is_over else Clause.KEPT
