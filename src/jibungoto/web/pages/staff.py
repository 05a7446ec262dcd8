"""Who of these works for you, and which are bots: proposed with reasons, answered by a person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.lately import lately
from jibungoto.desk.people.bots import answer_bots, suspects
from jibungoto.desk.people.look_up import named_like
from jibungoto.desk.people.staff import StaffQuestion, answer, staff_question
from jibungoto.ledger.names import folded
from jibungoto.ledger.words import Words
from jibungoto.records.models import PersonRow
from jibungoto.web.attempts import done
from jibungoto.web.entrance import in_community
from jibungoto.web.typed import whole

FOUND_SHOWN = 20
_LEADS_TO = {"answer": "today", "nobody": "today", "bots": "staff"}
"""Which page each answer leads to."""
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may be ticked, with the reasons why they are proposed."""

    number: int
    name: str
    reasons: tuple[Words, ...]
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the form: words, mail domains, and who is ticked (None: untouched)."""

    search: str = ""
    domains: tuple[str, ...] | None = None
    ticked: frozenset[int] | None = None


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def staff_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Ask who works for the company; searching keeps every tick, answering leads to Today."""
    entered = _entered(request)
    step = request.POST.get("step", "")
    if step in _LEADS_TO:
        ticked = entered.ticked or frozenset()
        if done(request, lambda: _answer(request, acting, ticked=ticked)):
            messages.success(request, _("Thank you. The numbers follow within a minute."))
            return redirect(_LEADS_TO[step], community=acting.community.slug)
    return render(request, "pages/staff.html", _shown(acting, entered))


def _answer(request: HttpRequest, acting: Acting, *, ticked: frozenset[int]) -> None:
    """Keep what a person said: of bots alone, or of staff alone."""
    step = request.POST.get("step", "")
    if step == "bots":
        answer_bots(acting, _numbers(request, "asked"), bots=_numbers(request, "bot"))
    else:
        answer(acting, sorted(ticked) if step == "answer" else [])


def _entered(request: HttpRequest) -> Entered:
    if request.method != "POST":
        return Entered()
    domains = _DOMAIN.findall(" ".join(request.POST.getlist("domains")).lower())
    return Entered(
        search=request.POST.get("search", "").strip(),
        domains=tuple(dict.fromkeys(domain.rpartition("@")[2] for domain in domains)),
        ticked=_numbers(request, "staff"),
    )


def _numbers(request: HttpRequest, field: str) -> frozenset[int]:
    told = map(whole, request.POST.getlist(field))
    return frozenset(number for number in told if number is not None)


def _shown(acting: Acting, entered: Entered) -> dict[str, object]:
    asked = ("staff", acting.community.pk, entered.domains)
    question = lately(asked, lambda: staff_question(acting, entered.domains))
    marked = {person.number: person.name for person in question.marked}
    proposed = {one.person for one in question.proposed}
    ticked = _ticked(question, marked, entered=entered)
    found = _found(acting, entered.search, without=proposed | set(marked))
    extra = ticked - proposed - set(marked) - {person.number for person in found}
    added = PersonRow.objects.filter(community=acting.community, number__in=extra)
    return {
        "has_people": acting.community.version_id is not None,
        "question": question,
        "entered": entered,
        "domains": " ".join(question.domains),
        "proposed": [
            Choice(one.person, one.name, one.reasons, one.person in ticked)
            for one in question.proposed
        ],
        "marked": _choices(((n, name) for n, name in marked.items() if n not in proposed), ticked),
        "added": _choices(((p.number, p.name) for p in added.order_by("number")), ticked),
        "found": _choices(((p.number, p.name) for p in found), ticked),
        "not_found": bool(entered.search) and not found,
        "suspects": suspects(acting),
    }


def _ticked(question: StaffQuestion, marked: dict[int, str], *, entered: Entered) -> frozenset[int]:
    """Return who is ticked: as left in the form, else as answered, else as proposed."""
    if entered.ticked is not None:
        return entered.ticked
    if question.is_answered or marked:
        return frozenset(marked)
    return frozenset(one.person for one in question.proposed)


def _choices(people: Iterable[tuple[int, str]], ticked: frozenset[int]) -> list[Choice]:
    return [Choice(number, name, (), number in ticked) for number, name in people]


def _found(acting: Acting, search: str, *, without: set[int]) -> list[PersonRow]:
    words = folded(search).split()
    if not words:
        return []
    found = PersonRow.objects.filter(
        named_like(words), community=acting.community, merged_into=None
    )
    rows = found.exclude(number__in=without)
    return list(rows.order_by("reading", "name", "number")[:FOUND_SHOWN])
