"""One organisation: what it is called, who seems to belong to it, and who does."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.affiliations import (
    Belongs,
    Days,
    belong,
    leave_out,
    organisations_of,
    people_of,
    refuse,
    seem_to_belong,
)
from jibungoto.desk.people.look_up import named_like
from jibungoto.desk.people.organisations import (
    change_organisation,
    drop_organisation,
    organisation_numbered,
)
from jibungoto.ledger.names import folded
from jibungoto.ledger.organisation import OrganisationKind
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import OrganisationRow, PersonRow
from jibungoto.web.attempts import done
from jibungoto.web.entrance import in_community
from jibungoto.web.pages.organisations import counted_day, entered, organisation_name
from jibungoto.web.segment_chooser import looked_at, people_in
from jibungoto.web.typed import whole

FOUND_SHOWN = 20
SEEMING_SHOWN = 200
A_PAGE = 100
NO_DAY = Words("日付として読めません。", "This cannot be read as a day.")
WRITE_DAY = Words("2026-04-01 のように入れてください。", "Write it like 2026-04-01.")


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Show one organisation, and change it or who belongs to it."""
    row = organisation_numbered(acting, number)
    if request.method == "POST" and _changed(request, acting, row=row):
        if request.POST.get("step") == "drop":
            return redirect("people_organisations", acting.community.slug)
        return redirect("people_organisation", acting.community.slug, number)
    day = counted_day(acting)
    segment = looked_at(request, acting)
    among = frozenset(people_in(acting, segment)) if segment else None
    every, all_seem = people_of(acting, row), seem_to_belong(acting, row)
    people = [one for one in every if among is None or one.person.pk in among]
    seems = [one for one in all_seem if among is None or one.person.pk in among]
    search = request.GET.get("q", "").replace("\x00", "")[:100].strip()
    known = {one.person.pk for one in every} | {one.person.pk for one in all_seem}
    found = _found(acting, search, without=known)
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "pages/organisation.html",
        {
            "row": row,
            "name": organisation_name(row),
            "keep": urlencode({"kind": "all", "organisation": organisation_name(row)}),
            "sentence": _sentence(people, day),
            "domains": " ".join(row.domains),
            "spellings": "\n".join(row.spellings),
            "kinds": list(OrganisationKind),
            "kind": OrganisationKind(row.kind),
            "has_people": bool(every),
            "people": [(one, last_day(one)) for one in page],
            "page": page,
            "seems": seems[:SEEMING_SHOWN],
            "more_seem": max(0, len(seems) - SEEMING_SHOWN),
            "search": search,
            "found": found,
        },
    )


def _sentence(people: list[Belongs], day: date) -> str:
    now = len({one.person.pk for one in people if one.holds_on(day)})
    words = ngettext(
        "%(count)d person belongs to it now.", "%(count)d people belong to it now.", now
    )
    return words % {"count": now}


def _found(acting: Acting, search: str, *, without: set[int]) -> list[PersonRow]:
    words = folded(search).split()
    if not words:
        return []
    here = PersonRow.objects.filter(community=acting.community, merged_into=None)
    rows = here.filter(named_like(words)).exclude(pk__in=without)
    return list(rows.order_by("reading", "name", "number")[:FOUND_SHOWN])


def _changed(request: HttpRequest, acting: Acting, *, row: OrganisationRow) -> bool:
    """Do what the pressed button asks for; False where it could not be done."""
    number, people = row.number, _people(request)
    steps = {
        "change": lambda: change_organisation(acting, number, called=entered(request.POST)),
        "drop": lambda: drop_organisation(acting, number),
        "belong": lambda: belong(acting, number, people=people, days=posted_days(request)),
        "refuse": lambda: refuse(acting, number, people=people),
        "out": lambda: leave_out(acting, number, people=people),
    }
    step = steps.get(request.POST.get("step", ""))
    if step is None or not done(request, step):
        return False
    messages.success(request, _("Noted. The numbers follow within a minute."))
    return True


def _people(request: HttpRequest) -> list[int]:
    told = (whole(text) for text in request.POST.getlist("person"))
    return [number for number in told if number]


def posted_days(request: HttpRequest) -> Days:
    """Return the days a form names: the last one is a day of it, so the span ends after it."""
    since, last = (_day(request.POST.get(name, "")) for name in ("since", "last"))
    return since, last + timedelta(days=1) if last else None


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        day = parse_date(text.strip())
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2999:
        raise InvalidChoice(NO_DAY, WRITE_DAY, place=text.strip()[:30])
    return day


def last_day(one: Belongs) -> date | None:
    """Return the last day somebody belonged, None where no end is known."""
    return one.to_day - timedelta(days=1) if one.to_day else None


@in_community
@require_POST
def belonging_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Say from a person's own page to what they belong, or take that back."""
    chosen = whole(request.POST.get("organisation", "")) or 0
    if "out" in request.POST:
        was_done = done(request, lambda: leave_out(acting, chosen, people=[number]))
    else:
        was_done = done(
            request, lambda: belong(acting, chosen, people=[number], days=posted_days(request))
        )
    if was_done:
        messages.success(request, _("Noted. The numbers follow within a minute."))
    return redirect("people_person", acting.community.slug, number)


def belonging_of(acting: Acting, person: PersonRow) -> dict[str, object]:
    """Return what a person's page shows of the organisations they belong to."""
    rows = OrganisationRow.objects.filter(community=acting.community)
    belongs = organisations_of(acting, person)
    return {
        "belongs": [(organisation_name(one.organisation), one, last_day(one)) for one in belongs],
        "to_choose": sorted(
            ((organisation_name(row), row.number) for row in rows), key=lambda one: one[0]
        ),
    }
