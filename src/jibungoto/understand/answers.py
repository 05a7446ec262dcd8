"""What understand answers: where people stand, since when, and on which rows that rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from jibungoto.ledger.evidence import Evidence
from jibungoto.ledger.words import Words


class Stage(IntEnum):
    """The ownership ladder 自分ゴト化の段 (domain.md 6); higher is more one's own."""

    REGISTERED = 0
    ATTENDING = 1
    SPEAKING = 2
    CONTRIBUTING = 3
    STARTING = 4
    OWNING = 5

    @property
    def words(self) -> Words:
        """The stage as people say it; pages never show the number."""
        return STAGE_WORDS[self]


STAGE_WORDS: dict[Stage, Words] = {
    Stage.REGISTERED: Words("登録", "Registered"),
    Stage.ATTENDING: Words("参加", "Attending"),
    Stage.SPEAKING: Words("発言", "Speaking"),
    Stage.CONTRIBUTING: Words("貢献", "Contributing"),
    Stage.STARTING: Words("起点", "Starting"),
    Stage.OWNING: Words("自分ゴト", "Owning"),
}

STAGE_RULES: dict[Stage, Words] = {
    Stage.REGISTERED: Words("名前の登録がある人", "known by a handle, has not acted yet"),
    Stage.ATTENDING: Words("一度でも行動した人", "has acted at least once"),
    Stage.SPEAKING: Words(
        "直近90日のうち2日以上で発言した人", "spoke on 2 days or more in the last 90"
    ),
    Stage.CONTRIBUTING: Words(
        "直近180日に、2人以上の投稿に返信して役に立った人、またはまとまった成果を出した人",
        "in the last 180 days replied in threads of 2 or more other members, or published a "
        "substantial output",
    ),
    Stage.STARTING: Words(
        "直近365日に始めたことに、30日以内に2人以上が集まった人",
        "in the last 365 days started something that 2 or more others joined in within 30 days",
    ),
    Stage.OWNING: Words(
        "有効な起点が直近365日に2つ以上、または一つの取り組みを3つの月・90日以上支え、"
        "かつ直近180日に3人以上を動かした・助けた人",
        "started twice within 365 days, or kept one initiative alive in 3 months over 90 days, "
        "and activated or helped 3 or more others in the last 180 days",
    ),
}
"""The entry rules with their default numbers, for pages and reports."""


class Unknown(StrEnum):
    """A part of a stage's rule that the sources cannot tell."""

    HELP = "help"
    START = "start"
    PROMPTED = "prompted"

    @property
    def words(self) -> Words:
        """Why it cannot be told."""
        return UNKNOWN_WORDS[self]


UNKNOWN_WORDS: dict[Unknown, Words] = {
    Unknown.HELP: Words(
        "返信のつながりがこのデータからは分からないため、貢献は判定できません。",
        "This export does not link replies to threads, so contributing cannot be told.",
    ),
    Unknown.START: Words(
        "誰が始めたかがこのデータからは分からないため、起点は判定できません。",
        "This export does not say who started things, so starting cannot be told.",
    ),
    Unknown.PROMPTED: Words(
        "自発的だったかどうかは、記録だけでは分かりません。",
        "Whether it was unprompted cannot be told from records alone.",
    ),
}


def unknown_parts(stage: Stage, help_unknown: bool, *, start_unknown: bool) -> tuple[Unknown, ...]:
    """Return which parts of the rules above, or of owning itself, cannot be told of somebody."""
    parts = {
        Unknown.HELP: help_unknown,
        Unknown.START: start_unknown,
        Unknown.PROMPTED: stage is Stage.OWNING,
    }
    return tuple(part for part, is_unknown in parts.items() if is_unknown)


AT_LEAST = Words(
    "データの期間が判定に必要な期間より短いため、「少なくともこの段」です。",
    "The log is shorter than the rule looks back, so this reads: at least this stage.",
)


@dataclass(frozen=True, slots=True)
class PersonStage:
    """Where one member stands at the end of the last covered day.

    ``stage`` is held (up at once, down only at a quarter's end); ``satisfied`` is the rule on the
    day. ``since`` is the last day that counted when the stage was reached; None for registered.
    ``evidence`` are the rows that satisfied the stage when its rule last held.
    """

    person: int
    stage: Stage
    satisfied: Stage
    since: date | None
    is_dormant: bool
    is_at_least: bool
    unknown: tuple[Unknown, ...]
    last_day: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class StageChange:
    """One moment of a member's history: how they stood from the end of ``day`` on."""

    person: int
    day: date
    stage: Stage
    satisfied: Stage
    before: Stage
    is_dormant: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A member who stands elsewhere now than at the beginning of the period."""

    person: int
    before: Stage
    now: Stage
    day: date


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One stage of the ladder: who stands there active, and who is dormant."""

    stage: Stage
    active: tuple[int, ...]
    dormant: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LadderTable:
    """The whole ladder on a day, highest stage first, and who moved in the period before it."""

    as_of: date
    rows: tuple[LadderRow, ...]
    moved_up: tuple[Move, ...]
    moved_down: tuple[Move, ...]
    period_days: int


@dataclass(frozen=True, slots=True)
class RowBehind:
    """One row behind a value; ``person`` is whom it is about."""

    part: str
    person: int | None
    source: str | None
    key: str | None
