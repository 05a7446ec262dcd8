"""Figures: values as a brief prints and keeps them, with what they were counted from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from jibungoto.explain.claims import Tone
from jibungoto.explain.printing import Printed, printed, quoted
from jibungoto.explain.trends import Trend, Way
from jibungoto.ledger.finding import Finding, Interval, Quality
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import CATALOGUE, IntervalKind, Measure, Unit

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a value was counted from: a count, a share's two counts, or a sample's name."""

    count: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    sample: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One value on one day, the last one counted; a withheld one keeps only how it is printed.

    Withheld are values that could point at a few people: neither they nor their inputs are kept.
    """

    key: str
    measure: str
    part: str
    as_of: date
    version: int
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    quality: Quality = Quality.OK
    reason: Words | None = None
    inputs: Inputs = Inputs()
    withheld: Printed | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """What a measure meant when the brief was issued."""

    measure: str
    version: int
    name: Words
    definition: Words
    unit: Unit
    interval: IntervalKind
    window: int
    parts: dict[str, Words]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure against an earlier one: which way it went, by more than the margin or not."""

    now: str
    before: str
    way: Way
    tone: Tone


@dataclass(frozen=True, slots=True)
class Group:
    """So many people who each brought the same amounts; ``observed`` False: not seen to the end."""

    times: int
    amounts: tuple[float, ...]
    observed: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class SampleKept:
    """The amounts one value rests on, person by person, without who they are."""

    key: str
    groups: tuple[Group, ...]


def figure_key(measure: str, part: str, *, as_of: date) -> str:
    """Return the id of a value: measure, part and the last day counted."""
    return f"{measure}.{part}@{as_of}" if part else f"{measure}@{as_of}"


def figure_of(finding: Finding) -> Figure:
    """Return a finding, which counts the days before its ``as_of``, as a figure of a brief."""
    last = finding.as_of - _DAY
    figure = Figure(
        key=figure_key(finding.measure, finding.part, as_of=last),
        measure=finding.measure,
        part=finding.part,
        as_of=last,
        version=finding.definition_version,
        value=finding.value,
        n=finding.n,
        quality=finding.quality,
        reason=quoted(finding.reason) if finding.reason is not None else None,
    )
    if finding.value is None:
        return replace(figure, n=None)
    shown = printed(finding)
    if shown.is_hidden or shown.why is not None:
        return withheld(figure, shown)
    around = finding.interval
    return replace(
        figure,
        low=around.low if around else None,
        high=around.high if around else None,
        inputs=_inputs_of(finding, last),
    )


def withheld(figure: Figure, shown: Printed) -> Figure:
    """Return a figure of which only its printed words are kept."""
    return replace(figure, value=None, low=None, high=None, n=None, inputs=Inputs(), withheld=shown)


def _inputs_of(finding: Finding, last: date) -> Inputs:
    measure = _measures()[finding.measure]
    if measure.step.startswith("sample_"):
        return Inputs(sample=sample_key(measure, finding.part, as_of=last))
    if finding.numerator is not None and finding.denominator is not None:
        return Inputs(numerator=finding.numerator, denominator=finding.denominator)
    if measure.unit is Unit.PER_HUNDRED and finding.n and finding.value is not None:
        return Inputs(numerator=round(finding.value * finding.n / 100), denominator=finding.n)
    return Inputs(count=finding.value)


def shares_behind(measure: str) -> tuple[tuple[str, str], ...]:
    """Return of which two shares a difference is, by measure and part; none for anything else."""
    known = _measures().get(measure)
    if known is None or not known.compared:
        return ()
    parted = (one for one in _measures().values() if one.step == known.step and one.parts)
    found = next((one for one in parted if set(known.compared) <= set(one.parts)), None)
    return () if found is None else tuple((found.key, part) for part in known.compared)


def sample_key(measure: Measure, part: str, *, as_of: date) -> str:
    """Return the name of the sample a value rests on; measures of one step share theirs."""
    own = part if measure.has_own_samples else ""
    return figure_key(measure.step, own, as_of=as_of)


def finding_of(figure: Figure) -> Finding:
    """Return a figure as the finding it was, without what was withheld."""
    around = None
    if figure.low is not None and figure.high is not None:
        around = Interval(figure.low, figure.high)
    definition = _measures().get(figure.measure)
    is_share = definition is not None and definition.unit is Unit.FRACTION
    return Finding(
        measure=figure.measure,
        as_of=figure.as_of + _DAY,
        value=figure.value,
        part=figure.part,
        numerator=figure.inputs.numerator if is_share else None,
        denominator=figure.inputs.denominator if is_share else None,
        interval=around,
        n=figure.n,
        quality=figure.quality,
        reason=figure.reason,
        definition_version=figure.version,
    )


def shown_of(figure: Figure) -> Printed:
    """Return how a figure is printed."""
    return figure.withheld if figure.withheld is not None else printed(finding_of(figure))


def comparison_of(trend: Trend) -> Comparison | None:
    """Return what was said of two values, None where nothing was compared."""
    if trend.before is None or trend.way is Way.UNKNOWN:
        return None
    now, before = trend.now, trend.before
    return Comparison(
        now=figure_key(now.measure, now.part, as_of=now.as_of - _DAY),
        before=figure_key(before.measure, before.part, as_of=before.as_of - _DAY),
        way=trend.way,
        tone=trend.heads,
    )


def definition_of(measure: Measure) -> Definition:
    """Return a measure's definition as it is kept."""
    return Definition(
        measure=measure.key,
        version=measure.version,
        name=measure.name,
        definition=measure.definition,
        unit=measure.unit,
        interval=measure.interval,
        window=measure.window,
        parts=dict(measure.parts),
    )


def _measures() -> dict[str, Measure]:
    return {measure.key: measure for measure in CATALOGUE}
