"""A plan in the four columns of its page: what is to be won, for whom, what they get, how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jibungoto.explain.printing import day
from jibungoto.ledger.words import Words
from jibungoto.plan.number import FRACTION, shown
from jibungoto.plan.owwh import How, Objective, Plan, What, Who
from jibungoto.plan.states import State
from jibungoto.plan.text import Text
from jibungoto.plan.victory import Baseline, Operator, VictoryCondition
from jibungoto.understand.catalogue import measure_of


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A version of a plan with what its page has to know beside it.

    ``segments`` are the names of segments by key, of series and chapters by kind and key
    (``series:live``); ``now`` is the present value of victory conditions by key. First pins are
    named only ``with_names``; otherwise they are counted.
    """

    plan: Plan
    community: str
    number: int
    state: State
    as_of: date
    segments: Mapping[str, str] = field(default_factory=dict)
    now: Mapping[str, Words] = field(default_factory=dict)
    with_names: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One thing in a column: its first line stands out, the others explain it.

    ``rank`` says what goes first where there is no room: the higher.
    """

    head: str
    lines: tuple[str, ...] = ()
    label: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """One of the four: its letter, its name, its question, its blocks."""

    letter: str
    name: Words
    asks: Words
    blocks: tuple[Block, ...]
    share: float = 1.0


O_NAME = Words("目的と勝利条件", "Objective and victory")
O_ASKS = Words("何を勝ち取るか", "What is to be won")
WHO_NAME = Words("誰に", "Who")
WHO_ASKS = Words("誰の自分ゴトか", "Whose own matter it is")
WHAT_NAME = Words("何を", "What")
WHAT_ASKS = Words("その人は何を得るか", "What they get")
HOW_NAME = Words("どうやって", "How")
HOW_ASKS = Words("誰が、いつ、どこまでやるか", "By whom, when, and how far")
NOTHING = Words("まだ書かれていません。", "Not written yet.")

COMPANY = Words("会社・団体側", "For the organisation")
MEMBER = Words("メンバー側", "For the member")
THEORY = Words("考え方", "Why it should work")
NOT_GOALS = Words("目的にしないこと", "Not a goal")
VICTORY = Words("勝利条件{n}", "Victory condition {n}")
TARGET = {
    Operator.AT_LEAST: Words("{target}以上({due}まで)", "at least {target} by {due}"),
    Operator.AT_MOST: Words("{target}以下({due}まで)", "at most {target} by {due}"),
}
NO_TARGET = Words("目標が決まっていません", "no target yet")
BASELINE = Words("基準値 {value}({first}〜{last})", "Baseline {value} ({first} to {last})")
NO_HISTORY = Words("基準値: 過去の記録なし", "Baseline: no history")
NO_BASELINE = Words("基準値が入っていません", "No baseline yet")
NOW = Words("いま {value}", "Now {value}")
BEHAVIOUR = Words("行動: {name}", "Behaviour: {name}")
SIZE = Words("およそ{n}人", "About {n} people")
PINS = Words("1番ピン: {names}", "First pins: {names}")
PINS_COUNTED = Words("1番ピン {n}人", "{n} first pins")
EXCLUDED = Words("対象外: {text}", "Not for: {text}")
KNOWN = Words("分かる理由: {text}", "How we know: {text}")
FOR_WHO = Words("{what}({who}へ)", "{what} (for {who})")
SAYS = Words("「{text}」", "“{text}”")
PROOF = Words("確かめ方: {text}", "Shown by: {text}")
SERVES = Words("{whats}のため / {wins}", "For {whats} / {wins}")
OWNER = Words("担当 {owner}", "Owner {owner}")
DEPUTY = Words("代理 {deputy}", "deputy {deputy}")
HOURS = Words("月{hours}時間", "{hours} h a month")
HELD_AS = Words("シリーズ: {names}", "Held as: {names}")
LEADING = Words("先に見る指標: {name}", "Leading measure: {name}")
STOP = Words("やめる条件: {text}", "Stop rule: {text}")
IDEAS = Words("勝利条件につながっていない案 {n}件", "{n} ideas not yet tied to a victory condition")


def columns_of(shown_plan: PlanShown, language: str) -> tuple[Column, ...]:
    """Return the four columns in their order."""
    return _Told(shown_plan, language).columns()


class _Told:
    """Says a plan in one language."""

    def __init__(self, shown_plan: PlanShown, language: str) -> None:
        self.shown = shown_plan
        self.plan = shown_plan.plan
        self.language = language
        self.numbers = {
            **{each.key: f"What {n}" for n, each in enumerate(self.plan.what, start=1)},
            **{each.key: f"Who {n}" for n, each in enumerate(self.plan.who, start=1)},
        }

    def columns(self) -> tuple[Column, ...]:
        """Return the four columns in their order."""
        plan = self.plan
        blocks: tuple[Sequence[Block], ...] = (
            [*self.objective(plan.objective), *self.victories(plan.objective.victory)],
            [self.who(each, n) for n, each in enumerate(plan.who, start=1)],
            [self.what(each, n) for n, each in enumerate(plan.what, start=1)],
            list(self.hows()),
        )
        told = (
            ("O", O_NAME, O_ASKS, 1.25),
            ("W", WHO_NAME, WHO_ASKS, 0.85),
            ("W", WHAT_NAME, WHAT_ASKS, 0.95),
            ("H", HOW_NAME, HOW_ASKS, 1.15),
        )
        nothing = (Block(self.say(NOTHING)),)
        return tuple(
            Column(letter, name, asks, tuple(found) or nothing, share)
            for (letter, name, asks, share), found in zip(told, blocks, strict=True)
        )

    def say(self, words: Words | Text, **values: object) -> str:
        """Return words in this language, filled."""
        said = words.said_in(self.language)
        return said.format(**values) if values else said

    def lines(self, *told: tuple[Words, Text]) -> tuple[str, ...]:
        """Return the lines that have something to say."""
        return tuple(
            self.say(words, text=self.say(text)) for words, text in told if not text.is_empty
        )

    def objective(self, objective: Objective) -> Iterator[Block]:
        """Return both sides of the objective, the theory and what it is not."""
        sides = ((COMPANY, objective.company), (MEMBER, objective.member))
        for label, text in (*sides, (THEORY, objective.theory)):
            if not text.is_empty:
                yield Block(self.say(text), label=self.say(label), rank=int(label is THEORY))
        if objective.not_goals:
            said = " / ".join(self.say(each) for each in objective.not_goals)
            yield Block(said, label=self.say(NOT_GOALS), rank=1)

    def victories(self, conditions: Sequence[VictoryCondition]) -> Iterator[Block]:
        """Return each victory condition with its target, its baseline and its value now."""
        for n, each in enumerate(conditions, start=1):
            lines = [self.baseline(each.baseline, each.unit)]
            now = self.shown.now.get(each.key)
            if now is not None:
                lines.append(self.say(NOW, value=self.say(now)))
            name = self.measured(each)
            label = self.say(VICTORY, n=n)
            yield Block(f"{name}: {self.target(each)}", tuple(lines), label=label)

    def measured(self, each: VictoryCondition) -> str:
        """Return what a victory condition counts, and of whom."""
        measure = measure_of(each.measure)
        by_hand = self.say(each.by_hand.name)
        name = self.say(measure.name) if measure else by_hand or each.measure or "-"
        scope = each.scope
        names = self.shown.segments
        parts = [names.get(scope.segment, scope.segment)]
        parts += [names.get(f"chapter:{scope.chapter}", scope.chapter)]
        parts += [names.get(f"series:{scope.series}", scope.series)]
        whom = self.listed(part for part in parts if part)
        return f"{name} ({whom})" if whom else name

    def listed(self, words: Iterable[str]) -> str:
        """Return words as the language lists them."""
        return ("、" if self.language == "ja" else ", ").join(words)

    def target(self, each: VictoryCondition) -> str:
        """Return what has to be reached, and by when."""
        if each.target is None or each.operator is None or each.due is None:
            return self.say(NO_TARGET)
        value, due = self.value(each.target, each.unit), self.say(day(each.due))
        return self.say(TARGET[each.operator], target=value, due=due)

    def value(self, value: float, unit: str) -> str:
        """Return a number; a unit that is no key of ours is said behind it."""
        number = shown(value, unit)
        is_key = unit == FRACTION or unit.isascii()
        return number if is_key else f"{number}{unit}"

    def baseline(self, baseline: Baseline, unit: str) -> str:
        """Return where it began."""
        if baseline.no_history:
            return self.say(NO_HISTORY)
        if baseline.value is None or baseline.first is None or baseline.last is None:
            return self.say(NO_BASELINE)
        return self.say(
            BASELINE,
            value=self.value(_as_told(baseline.value, unit), unit),
            first=self.say(day(baseline.first)),
            last=self.say(day(baseline.last)),
        )

    def who(self, who: Who, n: int) -> Block:
        """Return one Who; the people asked first are named only where that was asked for."""
        lines = []
        if who.behaviour:
            name = self.shown.segments.get(who.behaviour, who.behaviour)
            lines.append(self.say(BEHAVIOUR, name=name))
        if who.size_estimate is not None:
            lines.append(self.say(SIZE, n=f"{who.size_estimate:,}"))
        if who.first_pins:
            names = self.listed(who.first_pins)
            counted = self.say(PINS_COUNTED, n=len(who.first_pins))
            lines.append(self.say(PINS, names=names) if self.shown.with_names else counted)
        lines += self.lines((EXCLUDED, who.excluded), (KNOWN, who.how_we_know))
        return Block(
            self.say(who.interest_axis) or self.say(NOTHING), tuple(lines), label=f"Who {n}"
        )

    def what(self, what: What, n: int) -> Block:
        """Return one What: the job, the gain, the sentence a member would say."""
        whom = self.numbers.get(what.who, "")
        name = f"What {n}"
        label = self.say(FOR_WHO, what=name, who=whom) if whom else name
        lines = [self.say(what.gain)] if not what.gain.is_empty else []
        lines += self.lines((SAYS, what.sentence), (PROOF, what.proof))
        return Block(self.say(what.job) or self.say(NOTHING), tuple(lines), label=label)

    def hows(self) -> Iterator[Block]:
        """Return what is done, and how many ideas still wait."""
        for n, each in enumerate(self.plan.deeds, start=1):
            yield self.how(each, n)
        if self.plan.ideas:
            yield Block(self.say(IDEAS, n=len(self.plan.ideas)))

    def how(self, how: How, n: int) -> Block:
        """Return one How: what it serves, by whom, how often, how long, and when it ends."""
        keys = [each.key for each in self.plan.objective.victory]
        wins = [self.say(VICTORY, n=keys.index(key) + 1) for key in how.victories if key in keys]
        whats = [self.numbers[key] for key in how.serves if key in self.numbers]
        lines = []
        if wins:
            said = self.say(SERVES, whats=self.listed(whats) or "-", wins=self.listed(wins))
            lines.append(said)
        people = [self.say(OWNER, owner=how.owner)] if how.owner else []
        people += [self.say(DEPUTY, deputy=how.deputy)] if how.deputy else []
        rhythm = [self.say(how.cadence)] if not how.cadence.is_empty else []
        if how.hours_per_month is not None:
            rhythm.append(self.say(HOURS, hours=f"{how.hours_per_month:g}"))
        lines += [" / ".join(parts) for parts in (people, rhythm) if parts]
        if how.series:
            held = (self.shown.segments.get(f"series:{key}", key) for key in how.series)
            lines.append(self.say(HELD_AS, names=self.listed(held)))
        leading = measure_of(how.leading_measure)
        if leading is not None:
            lines.append(self.say(LEADING, name=self.say(leading.name)))
        lines += self.lines((STOP, how.stop_rule))
        return Block(self.say(how.title) or self.say(NOTHING), tuple(lines), label=f"How {n}")


def _as_told(value: float, unit: str) -> float:
    """Return a counted share as whole as the value now beside it."""
    return round(value, 2) if unit == FRACTION else value
