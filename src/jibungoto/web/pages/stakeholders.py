"""Stakeholders: the map, the question behind each question, contacts, deliveries and decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.ledger.words import Words
from jibungoto.records.models import ContactKind, ContactRow, DeliveryRow, StakeholderRow
from jibungoto.sustain.rules.layers import WEIGHTY
from jibungoto.web.entrance import in_community
from jibungoto.web.figure import Caption
from jibungoto.web.pages.stakeholders_card import Card, card_of
from jibungoto.web.pages.team_listed import stakeholders_file
from jibungoto.web.stance_map import Mark, stance_map

PEERS_SHOWN = 10
DECISIONS_SHOWN = 10
CONTACT_KINDS: dict[ContactKind, Words] = {
    ContactKind.TALK: Words("話した", "a talk"),
    ContactKind.MEETING: Words("会議", "a meeting"),
    ContactKind.MESSAGE: Words("メールやチャット", "a message"),
}


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """Something somebody decided: when, who, what, and on which brief (empty: in a talk)."""

    day: date
    who: str
    what: str
    on: str


@in_community
@require_GET
def stakeholders_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Show who asks about the community, on a map first; or the list as a file."""
    rows = list(stakeholder_rows(acting))
    cards = _cards(acting, rows)
    if ending := request.GET.get("as"):
        return stakeholders_file(cards, ending=ending)
    marks = [Mark(one.number, one.row.name, one.row.influence, one.row.stance) for one in cards]
    peers = ContactRow.objects.filter(community=acting.community, stakeholder=None)
    return render(
        request,
        "pages/stakeholders.html",
        {
            "sentence": _sentence(rows),
            "cards": cards,
            "map": stance_map(Caption(_("Where they stand"), _where(rows)), marks),
            "decided": _decided(acting)[:DECISIONS_SHOWN],
            "peers": peers.order_by("-day", "-pk")[:PEERS_SHOWN],
            "contact_kinds": CONTACT_KINDS.items(),
            "today": today_in(acting).isoformat(),
        },
    )


def stakeholder_rows(acting: Acting) -> QuerySet[StakeholderRow]:
    """Return the stakeholders, those whose word weighs most first, then the least convinced."""
    rows = StakeholderRow.objects.filter(community=acting.community)
    return rows.order_by("-influence", "stance", "pk")


def _cards(acting: Acting, rows: Iterable[StakeholderRow]) -> list[Card]:
    """Return everybody with the latest contact and delivery, in two queries for all of them."""
    contacts: dict[int | None, ContactRow] = {}
    for contact in ContactRow.objects.filter(stakeholder__in=rows).order_by("day", "pk"):
        contacts[contact.stakeholder_id] = contact
    deliveries: dict[int, DeliveryRow] = {}
    for sent in DeliveryRow.objects.filter(stakeholder__in=rows).order_by("sent", "pk"):
        deliveries[sent.stakeholder_id] = sent
    return [
        replace(
            card_of(row, number=at),
            last=contacts.get(row.pk),
            delivery=deliveries.get(row.pk),
        )
        for at, row in enumerate(rows, start=1)
    ]


def _sentence(rows: list[StakeholderRow]) -> str:
    """Answer who asks, and how those stand whose word weighs."""
    if not rows:
        return _("Who asks about the community, and what do they really want to know?")
    weighty = [row for row in rows if row.influence >= WEIGHTY]
    won = sum(row.stance > 0 for row in weighty)
    told = {"count": len(rows), "weighty": len(weighty), "won": won}
    words = ngettext(
        "%(count)d person asks about the community. Of the %(weighty)d who sway or take decisions, "
        "%(won)d stand well with it.",
        "%(count)d people ask about the community. Of the %(weighty)d who sway or take decisions, "
        "%(won)d stand well with it.",
        len(rows),
    )
    return words % told


def _where(rows: list[StakeholderRow]) -> str:
    """Say what the map shows: who decides and is not convinced."""
    doubtful = [row.name for row in rows if row.influence >= WEIGHTY and row.stance < 0]
    if doubtful:
        told = ", ".join(doubtful)
        return _("Their word weighs, and they are not convinced: %(names)s.") % {"names": told}
    return _("Nobody whose word weighs stands against it.")


def _decided(acting: Acting) -> list[DecisionTaken]:
    """Return what was decided, in talks and on briefs, the latest first."""
    talks = ContactRow.objects.filter(community=acting.community).exclude(decision="")
    briefs = DeliveryRow.objects.filter(stakeholder__community=acting.community)
    found = [
        DecisionTaken(
            one.day, one.stakeholder.name if one.stakeholder else one.peer, one.decision, ""
        )
        for one in talks.select_related("stakeholder")
    ]
    found += [
        DecisionTaken(one.decided or one.sent, one.stakeholder.name, one.decision, one.title)
        for one in briefs.exclude(decision="").select_related("stakeholder")
    ]
    return sorted(found, key=lambda one: one.day, reverse=True)
