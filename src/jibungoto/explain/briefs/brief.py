"""A brief: claims and figures for one kind of stakeholder, one value in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from jibungoto.explain.briefs.audiences import AudienceKey
from jibungoto.explain.briefs.conditions import ConditionKept
from jibungoto.explain.briefs.consent import Consent
from jibungoto.explain.briefs.figures import Comparison, Definition, Figure
from jibungoto.explain.claims import Claim
from jibungoto.explain.document import Table
from jibungoto.ledger.words import Words


class BriefKind(StrEnum):
    """The four kinds of brief (domain.md 14)."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"

    @property
    def words(self) -> Words:
        """What the kind is called."""
        return KINDS[self]


KINDS: dict[BriefKind, Words] = {
    BriefKind.WEEKLY: Words("週次の3行", "Three lines of the week"),
    BriefKind.MONTHLY: Words("月次の1枚", "Monthly page"),
    BriefKind.QUARTERLY: Words("四半期の振り返り", "Quarterly review"),
    BriefKind.YEARLY: Words("続けるか、やめるか", "Continue or stop"),
}

PERIODS: dict[BriefKind, int] = {
    BriefKind.WEEKLY: 7,
    BriefKind.MONTHLY: 28,
    BriefKind.QUARTERLY: 84,
    BriefKind.YEARLY: 364,
}
"""How many days a brief looks back at least when it compares."""


class Head(StrEnum):
    """What stands under one heading of a brief."""

    CORRECTIONS = "corrections"
    LINES = "lines"
    BOTTOM_LINE = "bottom_line"
    OBJECTIVE = "objective"
    CHANGES = "changes"
    VOICES = "voices"
    HEALTH = "health"
    RISKS = "risks"
    ASK = "ask"
    NOTES = "notes"
    SUMMARY = "summary"
    PLAN = "plan"
    VERDICTS = "verdicts"
    LADDER = "ladder"
    STARTS = "starts"
    OUTPUTS = "outputs"
    PROGRAMMES = "programmes"
    BUSINESS = "business"
    COST = "cost"
    TEAM = "team"
    NEXT = "next"
    CONTINUE = "continue"
    STOP = "stop"
    SURE = "sure"
    DECISION = "decision"
    APPENDIX = "appendix"

    @property
    def words(self) -> Words:
        """The heading."""
        return HEADS[self]


HEADS: dict[Head, Words] = {
    Head.CORRECTIONS: Words("訂正", "Corrections"),
    Head.LINES: Words("今週の3行", "This week in three lines"),
    Head.BOTTOM_LINE: Words("結論 3行", "Bottom line in 3 lines"),
    Head.OBJECTIVE: Words("目的と勝利条件の進み", "Objective and progress"),
    Head.CHANGES: Words("起きた変化", "What changed"),
    Head.VOICES: Words("メンバーの声", "Voices"),
    Head.HEALTH: Words("健全性", "Health strip"),
    Head.RISKS: Words("リスクと手当て", "Risks and what we do"),
    Head.ASK: Words("お願い", "Ask"),
    Head.NOTES: Words("注記", "Notes"),
    Head.SUMMARY: Words("結論", "Summary"),
    Head.PLAN: Words("OWWH(今期の版)", "The plan on a page"),
    Head.VERDICTS: Words("勝利条件の判定", "Verdicts on the victory conditions"),
    Head.LADDER: Words("ラダーと人の動き", "Ladder and movement"),
    Head.STARTS: Words("起点一覧", "Things members started"),
    Head.OUTPUTS: Words("アウトプットと流通", "Output and circulation"),
    Head.PROGRAMMES: Words("番組ごとの結果", "Programme results by mode"),
    Head.BUSINESS: Words("事業との関係", "Relation to the business"),
    Head.COST: Words("費用", "Cost"),
    Head.TEAM: Words("体制", "Team"),
    Head.NEXT: Words("次の四半期", "Next quarter and stop list"),
    Head.CONTINUE: Words("続ける場合", "The case for continuing"),
    Head.STOP: Words("やめる場合", "The case for stopping"),
    Head.SURE: Words("確かなこと、まだ分からないこと", "What is sure and what is not"),
    Head.DECISION: Words("決めていただきたいこと", "The decision asked"),
    Head.APPENDIX: Words(
        "付録: 定義・データの範囲・プライバシー", "Appendix: definitions, coverage, privacy"
    ),
}

