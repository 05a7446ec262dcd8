"""The states of a version of a plan, and how it moves through them."""

from __future__ import annotations

from enum import StrEnum

from jibungoto.ledger.words import Words


class State(StrEnum):
    """Where a version stands (domain.md 4.5); what is in force is never edited."""

    DRAFT = "draft"
    VALID = "valid"
    ACKNOWLEDGED = "acknowledged"
    ACTIVE = "active"
    CLOSED = "closed"

    @property
    def words(self) -> Words:
        """The name of the state."""
        return _NAMES[self]

    @property
    def is_editable(self) -> bool:
        """Whether its text may still change; a change makes it a draft again."""
        return self in _BEFORE_FORCE


_BEFORE_FORCE = frozenset({State.DRAFT, State.VALID, State.ACKNOWLEDGED})
_NAMES = {
    State.DRAFT: Words("下書き", "Draft"),
    State.VALID: Words("確認済み", "Valid"),
    State.ACKNOWLEDGED: Words("合意済み", "Acknowledged"),
    State.ACTIVE: Words("実行中", "In force"),
    State.CLOSED: Words("終了", "Closed"),
}
_MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.VALID}),
    State.VALID: frozenset({State.DRAFT, State.ACKNOWLEDGED, State.ACTIVE}),
    State.ACKNOWLEDGED: frozenset({State.DRAFT, State.ACTIVE}),
    State.ACTIVE: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}


def may_move(now: State, then: State) -> bool:
    """Say whether a version may go from one state to another."""
    return then in _MOVES[now]


class Outcome(StrEnum):
    """How a plan ended."""

    WON = "won"
    LOST = "lost"
    VOID = "void"

    @property
    def words(self) -> Words:
        """The name of the outcome."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.WON: Words("達成", "Won"),
    Outcome.LOST: Words("未達", "Lost"),
    Outcome.VOID: Words("判定できず", "Void"),
}
