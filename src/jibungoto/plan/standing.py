"""Whether a victory condition is on track, at risk or off: the rule, and its reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jibungoto.ledger.words import Words
from jibungoto.plan.facts import Point
from jibungoto.plan.forecast import Forecast
from jibungoto.plan.victory import Operator, VictoryCondition

NEAR = 0.1
RULE = Words(
    "予測の範囲の悪いほうの端でも目標に届くか、真ん中が届いて今の値も道筋どおりなら「順調」、"
    "よいほうの端でも届かなければ「外れている」、その間は「要注意」です。予測がないときは、"
    "今の値が道筋に届いていれば「順調」、道筋が今の値の区間に入るか、差が基準値から目標までの"
    "1割以内なら「要注意」、それ以外は「外れている」です。期日を過ぎたら、期日までの最後の値で"
    "「達成」か「未達」が決まります。",
    "On track: even the worse end of the forecast range reaches the target, or its middle does "
    "and the value now is on the path. Off: not even the better end does. At risk: in between. "
    "Without a forecast: on track if the value now is on the path; at risk if its interval holds "
    "the path, or it is short of it by no more than a tenth of the way; else off. Past the due "
    "date it is won or lost, by the last value up to that day.",
)


class Standing(StrEnum):
    """How a victory condition stands."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF = "off"
    WON = "won"
    LOST = "lost"
    UNKNOWN = "unknown"

    @property
    def words(self) -> Words:
        """The name of the standing."""
        return _NAMES[self]


_NAMES = {
    Standing.ON_TRACK: Words("順調", "On track"),
    Standing.AT_RISK: Words("要注意", "At risk"),
    Standing.OFF: Words("外れている", "Off"),
    Standing.WON: Words("達成", "Won"),
    Standing.LOST: Words("未達", "Lost"),
    Standing.UNKNOWN: Words("分からない", "Unknown"),
}
SURE = Words(
    "予測の範囲のどこでも目標に届きます。", "All of the forecast range reaches the target."
)
LIKELY = Words(
    "予測の真ん中が目標に届き、今の値も道筋どおりです。",
    "The middle of the forecast reaches the target, and the value now is on the path.",
)
OUT_OF_REACH = Words(
    "予測の範囲のよいほうの端でも目標に届きません。",
    "Not even the better end of the forecast range reaches the target.",
)
OPEN = Words(
    "目標は予測の範囲の中にありますが、届くとは言い切れません。",
    "The target lies within the forecast range, so it may or may not be reached.",
)
ON_PATH = Words("今の値は道筋どおりです。", "The value now is on the path.")
NEAR_PATH = Words(
    "今の値は道筋に届いていませんが、差はわずかです。",
    "The value now is short of the path, by little.",
)
OFF_PATH = Words("今の値は道筋に届いていません。", "The value now is short of the path.")
REACHED = Words("期日に目標に届いていました。", "The target was reached by the due date.")
MISSED = Words("期日に目標に届いていませんでした。", "The target was not reached by the due date.")
REACHED_NOW = Words("今の値は目標に届いています。", "The value now reaches the target.")
NO_PATH = Words(
    "予測も、基準値からの道筋もまだないため、言えません。",
    "There is neither a forecast nor a path from a baseline, so nothing can be said.",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A standing and the sentence that says why."""

    standing: Standing
    why: Words


def by_forecast(
    victory: VictoryCondition, forecast: Forecast, *, now: Point, expected: float | None
) -> Judged:
    """Judge by the forecast range, and by the path where the range leaves it open."""
    is_low_good = victory.operator is Operator.AT_MOST
    worst, best = forecast.low, forecast.high
    if is_low_good:
        worst, best = best, worst
    if victory.is_met_by(worst):
        return Judged(Standing.ON_TRACK, SURE)
    if not victory.is_met_by(best):
        return Judged(Standing.OFF, OUT_OF_REACH)
    is_on_path = expected is None or _is_ahead(victory, now.value, expected=expected)
    if victory.is_met_by(forecast.value) and is_on_path:
        return Judged(Standing.ON_TRACK, LIKELY)
    return Judged(Standing.AT_RISK, OPEN)


def by_path(victory: VictoryCondition, *, now: Point, expected: float | None) -> Judged:
    """Judge by where the path should be by now; unknown where there is no path."""
    start, target = victory.baseline.value, victory.target
    if expected is None or start is None or target is None:
        is_met = victory.is_met_by(now.value)
        return (
            Judged(Standing.ON_TRACK, REACHED_NOW) if is_met else Judged(Standing.UNKNOWN, NO_PATH)
        )
    if _is_ahead(victory, now.value, expected=expected):
        return Judged(Standing.ON_TRACK, ON_PATH)
    is_held = now.low is not None and now.high is not None and now.low <= expected <= now.high
    if is_held or abs(expected - now.value) <= NEAR * abs(target - start):
        return Judged(Standing.AT_RISK, NEAR_PATH)
    return Judged(Standing.OFF, OFF_PATH)


def at_the_end(victory: VictoryCondition, last: Point) -> Judged:
    """Judge after the due date, by the last value up to it."""
    is_met = victory.is_met_by(last.value)
    return Judged(Standing.WON, REACHED) if is_met else Judged(Standing.LOST, MISSED)


def _is_ahead(victory: VictoryCondition, value: float, *, expected: float) -> bool:
    return value <= expected if victory.operator is Operator.AT_MOST else value >= expected
