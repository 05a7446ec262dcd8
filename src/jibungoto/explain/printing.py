"""How numbers are printed for outsiders: small ones, hidden ones, unknown ones (domain.md 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from jibungoto.explain.claims import causal_words_in
from jibungoto.ledger.finding import Finding, Interval
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import IntervalKind, Measure, Unit, measure_of
from jibungoto.understand.findings import FEW

TOO_FEW = 10
"""Below this denominator no percentage is printed, and no median."""
HIDDEN_BELOW = 5
"""Counts from 1 up to, not with, this one never leave the house, nor what is left beside them."""

DASH = Words("-", "-")
NOTHING = Words("データがありません。", "There is no data.")
FEW_ASKED = Words("対象が10件未満です。", "Fewer than 10 cases.")
TELLS_TOO_MUCH = Words(
    "少数の人が分かってしまうため、示しません。", "Not shown: it would point at a few people."
)
PARTLY = Words("一部のデータで数えた値です。", "Counted from part of the sources only.")
_SMALL_COUNT = re.compile(
    r"(?<![\d.,])[1-4](?=人|件|\s(?:more\s)?(?:people|members|persons|registrations|events)\b"
    r"|\sof\sthem\b|\smore,)"
)
_SMALL_END = re.compile(r"(?<=Small n: )[1-4](?!\d)")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


COUNTED: dict[str, str] = dict.fromkeys(
    (
        *("welcome48", "unanswered72", "ttfr", "entries_total", "show", "no_show", "switch"),
        *("first_time_rate", "stay", "stay_share", "outputs", "output_rate", "identity_coverage"),
        *("staff_share", "staff_start_share", "start_survival90", "failed_starts"),
        *("events_held", "event_gap", "rsvps", "rsvps_per_event", "yoko_after"),
    ),
    "件",
) | {"ef50": "組織"}
"""Measures that count posts, events, registrations, attendances, acts or organisations, not people.
"""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finding as it may be shown: ``value``, ``interval`` and ``n`` in tables.

    ``said`` is for sentences, ``why`` the reason where the value is a dash.
    """

    value: Words
    interval: Words
    n: Words
    said: Words
    why: Words | None = None
    is_small: bool = False
    is_hidden: bool = False


def is_hidden(count: float | None) -> bool:
    """Say whether a count is one of those that could point at a person."""
    return count is not None and 0 < count < HIDDEN_BELOW


def cell(count: float) -> Words:
    """Return a count for a table."""
    if is_hidden(count):
        return Words("5未満", "<5")
    return Words(f"{count:,.0f}", f"{count:,.0f}")


def said(count: float, counter: str = "人") -> Words:
    """Return a count for a sentence."""
    if is_hidden(count):
        return Words(f"5{counter}未満", "fewer than 5")
    return Words(f"{count:,.0f}{counter}", f"{count:,.0f}")


def percent(fraction: float) -> str:
    """Return a fraction as whole per cent; only what is exactly none or all reads 0% or 100%."""
    shown = f"{fraction * 100:.0f}"
    if shown in ("0", "100") and 0 < fraction < 1:
        shown = f"{min(max(fraction * 100, 0.1), 99.9):.1f}"
    return f"{shown}%"


def day(when: date) -> Words:
    """Return a day as one writes it."""
    return Words(
        f"{when.year}年{when.month}月{when.day}日",
        f"{when.day} {_MONTHS[when.month - 1]} {when.year}",
    )


def month(when: date) -> Words:
    """Return a month for a table's head."""
    return Words(f"{when.year}年{when.month}月", f"{_MONTHS[when.month - 1]} {when.year}")


def quoted(reason: Words) -> Words:
    """Return a reason as it may leave the house: no small counts, no words of cause."""
    if causal_words_in(reason.ja) or causal_words_in(reason.en):
        return PARTLY
    ja = _SMALL_COUNT.sub("5未満の", reason.ja)
    en = _SMALL_END.sub("<5", _SMALL_COUNT.sub("fewer than 5", reason.en))
    return Words(ja=re.sub("5未満の(人|件)", r"5\1未満", ja), en=en)


def printed(finding: Finding | None) -> Printed:
    """Return how a finding is shown to somebody outside the house."""
    if finding is None or finding.value is None:
        why = finding.reason if finding is not None else None
        return dash(quoted(why) if why is not None else NOTHING)
    if finding.numerator is not None and finding.denominator:
        return _share(finding, finding.numerator, n=finding.denominator)
    measure = measure_of(finding.measure)
    if measure is not None and measure.unit in (Unit.HOURS, Unit.VARIETY):
        return _middle(finding, hours=measure.unit is Unit.HOURS)
    if measure is not None and (shape := _shape_of(measure)) is not None:
        return _shaped(finding, finding.value, shape=shape)
    return _count(finding, finding.value)


def dash(why: Words) -> Printed:
    """Return what stands where nothing can be said."""
    return Printed(value=DASH, interval=DASH, n=DASH, said=DASH, why=why)


def _count(finding: Finding, value: float) -> Printed:
    spread = finding.interval if not is_hidden(value) else None
    return Printed(
        value=cell(value),
        interval=_between(spread, "{:,.0f}") if spread else DASH,
        n=DASH,
        said=said(value, COUNTED.get(finding.measure, "人")),
        is_hidden=is_hidden(value),
    )


