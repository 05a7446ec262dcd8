"""The ladder as it leaves the house: stocks, what stood there before, and no small cell."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jibungoto.explain.facts import LadderFacts, StageCount
from jibungoto.explain.printing import DASH, HIDDEN_BELOW, cell, is_hidden
from jibungoto.explain.trends import Way
from jibungoto.ledger.words import Words
from jibungoto.understand.answers import STAGE_RULES, Stage, Unknown

COVERED = Words("非表示", "hidden")
"""What stands for a larger count that would give a small one away by subtraction."""

NEEDED_FOR: dict[Unknown, tuple[Stage, ...]] = {
    Unknown.HELP: (Stage.CONTRIBUTING, Stage.OWNING),
    Unknown.START: (Stage.STARTING, Stage.OWNING),
    Unknown.PROMPTED: (),
}
"""Which stages cannot be told without a part of the rules."""

Cell = tuple[Stage, bool]
"""A stage, and whether its dormant members are meant."""


@dataclass(frozen=True, slots=True)
class LadderLine:
    """One stage; ``share`` is the length of its bar, None where the count is not shown."""

    name: Words
    rule: Words
    active: Words
    dormant: Words
    before: Words
    share: float | None


def ladder_of(facts: LadderFacts) -> tuple[LadderLine, ...]:
    """Return the ladder, highest stage first; empty if nobody is known."""
    counts = {(each.stage, False): each.active for each in facts.now}
    counts |= {(each.stage, True): each.dormant for each in facts.now}
    if not any(counts.values()):
        return ()
    covered = covered_cells(counts)
    shown = [n for where, n in counts.items() if where not in covered and not where[1]]
    longest = max([n for n in shown if not is_hidden(n)], default=0)
    untold = {stage for part in facts.untold for stage in NEEDED_FOR[part]}
    earlier = {each.stage: each.active for each in facts.before}
    lines = []
    for each in sorted(facts.now, key=lambda one: -one.stage):
        is_covered = (each.stage, False) in covered
        is_shown = not is_covered and not is_hidden(each.active)
        is_told = each.stage not in untold or each.active > 0
        line = LadderLine(
            name=each.stage.words,
            rule=STAGE_RULES[each.stage],
            active=COVERED if is_covered else cell(each.active),
            dormant=_dormant(each, covered=covered),
            before=_before(each.stage, earlier, is_covered=is_covered),
            share=each.active / longest if is_shown and longest else None,
        )
        if not is_told:
            line = replace(line, active=DASH, dormant=DASH, before=DASH, share=None)
        lines.append(line)
    return tuple(lines)


def covered_cells(counts: dict[Cell, int]) -> set[Cell]:
    """Return which larger cell must be hidden too, as the total of all is printed elsewhere.

    A lone small cell follows from the total; so do several if their sum leaves one way only.
    """
    small = [n for n in counts.values() if is_hidden(n)]
    if not small or (len(small) > 1 and len(small) < sum(small) < (HIDDEN_BELOW - 1) * len(small)):
        return set()
    larger = [where for where, n in counts.items() if n >= HIDDEN_BELOW]
    return {min(larger, key=lambda where: (counts[where], where))} if larger else set()


def _dormant(each: StageCount, *, covered: set[Cell]) -> Words:
    if each.stage is Stage.REGISTERED:
        return DASH
    return COVERED if (each.stage, True) in covered else cell(each.dormant)


def _before(stage: Stage, earlier: dict[Stage, int], *, is_covered: bool) -> Words:
    """Return the earlier count; beside a covered one it would tell too much."""
    if stage not in earlier:
        return Way.UNKNOWN.words if earlier else DASH
    return COVERED if is_covered else cell(earlier[stage])
