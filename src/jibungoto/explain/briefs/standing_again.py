"""Judges the victory conditions of a brief again, and holds what is said of them against that."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import isclose

from jibungoto.explain.briefs.brief import Brief
from jibungoto.explain.briefs.conditions import (
    NONE,
    STANDINGS,
    ConditionKept,
    Judgement,
    judged_again,
    range_words,
    value_words,
)
from jibungoto.explain.briefs.figures import Figure, figure_key
from jibungoto.explain.claims import Claim
from jibungoto.explain.document import Cell, Table
from jibungoto.explain.printing import day
from jibungoto.explain.wordings import (
    CONDITION,
    CONDITION_AT_RISK,
    CONDITION_LOST,
    CONDITION_OFF,
    CONDITION_UNKNOWN,
    OF_PLAN,
    OF_PLANS,
    ONE_PLAN,
    STANDING,
)
from jibungoto.ledger.words import Words
from jibungoto.plan.facts import Point
from jibungoto.plan.standing import Standing

CLOSE = 1e-6
"""Relative difference that machines may make in a forecast."""
ENDS_CLOSE = 1e-2
"""Relative difference that an older version's draws may make in an interval."""
HEAD = "Victory condition"
WORDINGS_OF: dict[Words, Standing | None] = {
    CONDITION: None,
    CONDITION_UNKNOWN: None,
    CONDITION_LOST: Standing.LOST,
    CONDITION_OFF: Standing.OFF,
    CONDITION_AT_RISK: Standing.AT_RISK,
}
"""The sentences on one condition, and how it must stand for them to be true."""
COURSE_OTHERWISE = Words(
    "勝利条件「{name}」の推移が、同じ日の数字と違います({day})。",
    "The course of the victory condition “{name}” differs from the figure of the same day ({day}).",
)
MEANS_OTHERWISE = Words(
    "勝利条件「{name}」が、指標の定義か資料の日付と合いません。",
    "The victory condition “{name}” does not fit its measure's definition or the brief's day.",
)
ROW_OTHERWISE = Words(
    "勝利条件の表の「{name}」が、計画と判定から書き直した行と違います。",
    "In the table of victory conditions, “{name}” is not the row that plan and verdict give.",
)
TYPED = Words(
    "「{name}」の目標{target}、期日{due}、基準値{baseline}(計画「{plan}」第{version}版"
    "({since}から)に書かれたもので、計算し直せません。計画の YAML の SHA-256: {digest})",
    "target {target}, due {due}, baseline {baseline} of “{name}” (typed in the plan “{plan}”, "
    "version {version} of {since}, not recomputable; SHA-256 of the plan as YAML: {digest})",
)
BY_HAND = Words(
    "「{name}」の値({n}個、人が数えたもの)", "values of “{name}” ({n}, counted by hand)"
)
STAYS = Words(
    "「{name}」の判定と予測(セグメントや少数の人の推移は外に出ません)",
    "verdict and forecast of “{name}” (the course of a part, or of a few people, stays in the "
    "house)",
)
STANDS = Words(
    "{standing}、予測 {forecast}、道筋では {expected}、残り{days}日",
    "{standing}; forecast {forecast}; {expected} by the path; {days} days left",
)
_DAY = timedelta(days=1)
_COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Judged:
    """One victory condition as it was judged, and as it comes out now; None where not computed."""

    name: Words
    said: Words
    now: Words
    is_equal: bool | None


def judged_lines(brief: Brief) -> tuple[Judged, ...]:
    """Return every victory condition of a brief, judged again from the course of its measure."""
    return tuple(map(_judged, brief.conditions_kept))


def _judged(kept: ConditionKept) -> Judged:
    said = _printed(kept.judged, kept)
    if kept.is_withheld:
        return Judged(kept.title, said, NONE, None)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            now = judged_again(kept)
    except (ArithmeticError, ValueError, OverflowError):  # absurd values end as a difference
        return Judged(kept.title, said, NONE, is_equal=False)
    return Judged(kept.title, said, _printed(now, kept), is_equal=_is_same(kept.judged, now))


