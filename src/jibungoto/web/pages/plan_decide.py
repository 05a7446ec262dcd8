"""What is decided about a plan with one button: in force, agreed to, thrown away, counted."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.plan.begin import copy, drop, revise
from jibungoto.desk.plan.count import count_by_hand
from jibungoto.desk.plan.decide import Agreement, Blocked, acknowledge, check, put_in_force
from jibungoto.desk.plan.feed import renew
from jibungoto.desk.plan.look import opened, plan_keyed, version_of
from jibungoto.desk.plan.save import drop_draft
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.plan.issues import Level
from jibungoto.understand.catalogue import Unit, measure_of
from jibungoto.web.attempts import tell
from jibungoto.web.entrance import in_community
from jibungoto.web.language import page_language
from jibungoto.web.pages.plan_entered import Unreadable, day_read, number_read
from jibungoto.web.typed import whole


class Step(Protocol):
    """What a button does with a plan: it returns the address where that shows."""

    def __call__(self, request: HttpRequest, acting: Acting, *, key: str) -> str:
        """Do it; raises ``InvalidChoice`` where it cannot be done."""
        ...


@in_community
@require_POST
def decide_page(request: HttpRequest, acting: Acting, *, key: str) -> HttpResponseBase:
    """Carry out what the pressed button says, and lead to where it shows."""
    step = _STEPS.get(request.POST.get("step", ""))
    plan_keyed(acting, key)
    here = reverse("plans_one", args=[acting.community.slug, key])
    if step is None:
        return redirect(here)
    try:
        return redirect(step(request, acting, key=key))
    except InvalidChoice as problem:
        tell(request, problem)
    except Unreadable as problem:
        messages.error(request, str(problem.why))
    return redirect(here)


def _number(request: HttpRequest, acting: Acting, *, key: str) -> int:
    number = whole(request.POST.get("version", ""), digits=5)
    return opened(acting, key).newest.row.number if number is None else number


def _at(acting: Acting, key: str, *, number: int) -> str:
    return f"{reverse('plans_one', args=[acting.community.slug, key])}?version={number}"


def _edit(acting: Acting, key: str, *, number: int) -> str:
    return reverse("plans_edit", args=[acting.community.slug, key, number])


def _force(request: HttpRequest, acting: Acting, *, key: str) -> str:
    number = _number(request, acting, key=key)
    done = put_in_force(acting, key, number=number)
    if isinstance(done, Blocked):
        errors = [one for one in done.issues if one.level is Level.ERROR]
        language = page_language()
        said = " ".join(one.said.said_in(language) for one in errors[:3])
        messages.error(request, _("It is not in force yet. %(why)s") % {"why": said})
        return _edit(acting, key, number=number)
    messages.success(request, _("The plan is in force."))
    return reverse("plans_one", args=[acting.community.slug, key])


def _revise(request: HttpRequest, acting: Acting, *, key: str) -> str:
    version = revise(acting, key)
    return _edit(acting, key, number=version.row.number)


def _copy(request: HttpRequest, acting: Acting, *, key: str) -> str:
    version = copy(acting, key)
    return _edit(acting, version.row.plan.key, number=version.row.number)


def _drop(request: HttpRequest, acting: Acting, *, key: str) -> str:
    """Throw a draft away, with the whole plan where it has no other version."""
    number = _number(request, acting, key=key)
    version = version_of(acting, key, number=number)
    versions = version.row.plan.versions.filter(dropped_at=None)
    if version.row.is_editable and not versions.exclude(pk=version.row.pk).exists():
        drop(acting, key)
        messages.success(request, _("The plan is off the list."))
        return reverse("plans", args=[acting.community.slug])
    drop_draft(acting, key, number=number)
    messages.success(request, _("The draft is thrown away."))
    return reverse("plans_one", args=[acting.community.slug, key])


def _acknowledge(request: HttpRequest, acting: Acting, *, key: str) -> str:
    number = _number(request, acting, key=key)
    influence = request.POST.get("influence", "")
    check(acting, key, number=number)
    acknowledge(
        acting,
        key,
        number=number,
        agreement=Agreement(
            name=request.POST.get("stakeholder", "").replace("\x00", "")[:200],
            influence=int(influence) if influence in ("1", "2", "3") else 0,
            day=_day(request),
            comment=request.POST.get("comment", "").replace("\x00", "")[:1000],
        ),
    )
    messages.success(request, _("Noted."))
    return f"{_at(acting, key, number=number)}#agreed"


def _day(request: HttpRequest) -> date | None:
    text = request.POST.get("day", "").strip()
    return day_read(text) if text else None


def _renew(request: HttpRequest, acting: Acting, *, key: str) -> str:
    renew(acting, key)
    messages.success(request, _("The calendar has a new address; the old one is gone."))
    return f"{reverse('plans_one', args=[acting.community.slug, key])}#take"


def _count(request: HttpRequest, acting: Acting, *, key: str) -> str:
    victory = request.POST.get("victory", "")
    held = opened(acting, key).newest.plan.objective.victory
    measure = next((measure_of(one.measure) for one in held if one.key == victory), None)
    number = number_read(request.POST.get("value", ""))
    is_share = measure is not None and measure.unit is Unit.FRACTION
    value = float(number / 100 if is_share else number)
    count_by_hand(acting, key, victory=victory, value=value, day=_day(request))
    messages.success(request, _("Noted."))
    return reverse("plans_score", args=[acting.community.slug, key])


_STEPS: dict[str, Step] = {
    "force": _force,
    "revise": _revise,
    "copy": _copy,
    "drop": _drop,
    "acknowledge": _acknowledge,
    "renew": _renew,
    "count": _count,
}
