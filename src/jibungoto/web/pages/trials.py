"""Randomised comparisons: asking, drawing, the list for the team, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.trials import (
    Kept,
    Listed,
    count_trial,
    draw_lots,
    give_up,
    listed,
    trial,
    trials,
)
from jibungoto.desk.people.segments import segments
from jibungoto.explain.claims import Claim
from jibungoto.explain.studies.printing import between, gap
from jibungoto.explain.studies.trial import Outcome, Question
from jibungoto.explain.studies.trial_saying import BY_SIDE, claims_of_trial, means, unit_of
from jibungoto.web.attempts import attempted, done
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import exported
from jibungoto.web.printing import said
from jibungoto.web.typed import whole


@dataclass(frozen=True, slots=True)
class Line:
    """One draw on the list, with what it says so far."""

    kept: Kept
    claim: Claim | None


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def new_trial_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Ask and draw in one go; what was typed stays where something does not fit."""
    sent = request.POST
    if request.method == "POST":
        question = Question(
            objective=sent.get("objective", "").strip(),
            deed=sent.get("deed", "").strip(),
            pool=sent.get("pool", ""),
            pool_name="",
            outcome=_outcome(sent.get("outcome", "")),
            days=whole(sent.get("days", ""), digits=4) or 0,
        )
        row = attempted(request, lambda: draw_lots(acting, question))
        if row is not None:
            messages.success(request, _("Drawn. Question, seed and sides stay as they are now."))
            return redirect("evidence_trial", community=acting.community.slug, number=row.number)
    context = {
        "entered": sent,
        "pools": [(one.row.key, one.row.name, one.size) for one in segments(acting)],
        "outcomes": [(one.value, said(one.words)) for one in Outcome],
        "lines": [Line(one, _claim(one)) for one in trials(acting)],
    }
    return render(request, "pages/trials.html", context)


def _outcome(told: str) -> Outcome:
    return Outcome(told) if told in set(Outcome) else Outcome.SPOKE


def _claim(kept: Kept) -> Claim | None:
    return next(iter(claims_of_trial(kept.trial)), None)


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def trial_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Show one draw with its checks; posting counts its outcome, or gives it up."""
    if request.method == "POST":
        if request.POST.get("step") == "give_up":
            done(request, lambda: give_up(acting, number))
        else:
            done(request, lambda: count_trial(acting, number))
        return redirect("evidence_trial", community=acting.community.slug, number=number)
    kept = trial(acting, number)
    found, unit = kept.trial.estimate, unit_of(kept.trial)
    context = {
        "kept": kept,
        "claim": _claim(kept),
        "outcome": kept.question.outcome.words,
        "gap": gap(found.value, unit) if found is not None else None,
        "spread": between(found.interval, unit) if found is not None else None,
        "means": means(kept.trial),
        "by_side": BY_SIDE,
    }
    return render(request, "pages/trial.html", context)


@in_community
@require_GET
def trial_list(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Hand out who is on which side; names only to those of the team who may see them."""
    rows = listed(acting, number)
    return exported(_columns(), rows, name=f"draw-{number}", ending=request.GET.get("as", "csv"))


def _columns() -> list[tuple[str, Callable[[Listed], object]]]:
    return [
        (_("Number"), lambda one: one.number),
        (_("Name"), lambda one: one.name),
        (_("Side"), lambda one: said(one.side.words)),
    ]
