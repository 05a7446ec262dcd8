"""The page of one delivery: what it added, how it was taken, and what only a person can say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.answer import bring_in_as
from jibungoto.desk.gather.overview import not_in
from jibungoto.desk.gather.shut import Upload, is_still_here, shut_places
from jibungoto.ledger.accounting import placed
from jibungoto.ledger.words import Words
from jibungoto.records.models import IntakeRow, IntakeState
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import exported
from jibungoto.web.intake_questions import asked_of, said_in
from jibungoto.web.pages.sources import intake_line, intake_or_404
from jibungoto.web.printing import said
from jibungoto.web.spool import taken_in

Place = Mapping[str, object]

FIELD = "file"
PLACES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Summand:
    """One line of the accounting sum: what became of so many records."""

    name: str
    count: int
    meaning: str


@in_community
@require_GET
def intake_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Show what one delivery added, and every place that is not in, with the reason."""
    intake = intake_or_404(acting, number)
    if ending := request.GET.get("as"):
        return exported(
            _place_columns(),
            not_in(intake),
            name=f"not-in-{intake.number}-{intake.name}",
            ending=ending,
        )
    return render(request, "pages/sources_intake.html", _shown(request, acting, intake=intake))


@in_community
@require_POST
def answer_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Have a delivery read again with what a person says; keep the form where that is not clear."""
    intake = intake_or_404(acting, number)
    file = request.FILES.get(FIELD)
    upload = None if file is None else Upload(file.name or "", file.chunks())
    name = (file.name or "") if file else ""

    def bring_in() -> IntakeRow:
        return bring_in_as(acting, number, said=said_in(request.POST), upload=upload)

    again = attempted(request, lambda: taken_in(request, bring_in, name=name))
    if again is not None:
        messages.success(
            request, _("%(name)s is read again with what you said.") % {"name": again.name}
        )
        return redirect("sources", community=acting.community.slug)
    shown = _shown(request, acting, intake=intake)
    return render(request, "pages/sources_intake.html", shown, status=422)


def _shown(request: HttpRequest, acting: Acting, *, intake: IntakeRow) -> dict[str, object]:
    page = Paginator(not_in(intake), PLACES_SHOWN).get_page(request.GET.get("page"))
    return {
        "line": intake_line(intake),
        "intake": intake,
        "summands": _summands(intake),
        "problem": Words(intake.problem_ja, intake.problem_en),
        "page": page,
        "places": [(place, _reason(place)) for place in page],
        "is_over": intake.state not in (IntakeState.WAITING, IntakeState.READING),
        "is_in": intake.state == IntakeState.IN,
        "shut": shut_places(intake),
        "is_here": is_still_here(intake),
        "asked": asked_of(
            acting, intake, posted=request.POST, find=request.GET.get("find", "").strip()[:100]
        ),
    }


def _summands(intake: IntakeRow) -> list[Summand]:
    """Return what became of every record read; the counts add up to ``intake.read``."""
    return [
        Summand(_("New"), intake.new, _("came in for the first time")),
        Summand(_("Updated"), intake.updated, _("were known and have changed since")),
        Summand(_("Unchanged"), intake.unchanged, _("were known, and are the same")),
        Summand(_("Repeated"), intake.repeated, _("stood in this file a second time")),
        Summand(_("Left out"), intake.left_out, _("were left out on purpose")),
        Summand(_("Not readable"), intake.refused, _("could not be made out")),
    ]


def _place_columns() -> list[tuple[str, Callable[[Place], object]]]:
    return [
        (_("What became of it"), lambda place: fate(place["is_refusal"])),
        (_("Place in the file"), lambda place: said(placed(str(place["place"])))),
        (_("Reason"), lambda place: said(_reason(place))),
        (_("Records"), lambda place: place["records"]),
    ]


def _reason(place: Place) -> Words:
    return Words(str(place["reason_ja"]), str(place["reason_en"]))


def fate(is_refusal: object) -> str:
    """Say in a word why a place is not in the log."""
    return _("Not readable") if is_refusal else _("Left out")