def _share(finding: Finding, k: float, *, n: float) -> Printed:
    counter = COUNTED.get(finding.measure, "人")
    if is_hidden(n):
        return dash(Words(f"対象が5{counter}未満です。", "Fewer than 5 cases."))
    if is_hidden(n - k) and not is_hidden(k):
        return _all_but_few(n, counter)
    of = Words(f"{n:,.0f}{counter}中{said(k, counter).ja}", f"{said(k).en} of {n:,.0f}")
    in_table = Words(f"{cell(k).ja} / {n:,.0f}", f"{cell(k).en} / {n:,.0f}")
    if is_hidden(k) or n < TOO_FEW or finding.interval is None:
        hidden = is_hidden(k)
        short = Words(of.ja, f"{cell(k).en} of {n:,.0f}")
        return Printed(short, DASH, n=in_table, said=of, is_small=n < FEW, is_hidden=hidden)
    share = percent(k / n)
    spread = finding.interval
    low, high = percent(spread.low), percent(spread.high)
    few = Words(f"、95%区間{low}〜{high}、少数", f", 95% interval {low} to {high}, small n")
    more = few if n < FEW else Words("", "")
    return Printed(
        value=Words(share, share),
        interval=Words(f"{low}〜{high}", f"{low} to {high}"),
        n=in_table,
        said=Words(f"{share}({of.ja}{more.ja})", f"{share} ({of.en}{more.en})"),
        is_small=n < FEW,
    )


def _all_but_few(n: float, counter: str) -> Printed:
    """Print a count so near the whole that the few left over would follow by subtraction."""
    least = max(n - HIDDEN_BELOW + 1, HIDDEN_BELOW)
    if least == n - 1:
        return dash(TELLS_TOO_MUCH)
    of = Words(f"{n:,.0f}{counter}中{least:,.0f}{counter}以上", f"{least:,.0f} or more of {n:,.0f}")
    return Printed(
        value=of,
        interval=DASH,
        n=Words(f"{least:,.0f}以上 / {n:,.0f}", f"{least:,.0f}+ / {n:,.0f}"),
        said=of,
        is_small=n < FEW,
        is_hidden=True,
    )


def _middle(finding: Finding, *, hours: bool) -> Printed:
    n = finding.n or 0
    if n < TOO_FEW or finding.value is None:
        return dash(FEW_ASKED)
    counter = COUNTED.get(finding.measure, "人")
    shown = f"{finding.value:,.1f}"
    value = Words(f"{shown}時間", f"{shown} h")
    spoken = value
    if not hours:
        value = Words(f"{shown}種類", f"{shown} kinds")
        spoken = Words(
            f"平均{shown}種類の体験(行動×場所)",
            f"{shown} kinds of experience (act × place) on average",
        )
    return Printed(
        value=value,
        interval=_between(finding.interval, "{:,.1f}") if finding.interval else DASH,
        n=Words(f"{n:,}", f"{n:,}"),
        said=Words(f"{spoken.ja}(対象{n:,}{counter})", f"{spoken.en} (n = {n:,})"),
        is_small=n < FEW,
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a value that counts nobody is written: its number, and the words around it."""

    number: str
    around: Words
    scale: float = 1


_PERCENT = _Shape("{:,.0f}", Words("{}%", "{}%"), 100)
_SHAPES: dict[Unit, _Shape] = {
    Unit.MINUTES: _Shape("{:,.0f}", Words("{}分", "{} min")),
    Unit.INDEX: _Shape("{:.2f}", Words("{}", "{}")),
    Unit.PER_HUNDRED: _Shape("{:,.1f}", Words("参加100件あたり{}件", "{} per 100 attendances")),
    Unit.FRACTION: _PERCENT,
    Unit.DAYS: _Shape("{:,.1f}", Words("{}日", "{} days")),
    Unit.POINTS: _Shape("{:+,.0f}", Words("{}ポイント(関連)", "{} points (association)")),
}
_MEDIAN_PEOPLE = _Shape("{:,.1f}", Words("{}人(中央値)", "{} (median)"))


def _shape_of(measure: Measure) -> _Shape | None:
    """Return how values of a measure are written that are neither counts nor shares."""
    if measure.interval is IntervalKind.BOOTSTRAP_MEDIAN and measure.unit is Unit.PERSONS:
        return _MEDIAN_PEOPLE
    return _SHAPES.get(measure.unit)


def _shaped(finding: Finding, value: float, *, shape: _Shape) -> Printed:
    n = finding.n or 0
    if n < TOO_FEW:
        return dash(FEW_ASKED)
    number = shape.number.format(value * shape.scale)
    shown = Words(shape.around.ja.format(number), shape.around.en.format(number))
    counter = COUNTED.get(finding.measure, "人")
    spread = finding.interval
    return Printed(
        value=shown,
        interval=_between(
            Interval(spread.low * shape.scale, spread.high * shape.scale), shape.number
        )
        if spread
        else DASH,
        n=Words(f"{n:,}", f"{n:,}"),
        said=Words(f"{shown.ja}(対象{n:,}{counter})", f"{shown.en} (n = {n:,})"),
        is_small=n < FEW,
    )


def _between(spread: Interval, shape: str) -> Words:
    low, high = shape.format(spread.low), shape.format(spread.high)
    return Words(f"{low}〜{high}", f"{low} to {high}")
