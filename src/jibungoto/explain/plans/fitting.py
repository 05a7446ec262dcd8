"""Fitting a plan on one page: by a rule, shorter texts first, then fewer of a kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from jibungoto.explain.formats.cleaning import clean
from jibungoto.explain.formats.picture import shortened
from jibungoto.explain.plans.columns import Block, Column
from jibungoto.ledger.words import Words

MORE = Words(
    "ほか{n}件{of}は、計画のページとYAMLにあります。",
    "And {n} more{of}, on the plan's page and in its YAML.",
)
HOWS = Words("の How ", " Hows")
Holds = Callable[[Sequence[Block]], bool]
"""Says whether a column has room for blocks."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much of a block is told: ems of its first line and of the others, how many of those."""

    head: float
    line: float
    lines: int


WHOLE = Room(4_000, 4_000, 40)
ROOMS = (
    WHOLE,
    Room(90, 70, 8),
    Room(60, 40, 6),
    Room(44, 30, 4),
    Room(34, 26, 3),
    Room(34, 26, 2),
    Room(30, 22, 1),
)
"""From all there is to the least: a column takes the first in which all its blocks fit."""


def fitted(column: Column, holds: Holds, *, language: str) -> Column:
    """Return a column as it fits: shortened, and where that is not enough with fewer blocks."""
    for room in ROOMS:
        blocks = _in(room, column)
        if holds(blocks):
            return replace(column, blocks=blocks)
    of = HOWS.said_in(language) if column.letter == "H" else ""
    more = MORE.said_in(language).replace("{of}", of)
    return replace(column, blocks=_fewer(_in(ROOMS[-1], column), holds, more=more))


def _in(room: Room, column: Column) -> tuple[Block, ...]:
    return tuple(_block(each, room) for each in column.blocks)


def _block(block: Block, room: Room) -> Block:
    lines = tuple(shortened(clean(line), room.line) for line in block.lines[: room.lines])
    return replace(block, head=shortened(clean(block.head), room.head), lines=lines)


def _fewer(blocks: Sequence[Block], holds: Holds, *, more: str) -> tuple[Block, ...]:
    """Return as many blocks as fit, those of a lower rank first, and how many are left out."""
    order = sorted(range(len(blocks)), key=lambda at: (blocks[at].rank, at))
    kept: tuple[Block, ...] = ()
    for n in range(len(blocks) - 1, 0, -1):
        rest = Block(more.format(n=len(blocks) - n))
        kept = (*(blocks[at] for at in sorted(order[:n])), rest)
        if holds(kept):
            break
    return kept
