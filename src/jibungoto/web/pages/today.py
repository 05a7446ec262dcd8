"""Today: whom to talk to and why, what changed this week, what waits for a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.lately import lately
from jibungoto.desk.people.behind import noted_on
from jibungoto.desk.rooms import ASKED
from jibungoto.desk.understand.today import (
    Change,
    Decision,
    People,
    Suggestion,
    TodayPage,
    newest_answer,
    today,
)
from jibungoto.records.models import IntakeRow, IntakeState
from jibungoto.understand.today import Reason
from jibungoto.web.entrance import in_community
from jibungoto.web.pages.sources import age
from jibungoto.web.segment_chooser import looked_at, people_in

TONES = {
    Reason.UNANSWERED_FIRST_POST: "calm",
    Reason.FIRST_START: "good",
    Reason.SILENT_CONTRIBUTOR: "amber",
}
CHANGES_SHOWN = 8
IN_DAYS = 60
"""Up to so many, days are counted; beyond, whole months and years say more."""


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody to talk to, as the page shows them; ``days`` have passed since."""

    told: Suggestion
    tone: str
    days: int


@dataclass(frozen=True, slots=True)
class WaitingFor:
    """A decision, and the words of the step that leads to it."""

    told: Decision
    step: str | Promise


STEPS: dict[str, str | Promise] = {
    "staff": _("Who works for you?"),
    "sources": _("To the sources"),
    "team": _("To the team"),
    "plans": _("To the plans"),
    "stakeholders": _("To the stakeholders"),
}


@in_community
@require_GET
def today_page(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Answer whom to talk to today, or say what has to happen first."""
    segment = looked_at(request, acting)
    among = people_in(acting, segment) if segment else None
    whose = (acting.community.pk, acting.role, acting.user_id, today_in(acting))
    if among is None:
        page = lately(("today", *whose), lambda: today(acting))
    else:
        page = today(acting, among=among)
    if page.as_of is None:
        return _before_the_first_answer(request, acting, page=page)
    as_of = page.as_of
    prefetch_related_objects([one.person for one in page.suggestions], "handles")
    return render(
        request,
        "pages/today.html",
        {
            "as_of": as_of,
            "age": _age(as_of, behind=page.behind),
            "today": page,
            "cards": [
                Card(told=one, tone=TONES[one.reason], days=(as_of - one.since).days)
                for one in page.suggestions
            ],
            "noted": noted_on(acting, today_in(acting)),
            "segment": segment,
            "all_noted": not page.suggestions and _had_suggestions(acting, among=among),
            "changes": _upwards_first(page.changes)[:CHANGES_SHOWN],
            "decisions": lately(("decisions", *whose), lambda: _decisions(acting, page)),
        },
    )


def _age(as_of: date, *, behind: int | None) -> str:
    """Say how long ago the records end, where that is too long ago to speak of today."""
    if behind is None:
        return ""
    if behind > IN_DAYS:
        return age(as_of, as_of + timedelta(days=behind))
    return ngettext("%(days)d day ago", "%(days)d days ago", behind) % {"days": behind}


def _before_the_first_answer(
    request: HttpRequest, acting: Acting, *, page: TodayPage
) -> HttpResponse:
    """Show how far the first intake is, or the one next step in an empty community."""
    reading = (
        acting.community.intakes.filter(state__in=[IntakeState.WAITING, IntakeState.READING])
        .order_by("number")
        .first()
    )
    counting = not page.is_working and acting.community.version_id is not None
    return render(
        request,
        "pages/today_first.html",
        {
            "as_of": None,
            "reading": reading,
            "percent": _percent(reading),
            "counting": counting,
            "on_its_way": counting or reading is not None,
            "decisions": _decisions(acting, page),
        },
    )


def _percent(intake: IntakeRow | None) -> int | None:
    """Return how far an intake is, or None while that is not known."""
    if intake is None or not intake.entries_total:
        return None
    return min(100, 100 * intake.entries_done // intake.entries_total)


def _had_suggestions(acting: Acting, *, among: People | None) -> bool:
    answer = newest_answer(acting)
    if answer is None:
        return False
    told = answer.suggestions.all()
    return (told if among is None else told.filter(person__in=among)).exists()


def _upwards_first(changes: tuple[Change, ...]) -> list[Change]:
    return sorted(changes, key=lambda change: change.now < change.before)


def _decisions(acting: Acting, page: TodayPage) -> list[WaitingFor]:
    told = [*page.decisions, *(one for ask in ASKED for one in ask(acting))]
    return [WaitingFor(one, STEPS.get(one.page, _("Open"))) for one in told]
