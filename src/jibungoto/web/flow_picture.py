"""The picture of where people go next: from each kind of place on the left to the next one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jibungoto.web.figure import Caption, Drawing, Legend, Table, figure

ROW = 58
TOP = 6
LABEL = 14
BAND = 30
WIDE = 1000  # the inner drawing's own width; it is stretched to the column
THIN = 2.0


@dataclass(frozen=True, slots=True)
class Flow:
    """So many people went from one place, by its line on the left, to one on the right."""

    start: str
    goal: str
    people: int


def flow_picture(
    caption: Caption, flows: Sequence[Flow], *, names: Mapping[str, str], table: Table
) -> SafeString:
    """Draw a band for each flow, as wide as many went; the widest is as high as its line."""
    lines = [key for key in names if any(key in (one.start, one.goal) for one in flows)]
    inside = format_html(
        '<svg x="0" y="{top}" width="100%" height="{height}" viewBox="0 0 {wide} {height}" '
        'preserveAspectRatio="none" overflow="visible">{bands}</svg>{labels}',
        top=TOP,
        height=ROW * len(lines),
        wide=WIDE,
        bands=format_html_join(
            "", '<path class="flow" stroke-width="{}" d="{}"/>', _bands(lines, flows)
        ),
        labels=format_html_join("", "{}", ((one,) for one in _labels(lines, names, flows=flows))),
    )
    return figure(
        caption, Drawing(TOP + ROW * len(lines), inside), legend=Legend([], "line"), table=table
    )


def _bands(lines: Sequence[str], flows: Sequence[Flow]) -> Iterator[tuple[float, str]]:
    """Return how wide each band is and its way; at one place they lie below each other."""
    out = {key: sum(one.people for one in flows if one.start == key) for key in lines}
    into = {key: sum(one.people for one in flows if one.goal == key) for key in lines}
    each = BAND / max([*out.values(), *into.values()], default=1)
    left, right = dict.fromkeys(lines, 0), dict.fromkeys(lines, 0)
    for one in flows:
        begins = _middle(lines, one.start, before=left[one.start] + one.people / 2, each=each)
        ends = _middle(lines, one.goal, before=right[one.goal] + one.people / 2, each=each)
        left[one.start] += one.people
        right[one.goal] += one.people
        way = f"M0 {begins}C{WIDE // 2} {begins} {WIDE // 2} {ends} {WIDE} {ends}"
        yield round(max(one.people * each, THIN), 1), way


def _middle(lines: Sequence[str], key: str, *, before: float, each: float) -> float:
    return round(ROW * lines.index(key) + LABEL + 4 + before * each, 1)


def _labels(
    lines: Sequence[str], names: Mapping[str, str], *, flows: Sequence[Flow]
) -> Iterator[SafeString]:
    """Name the lines on both sides, where anybody comes from or goes to."""
    sides = (
        ("start", "0", [one.start for one in flows]),
        ("end", "100%", [one.goal for one in flows]),
    )
    for anchor, x, met in sides:
        for at, key in enumerate(lines):
            if key in met:
                yield format_html(
                    '<text class="end" x="{}" y="{}" text-anchor="{}">{}</text>',
                    x,
                    TOP + ROW * at + LABEL - 3,
                    anchor,
                    names[key],
                )
