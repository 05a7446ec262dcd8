"""Seats: how many registrations to accept, and the events that say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.scopes import Scoped, scopes
from jibungoto.desk.understand.seats import Advised, Compared, advised
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import exported
from jibungoto.web.typed import whole

PAID = "paid"
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One series or chapter whose events alone can be compared."""

    value: str
    name: str
    chosen: bool


@in_community
@require_GET
def seats_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Say how many registrations to accept for so many seats, and from what that is reckoned."""
    listed = {f"{one.kind}:{one.key}": one for one in scopes(acting) if one.events}
    told, typed = request.GET.get("in", ""), request.GET.get("seats", "").strip()
    seats, is_paid = whole(typed, digits=_DIGITS), request.GET.get("cost") == PAID
    among = _inside(listed, told)
    found = advised(acting, seats=seats, among=among, is_paid=is_paid)
    if ending := request.GET.get("as"):
        return exported(_columns(), found.events, name="seats", ending=ending)
    context = {
        "found": found,
        "sentence": _sentence(found),
        "basis": _basis(found, is_paid=is_paid),
        "is_wrong": bool(typed) and not seats,
        "is_paid": is_paid,
        "choices": [Choice(key, one.name, key == told) for key, one in listed.items()],
        "rows": [(one, 100 * one.came / one.registered) for one in found.events],
    }
    return render(request, "pages/seats.html", context)


def _inside(listed: dict[str, Scoped], told: str) -> frozenset[str] | None:
    if not told:
        return None
    if told not in listed:
        raise Http404
    return listed[told].initiatives


def _sentence(found: Advised) -> str:
    if found.most == found.seats:
        words = _("For %(seats)s seats, accept no more than %(most)s registrations.")
    else:
        words = _(
            "For %(seats)s seats, accept at most %(most)s registrations: more people than seats "
            "then come in at most 5%% of cases."
        )
    return words % {"seats": found.seats, "most": found.most}


def _basis(found: Advised, *, is_paid: bool) -> list[str]:
    """Say from what the number is reckoned."""
    count = {"n": len(found.events), "came": found.came, "registered": found.registered}
    if found.is_own:
        return [
            _("Reckoned from your %(n)s newest events alone: %(came)s of %(registered)s came.")
            % count,
            _("How far the events differ from each other counts as well: it leaves more room."),
        ]
    own = ngettext(
        "Of %(n)s event of yours it is known who of those registered came: %(came)s of "
        "%(registered)s.",
        "Of %(n)s events of yours it is known who of those registered came: %(came)s of "
        "%(registered)s.",
        len(found.events),
    )
    others = (
        _("of events that cost money 90.1% came (Peatix, about 2016-17).")
        if is_paid
        else _("of free events 67.5% came (Peatix, about 2016-17).")
    )
    return [
        own % count if found.events else _("Of no event of yours is it known who came."),
        _("What is known of others counts in: %(others)s") % {"others": others},
        _("From five events on, your own alone will count."),
    ]


def _columns() -> list[tuple[str, Callable[[Compared], object]]]:
    return [
        (_("Event"), lambda one: one.name),
        (_("Day"), lambda one: one.day),
        (_("Registered"), lambda one: one.registered),
        (_("Came"), lambda one: one.came),
    ]
