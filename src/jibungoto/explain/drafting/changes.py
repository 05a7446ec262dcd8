"""What changed: the strongest first, and never only the good news (domain.md 14.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jibungoto.explain.claims import Claim, Tone
from jibungoto.explain.drafting.sentences import change, last_day, named, worded
from jibungoto.explain.printing import printed
from jibungoto.explain.report.health import HealthRow
from jibungoto.explain.trends import Way
from jibungoto.explain.wordings import (
    HIGHEST,
    LOST,
    LOWEST,
    NO_CHANGE,
    NO_PAST,
    NOTHING_WORSE,
)
from jibungoto.ledger.words import Words

AT_MOST = 3
LEAST_PAST = 6
"""So many month ends make a range that a value can leave."""

COMPARED = (
    *("active", "new", "act30", "welcome48", "unanswered72", "ttfr", "early_diversity"),
    *("starters", "starter_rate", "new_starter_share", "start_survival90", "caf50", "top1"),
    *("entries_total", "reach_total", "show", "first_time_rate", "stay_share", "ret_event"),
    *("outputs", "outputters", "heat", "stickiness", "multi_share", "staff_share"),
)
"""Every measure among which the strongest change is looked for."""

RULE = Words(
    "「起きた変化」は、過去と比べられた指標{n}個のうち、差が誤差の幅に対して大きい順に"
    "{most}つまでです。未達の見込みか注意の勝利条件があれば、それを1つ入れます。"
    "悪い方向の変化があれば、それも1つは入れます。なければ過去の月末の範囲を外れた値か、"
    "値が分からなくなった指標を入れます。どれもなければ、その旨を書きます。",
    "What changed: of {n} measures that could be compared, at most {most}, the largest difference "
    "against its margin of error first. A victory condition that is off or at risk is among them "
    "if there is any, and so is one change for the worse; if not, "
    "a value outside the range of its own month ends, or a measure that lost its value; if there "
    "is none of these either, a sentence says so.",
)
RULE_IN_SHORT = Words(
    "「起きた変化」は、比べられた指標{n}個のうち差の大きい順に{most}つまでで、悪い変化か意外な値が"
    "あれば必ず1つ入れます。",
    "What changed: of {n} measures compared, the {most} largest differences, one of them for the "
    "worse or a surprise if there is any.",
)


def changes(rows: Sequence[HealthRow], *, bad: Claim | None = None) -> tuple[Claim, ...]:
    """Return at most three changes and surprises, one of them bad or surprising if any is.

    ``bad`` is the victory condition that stands worst: it is never left out.
    """
    if bad is not None:
        return (*_beside(rows), bad)
    if not rows:
        return ()
    clear = clear_changes(rows)
    if any(row.trend.tone is Tone.WORSE for row in clear):
        return tuple(map(change, _with_a_worse(clear, at_most=AT_MOST)))
    found = _first(rows)
    told = {row.measure.key for row in clear[: AT_MOST - 1]}
    others = [row for row in rows if row.measure.key not in told]
    return (*found, surprise(others) or worded(NOTHING_WORSE))


def _first(rows: Sequence[HealthRow]) -> list[Claim]:
    """Return the two strongest changes, or that there are none."""
    found = [change(row) for row in clear_changes(rows)[: AT_MOST - 1]]
    if found:
        return found
    could = any(row.trend.way is not Way.UNKNOWN for row in rows)
    return [worded(NO_CHANGE if could else NO_PAST)]


def _beside(rows: Sequence[HealthRow]) -> list[Claim]:
    """Return what stands beside a bad victory condition: two lines, a worse one among them."""
    if not rows:
        return []
    clear = clear_changes(rows)
    if any(row.trend.tone is Tone.WORSE for row in clear):
        return [change(row) for row in _with_a_worse(clear, at_most=AT_MOST - 1)]
    odd = surprise(rows) if len(clear) < AT_MOST - 1 else None
    found = _first(rows)
    if odd is None or any(one.measures == odd.measures for one in found):
        return found
    return [*found, odd][: AT_MOST - 1]


def _with_a_worse(clear: Sequence[HealthRow], *, at_most: int) -> list[HealthRow]:
    """Return the strongest changes, the strongest for the worse always among them."""
    worst = next(row for row in clear if row.trend.tone is Tone.WORSE)
    chosen = list(clear[:at_most])
    return chosen if worst in chosen else [*chosen[: at_most - 1], worst]


def clear_changes(rows: Sequence[HealthRow]) -> list[HealthRow]:
    """Return what changed by more than its margin of error, the strongest first."""
    clear = [row for row in rows if row.trend.strength > 1 and row.trend.is_clear]
    return sorted(clear, key=lambda row: -row.trend.strength)


def surprise(rows: Sequence[HealthRow]) -> Claim | None:
    """Return a measure that lost its value, or one outside the range of its month ends."""
    return next(
        (one for one in (*map(lost, rows), *map(out_of_range, rows)) if one is not None), None
    )


def lost(row: HealthRow) -> Claim | None:
    """Return the sentence on a measure that had a value and has none now."""
    if row.trend.now.value is not None:
        return None
    past = [point for point in row.points[:-1] if point.height is not None]
    before = row.trend.before
    if not past or before is None or before.value is None or printed(before).why is not None:
        return None
    values = {"name": named(row.measure), "before": printed(before).said}
    found = worded(LOST, values | {"day": last_day(before)}, row=row, tone=Tone.WORSE)
    why = row.shown.why
    return replace(found, caveats=(why,)) if why is not None else found


def out_of_range(row: HealthRow) -> Claim | None:
    """Return the sentence on a value above or below every month end before."""
    past = [point.height for point in row.points[:-1] if point.height is not None]
    now = row.points[-1].height
    if now is None or len(past) < LEAST_PAST or min(past) <= now <= max(past):
        return None
    values = {"name": named(row.measure), "now": row.shown.said}
    values["n"] = Words(str(len(past)), str(len(past)))
    words = HIGHEST if now > max(past) else LOWEST
    return worded(words, values, row=row, tone=row.trend.tone)


def rule_of(rows: Sequence[HealthRow], *, is_short: bool = False) -> Words:
    """Return the rule by which the changes were chosen, with how many were compared."""
    compared = sum(row.trend.way is not Way.UNKNOWN for row in rows)
    return (RULE_IN_SHORT if is_short else RULE).filled(n=compared, most=AT_MOST)