def _is_same(said: Judgement, now: Judgement) -> bool:
    numbers = ((one.low, one.middle, one.high, one.expected) for one in (said, now))
    return (said.standing, said.days_left) == (now.standing, now.days_left) and all(
        _alike(one, other, close=CLOSE) for one, other in zip(*numbers, strict=True)
    )


def _alike(one: float | None, other: float | None, *, close: float) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=close, abs_tol=close)


def _printed(judged: Judgement, kept: ConditionKept) -> Words:
    told = {
        "standing": STANDINGS[judged.standing],
        "forecast": range_words(judged, unit=kept.unit, target=kept.written.target) or NONE,
        "expected": value_words(judged.expected, unit=kept.unit),
        "days": NONE if judged.days_left is None else _plain(judged.days_left),
    }
    return _filled(STANDS, told)


def wrong_conditions(brief: Brief) -> Iterator[Words]:
    """Yield what does not fit between conditions, their figures, and the table of verdicts."""
    figures = {one.key: one for one in brief.figures}
    for kept in brief.conditions_kept:
        if not _means_so(kept, brief):
            yield _filled(MEANS_OTHERWISE, {"name": kept.title})
        elif not (kept.is_withheld or kept.written.is_by_hand):
            yield from _course(kept, figures, brief=brief)
    for table in condition_tables(brief):
        yield from _rows(table, brief)


def _means_so(kept: ConditionKept, brief: Brief) -> bool:
    found = next((one for one in brief.definitions if one.measure == kept.measure), None)
    is_told = found is None or (found.unit, found.window) == (kept.unit, kept.window)
    return kept.today - brief.as_of == _DAY and (is_told or kept.written.is_by_hand)


def _course(kept: ConditionKept, figures: dict[str, Figure], *, brief: Brief) -> Iterator[Words]:
    """Yield the days on which a course holds another value than the figure of that day."""
    now = figures.get(_key(kept, brief))
    if kept.now is not None and now is None:
        yield _filled(COURSE_OTHERWISE, {"name": kept.title, "day": day(kept.now.day)})
    for point in (*kept.history, *((kept.now,) if kept.now else ())):
        figure = figures.get(figure_key(kept.measure, kept.part, as_of=point.day))
        if figure is not None and not _is_at(point, figure):
            yield _filled(COURSE_OTHERWISE, {"name": kept.title, "day": day(point.day)})


def _is_at(point: Point, figure: Figure) -> bool:
    return (
        _alike(point.value, figure.value, close=CLOSE)
        and _alike(point.low, figure.low, close=ENDS_CLOSE)
        and _alike(point.high, figure.high, close=ENDS_CLOSE)
    )


def _key(kept: ConditionKept, brief: Brief) -> str:
    return figure_key(kept.measure, kept.part, as_of=brief.as_of)


def condition_tables(brief: Brief) -> Iterator[Table]:
    """Yield the tables of verdicts."""
    for part in brief.parts:
        for table in part.tables:
            if table.columns and table.columns[0].en == HEAD:
                yield table


def _rows(table: Table, brief: Brief) -> Iterator[Words]:
    kept = brief.conditions_kept
    if len(table.rows) != len(kept):
        yield _filled(ROW_OTHERWISE, {"name": table.title})
        return
    for row, one in zip(table.rows, kept, strict=True):
        if not _is_row_of(row, one, brief=brief):
            yield _filled(ROW_OTHERWISE, {"name": one.title})


def _is_row_of(row: tuple[Cell, ...], kept: ConditionKept, *, brief: Brief) -> bool:
    if len(row) != _COLUMNS:
        return False
    title, target, now, _, forecast, due, standing = row
    said = (title.text, target.text, due.text, standing.text)
    wanted = (kept.title, kept.target, kept.due, STANDINGS[kept.judged.standing])
    ranges = (kept.forecast or NONE, range_words(kept.judged, unit=kept.unit) or NONE)
    return said == wanted and forecast.text in ranges and _is_now_of(now, kept, brief=brief)


