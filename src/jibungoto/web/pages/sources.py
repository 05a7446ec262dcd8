"""Sources: drop files, watch them being read, see what each added, and take it out again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.gather.advise import advice
from jibungoto.desk.gather.overview import (
    Freshness,
    freshness,
    intake_numbered,
    intakes,
    on_their_way,
    source_name,
    waiting_for_answers,
)
from jibungoto.desk.gather.queue import receive
from jibungoto.desk.gather.undo import ask_to_undo
from jibungoto.desk.understand.refresh import is_current
from jibungoto.engine.disk import disk_problem
from jibungoto.gather.advice import Advice, Lack
from jibungoto.ledger.problems import Problem, UnknownName
from jibungoto.ledger.words import LANGUAGES, Words
from jibungoto.records.models import IntakeRow, IntakeState
from jibungoto.web.attempts import done, tell
from jibungoto.web.entrance import in_community
from jibungoto.web.language import page_language
from jibungoto.web.spool import problems_of
from jibungoto.web.suspected import suspected
from jibungoto.web.ways import WAYS, Way, mail_of, ways_by_family

FIELD = "export"
INTAKES_SHOWN = 20
_LISTS = ("connpass", "doorkeeper", "peatix", "meetup", "luma")
ADVISED: dict[Lack, list[Way]] = {
    lack: [WAYS[key] for key in keys]
    for lack, keys in {
        Lack.LISTS: _LISTS,
        Lack.NEWER_LISTS: _LISTS,
        Lack.ATTENDANCE: ("zoom", *_LISTS[:3]),
        Lack.EVENTS: _LISTS,
        Lack.TALK: ("slack", "discord", "discourse", "zulip", "line", "mbox"),
        Lack.WORKS: ("feed", "git", "github"),
    }.items()
}
"""The sources that bring what is missing."""

STATES: dict[str, tuple[str | Promise, str]] = {
    IntakeState.WAITING: (lazy("waiting"), "calm"),
    IntakeState.READING: (lazy("being read"), "calm"),
    IntakeState.IN: (pgettext_lazy("state of a file", "brought in"), "good"),
    IntakeState.REFUSED: (lazy("could not be read"), "alarm"),
    IntakeState.UNDOING: (lazy("being taken out"), "calm"),
    IntakeState.UNDONE: (lazy("taken out"), "outline"),
}
SAME = (lazy("in already"), "outline")
ASKED = (lazy("waits for you"), "amber")
ANSWERED = (pgettext_lazy("state of a file", "answered"), "outline")


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """One intake as the list shows it."""

    intake: IntakeRow
    state: str | Promise
    tone: str
    source: Words | None


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def sources_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Show what is in, and take in what is dropped."""
    if request.method == "POST":
        _receive_all(request, acting)
        return redirect("sources", community=acting.community.slug)
    return render(request, "pages/sources.html", _live(request, acting))


@in_community
@require_GET
def progress_fragment(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Return the part of the page that changes while files are being read."""
    return render(request, "parts/sources_live.html", _live(request, acting))


def _live(request: HttpRequest, acting: Acting) -> dict[str, object]:
    reading = on_their_way(acting)
    page = Paginator(intakes(acting), INTAKES_SHOWN).get_page(request.GET.get("page"))
    is_counting = not reading and not is_current(acting.community)
    is_live = bool(reading) or is_counting
    sources = freshness(acting)
    return {
        "community": acting.community,
        "reading": reading,
        "is_counting": is_counting,
        "is_live": is_live,
        "waiting": waiting_for_answers(acting),
        "advice": [] if is_live else [(one, _ways_to(one)) for one in advice(acting)],
        "families": ways_by_family(),
        "was_live": request.htmx if hasattr(request, "htmx") else False,
        "page": page,
        "lines": [intake_line(intake) for intake in page],
        "suspected": suspected(acting),
        "freshness": _with_ages(sources, today_in(acting)),
        "is_any_old": any(one.is_old or one.is_behind for one in sources),
    }


def _ways_to(one: Advice) -> list[Way]:
    """Return the sources that have what is missing: those that grew old, or all of a kind."""
    own = [WAYS[key] for key in one.sources if key in WAYS]
    return own or ADVISED.get(one.lack, [])


def _with_ages(sources: list[Freshness], today: date) -> list[tuple[Freshness, str]]:
    """Return each source with how long ago its last day was, empty for one that is not old."""
    return [
        (one, age(one.last_day, today) if one.is_old and one.last_day else "") for one in sources
    ]


def age(day: date, today: date) -> str:
    """Say how long ago a day was, in whole years, and below a year in months (never none)."""
    months = 12 * (today.year - day.year) + today.month - day.month - (today.day < day.day)
    if months >= 12:
        years = months // 12
        words = ngettext("%(count)d year ago", "%(count)d years ago", years)
        return words % {"count": years}
    words = ngettext("%(count)d month ago", "%(count)d months ago", max(1, months))
    return words % {"count": max(1, months)}


def intake_line(intake: IntakeRow) -> IntakeLine:
    """Return an intake as pages show it: its state in a word, and its source."""
    is_again = intake.state == IntakeState.IN and intake.same_as_id is not None
    state, tone = SAME if is_again else STATES[intake.state]
    if intake.state == IntakeState.REFUSED and (intake.asked or intake.same_as_id):
        state, tone = ASKED if intake.asked else ANSWERED
    source = source_name(intake.source) if intake.source else None
    return IntakeLine(intake=intake, state=state, tone=tone, source=source)


def _receive_all(request: HttpRequest, acting: Acting) -> None:
    """Queue every dropped file; they come in pieces, so a large one never sits in memory."""
    files = request.FILES.getlist(FIELD)
    let_go = problems_of(request)
    for problem in let_go:
        tell(request, problem)
    if not files and not let_go:
        messages.error(request, _("No file came along. Choose a file, then bring it in."))
    for file in files:
        name = file.name or ""
        try:
            receive(acting, name, chunks=file.chunks())
        except Problem as problem:
            tell(request, problem)
        except OSError as error:
            messages.error(request, disk_problem(error, name).said_in(page_language()))
        else:
            messages.success(request, _("Received: %(name)s") % {"name": name})


@in_community
@require_http_methods(["GET", "HEAD", "POST"])
def undo_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponseBase:
    """Ask once more before an intake is taken out, then leave it to the worker."""
    intake = intake_or_404(acting, number)
    slug = acting.community.slug
    if request.method == "POST":
        if done(request, lambda: ask_to_undo(acting, number)):
            messages.success(
                request, _("Being taken out: %(name)s. The numbers follow.") % {"name": intake.name}
            )
        return redirect("sources", community=slug)
    if intake.state != IntakeState.IN:
        return redirect("sources_intake", community=slug, number=number)
    return render(
        request, "pages/sources_undo.html", {"intake": intake, "line": intake_line(intake)}
    )


def intake_or_404(acting: Acting, number: int) -> IntakeRow:
    """Return one intake; raises ``Http404`` for a number that is not here."""
    try:
        return intake_numbered(acting, number)
    except UnknownName as unknown:
        raise Http404 from unknown


@in_community
@require_GET
def way_page(request: HttpRequest, acting: Acting, *, key: str) -> HttpResponseBase:
    """Show how to come by one source's file, with the mail that asks for it."""
    if key not in WAYS:
        raise Http404
    mails = [(language, mail) for language in LANGUAGES if (mail := mail_of(key, language))]
    context = {"way": WAYS[key], "mails": mails}
    return render(request, "pages/sources_way.html", context)
