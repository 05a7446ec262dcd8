"""The component sheet: every piece the pages are made of, to be looked at and tested."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jibungoto.web.navigation import entries, grouped
from jibungoto.web.pictures import (
    Act,
    Caption,
    Series,
    line_picture,
    stacked_picture,
    story_picture,
)

FIRST = date(2025, 11, 3)


@login_not_required
def component_sheet(request: HttpRequest) -> HttpResponse:
    """Show all components with made-up content; only where ``DEBUG`` or ``SHOW_LOOK`` is set."""
    if not (settings.DEBUG or getattr(settings, "SHOW_LOOK", False)):
        raise Http404
    messages.success(request, _("Kept."))
    return render(
        request,
        "pages/look.html",
        {
            "page": Paginator(range(1, 181), 20).page(3),
            "active": _active(),
            "stock": _stock(),
            "story": _story(),
            "hostile": "<b>齋藤</b> 美咲",
            "community": {"name": "CLS高知", "slug": "look"},
            "navigation": grouped(entries("look", "look")),
            "as_of": date(2026, 10, 31),
        },
    )


def _weeks(count: int) -> list[date]:
    return [FIRST + timedelta(weeks=week) for week in range(count)]


def _active() -> str:
    members = [31, 34, 33, 38, 41, 44, None, None, 47, 52, 50, 55, 58, 57, 61, 66]
    starters = [2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 7, 7, 8, 8, 9]
    return line_picture(
        Caption(_("Active members"), _("66 people were active in the last week, 31 in the first.")),
        [Series(_("Active"), members), Series(_("Starters"), starters)],
        days=_weeks(16),
    )


def _stock() -> str:
    bands = [
        Series(_("Attending"), [120, 124, 131, 140, 146, 152]),
        Series(_("Speaking"), [60, 63, 64, 70, 71, 75]),
        Series(_("Contributing"), [18, 19, 22, 21, 25, 27]),
        Series(_("Starting"), [4, 4, 5, 7, 7, 8]),
        Series(_("Owning"), [1, 1, 2, 2, 3, 3]),
    ]
    months = [date(2026, month, 1) for month in range(5, 11)]
    return stacked_picture(
        Caption(
            _("Who stands where, month by month"),
            _("More people contribute than in May; three own something."),
        ),
        bands,
        days=months,
    )


def _story() -> str:
    acts = [
        Act(FIRST + timedelta(days=day), kind)
        for day, kind in [
            (3, "message"),
            (4, "reaction"),
            (18, "message"),
            (19, "reply"),
            (20, "reply"),
            (21, "reply"),
            (60, "reply"),
            (74, "start"),
            (80, "message"),
            (81, "message"),
            (82, "message"),
            (83, "message"),
            (100, "reply"),
            (110, "start"),
        ]
    ]
    kinds = {
        "message": _("Messages"),
        "reply": _("Replies"),
        "reaction": _("Reactions"),
        "start": _("Starts"),
    }
    return story_picture(
        Caption(_("The story so far"), _("Wrote first in November, started something in January.")),
        acts,
        kinds=kinds,
        first=FIRST,
        last=date(2026, 3, 1),
    )
