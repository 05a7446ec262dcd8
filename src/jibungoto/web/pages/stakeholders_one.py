"""One stakeholder: what they ask, what was talked about, what they were sent and decided."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.sustain.deliveries import (
    Sent,
    decide,
    deliver,
    drop_delivery,
    mark_opened,
    mark_replied,
)
from jibungoto.desk.sustain.entered import contact_numbered, delivery_numbered, stakeholder_numbered
from jibungoto.desk.sustain.stakeholders import (
    ContactWish,
    StakeholderWish,
    drop_contact,
    drop_stakeholder,
    keep_stakeholder,
    note_contact,
)
from jibungoto.ledger.words import Words
from jibungoto.records.models import ContactKind, StakeholderRow
from jibungoto.sustain.askers import ASKERS, INFLUENCES, INTERESTS, STANCES, AskerKind, Interest
from jibungoto.web.attempts import attempted
from jibungoto.web.entrance import in_community
from jibungoto.web.pages.stakeholders import CONTACT_KINDS
from jibungoto.web.pages.stakeholders_card import card_of
from jibungoto.web.pages.team_entered import choice_in, day_in, number_in, text_in
from jibungoto.web.typed import whole

SHOWN = 50
"""Of contacts and deliveries each, the latest."""


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Put somebody on the map."""
    if request.method == "POST":
        row = attempted(request, lambda: keep_stakeholder(acting, _wish(request)))
        if row is not None:
            messages.success(request, _("%(name)s is on the map.") % {"name": row.name})
            return redirect("stakeholders", community=acting.community.slug)
    entered = request.POST if request.method == "POST" else {"influence": "2", "stance": "0"}
    context = _choices() | {"entered": entered}
    return render(request, "pages/stakeholders_new.html", context, status=_status(request))


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def one_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Show one stakeholder, and keep what is changed of them."""
    row = stakeholder_numbered(acting, number)
    if request.method == "POST":
        if request.POST.get("answer") == "drop":
            drop_stakeholder(acting, number)
            messages.success(request, _("%(name)s is off the map.") % {"name": row.name})
            return redirect("stakeholders", community=acting.community.slug)
        kept = attempted(request, lambda: keep_stakeholder(acting, _wish(request, number=number)))
        if kept is not None:
            messages.success(request, _("Kept."))
            return _to(acting, number)
    context = _choices() | {
        "card": card_of(row, number=0),
        "entered": request.POST if request.method == "POST" else _entered(row),
        "contacts": row.contacts.order_by("-day", "-pk")[:SHOWN],
        "deliveries": row.deliveries.order_by("-sent", "-pk")[:SHOWN],
        "contact_kinds": CONTACT_KINDS.items(),
        "today": today_in(acting).isoformat(),
    }
    return render(request, "pages/stakeholders_one.html", context, status=_status(request))


def _choices() -> dict[str, object]:
    return {
        "kinds": [(one.value, asker.name) for one, asker in ASKERS.items()],
        "interests": [(one.value, words) for one, words in INTERESTS.items()],
        "influences": [(str(one), words) for one, words in INFLUENCES.items()],
        "stances": [(str(one), words) for one, words in STANCES.items()],
    }


def _entered(row: StakeholderRow) -> dict[str, str]:
    return {
        "name": row.name,
        "department": row.department,
        "kind": row.kind,
        "interest": row.interest,
        "influence": str(row.influence),
        "stance": str(row.stance),
        "question_ja": row.question_ja,
        "question_en": row.question_en,
        "supervisor": "yes" if row.is_supervisor else "",
    }


def _wish(request: HttpRequest, *, number: int | None = None) -> StakeholderWish:
    told = request.POST
    return StakeholderWish(
        name=text_in(told, "name"),
        kind=choice_in(told, "kind", of=AskerKind),
        interest=choice_in(told, "interest", of=Interest),
        influence=number_in(told, "influence") or 0,
        stance=number_in(told, "stance") or 0,
        department=text_in(told, "department"),
        question=Words(text_in(told, "question_ja"), text_in(told, "question_en")),
        is_supervisor=told.get("supervisor") == "yes",
        number=number,
    )


@in_community
@require_POST
def contact_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Note a talk with a stakeholder, or with somebody who does the same work elsewhere."""
    kept = attempted(request, lambda: note_contact(acting, _contact(request, acting)))
    if kept is not None:
        messages.success(request, _("The talk is noted."))
    number = whole(request.POST.get("stakeholder", ""))
    return _to(acting, number)


def _contact(request: HttpRequest, acting: Acting) -> ContactWish:
    told = request.POST
    return ContactWish(
        day=day_in(told, "day") or today_in(acting),
        kind=choice_in(told, "kind", of=ContactKind),
        stakeholder=number_in(told, "stakeholder"),
        peer=text_in(told, "peer"),
        minutes=number_in(told, "minutes"),
        outcome=text_in(told, "outcome"),
        next_step=text_in(told, "next_step"),
        decision=text_in(told, "decision"),
    )


@in_community
@require_POST
def contact_drop_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Take a note of a talk back."""
    whom = contact_numbered(acting, number).stakeholder_id
    drop_contact(acting, number)
    messages.success(request, _("The note is taken back."))
    return _to(acting, whom)


@in_community
@require_POST
def deliver_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Note by hand that a stakeholder was sent something."""

    def sent() -> object:
        title = text_in(request.POST, "title")
        day = day_in(request.POST, "day") or today_in(acting)
        return deliver(acting, Sent("", title, stakeholder=number, day=day))

    if attempted(request, sent) is not None:
        messages.success(request, _("The delivery is noted."))
    return _to(acting, number)


@in_community
@require_POST
def delivery_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Keep what came of a delivery: opened, answered, decided, or noted by mistake."""
    whom = delivery_numbered(acting, number).stakeholder_id
    today = today_in(acting)
    verbs: dict[str, Callable[[], object]] = {
        "opened": lambda: mark_opened(acting, number, day=today),
        "replied": lambda: mark_replied(acting, number, day=today),
        "decided": lambda: decide(
            acting, number, decision=text_in(request.POST, "decision"), day=today
        ),
    }
    answer = request.POST.get("answer", "")
    if answer == "drop":
        drop_delivery(acting, number)
        messages.success(request, _("The note is taken back."))
    elif answer not in verbs:
        raise Http404
    elif attempted(request, verbs[answer]) is not None:
        messages.success(request, _("Kept."))
    return _to(acting, whom)


def _to(acting: Acting, number: int | None) -> HttpResponseBase:
    if number is None:
        return redirect("stakeholders", community=acting.community.slug)
    return redirect("stakeholders_one", community=acting.community.slug, number=number)


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
