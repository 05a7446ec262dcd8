"""The team: what it covers and what is missing, how isolated its manager is, who holds the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.sustain.accounts import accounts
from jibungoto.desk.sustain.alerts import Standing, acknowledge, snooze, standings
from jibungoto.desk.sustain.cover import cover_rows
from jibungoto.desk.sustain.facts import facts_of
from jibungoto.desk.sustain.isolation import (
    is_released,
    owns_isolation,
    release,
    sees_isolation,
)
from jibungoto.desk.sustain.team import members
from jibungoto.ledger.words import Words
from jibungoto.records.models import AccountKind, AccountRow
from jibungoto.sustain.alerts import SNOOZE_DAYS, AlertState
from jibungoto.sustain.cover import AbilityCover, CoverState, covers_of
from jibungoto.sustain.gaps import gaps_of
from jibungoto.sustain.pattern import READINGS, pattern_of
from jibungoto.sustain.rules.isolation import Isolation, isolation_of
from jibungoto.sustain.rules.rule import Firing, Severity
from jibungoto.sustain.support import SUPPORTS, Support
from jibungoto.sustain.team import Part, Team, TeamMember
from jibungoto.web.entrance import in_community
from jibungoto.web.pages.team_listed import cover_file

SNOOZES = (14, 30, SNOOZE_DAYS)
STATE_TONES = {
    CoverState.COVERED: "good",
    CoverState.OPEN: "alarm",
    CoverState.SHORT: "amber",
    CoverState.UNKNOWN: "calm",
}
SEVERITY_TONES = {Severity.CRITICAL: "alarm", Severity.WARN: "amber", Severity.NOTICE: "calm"}
ACCOUNT_KINDS: dict[AccountKind, Words] = {
    AccountKind.ACCOUNT: Words("アカウント", "Account"),
    AccountKind.DOMAIN: Words("ドメイン", "Domain"),
    AccountKind.MONEY: Words("お金", "Money"),
    AccountKind.VENUE: Words("会場", "Venue"),
    AccountKind.CONTRACT: Words("契約", "Contract"),
    AccountKind.TEMPLATE: Words("ひな形", "Template"),
    AccountKind.LIST: Words("名簿", "List"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one member does for one ability; ``part`` None is nothing."""

    member: TeamMember
    part: Part | None = None
    hours: int | None = None
    last_used: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One ability of the matrix with a cell for every member."""

    cover: AbilityCover
    tone: str
    cells: list[Cell]
    support: Support | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One rule as the page shows it; ``tone`` is the colour of its severity."""

    told: Standing
    tone: str
    waits: bool
    back_on: date | None


@dataclass(frozen=True, slots=True)
class Key:
    """One account as the page shows it."""

    row: AccountRow
    kind: Words
    is_single: bool


@in_community
@require_GET
def team_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Show the team's cover on one page, the gaps in words first; or the cover as a file."""
    if ending := request.GET.get("as"):
        return cover_file(cover_rows(acting), ending=ending)
    facts = facts_of(acting)
    today = today_in(acting)
    team = facts.team
    present = _present(acting, team)
    shown = [_shown(one) for one in standings(acting, facts=facts)]
    others = [one for one in shown if not one.told.rule.is_private]
    pattern = pattern_of(team, today)
    return render(
        request,
        "pages/team.html",
        {
            "members": present,
            "hours": sum(one.hours or 0 for one in team.there(today)),
            "sentence": sentence_of(team, today),
            "gaps": gaps_of(team, today),
            "lines": _lines(team, present, day=today),
            "reading": READINGS[pattern] if pattern else None,
            "firing": [one for one in shown if one.told.verdict.fires],
            "untold": [one for one in others if one.told.verdict.firing is Firing.UNKNOWN],
            "calm": [one for one in others if one.told.verdict.firing is Firing.QUIET],
            "snoozes": SNOOZES,
            "isolation": _isolation(acting, isolation_of(facts, today)),
            "owns_isolation": owns_isolation(acting),
            "is_released": is_released(acting),
            "keys": [_key(row) for row in accounts(acting)],
        },
    )


def sentence_of(team: Team, today: date) -> str:
    """Answer in a sentence how much of the five abilities is covered."""
    if not team.there(today):
        return _("Who keeps the community going, and who can stand in for them?")
    covered = sum(one.is_covered for one in covers_of(team, today))
    missing = len(gaps_of(team, today))
    if covered == 5 and not missing:
        return _("All five abilities are covered, and each has somebody to stand in.")
    told = {"covered": covered, "missing": missing}
    return _("%(covered)d of 5 abilities are covered. What is missing: %(missing)d.") % told


def _present(acting: Acting, team: Team) -> list[TeamMember]:
    """Return who is in the team now, in the order of the matrix's columns."""
    known = {one.number: one for one in team.members}
    return [known[row.pk] for row in members(acting)]


def _lines(team: Team, present: Sequence[TeamMember], *, day: date) -> list[Line]:
    """Return the rows of the matrix; their cells stand in the order of ``present``."""
    return [
        Line(
            cover,
            STATE_TONES[cover.state],
            [_cell(team, one, ability=cover.ability.key, day=day) for one in present],
            None if cover.is_covered else SUPPORTS[cover.ability.key],
        )
        for cover in covers_of(team, day)
    ]


def _cell(team: Team, member: TeamMember, *, ability: str, day: date) -> Cell:
    for cover, who in team.agreed(day):
        if who.number == member.number and cover.ability == ability:
            return Cell(member, cover.part, cover.hours, cover.last_used)
    return Cell(member)


def _shown(one: Standing) -> Shown:
    alert = one.alert
    return Shown(
        one,
        SEVERITY_TONES[one.verdict.severity],
        waits=alert is not None and alert.state is AlertState.OPEN,
        back_on=alert.snoozed_until if alert else None,
    )


def _isolation(acting: Acting, isolation: Isolation) -> Isolation | None:
    return isolation if sees_isolation(acting) else None


def _key(row: AccountRow) -> Key:
    return Key(row, ACCOUNT_KINDS[AccountKind(row.kind)], len(row.admins) == 1)


@in_community
@require_POST
def alert_page(request: HttpRequest, acting: Acting, *, key: str) -> HttpResponseBase:
    """Keep what somebody says of an alert: seen, or put off."""
    days = request.POST.get("days", "")
    if request.POST.get("answer") == "seen":
        acknowledge(acting, key)
        messages.success(request, _("Noted as seen."))
    elif days in {str(one) for one in SNOOZES}:
        snooze(acting, key, days=int(days))
        messages.success(request, _("Put off for %(days)s days.") % {"days": days})
    else:
        raise Http404
    return redirect("team", community=acting.community.slug)


@in_community
@require_POST
def isolation_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Release the manager's isolation, or take that back."""
    released = request.POST.get("released") == "yes"
    release(acting, released=released)
    shown, hidden = _("Everybody in the house sees it now."), _("Only you see it now.")
    messages.success(request, shown if released else hidden)
    return redirect("team", community=acting.community.slug)