LAYOUT: dict[BriefKind, tuple[Head, ...]] = {
    BriefKind.WEEKLY: (Head.LINES,),
    BriefKind.MONTHLY: (
        *(Head.BOTTOM_LINE, Head.OBJECTIVE, Head.CHANGES, Head.VOICES),
        *(Head.HEALTH, Head.RISKS, Head.ASK, Head.NOTES),
    ),
    BriefKind.QUARTERLY: (
        *(Head.SUMMARY, Head.PLAN, Head.VERDICTS, Head.LADDER, Head.STARTS, Head.OUTPUTS),
        *(Head.PROGRAMMES, Head.BUSINESS, Head.COST, Head.TEAM, Head.RISKS, Head.NEXT),
        Head.APPENDIX,
    ),
    BriefKind.YEARLY: (
        *(Head.SUMMARY, Head.VERDICTS, Head.CONTINUE, Head.STOP, Head.SURE),
        *(Head.COST, Head.RISKS, Head.DECISION, Head.APPENDIX),
    ),
}
"""The headings of each kind, in their order."""

SMALL_PRINT = frozenset({Head.NOTES, Head.APPENDIX})
"""As long as honesty needs; all else has a limit."""


class ShowKind(StrEnum):
    """How figures are laid out."""

    STRIP = "strip"
    COURSE = "course"
    LADDER = "ladder"


@dataclass(frozen=True, slots=True)
class Show:
    """Figures laid out as a table or a picture; made from the frozen figures alone.

    A strip has a row for each figure, a course a line through all of them, a ladder a stage for
    each.
    """

    kind: ShowKind
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading; ``text`` are plain lines that claim nothing."""

    head: Head
    claims: tuple[Claim, ...] = ()
    text: tuple[Words, ...] = ()
    shows: tuple[Show, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that was said one way and now reads another; ``why`` where its rule changed."""

    figure: str
    said: Words
    now: Words
    why: Words | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything a brief says; ``since`` and ``as_of`` are the first and the last day it is of.

    ``corrects`` is the number of the brief it corrects, ``consents`` what was answered about the
    people it names; they stay with our own copy. ``conditions_kept`` are the victory conditions
    in the order of their table. ``addressed_to`` is the stakeholder whom the ask names, or empty.
    """

    kind: BriefKind
    audience: AudienceKey
    community: str
    since: date
    as_of: date
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    definitions: tuple[Definition, ...] = ()
    corrections: tuple[Correction, ...] = ()
    corrects: int | None = None
    consents: tuple[Consent, ...] = ()
    conditions_kept: tuple[ConditionKept, ...] = ()
    addressed_to: str = ""

    @property
    def is_written(self) -> bool:
        """Whether it says anything yet: one that was only asked for does not."""
        return bool(self.parts or self.figures)

    def claims(self) -> Iterator[Claim]:
        """Return every claim in the order of the brief."""
        for part in self.parts:
            yield from part.claims

    def claim(self, key: str) -> Claim | None:
        """Return the claim of a key, None if there is none."""
        return next((one for one in self.claims() if one.key == key), None)

    def figure(self, key: str) -> Figure | None:
        """Return the figure of an id, None if there is none."""
        return next((one for one in self.figures if one.key == key), None)

    def with_claim(self, changed: Claim) -> Brief:
        """Return the brief with one claim changed, the one of the same key."""
        return replace(
            self,
            parts=tuple(
                replace(
                    part,
                    claims=tuple(changed if one.key == changed.key else one for one in part.claims),
                )
                for part in self.parts
            ),
        )

    def without_claim(self, key: str) -> Brief:
        """Return the brief without one claim."""
        return replace(
            self,
            parts=tuple(
                replace(part, claims=tuple(one for one in part.claims if one.key != key))
                for part in self.parts
            ),
        )

    def with_more(self, head: Head, added: Claim) -> Brief:
        """Return the brief with one claim more at the end of a part."""
        return replace(
            self,
            parts=tuple(
                replace(part, claims=(*part.claims, added)) if part.head is head else part
                for part in self.parts
            ),
        )
