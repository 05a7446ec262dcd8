"""The history of a measure, drawn large or small: month ends and now, with gaps where unknown."""

from __future__ import annotations

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jibungoto.desk.understand.measures import Measured
from jibungoto.ledger.finding import Finding
from jibungoto.understand.catalogue import Unit
from jibungoto.web.pictures import Caption, Series, line_picture, stacked_picture
from jibungoto.web.printing import is_few, part_name, printed
from jibungoto.web.sparkline import sparkline
from jibungoto.web.wording import day_words

GAIN_AND_LOSS = ("first_acts", "became_dormant")
STAGES = ("S1", "S2", "S3", "S4", "S5")


def history_picture(one: Measured) -> SafeString | None:
    """Draw the measure over the last year, or nothing where fewer than two days are known."""
    days = sorted({finding.as_of for series in one.history.values() for finding in series})
    series = [_series(one, part, days=days) for part in _drawn_parts(one)]
    if sum(value is not None for value in series[0].values) < 2:
        return None
    percent = one.measure.unit is Unit.FRACTION
    caption = Caption(_("The last twelve months"), _sentence(one, series[0], days=days))
    if _is_by_stage(one):
        return stacked_picture(caption, series, days=days, percent=percent)
    return line_picture(caption, series, days=days, percent=percent)


def small_picture(one: Measured) -> SafeString | None:
    """Draw how the whole went over the last year, as small as a word; None where there is none."""
    series = one.history.get("", ())
    return sparkline([_drawn(one, finding) for finding in sorted(series, key=lambda f: f.as_of)])


def _drawn_parts(one: Measured) -> tuple[str, ...]:
    """Return the lines to draw; what may fall below nothing is drawn as what came and what went."""
    if _is_by_stage(one):
        return STAGES
    return GAIN_AND_LOSS if set(GAIN_AND_LOSS) <= set(one.now) else ("",)


def _is_by_stage(one: Measured) -> bool:
    return "" not in one.now and "S1" in one.now


def _series(one: Measured, part: str, *, days: list[date]) -> Series:
    """Return a line; a share of so few that no percentage may be printed makes a gap."""
    held = {finding.as_of: finding for finding in one.history.get(part, ())}
    return Series(part_name(one.measure, part), [_drawn(one, held.get(day)) for day in days])


def _drawn(one: Measured, finding: Finding | None) -> float | None:
    if finding is None or is_few(one.measure, finding):
        return None
    return finding.value


def _sentence(one: Measured, series: Series, *, days: list[date]) -> str:
    """Say where the line began and where it ends; of stages the picture itself must speak."""
    if _is_by_stage(one):
        return _("One bar for each month end, and one for now.")
    known = [day for day, value in zip(days, series.values, strict=True) if value is not None]
    held = {finding.as_of: finding for finding in one.history.get("", ())}
    first, last = (printed(one.measure, held[day]) for day in (known[0], known[-1]))
    return _("From %(first)s on %(first_day)s to %(last)s on %(last_day)s.") % {
        "first": first.text,
        "last": last.text,
        "first_day": day_words(known[0]),
        "last_day": day_words(known[-1]),
    }