def _is_now_of(cell: Cell, kept: ConditionKept, *, brief: Brief) -> bool:
    if cell.of_figure:
        return cell.of_figure == _key(kept, brief)
    return kept.now is None or cell.text == value_words(kept.now.value, unit=kept.unit)


def is_on_conditions(claim: Claim) -> bool:
    """Say whether a drafted sentence is one on victory conditions: all of it is looked at."""
    return claim.drafted is not None and claim.drafted.wording in (STANDING, *WORDINGS_OF)


def stands_so(claim: Claim, brief: Brief) -> bool:
    """Say whether a drafted sentence on victory conditions fits them; any other sentence does."""
    drafted = claim.drafted
    if drafted is None:
        return True
    told = {one.place: one.told for one in drafted.fills if one.told is not None}
    if drafted.wording == STANDING:
        return told == counted(brief.conditions_kept)
    if drafted.wording not in WORDINGS_OF:
        return True
    standing = WORDINGS_OF[drafted.wording]
    return any(
        standing in (None, one.judged.standing) and _tells_of(told, one, claim=claim, brief=brief)
        for one in brief.conditions_kept
    )


def _tells_of(told: dict[str, Words], kept: ConditionKept, *, claim: Claim, brief: Brief) -> bool:
    """Say whether a sentence has name, plan, target and value of a condition."""
    now = told.get("now")
    is_now = now is None or (
        kept.now is not None and now == value_words(kept.now.value, unit=kept.unit)
    )
    return (
        told.get("name", kept.name) == kept.name
        and told.get("target", kept.target) == kept.target
        and told.get("plan", ONE_PLAN) == _plan_of(kept)
        and is_now
        and claim.figures in ((), (_key(kept, brief),))
    )


def _plan_of(kept: ConditionKept) -> Words:
    if kept.title == kept.name:
        return ONE_PLAN
    return _filled(OF_PLAN, {"plan": kept.written.plan})


def counted(conditions: tuple[ConditionKept, ...]) -> dict[str, Words]:
    """Return how many conditions stand how, as the sentence on all of them has it."""
    standings = [one.judged.standing for one in conditions]
    counts = {
        "all": len(standings),
        "good": sum(one in (Standing.ON_TRACK, Standing.WON) for one in standings),
        "risk": standings.count(Standing.AT_RISK),
        "off": sum(one in (Standing.OFF, Standing.LOST) for one in standings),
    }
    plans = len({one.written.plan for one in conditions if one.title != one.name})
    several = OF_PLANS.filled(n=plans) if plans > 1 else ONE_PLAN
    return {name: _plain(n) for name, n in counts.items()} | {"plans": several}


def typed_in_plans(brief: Brief) -> Iterator[Words]:
    """Yield what somebody typed into a plan or counted by hand, and what stays in the house."""
    for one in brief.conditions_kept:
        written = one.written
        yield _filled(
            TYPED,
            {
                "name": one.title,
                "target": one.target,
                "due": one.due,
                "baseline": value_words(written.baseline, unit=one.unit),
                "plan": written.plan,
                "version": _plain(written.version),
                "since": NONE if written.since is None else day(written.since),
                "digest": Words(written.digest, written.digest),
            },
        )
        if one.is_withheld:
            yield _filled(STAYS, {"name": one.title})
        elif written.is_by_hand and one.history:
            yield _filled(BY_HAND, {"name": one.title, "n": _plain(len(one.history))})


def _plain(number: int) -> Words:
    return Words(str(number), str(number))


def _filled(words: Words, told: dict[str, Words]) -> Words:
    return Words(
        words.ja.format(**{name: one.ja for name, one in told.items()}),
        words.en.format(**{name: one.en for name, one in told.items()}),
    )
