"""The map of stakeholders: how they stand across, how much their word weighs upwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jibungoto.sustain.askers import INFLUENCES, STANCES
from jibungoto.web.figure import Caption, Drawing, Legend, Table, figure
from jibungoto.web.printing import said

ROW = 76
TOP = 8
FOOT = 44
RADIUS = 13
STEP = 29
A_ROW = 2
"""So many marks stand side by side in a field; further ones below them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody on the map, by the number under which they stand in the list beside it."""

    number: int
    name: str
    influence: int
    stance: int


def stance_map(caption: Caption, marks: Sequence[Mark]) -> SafeString:
    """Draw everybody as a numbered mark in one of 15 fields; the table under it has the names."""
    height = ROW * len(INFLUENCES)
    inside = format_html(
        "{}{}{}{}",
        _fields(height),
        format_html_join("", "{}", ((one,) for one in _rows())),
        format_html_join("", "{}", ((one,) for one in _columns(height))),
        format_html_join("", "{}", ((one,) for one in _marks(marks))),
    )
    return figure(
        caption,
        Drawing(TOP + height + FOOT, inside),
        legend=Legend([], "dot"),
        table=Table(
            heads=[_("Name"), _("Weight"), _("Stance")],
            rows=[
                [
                    f"{one.number}. {one.name}",
                    said(INFLUENCES[one.influence]),
                    said(STANCES[one.stance]),
                ]
                for one in marks
            ],
        ),
    )


def _fields(height: int) -> SafeString:
    """Draw the grid."""
    width = 100 / len(STANCES)
    edges = format_html_join(
        "",
        '<line class="rule" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>',
        ((round(width * at, 3), TOP, TOP + height) for at in range(len(STANCES) + 1)),
    )
    across = format_html_join(
        "",
        '<line class="rule" x1="0" x2="100%" y1="{0}" y2="{0}"/>',
        ((TOP + ROW * at,) for at in range(len(INFLUENCES) + 1)),
    )
    return format_html("{}{}", edges, across)


def _rows() -> Iterator[SafeString]:
    for influence, words in INFLUENCES.items():
        y = TOP + ROW * (len(INFLUENCES) - influence)
        yield format_html(
            '<text class="axis over-rules" x="6" y="{}">{}</text>', y + 15, said(words)
        )


def _columns(height: int) -> Iterator[SafeString]:
    """Label the columns; every second label stands lower where the screen is narrow."""
    width = 100 / len(STANCES)
    for at, words in enumerate(STANCES.values()):
        yield format_html(
            '<text class="axis{}" x="{}%" y="{}" text-anchor="middle">{}</text>',
            " lower" if at % 2 else "",
            round(width * (at + 0.5), 3),
            TOP + height + 18,
            said(words),
        )


def _marks(marks: Sequence[Mark]) -> Iterator[SafeString]:
    width = 100 / len(STANCES)
    seen: dict[tuple[int, int], int] = {}
    for one in marks:
        field = (one.influence, one.stance)
        at = seen.get(field, 0)
        seen[field] = at + 1
        x = round(width * (one.stance - min(STANCES) + 0.5), 3)
        y = TOP + ROW * (len(INFLUENCES) - one.influence) + 34 + STEP * (at // A_ROW)
        shift = STEP * (at % A_ROW) - STEP // 2 if _is_paired(marks, field, at=at) else 0
        yield format_html(
            '<svg x="{x}%" y="{y}" overflow="visible"><g transform="translate({shift} 0)">'
            '<circle class="mark" r="{radius}"/>'
            '<text class="mark-number" y="4" text-anchor="middle">{number}</text></g></svg>',
            x=x,
            y=y,
            shift=shift,
            radius=RADIUS,
            number=one.number,
        )


def _is_paired(marks: Sequence[Mark], field: tuple[int, int], *, at: int) -> bool:
    """Say whether somebody stands beside a mark in its row of the field."""
    there = sum((one.influence, one.stance) == field for one in marks)
    return at % A_ROW == 1 or there > at + 1
