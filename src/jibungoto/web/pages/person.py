"""A person: where they stand and why, their story over time, and what the team noted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.contrib import messages
from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.gather.overview import has_no_id
from jibungoto.desk.people.behind import people_behind
from jibungoto.desk.people.by_source import days_by_source
from jibungoto.desk.people.look_up import Story, Suggested, story
from jibungoto.desk.people.opt_out import opt_in, opt_out
from jibungoto.desk.people.reach import owning_is_hidden, sources_without_help, started_by
from jibungoto.desk.people.touch import take_back, touch
from jibungoto.engine.look_up import LogLine
from jibungoto.gather.families import Family, family_of
from jibungoto.ledger.activity import AtPrecision
from jibungoto.records.models import HandleRow, PersonRow, StandingRow, TouchKind
from jibungoto.understand.answers import AT_LEAST, STAGE_RULES, Stage, Unknown
from jibungoto.web.entrance import in_community
from jibungoto.web.line_of_time import line_of_time
from jibungoto.web.log_marks import Line
from jibungoto.web.pages.organisations_one import belonging_of
from jibungoto.web.pictures import Act, Caption, story_picture
from jibungoto.web.proof import Clause, Doer, clauses
from jibungoto.web.segment_address import SEGMENT, asking
from jibungoto.web.typed import whole
from jibungoto.web.wording import (
    day_words,
    done_kinds,
    kind_names,
    on_the_ladder,
    place_words,
    present_kinds,
    source_name,
)

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Why:
    """A reason to talk to somebody today, and the rows that say so."""

    told: Suggested
    rows: list[Line]


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in somebody's history on the ladder."""

    day: date
    stage: Stage
    is_dormant: bool


@in_community
@require_GET
def person_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponse:
    """Show one person; the acts of long ago are pages of their own."""
    wanted = whole(request.GET.get("page", "1"), digits=6)
    if not wanted:
        raise Http404
    told = story(acting, number, limit=A_PAGE, offset=A_PAGE * (wanted - 1))
    without_help = sources_without_help(acting)
    rows = [*told.evidence, *(line for reason in told.suggested for line in reason.lines)]
    people = people_behind(acting, {line.actor for line in rows})
    standing = told.standing
    return render(
        request,
        "pages/person.html",
        {
            "as_of": told.as_of,
            "told": told,
            "person": told.person,
            "standing": standing,
            "climbs": standing is not None and on_the_ladder(standing),
            "at_least": AT_LEAST,
            "is_held": standing is not None and standing.satisfied < standing.stage,
            "rule": STAGE_RULES[told.stage],
            "without_help": without_help,
            "unknown": [Unknown(part).words for part in standing.unknown] if standing else [],
            "owning_is_hidden": standing is not None and owning_is_hidden(standing, without_help),
            "whys": [Why(one, _lines(one.lines, told, people=people)) for one in told.suggested],
            "evidence": _proof(told, people),
            "shows_source": len({one.source for one in told.handles}) > 1,
            "handles": [(source_name(one.source), one, _flags(one)) for one in told.handles],
            "history": _history(standing),
            "line_of_time": _line_of_time(acting, told),
            "picture": _picture(told),
            "lately": _lines(told.lines, told, people={}),
            "page": _page(told, int(wanted)),
            **belonging_of(acting, told.person),
        },
    )


def _lines(lines: Iterable[LogLine], told: Story, *, people: dict[str, PersonRow]) -> list[Line]:
    names = kind_names()
    return [
        Line(
            anchor=f"row-{hashlib.sha256(f'{one.source} {one.key}'.encode()).hexdigest()[:12]}",
            day=one.day,
            is_not_before=one.at_precision == AtPrecision.NOT_BEFORE,
            kind=names.get(one.kind, one.kind),
            place=_place(one, told.places),
            source=source_name(one.source),
            who=people.get(one.actor),
        )
        for one in lines
    ]


def _place(line: LogLine, places: dict[str, str]) -> str:
    """Return where something happened; a place where people talk has its mark before it."""
    words = place_words(line, places)
    return f"#{words}" if words and family_of(line.source) is Family.TALK else words


