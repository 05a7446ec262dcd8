"""The frame of a picture: its sentence before it, its legend, and its table under it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jibungoto.web.markup import joined_html

EMPTY = mark_safe("")
GAUGE = 44  # pixels left of a drawing for the marks of its scale


@dataclass(frozen=True, slots=True)
class Caption:
    """What a picture is called, and the sentence that answers the question it was drawn for."""

    title: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """The names of what is drawn; the n-th has the n-th tone. ``look`` is line, band or dot."""

    names: Sequence[str]
    look: str


@dataclass(frozen=True, slots=True)
class Table:
    """The picture's numbers as text; the first column names the row."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The inside of an SVG of full width and ``height`` pixels, and the marks left of it."""

    height: int
    inside: SafeString
    gauge: SafeString = EMPTY


def figure(caption: Caption, drawing: Drawing, *, legend: Legend, table: Table) -> SafeString:
    """Put a drawing into its frame; every text is escaped here or by whoever drew it."""
    name = _name_of(caption, table)
    return format_html(
        '<figure class="picture"><figcaption><p class="picture-title">{title}</p>{sentence}'
        "</figcaption>{legend}"
        '<div class="canvas">{gauge}<svg class="drawing" width="100%" height="{height}" role="img" '
        'aria-labelledby="{name}-title {name}-desc">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{desc}</desc>'
        "{inside}</svg></div>{table}</figure>",
        title=caption.title,
        sentence=format_html("<p>{}</p>", caption.sentence) if caption.sentence else EMPTY,
        desc=caption.sentence or caption.title,
        legend=_legend(legend),
        height=drawing.height,
        name=name,
        gauge=_gauge(drawing),
        inside=drawing.inside,
        table=_table(caption, table),
    )


def _gauge(drawing: Drawing) -> SafeString:
    if not drawing.gauge:
        return EMPTY
    return format_html(
        '<svg class="gauge" width="{}" height="{}" aria-hidden="true">{}</svg>',
        GAUGE,
        drawing.height,
        drawing.gauge,
    )


def _name_of(caption: Caption, table: Table) -> str:
    """Return an identifier that is the same on every rendering of the same picture."""
    told = repr((caption, table.heads, table.rows)).encode()
    return f"picture-{hashlib.sha256(told).hexdigest()[:10]}"


def _legend(legend: Legend) -> SafeString:
    if len(legend.names) < 2:
        return EMPTY
    entries = joined_html('<li class="tone-{}">{}</li>', enumerate(legend.names, start=1))
    return format_html('<ul class="legend legend-{}">{}</ul>', legend.look, entries)


def _table(caption: Caption, table: Table) -> SafeString:
    heads = joined_html('<th scope="col">{}</th>', ((head,) for head in table.heads))
    rows = joined_html(
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (row[0], joined_html('<td class="number">{}</td>', ((c,) for c in row[1:])))
            for row in table.rows
        ),
    )
    return format_html(
        '<details class="numbers"><summary>{summary}</summary>'
        '<div class="scroll" tabindex="0" role="region" aria-label="{title}">'
        '<table class="table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        "</div></details>",
        summary=_("The numbers as a table"),
        title=caption.title,
        heads=heads,
        rows=rows,
    )
