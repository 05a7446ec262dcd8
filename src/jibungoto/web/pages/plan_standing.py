"""How a plan stands and how it ended: the scorecard, the review, and its days as a calendar."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.plan.decide import close, review
from jibungoto.desk.plan.facts import facts_for
from jibungoto.desk.plan.feed import calendar_by_token
from jibungoto.desk.plan.look import Opened, Version, opened
from jibungoto.desk.plan.score import scorecard
from jibungoto.desk.understand.measures import measured
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.plan.rules_time import is_looked_at
from jibungoto.plan.scorecard import Scorecard
from jibungoto.plan.standing import RULE
from jibungoto.plan.states import Outcome
from jibungoto.records.models import PlanReviewRow, PlanVerdictRow
from jibungoto.web.attempts import done
from jibungoto.web.entrance import in_community
from jibungoto.web.pages.plan_entered import LONGEST
from jibungoto.web.pages.plan_one import plan_name, segment_names
from jibungoto.web.pages.plan_score import (
    measures_below,
    score_sentence,
    shown_score,
    tree_shown,
)
from jibungoto.web.printing import printed

NO_VERDICT = (
    Words("結果が選ばれていません。", "No verdict is chosen."),
    Words(
        "達成・未達・判定できずから選んでください。",
        "Choose won, lost or void.",
    ),
)
NOTHING_SAID = (
    Words("振り返りが空です。", "The review is empty."),
    Words(
        "見えたことか、決めたことを一文書いてください。",
        "Write one sentence on what you saw or decided.",
    ),
)


@in_community
@require_GET
def score_page(request: HttpRequest, acting: Acting, *, key: str) -> HttpResponseBase:
    """Show where each victory condition of the plan is, and where it is going."""
    whole = opened(acting, key)
    score = scorecard(acting, key)
    context = {
        "key": key,
        "name": plan_name(whole.newest.plan),
        "in_force": whole.in_force,
        "sentence": score_sentence(score),
        "cards": shown_score(score, segments=segment_names(acting)),
        "tree": tree_shown(score, whole.newest.plan, values=_values_below(acting, score)),
        "rule": RULE,
        "today": today_in(acting),
    }
    return render(request, "pages/plan_score.html", context)


def _values_below(acting: Acting, score: Scorecard) -> dict[str, str]:
    """Return what the measures below the victory conditions are now, in the whole community."""
    keys = measures_below(score)
    return {
        one.measure.key: printed(one.measure, one.now[""]).text
        for one in (measured(acting, keys=keys) if keys else ())
        if "" in one.now
    }


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request: HttpRequest, acting: Acting, *, key: str) -> HttpResponseBase:
    """Ask what was seen and what happens next; posting keeps it, or ends the plan."""
    whole = opened(acting, key)
    looked_at = _looked_at(whole)
    if request.method == "POST" and done(request, lambda: _kept(request, acting, key=key)):
        return redirect("plans_review", community=acting.community.slug, key=key)
    score = scorecard(acting, key, number=looked_at.row.number)
    verdict = PlanVerdictRow.objects.filter(version=looked_at.row).first()
    context = {
        "key": key,
        "name": plan_name(looked_at.plan),
        "sentence": score_sentence(score),
        "cards": shown_score(score, segments=segment_names(acting)),
        "overdue": []
        if verdict
        else list(is_looked_at(looked_at.plan, facts_for(acting, looked_at))),
        "verdict": verdict,
        "outcome": Outcome(verdict.outcome).words if verdict else None,
        "outcomes": [(one.value, one.words) for one in Outcome],
        "reviews": PlanReviewRow.objects.filter(version__plan=whole.row).order_by("-day", "-pk"),
        "entered": {
            name: request.POST.get(name, "") for name in ("seen", "decided", "lesson", "outcome")
        },
    }
    return render(request, "pages/plan_review.html", context)


def _looked_at(whole: Opened) -> Version:
    """Return the version one looks back at: in force, else the last that ended, else the newest."""
    return whole.in_force or next(iter(whole.ended), whole.newest)


def _kept(request: HttpRequest, acting: Acting, *, key: str) -> None:
    told = {
        name: request.POST.get(name, "").replace("\x00", "").strip()[:LONGEST]
        for name in ("seen", "decided", "lesson")
    }
    if request.POST.get("step") == "close":
        outcome = request.POST.get("outcome", "")
        if outcome not in {one.value for one in Outcome}:
            raise InvalidChoice(*NO_VERDICT)
        close(acting, key, outcome=Outcome(outcome), lesson=told["lesson"])
        messages.success(request, _("The plan has ended; its lesson is kept."))
        return
    if not (told["seen"] or told["decided"]):
        raise InvalidChoice(*NOTHING_SAID)
    review(acting, key, seen=told["seen"], decided=told["decided"])
    messages.success(request, _("The review is kept."))


@login_not_required
@require_GET
def feed(request: HttpRequest, *, token: str) -> HttpResponse:
    """Return a plan's days to whoever knows the address; there is nothing at any other."""
    content = calendar_by_token(token)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.headers["Content-Disposition"] = 'inline; filename="plan.ics"'
    return answer