def _proof(told: Story, people: dict[str, PersonRow]) -> list[tuple[str, list[Line]]]:
    """Return the rows behind the stage under the condition of its rule that each proves."""
    doer = Doer([handle.actor for handle in told.handles], started_by(told.person))
    rows: dict[Clause, list[Line]] = {}
    guessed = clauses(told.evidence, told.stage, doer=doer)
    proved = [
        Clause(leg) if leg else clause for leg, clause in zip(told.proves, guessed, strict=True)
    ]
    for clause, line in zip(proved, _lines(told.evidence, told, people=people), strict=True):
        rows.setdefault(clause, []).append(line)
    return [(str(clause.words), lines) for clause, lines in rows.items()]


def _page(told: Story, wanted: int) -> Page[int]:
    """Return which page of the acts this is; raises ``Http404`` beyond the last."""
    count = sum(number for _day, _kind, number in told.days)
    try:
        return Paginator(range(count), A_PAGE).page(wanted)
    except InvalidPage as beyond:
        raise Http404 from beyond


_FLAGS: Sequence[tuple[str, str | Promise]] = (
    ("is_admin", gettext_lazy("administrator there")),
    ("is_bot", gettext_lazy("bot")),
    ("is_guest", gettext_lazy("guest")),
    ("is_deleted", gettext_lazy("account closed")),
    ("is_mentioned_only", gettext_lazy("only mentioned by others")),
)


def _flags(handle: HandleRow) -> list[str]:
    flags = [str(words) for flag, words in _FLAGS if getattr(handle, flag)]
    return [*flags, _("known by this name alone, without an id")] if has_no_id(handle) else flags


def _history(standing: StandingRow | None) -> list[Moment]:
    """Return the moments at which somebody's stage or state changed, the newest first."""
    if standing is None:
        return []
    moments = [
        Moment(date.fromisoformat(day), Stage(stage), is_dormant)
        for day, stage, is_dormant in standing.history
    ]
    changed = [
        one
        for before, one in pairwise([None, *moments])
        if one is not None
        and (before is None or (before.stage, before.is_dormant) != (one.stage, one.is_dormant))
    ]
    return changed[::-1]


def _line_of_time(acting: Acting, told: Story) -> SafeString | None:
    """Draw all sources of somebody on one line of time."""
    if told.as_of is None:
        return None
    return line_of_time(days_by_source(acting, told), kinds=done_kinds(), last=told.as_of)


def _picture(told: Story) -> SafeString | None:
    """Draw a story of which there is something to draw."""
    present = present_kinds()
    acts = [
        Act(day, kind) for day, kind, count in told.days if kind in present for _one in range(count)
    ]
    if not acts or told.as_of is None:
        return None
    done = {act.kind for act in acts}
    days = len({act.day for act in acts})
    sentence = ngettext(
        "Seen on %(count)d day, the last on %(last)s.",
        "Seen on %(count)d days, the last on %(last)s.",
        days,
    )
    return story_picture(
        Caption(
            _("The story so far"),
            sentence % {"count": days, "last": day_words(acts[-1].day)}
            + " "
            + _("One dot is a week, larger where there was more."),
        ),
        acts,
        kinds={kind: name for kind, name in kind_names().items() if kind in done},
        first=acts[0].day,
        last=told.as_of,
    )


@in_community
@require_POST
def touch_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponse:
    """Note that somebody was talked to or shall wait, or take such a note back."""
    try:
        kind = TouchKind(request.POST.get("kind", ""))
    except ValueError as unknown:
        raise Http404 from unknown
    if "undo" in request.POST:
        day = _posted_day(request)
        if day is None:
            raise Http404
        take_back(acting, number, kind=kind, day=day)
        messages.success(request, _("Taken back."))
    else:
        row = touch(acting, number, kind=kind, day=today_in(acting))
        words = _("Noted: you talked to %s.") if kind is TouchKind.TALKED else _("Put off: %s.")
        messages.success(request, words % row.person.name)
    kept = asking(request.POST.get(SEGMENT, ""))
    slug = acting.community.slug
    if request.POST.get("back") == "today":
        return redirect(reverse("today", args=[slug]) + kept)
    return redirect(reverse("people_person", args=[slug, number]) + kept)


def _posted_day(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.POST.get("day", ""))
    except ValueError:
        return None


@in_community
@require_POST
def opt_out_page(request: HttpRequest, acting: Acting, *, number: int) -> HttpResponse:
    """Stop counting somebody who asked for it, or count them again."""
    if "back" in request.POST:
        opt_in(acting, number)
    else:
        opt_out(acting, number)
    return redirect("people_person", community=acting.community.slug, number=number)
