"""Values as they are printed everywhere: the rules for small numbers, intervals and unknowns.

The rules are domain.md 7: below ten only "k of n" and no percentage, below thirty the percentage
with its interval and the word "small n", and what is not known is a dash with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from jibungoto.explain.printing import COUNTED, percent
from jibungoto.ledger.finding import Finding, Interval, Quality
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import Direction, Measure, Unit
from jibungoto.understand.findings import FEW
from jibungoto.understand.reasons import SMALL
from jibungoto.web.language import page_language
from jibungoto.web.scale import written

UNKNOWN = "-"
_COUNTS = frozenset({Unit.PERSONS, Unit.ENTRIES, Unit.OUTPUTS, Unit.STARTS, Unit.EVENTS})


@dataclass(frozen=True, slots=True)
class OnPage:
    """One value as a page shows it; every field but ``value`` may be empty.

    ``text`` is value and unit in one, spaced as the language of the page does.
    ``spread`` is the 95 % interval, ``size`` how many the value rests on, ``caution`` the word
    for how far it can be relied on with its ``tone``, ``reason`` the sentence behind that word.
    """

    value: str
    unit: str = ""
    text: str = UNKNOWN
    spread: str = ""
    size: str = ""
    caution: str = ""
    tone: str = ""
    reason: str = ""

    @property
    def is_known(self) -> bool:
        """False where a dash stands for the value."""
        return self.value != UNKNOWN


def said(words: Words) -> str:
    """Return words in the language of the page."""
    return words.said_in(page_language())


def printed(measure: Measure, finding: Finding) -> OnPage:
    """Print one value of a measure, in the language of the page."""
    reason = said(finding.reason) if finding.reason else ""
    if finding.value is None:
        return OnPage(UNKNOWN, caution=_("cannot be told"), tone="outline", reason=reason)
    value, unit = _value_of(measure, finding)
    small = is_small(measure, finding)
    caution, tone = _caution(finding.quality, small=small)
    return OnPage(
        value=value,
        unit=unit,
        text=_joined(value, unit),
        spread="" if is_few(measure, finding) else _spread(measure, finding.interval),
        size=_size(measure, finding),
        caution=caution,
        tone=tone,
        reason="" if finding.reason == SMALL.filled(n=finding.n) else reason,
    )


def share_of_acts(count: int, of: int) -> str:
    """Print how many of all acts; with the percentage only where it rests on enough of them."""
    told = {"k": _plain(count), "n": _plain(of)}
    words = pgettext("a share of posts", "%(k)s of %(n)s") % told
    return f"{words} ({percent(count / of)})" if of >= FEW else words


def is_few(measure: Measure, finding: Finding) -> bool:
    """Say whether a share has so small a denominator that no percentage may be printed."""
    return (
        measure.unit is Unit.FRACTION
        and finding.denominator is not None
        and finding.denominator < measure.min_n
    )


def is_small(measure: Measure, finding: Finding) -> bool:
    """Say whether a value needs the word "small n" beside it."""
    if finding.quality is Quality.SMALL_N:
        return True
    return (
        measure.unit is Unit.FRACTION
        and finding.denominator is not None
        and finding.denominator < FEW
    )


def part_name(measure: Measure, part: str) -> str:
    """Return the name of one line of a measure; the whole has the measure's own name."""
    if not part:
        return said(measure.name)
    if part.startswith("source:"):
        return part.removeprefix("source:").capitalize()
    return said(measure.parts[part]) if part in measure.parts else part


def direction_words(direction: Direction) -> str:
    """Return which way is better, in words."""
    return {
        Direction.UP: _("Higher is better."),
        Direction.DOWN: _("Lower is better."),
        Direction.NONE: _("Neither high nor low is better in itself."),
    }[direction]


def window_words(measure: Measure) -> str:
    """Return how far back a measure looks."""
    if measure.is_quarterly:
        return _("the last complete quarter")
    if measure.window == 0:
        return _("on the day")
    days = ngettext("the last %(days)s day", "the last %(days)s days", measure.window)
    return days % {"days": measure.window}


def _value_of(measure: Measure, finding: Finding) -> tuple[str, str]:
    value = finding.value or 0.0
    if is_few(measure, finding):
        told = {"k": _plain(finding.numerator or 0), "n": _plain(finding.denominator or 0)}
        if measure.key in COUNTED:
            return pgettext("a share of posts", "%(k)s of %(n)s") % told, ""
        return pgettext("a share of people", "%(k)s of %(n)s") % told, ""
    if measure.unit is Unit.FRACTION:
        return percent(value).rstrip("%"), "%"
    if measure.unit is Unit.INDEX:
        return _index(value), ""
    return _plain(value), _unit_words(measure.unit, round(value))


def unit_words(unit: Unit) -> str:
    """Say in what a measure is counted, as it stands beside a field for a number of it."""
    return "%" if unit is Unit.FRACTION else _unit_words(unit, 2)


def _unit_words(unit: Unit, value: int) -> str:
    """Return what stands after a value; a number of its own kind has nothing."""
    return {
        Unit.PERSONS: ngettext("person", "people", value),
        Unit.HOURS: _("hours"),
        Unit.MINUTES: _("minutes"),
        Unit.VARIETY: _("kinds × places"),
        Unit.ENTRIES: ngettext("registration", "registrations", value),
        Unit.OUTPUTS: ngettext("output", "outputs", value),
        Unit.STARTS: npgettext("what somebody started", "start", "starts", value),
        Unit.PER_HUNDRED: _("for every 100 attendances"),
        Unit.EVENTS: npgettext("how many were held", "event", "events", value),
        Unit.DAYS: ngettext("day", "days", value),
        Unit.ORGANISATIONS: ngettext("organisation", "organisations", value),
        Unit.POINTS: _("points (association)"),
    }.get(unit, "")


def _joined(value: str, unit: str) -> str:
    close = unit in {"", "%"} or page_language() == "ja"
    return f"{value}{'' if close else ' '}{unit}"


def _caution(quality: Quality, *, small: bool) -> tuple[str, str]:
    if quality is Quality.PARTIAL_SOURCE:
        return _("only a part"), "calm"
    if quality is Quality.STALE:
        return _("old"), "amber"
    return (_("small n"), "outline") if small else ("", "")


def _spread(measure: Measure, interval: Interval | None) -> str:
    if interval is None:
        return ""
    if measure.unit is Unit.FRACTION:
        return f"95%: {percent(interval.low)}–{percent(interval.high)}"
    if measure.unit is Unit.INDEX:
        return f"95%: {_index(interval.low)}–{_index(interval.high)}"
    return f"95%: {_plain(interval.low)}–{_plain(interval.high)}"


def _size(measure: Measure, finding: Finding) -> str:
    """Return how many a value rests on; a count rests on itself, and "k of n" says it already."""
    if finding.n is None or is_few(measure, finding):
        return ""
    if finding.denominator is None and measure.unit in _COUNTS and not _is_sample(measure):
        return ""
    return f"n = {_plain(finding.n)}"


def _is_sample(measure: Measure) -> bool:
    return measure.step.startswith("sample_")


def _index(value: float) -> str:
    """Write a number between 0 and 1 that is no share."""
    return str(formats.number_format(Decimal(f"{value:.2f}"), decimal_pos=2))


def _plain(value: float) -> str:
    return written(value, percent=False)
