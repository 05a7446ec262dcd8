"""Rows of the log as markup: a person's page lists up to some two hundred of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jibungoto.records.models import PersonRow
from jibungoto.web.markup import filled_html, joined_html
from jibungoto.web.people_marks import day_mark

_ROW = (
    '<li id="{}-{}"><a class="log-day" href="#{}-{}">{}</a>'
    '<span class="log-what">{}{}{}</span>{}</li>'
)
_NOTHING = mark_safe("")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the log as a page writes it; ``anchor`` is the same on every page."""

    anchor: str
    day: date
    is_not_before: bool
    kind: str
    place: str
    source: str
    who: PersonRow | None


def log_rows(
    rows: Iterable[Line], *, prefix: str, slug: str, of: PersonRow, shows_source: bool
) -> SafeString:
    """Return rows one below the other; ``prefix`` makes their anchors unique on the page.

    Whose row it is stands beside it, unless it is that of whom the page is about.
    """
    return joined_html(
        _ROW,
        (
            (
                *(prefix, one.anchor, prefix, one.anchor, _when(one), one.kind),
                filled_html(' <span class="place">{}</span>', one.place) if one.place else "",
                _badge(one.source) if shows_source else "",
                _by(one.who, slug) if one.who and one.who.pk != of.pk else "",
            )
            for one in rows
        ),
    )


def _when(line: Line) -> SafeString | str:
    shown = day_mark(line.day)
    if not line.is_not_before:
        return shown
    return mark_safe(_("%(shown)s or after") % {"shown": shown})


def _badge(source: str) -> SafeString:
    return filled_html(' <span class="badge" data-variant="outline">{}</span>', source)


def _by(who: PersonRow, slug: str) -> SafeString:
    return filled_html(
        '<span class="log-who quiet"><a href="{}">{}</a></span>',
        *(reverse("people_person", args=[slug, who.number]), _("by %(name)s") % {"name": who.name}),
    )
