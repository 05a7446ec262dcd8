"""One line of time: what a person did in every source, month by month, a row for each source."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jibungoto.gather.families import Family, family_of
from jibungoto.web.figure import Caption, Drawing, Legend, Table, figure
from jibungoto.web.language import page_language
from jibungoto.web.scale import month
from jibungoto.web.wording import day_words, source_name

ROW = 58
BAR = 32
LEAST = 4
LABEL = 16
BELOW = 22

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One source: its name, the tone of its family, and how much was done in each month."""

    name: str
    tone: int
    months: Counter[Month]


def line_of_time(
    told: Mapping[str, Sequence[tuple[date, str, int]]], *, kinds: frozenset[str], last: date
) -> SafeString | None:
    """Draw what was done in each source; ``kinds`` are those that count. None: nothing was."""
    acts = {
        source: [(day, count) for day, kind, count in days if kind in kinds]
        for source, days in told.items()
    }
    acts = {source: found for source, found in acts.items() if found}
    if not acts:
        return None
    first = min(day for found in acts.values() for day, _count in found)
    months = _months(first, last)
    rows = _rows(acts)
    highest = max(max(row.months.values()) for row in rows)
    drawn = format_html_join(
        "",
        "{}",
        ((_row(row, months, top=ROW * at, highest=highest),) for at, row in enumerate(rows)),
    )
    height = ROW * len(rows)
    return figure(
        _caption(acts),
        Drawing(height + BELOW, format_html("{}{}", drawn, _ends(months, height))),
        legend=Legend([one.words.said_in(page_language()) for one in _families(acts)], "stretch"),
        table=_table(acts, months),
    )


def _caption(acts: Mapping[str, Sequence[tuple[date, int]]]) -> Caption:
    sources = ngettext(
        "On record in %(count)d source, the last time on %(last)s.",
        "On record in %(count)d sources, the last time on %(last)s.",
        len(acts),
    )
    last = max(day for found in acts.values() for day, _count in found)
    words = sources % {"count": len(acts), "last": day_words(last)}
    return Caption(
        _("One line of time"), f"{words} {_('One bar is a month, higher where there was more.')}"
    )


def _families(sources: Iterable[str]) -> list[Family]:
    met = {family_of(source) for source in sources}
    return [family for family in Family if family in met]


def _rows(acts: Mapping[str, Sequence[tuple[date, int]]]) -> list[Row]:
    """Return a row for each source, those of one family together and in one tone."""
    return [
        Row(source_name(source), tone, _by_month(acts[source]))
        for tone, family in enumerate(_families(acts), 1)
        for source in sorted(acts)
        if family_of(source) is family
    ]


def _by_month(days: Sequence[tuple[date, int]]) -> Counter[Month]:
    months: Counter[Month] = Counter()
    for day, count in days:
        months[day.year, day.month] += count
    return months


def _months(first: date, last: date) -> list[Month]:
    """Return all months from that of one day to that of another."""
    begin, end = 12 * first.year + first.month - 1, 12 * last.year + last.month - 1
    return [(number // 12, number % 12 + 1) for number in range(begin, max(begin, end) + 1)]


def _row(row: Row, months: Sequence[Month], *, top: int, highest: int) -> SafeString:
    width = 100 / len(months)
    foot = top + LABEL + 6 + BAR
    bars = (
        (row.tone, *_bar(at, row.months[one], width=width, foot=foot, highest=highest))
        for at, one in enumerate(months)
        if row.months[one]
    )
    return format_html(
        '<text class="axis" x="0" y="{}">{}</text>'
        '<line class="rule" x1="0" x2="100%" y1="{}" y2="{}"/>{}',
        top + LABEL - 2,
        row.name,
        foot,
        foot,
        format_html_join(
            "", '<rect class="stretch tone-{}" x="{}%" y="{}" width="{}%" height="{}"/>', bars
        ),
    )


def _bar(
    at: int, count: int, *, width: float, foot: int, highest: int
) -> tuple[float, float, float, float]:
    """Return x, y, width and height of one month; heights grow with the root, so one act shows."""
    height = round(max(LEAST, BAR * math.sqrt(count / highest)), 1)
    return round(width * (at + 0.1), 3), round(foot - height, 1), round(width * 0.8, 3), height


def _ends(months: Sequence[Month], height: int) -> SafeString:
    first, last = (month(date(*one, 1)) for one in (months[0], months[-1]))
    return format_html(
        '<text class="axis" x="0" y="{y}">{first}</text>'
        '<text class="axis" x="100%" y="{y}" text-anchor="end">{last}</text>',
        y=height + 14,
        first=first,
        last=last if len(months) > 1 else "",
    )


def _table(acts: Mapping[str, Sequence[tuple[date, int]]], months: Sequence[Month]) -> Table:
    counted = {source: _by_month(acts[source]) for source in sorted(acts)}
    return Table(
        heads=[_("Month"), *map(source_name, counted)],
        rows=[
            [month(date(*one, 1)), *(str(found[one]) for found in counted.values())]
            for one in months
            if any(found[one] for found in counted.values())
        ],
    )
