"""One plan: read on one page, with its versions, who agreed, and what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import local_day_of, today_in
from jibungoto.desk.plan.carry import yaml_of
from jibungoto.desk.plan.decide import looked_over
from jibungoto.desk.plan.look import Opened, Version, opened, version_of
from jibungoto.desk.plan.programmes import event_names
from jibungoto.desk.understand.scopes import scope_names
from jibungoto.ledger.words import Words
from jibungoto.plan.changes import changes_between
from jibungoto.plan.issues import Level
from jibungoto.plan.owwh import Plan
from jibungoto.plan.programmes import series_used
from jibungoto.plan.states import State
from jibungoto.records.models import SegmentRow
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import safe_name
from jibungoto.web.language import page_language
from jibungoto.web.pages.plan_choices import short
from jibungoto.web.pages.plan_sheet import sheet_of
from jibungoto.web.pages.plan_shown import count_words, gravest_first
from jibungoto.web.pages.plans import TONES
from jibungoto.web.typed import whole
from jibungoto.web.wording import day_words


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of the list of them; ``made_of`` is the one it was made from, if any."""

    number: int
    state_words: Words
    changed_day: date
    made_of: int | None


@in_community
@require_GET
def plan_page(request: HttpRequest, acting: Acting, *, key: str) -> HttpResponseBase:
    """Show one version of a plan: the one in force, else the newest, or the one asked for."""
    whole = opened(acting, key)
    number = number_asked(request)
    version = whole.newest if number is None else version_of(acting, key, number=number)
    issues = gravest_first(looked_over(acting, version).issues)
    return render(
        request,
        "pages/plan_one.html",
        {
            "key": key,
            "row": version.row,
            "name": plan_name(version.plan),
            "state": version.state.words,
            "tone": TONES.get(version.state, ""),
            "sentence": _sentence(acting, whole),
            "period": period_words(version.plan),
            "is_example": version.plan.reconstructed,
            "rows": sheet_of(version.plan, segments=segment_names(acting, version.plan)),
            "issues": issues,
            "issues_sentence": count_words(issues, may_change=version.row.is_editable),
            "may_go_in_force": not any(one.level is Level.ERROR for one in issues),
            "in_force": whole.in_force,
            "draft": whole.drafts[0] if whole.drafts else None,
            "acknowledged": version.row.acknowledgements.order_by("day", "pk"),
            "stakeholders": version.plan.stakeholders,
            "may_agree": version.state not in (State.DRAFT, State.CLOSED),
            "versions": _versions(acting, whole),
            "today": today_in(acting),
            "feed": request.build_absolute_uri(reverse("plan_feed", args=[whole.row.feed_token])),
        },
    )


@in_community
@require_GET
def changes_page(
    request: HttpRequest, acting: Acting, *, key: str, number: int
) -> HttpResponseBase:
    """Show what changed from the version one was made from, or from another that is asked for."""
    after = version_of(acting, key, number=number)
    since = number_asked(request) or after.row.made_from
    before = version_of(acting, key, number=since) if since else None
    changes = changes_between(before.plan, after.plan) if before else ()
    told = {"number": number, "before": since}
    sentence = _("What changed from version %(before)s to version %(number)s.") % told
    if before is None:
        sentence = _("This is where the plan began.")
    context = {
        "key": key,
        "number": number,
        "name": plan_name(after.plan),
        "sentence": sentence,
        "changes": changes,
    }
    return render(request, "pages/plan_changes.html", context)


@in_community
@require_GET
def yaml_file(request: HttpRequest, acting: Acting, *, key: str) -> HttpResponseBase:
    """Return one version as the YAML that can be brought in again."""
    number = number_asked(request)
    answer = HttpResponse(
        yaml_of(acting, key, number=number), content_type="application/yaml; charset=utf-8"
    )
    name = f"{safe_name(f'{acting.community.slug}-{key}')}.yaml"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def number_asked(request: HttpRequest) -> int | None:
    """Return the number of a version in an address, or None."""
    return whole(request.GET.get("version", ""), digits=5)


def plan_name(plan: Plan) -> str:
    """Return what a plan is called."""
    return short(plan.title.said_in(page_language()), _("A plan without a title"))


def period_words(plan: Plan) -> str:
    """Return from when to when a plan runs, and who answers for it."""
    first, last = plan.period.first, plan.period.last
    days = ""
    if first and last:
        days = pgettext("from day to day", "%(first)s to %(last)s") % {
            "first": day_words(first),
            "last": day_words(last),
        }
    return " · ".join(one for one in (days, plan.programme, plan.owner) if one)


def segment_names(acting: Acting, plan: Plan | None = None) -> dict[str, str]:
    """Return the names of segments by key, and of series and chapters by kind and key.

    Dropped ones are among them: old plans speak of them. So are the events a plan is held as.
    """
    rows = SegmentRow.objects.filter(community=acting.community)
    events = event_names(acting, series_used(plan)) if plan and series_used(plan) else {}
    return events | dict(rows.values_list("key", "name")) | scope_names(acting)


def _sentence(acting: Acting, whole: Opened) -> str:
    force = whole.in_force
    if force is not None and force.row.in_force_at is not None:
        since = day_words(local_day_of(acting.community, force.row.in_force_at))
        told = {"number": force.row.number, "day": since}
        return _("Version %(number)s is in force since %(day)s.") % told
    if whole.drafts:
        return _("It is being written, and not in force.")
    return _("It has ended.")


def _versions(acting: Acting, whole: Opened) -> list[VersionLine]:
    every: list[Version] = [*([whole.in_force] if whole.in_force else []), *whole.drafts]
    every += whole.ended
    return [
        VersionLine(
            one.row.number,
            one.state.words,
            local_day_of(acting.community, one.row.changed_at),
            one.row.made_from,
        )
        for one in sorted(every, key=lambda one: -one.row.number)
    ]
