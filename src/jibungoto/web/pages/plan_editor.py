"""The editor of a plan: one page in the order O, Who, What, How that saves itself as one writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.segments import segments
from jibungoto.desk.plan.facts import facts_for
from jibungoto.desk.plan.look import Version, version_of
from jibungoto.desk.plan.programmes import event_names, events_alone
from jibungoto.desk.plan.save import Parted, save_draft
from jibungoto.desk.understand.scopes import scopes
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.plan.changes import changes_between
from jibungoto.plan.facts import PlanFacts
from jibungoto.plan.owwh import How, Plan
from jibungoto.plan.programmes import series_used
from jibungoto.plan.text import same
from jibungoto.plan.validate import is_how_locked, issues_of, with_how
from jibungoto.web.entrance import in_community
from jibungoto.web.language import page_language
from jibungoto.web.pages.plan_choices import Choosing, short
from jibungoto.web.pages.plan_entered import LONGEST, Wrong, entered
from jibungoto.web.pages.plan_one import segment_names
from jibungoto.web.pages.plan_parts import added, removed, shaped
from jibungoto.web.pages.plan_sections import sections_of, slots
from jibungoto.web.pages.plan_sheet import sheet_of
from jibungoto.web.pages.plan_shown import Look, count_words, identifier
from jibungoto.web.pages.plan_suggested import (
    completed,
    notes_of,
    of_another,
    with_baseline,
    with_baseline_kept,
    without_baseline,
)
from jibungoto.web.typed import whole


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one request: the version now, what could not be read, and where to go on."""

    version: Version
    wrong: Mapping[str, Wrong] = field(default_factory=dict)
    place: str = ""
    parted: Parted | None = None


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: HttpRequest, acting: Acting, *, key: str, number: int) -> HttpResponseBase:
    """Show a draft to write in; posting saves it, and goes on where a part was added."""
    version = version_of(acting, key, number=number)
    if request.method != "POST":
        if not version.row.is_editable:
            return redirect(_read_address(acting, key, number=number))
        return _page(request, acting, written=Written(version))
    try:
        written = _written(request.POST, acting, version=version)
    except InvalidChoice as problem:
        return _refused(request, acting, version=version, problem=problem)
    if written.parted is not None:
        return _parted(request, acting, parted=written.parted)
    is_background = "HX-Request" in request.headers
    if is_background or written.wrong:
        return _page(request, acting, written=written)
    ahead = f"#{identifier(written.place)}" if written.place else ""
    both = "?both=1" if request.POST.get("both") else ""
    return redirect(f"{request.path}{both}{ahead}")


def _written(sent: QueryDict, acting: Acting, *, version: Version) -> Written:
    """Save what was sent, and do what the pressed button says."""
    language = page_language()
    told = entered(shaped(version.plan, sent), sent, language=language)
    facts = facts_for(acting, version, plan=told.plan)
    plan = completed(told.plan, facts, before=version.plan)
    plan, place = _pressed(plan, facts, sent=sent)
    saved = save_draft(
        acting,
        version.row.plan.key,
        number=version.row.number,
        stamp=whole(sent.get("stamp", ""), digits=15) or 0,
        plan=plan,
    )
    if isinstance(saved, Parted):
        return Written(saved.mine, parted=saved)
    is_removed = sent.get("step", "").startswith("remove:")
    return Written(saved.version, {} if is_removed else told.wrong, place)


def _pressed(plan: Plan, facts: PlanFacts, *, sent: QueryDict) -> tuple[Plan, str]:
    """Return the plan after the pressed button, and the place to look at next."""
    step, _colon, what = sent.get("step", "").partition(":")
    place = ""
    if step == "baseline":
        plan, place = with_baseline(plan, facts, place=what), what
    elif step == "same":
        plan, place = with_baseline_kept(plan, place=what), what
    elif step in ("add", "remove"):
        changed = added(plan, what) if step == "add" else removed(plan, what)
        if changed is not None:
            plan, place = changed.plan, changed.place
    if step and (idea := " ".join(sent.get("idea", "").split())[:LONGEST]):
        # whichever button: Enter in the field of the idea presses the first one of the form
        place = f"how[{len(plan.how)}]"
        plan = with_how(plan, How(title=same(idea)), facts=facts)
    return plan, place


