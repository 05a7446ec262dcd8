"""The sentences a draft is made of: each one claim, worded as its grade allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from jibungoto.explain.briefs.figures import figure_key
from jibungoto.explain.claims import NO_VALUES, Claim, Grade, Tone, drafted_from
from jibungoto.explain.printing import day, printed
from jibungoto.explain.report.health import HealthRow
from jibungoto.explain.trends import Way
from jibungoto.explain.wording import blocked_words
from jibungoto.explain.wordings import (
    BECAME,
    CHANGED,
    NOW,
    SINCE_CLEAR,
    SINCE_STEADY,
    UNKNOWN,
)
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import IntervalKind, Measure

_DAY = timedelta(days=1)


def worded(
    wording: Words,
    values: Mapping[str, Words] = NO_VALUES,
    *,
    grade: Grade = Grade.E1,
    row: HealthRow | None = None,
    tone: Tone = Tone.NEITHER,
) -> Claim:
    """Return one sentence with its names and numbers filled in, tied to the row it speaks of.

    InvalidChoice if the wording itself says more than its grade knows.
    """
    blocked = blocked_words(_unfilled(wording), grade)
    if blocked:
        raise InvalidChoice(
            Words(
                f"根拠の段階{grade}では使えない言葉があります: {blocked[0].word}",
                f"Grade {grade} does not allow this word: {blocked[0].word}",
            ),
            Words("件数と推移だけで書いてください。", "Say the count and its change, no more."),
        )
    text = Words(
        wording.ja.format(**{name: value.ja for name, value in values.items()}),
        wording.en.format(**{name: value.en for name, value in values.items()}),
    )
    drafted = drafted_from(wording, values)
    if row is None:
        return Claim(text=text, grade=grade, tone=tone, drafted=drafted)
    return Claim(
        drafted=drafted,
        text=text,
        grade=grade,
        tone=tone,
        measures=(row.measure.key,),
        figures=_figures(row, text),
        rows=(row.measure.key,),
    )


def _unfilled(wording: Words) -> Words:
    """Return a wording without its placeholders."""
    return Words(_bare(wording.ja), _bare(wording.en))


def _bare(text: str) -> str:
    kept, depth = [], 0
    for each in text:
        depth += each == "{"
        if not depth:
            kept.append(each)
        depth -= each == "}"
    return "".join(kept)


def _figures(row: HealthRow, text: Words) -> tuple[str, ...]:
    """Return the ids of the values a sentence really quotes."""
    found = [row.trend.now]
    before = row.trend.before
    if before is not None and printed(before).said.ja in text.ja:
        found.append(before)
    return tuple(id_of(one) for one in found)


def id_of(finding: Finding) -> str:
    """Return the id of a finding's figure."""
    return figure_key(finding.measure, finding.part, as_of=finding.as_of - _DAY)


def state(row: HealthRow) -> Claim:
    """Say where a measure stands, and against what it may be held."""
    trend = row.trend
    values = {"name": named(row.measure), "now": row.shown.said}
    if row.shown.why is not None:
        return replace(worded(UNKNOWN, values, row=row), caveats=(row.shown.why,))
    if trend.before is None or trend.way is Way.UNKNOWN:
        return worded(NOW, values, row=row)
    values |= {"before": printed(trend.before).said, "day": last_day(trend.before)}
    if row.measure.interval is IntervalKind.NONE:
        return worded(BECAME, values, row=row, tone=trend.tone)
    words = SINCE_CLEAR if trend.is_clear else SINCE_STEADY
    return worded(words, values, row=row, tone=trend.tone)


def change(row: HealthRow) -> Claim:
    """Say which way a measure went that changed by more than its margin of error."""
    before = row.trend.before
    values = {
        "name": named(row.measure),
        "now": row.shown.said,
        "before": printed(before).said,
        "day": last_day(before or row.trend.now),
    }
    return worded(CHANGED[row.trend.way], values, row=row, tone=row.trend.tone)


def named(measure: Measure) -> Words:
    """Return a measure's name with the days it looks back on."""
    if not measure.window:
        return measure.name
    name, days = measure.name, measure.window
    return Words(f"{name.ja}(直近{days}日)", f"{name.en} (last {days} days)")


def last_day(finding: Finding) -> Words:
    """Return the last day a value counts, as one writes it."""
    return day(finding.as_of - _DAY)
