"""How newcomers take up the ladder: cumulative curves, the steps, and where most people stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from jibungoto.explain.briefs.as_document import filled
from jibungoto.explain.claims import Claim
from jibungoto.explain.document import Cell, Chart, ChartKind, Series, Table
from jibungoto.explain.drafting.sentences import worded
from jibungoto.explain.printing import (
    DASH,
    Printed,
    cell,
    day,
    is_hidden,
    month,
    percent,
    printed,
)
from jibungoto.explain.wordings import (
    CAME,
    LONG,
    STAY,
)
from jibungoto.ledger.finding import Finding, Interval
from jibungoto.ledger.words import Words
from jibungoto.understand.advancing import (
    HORIZONS,
    LEAST,
    WITHIN,
    Advance,
    Cohort,
    Curve,
    Reached,
    Step,
    Turnover,
)
from jibungoto.understand.answers import Stage

CURVES = Words(
    "加わってから各段に届いた人の割合(累積)", "Share that reached each stage after joining"
)
CURVES_SAY = Words(
    "{first}〜{last}に加わった{n}人が、加わってから何日で各段に届いたか",
    "How many days the {n} people who joined from {first} to {last} took to each stage",
)
JOINED = Words("加わった時期(人数)", "Joined (people)")
STAGE = Words("段", "Stage")
BY_DAY = Words("{n}日", "{n} days")
HALF = Words("半数が届くまで", "Until half have")
NOT_HALF = Words("半数に届かず", "less than half")
DAYS = Words("{n}日", "{n} days")
BETWEEN = Words("{first}〜{last}({n}人)", "{first} to {last} ({n})")
STEPS = Words("次の段へ進んだ人", "Who went on to the next stage")
STEP = Words("{one} → {other}", "{one} → {other}")
ENTERED = Words("{days}日以上前に入った人", "Entered {days} days ago or more")
WENT_ON = Words("{days}日以内に進んだ人", "Went on within {days} days")
INTERVAL = Words("95%区間", "95% interval")
STAYED = Words("進まなかった人", "Did not")
MOST = Words("▲ いちばん多くの人がとどまる段", "▲ most people stay here")
SLOWEST = Words("◆ いちばん時間のかかる段", "◆ takes longest")
BOTTLENECK = Words("ボトルネック", "Bottleneck")
MONTHLY = Words("月ごとの動き(上がった / そのまま / 下がった)", "Per month: up / held / down")
MOVED = Words("↑{up} ={held} ↓{down}", "↑{up} ={held} ↓{down}")
THE_REST = Words("残り", "the rest")
NOBODY = Words("対象なし", "nobody")
NOT_FOLLOWED = Words("まだ分からない", "not yet")
HOW = Words(
    "累積の割合は、まだその日数がたっていない人も途中まで数えて求めています(カプラン・マイヤー法)。"
    "加わった日が確かな人だけが対象です。人数が5人未満のところは示しません。",
    "Cumulative shares also use people who have not been here that long, as far as they go "
    "(Kaplan-Meier). Only people with an exact day of joining are in it. Fewer than 5 are hidden.",
)
HALF_BY = Words("半数が進むまで{n}日", "{n} days until half have")
HALF_NEVER = Words("半数はまだ進んでいません", "half have not gone on so far")
TOO_FEW = Words(
    "加わった日が確かな人が{least}人に満たないため、累積の割合は出せません。参加の記録がある"
    "書き出し(Slackの全期間、イベントの参加者など)を取り込むと出ます。",
    "Fewer than {least} people have an exact day of joining, so no cumulative share is given. "
    "Exports that tell of joining (all of Slack, attendances) bring it.",
)
_POINTS = tuple(range(0, 366, 15))
_ANY = date(2000, 1, 1)


def advance_claims(advance: Advance) -> list[Claim]:
    """Return what is to be said of newcomers, of where most stay, and of what takes longest."""
    found = [*_came(advance.cohorts[-1])] if advance.cohorts else []
    most, slowest = advance.most_stay, advance.slowest
    if most is not None:
        values = {"stage": most.stage.words, "share": _share(most).said}
        found.append(worded(STAY, values | {"days": _plain(WITHIN)}))
    if slowest is not None and slowest is not most:
        half = HALF_NEVER if slowest.median is None else HALF_BY.filled(n=slowest.median)
        found.append(worded(LONG, {"stage": slowest.stage.words, "half": half}))
    return [replace(one, rows=("stage_stock",)) for one in found]


def few_joined() -> Words:
    """Return why there is no cumulative share, and what brings one."""
    return TOO_FEW.filled(least=LEAST)


def _came(cohort: Cohort) -> Iterator[Claim]:
    """Yield the sentence on the stage of contributing, or on speaking where few contribute."""
    told = {one.stage: one for one in cohort.curves}
    for stage in (Stage.CONTRIBUTING, Stage.SPEAKING):
        curve = told.get(stage)
        held = [one for one in curve.at[:3] if one is not None] if curve is not None else []
        if held and not is_hidden(held[-1].people):
            values = {
                "n": _plain(cohort.n),
                "days": _plain(held[-1].days),
                "stage": stage.words,
                "share": _reached(held[-1]),
            }
            yield worded(CAME, values)
            return


def advance_tables(advance: Advance) -> tuple[Table, ...]:
    """Return the curves with their picture, the steps, and what moved month by month."""
    tables = []
    if any(one.n >= LEAST for one in advance.cohorts):
        tables.append(_curves(advance))
    if advance.steps:
        tables.append(_steps(advance))
    if advance.turnover:
        tables.append(_turnover(advance.turnover))
    return tuple(tables)


def _curves(advance: Advance) -> Table:
    heads = [JOINED, STAGE, *(BY_DAY.filled(n=days) for days in HORIZONS), HALF]
    rows = []
    for cohort in reversed(advance.cohorts):
        values = {"first": month(cohort.first), "last": month(cohort.last), "n": _plain(cohort.n)}
        name = filled(BETWEEN, **values)
        drawn = _chart(cohort) if cohort is advance.cohorts[-1] else None
        for at, curve in enumerate(cohort.curves):
            head = Cell(name, chart=drawn if not at else None)
            rows.append((head, Cell(curve.stage.words), *map(_cell, curve.at), _half(curve)))
    return Table(CURVES, tuple(heads), tuple(rows))


def _chart(cohort: Cohort) -> Chart | None:
    """Draw the newest cohort from joining on; shares of very few people leave a gap."""
    if cohort.n < LEAST:
        return None
    values = {"first": day(cohort.first), "last": day(cohort.last), "n": _plain(cohort.n)}
    series = []
    for curve in cohort.curves:
        held = [curve.share_at(days) for days in _POINTS]
        shown = [None if one is None or is_hidden(one[1]) else one[0] for one in held]
        series.append(Series(curve.stage.words, tuple(shown), tuple(map(_said, shown))))
    labels = tuple(BY_DAY.filled(n=days) for days in _POINTS)
    says = filled(CURVES_SAY, **values)
    return Chart(CURVES, says, ChartKind.LINE, labels, tuple(series), "0%")


def _said(share: float | None) -> Words:
    return DASH if share is None else _both(percent(share))


def _cell(at: Reached | None) -> Cell:
    if at is None:
        return Cell(NOT_FOLLOWED)
    if is_hidden(at.people):
        return Cell(cell(at.people))
    return Cell(_both(percent(at.share)), at.share, "0%", small=_between(at.interval))


def _reached(at: Reached) -> Words:
    low, high = percent(at.interval.low), percent(at.interval.high)
    share = percent(at.share)
    return Words(f"{share}(95%区間{low}〜{high})", f"{share} (95% interval {low} to {high})")


def _between(spread: Interval) -> Words:
    low, high = percent(spread.low), percent(spread.high)
    return Words(f"{low}〜{high}", f"{low} to {high}")


def _half(curve: Curve) -> Cell:
    if curve.n < LEAST:
        return Cell(NOT_FOLLOWED)
    return Cell(NOT_HALF if curve.median is None else DAYS.filled(n=curve.median))


def _steps(advance: Advance) -> Table:
    days = _plain(WITHIN)
    heads = (STEP_HEAD, filled(ENTERED, days=days), filled(WENT_ON, days=days))
    rows = tuple(_step_row(one, advance) for one in advance.steps)
    return Table(STEPS, (*heads, INTERVAL, STAYED, HALF, BOTTLENECK), rows)


STEP_HEAD = Words("段 → 次の段", "From → to")


def _step_row(one: Step, advance: Advance) -> tuple[Cell, ...]:
    share = _share(one)
    marks = [MOST] if one is advance.most_stay else []
    marks += [SLOWEST] if one is advance.slowest else []
    mark = Words(" ".join(m.ja for m in marks) or "-", " ".join(m.en for m in marks) or "-")
    known = one.entered >= LEAST and not is_hidden(one.went_on) and not is_hidden(one.stayed)
    return (
        Cell(filled(STEP, one=one.stage.words, other=Stage(one.stage + 1).words)),
        Cell(cell(one.entered)),
        Cell(share.value),
        Cell(share.interval),
        Cell(cell(one.stayed) if known else DASH),
        Cell(_until_half(one)),
        Cell(mark),
    )


def _until_half(one: Step) -> Words:
    if one.entered < LEAST:
        return DASH
    return NOT_HALF if one.median is None else DAYS.filled(n=one.median)


def _turnover(told: tuple[Turnover, ...]) -> Table:
    months = sorted({one.month for one in told})
    at = {(one.stage, one.month): one for one in told}
    rows = tuple(
        (Cell(stage.words), *(Cell(_moves(at[stage, first])) for first in months))
        for stage in sorted({one.stage for one in told}, reverse=True)
    )
    return Table(MONTHLY, (STAGE, *map(month, months)), rows)


def _moves(one: Turnover) -> Words:
    """Return the three shares; where one is of very few people, what it leaves is not said."""
    n = one.up + one.held + one.down
    if not n:
        return NOBODY
    if is_hidden(n):
        return cell(n)
    has_hidden = is_hidden(one.up) or is_hidden(one.down)
    held = THE_REST if has_hidden or is_hidden(one.held) else _both(percent(one.held / n))
    return filled(MOVED, up=_part(one.up, n), held=held, down=_part(one.down, n))


def _part(count: int, n: int) -> Words:
    return cell(count) if is_hidden(count) else _both(percent(count / n))


def _share(one: Step) -> Printed:
    """Return the share that went on, by the rules of every printed share."""
    return printed(
        Finding(
            "ladder_step",
            _ANY,
            one.went_on / one.entered,
            numerator=one.went_on,
            denominator=one.entered,
            interval=one.interval,
        )
    )


def _plain(number: int) -> Words:
    return _both(f"{number:,}")


def _both(text: str) -> Words:
    return Words(text, text)
