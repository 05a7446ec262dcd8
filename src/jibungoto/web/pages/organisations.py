"""Organisations: the list with their people, what is proposed, and the list as a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.people.organisations import (
    Called,
    Listed,
    found_organisation,
    organisations,
    proposals,
)
from jibungoto.desk.people.segments import Saved
from jibungoto.desk.understand.today import newest_answer
from jibungoto.ledger.organisation import OrganisationKind
from jibungoto.records.models import OrganisationRow
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import exported
from jibungoto.web.language import page_language
from jibungoto.web.segment_chooser import looked_at, people_in

PROPOSED_SHOWN = 30
_APART = re.compile(r"[\s,、;]+")


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def organisations_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """List the organisations; posting writes one down, proposed or typed."""
    if request.method == "POST":
        called = entered(request.POST)
        row = attempted(request, lambda: found_organisation(acting, called))
        if row is not None:
            messages.success(request, _("Written down: %s.") % organisation_name(row))
            return redirect("people_organisation", acting.community.slug, row.number)
    day = counted_day(acting)
    segment = looked_at(request, acting)
    listed = organisations(acting, day, among=_among(acting, segment))
    proposed = proposals(acting)
    return render(
        request,
        "pages/organisations.html",
        {
            "day": day,
            "listed": [(organisation_name(one.row), one) for one in listed],
            "sentence": _sentence(listed),
            "proposed": proposed[:PROPOSED_SHOWN],
            "more_proposed": max(0, len(proposed) - PROPOSED_SHOWN),
            "kinds": list(OrganisationKind),
            "kind": OrganisationKind.OTHER,
            "posted": request.POST,
        },
    )


@in_community
@require_GET
def organisations_export(request: HttpRequest, acting: Acting, *, ending: str) -> HttpResponseBase:
    """Return the same list as CSV or XLSX."""
    day = counted_day(acting)
    name = f"{acting.community.slug}-{_('organisations')}-{day.isoformat()}"
    among = _among(acting, looked_at(request, acting))
    listed = organisations(acting, day, among=among)
    return exported(_columns(), listed, name=name, ending=ending)


def _among(acting: Acting, segment: Saved | None) -> frozenset[int] | None:
    return frozenset(people_in(acting, segment)) if segment else None


def _columns() -> list[tuple[str, Callable[[Listed], object]]]:
    language = page_language()
    return [
        (_("Organisation"), lambda one: organisation_name(one.row)),
        (_("Japanese name"), lambda one: one.row.name_ja),
        (_("English name"), lambda one: one.row.name_en),
        (_("Kind"), lambda one: one.kind.words.said_in(language)),
        (_("Mail domains"), lambda one: " ".join(one.row.domains)),
        (_("People now"), lambda one: one.now),
        (_("People before"), lambda one: one.before),
    ]


def counted_day(acting: Acting) -> date:
    """Return the day of which pages speak: the newest counted one, or today."""
    answer = newest_answer(acting)
    return answer.as_of if answer else today_in(acting)


def organisation_name(row: OrganisationRow) -> str:
    """Return what an organisation is called in the page's language, or in the other one."""
    ja, en = row.name_ja, row.name_en
    return (ja or en) if page_language() == "ja" else (en or ja)


def entered(form: QueryDict) -> Called:
    """Read what a form says of an organisation."""
    kinds = {kind.value: kind for kind in OrganisationKind}
    return Called(
        name_ja=form.get("name_ja", ""),
        name_en=form.get("name_en", ""),
        kind=kinds.get(form.get("kind", ""), OrganisationKind.OTHER),
        domains=tuple(one for one in _APART.split(form.get("domains", "")) if one),
        spellings=tuple(form.get("spellings", "").splitlines()),
    )


def _sentence(listed: list[Listed]) -> str:
    if not listed:
        return _("No organisation has been written down yet.")
    count = len(listed)
    words = ngettext("%(count)d organisation.", "%(count)d organisations.", count)
    waiting = sum(one.waiting for one in listed)
    if not waiting:
        return words % {"count": count}
    more = ngettext(
        "%(count)d person seems to belong to one.",
        "%(count)d people seem to belong to one.",
        waiting,
    )
    return f"{words % {'count': count}} {more % {'count': waiting}}"