def _page(request: HttpRequest, acting: Acting, *, written: Written) -> HttpResponse:
    version, sent = written.version, request.POST
    listed = segments(acting)
    facts = facts_for(acting, version)
    issues = issues_of(version.plan, facts)
    is_both = bool(sent.get("both") or request.GET.get("both"))
    look = Look(
        language=page_language(),
        issues=issues,
        wrong=written.wrong,
        is_both=is_both,
        notes=notes_of(version.plan, facts, segments=listed),
        fillable=without_baseline(version.plan, facts),
        asked=of_another(version.plan),
    )
    choosing = Choosing(
        version.plan,
        listed,
        scopes(acting),
        events_alone(acting, today=facts.today),
        event_names(acting, series_used(version.plan)),
    )
    sections = sections_of(choosing, facts, look=look)
    locked = "locked" if is_how_locked(version.plan, facts) else "open"
    context = {
        "row": version.row,
        "name": short(version.plan.title.said_in(look.language), _("A plan without a title")),
        "sentence": count_words(issues),
        "sections": sections,
        "rows": sheet_of(version.plan, segments=segment_names(acting, version.plan)),
        "oob": f"#how-all,{slots(sections)}",
        "is_both": is_both,
        "how_was": locked,
        "keeps_how": _is_only_saved(request) and sent.get("how_was") == locked,
        "status": _status(acting, written),
        "parted": _other(request, acting, version=version),
    }
    return render(request, "pages/plan_edit.html", context)


def _is_only_saved(request: HttpRequest) -> bool:
    """Say whether the form saved itself, so that no field may be drawn anew."""
    return request.headers.get("HX-Source", "").startswith("form")


def _status(acting: Acting, written: Written) -> str:
    at = written.version.row.changed_at.astimezone(ZoneInfo(acting.community.zone))
    said = _("Saved at %(time)s.") % {"time": f"{at:%H:%M}"}
    for name, wrong in written.wrong.items():
        said += " " + _("Not saved: “%(entered)s”. %(why)s") % {
            "entered": short(wrong.entered, name),
            "why": wrong.why,
        }
    return said


def _parted(request: HttpRequest, acting: Acting, *, parted: Parted) -> HttpResponseBase:
    """Lead to one's own text, which became a draft of its own, with what differs."""
    mine, theirs = parted.mine.row, parted.theirs.row
    messages.warning(request, parted.why.said_in(page_language()))
    address = reverse("plans_edit", args=[acting.community.slug, mine.plan.key, mine.number])
    address = f"{address}?beside={theirs.number}"
    if "HX-Request" in request.headers:
        answer = HttpResponse(status=204)
        answer.headers["HX-Redirect"] = address
        return answer
    return redirect(address)


@dataclass(frozen=True, slots=True)
class Beside:
    """Another draft of the same plan, and how this one differs from it."""

    number: int
    is_editable: bool
    changes: tuple[object, ...]


def _other(request: HttpRequest, acting: Acting, *, version: Version) -> Beside | None:
    """Return the draft the address wants to see beside this one."""
    number = whole(request.GET.get("beside", ""), digits=5)
    if number is None:
        return None
    other = version_of(acting, version.row.plan.key, number=number)
    return Beside(
        other.row.number, other.row.is_editable, changes_between(other.plan, version.plan)
    )


def _refused(
    request: HttpRequest, acting: Acting, *, version: Version, problem: InvalidChoice
) -> HttpResponse:
    """Show what was sent again, with what keeps it from being saved."""
    language = page_language()
    messages.error(request, problem.said_in(language))
    told = entered(shaped(version.plan, request.POST), request.POST, language=language)
    answer = _page(request, acting, written=Written(Version(version.row, told.plan), told.wrong))
    answer.status_code = 422
    return answer


def _read_address(acting: Acting, key: str, *, number: int) -> str:
    return f"{reverse('plans_one', args=[acting.community.slug, key])}?version={number}"
