"""The lists of team, accounts and stakeholders as files: what a page shows, row by row."""

from __future__ import annotations

from collections.abc import Sequence

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from jibungoto.ledger.words import Words
from jibungoto.records.models import AccountRow, CoverRow
from jibungoto.sustain.abilities import ability
from jibungoto.sustain.team import Part
from jibungoto.web.exporting import Column, exported
from jibungoto.web.pages.stakeholders_card import Card
from jibungoto.web.printing import said


def cover_file(rows: Sequence[CoverRow], *, ending: str) -> HttpResponseBase:
    """Return who has agreed to what, one line for each agreement."""
    columns: list[Column[CoverRow]] = [
        (_("Ability"), lambda row: f"{row.ability} {said(ability(row.ability).name)}"),
        (_("Who does it"), lambda row: row.member.name),
        (_("As what"), lambda row: said(Part(row.part).words)),
        (_("Hours a month"), lambda row: row.hours),
        (_("Backup last used"), lambda row: row.last_used),
        (_("Agreed since"), lambda row: row.since),
    ]
    return exported(columns, rows, name="cover", ending=ending)


def accounts_file(
    rows: Sequence[AccountRow], *, kinds: dict[str, Words], ending: str
) -> HttpResponseBase:
    """Return the accounts with their administrators."""
    columns: list[Column[AccountRow]] = [
        (_("What it is"), lambda row: row.name),
        (_("Kind"), lambda row: said(kinds[row.kind])),
        (_("Administrators"), lambda row: ", ".join(row.admins)),
        (_("Where"), lambda row: row.where),
        (_("Renewal"), lambda row: row.renewal),
    ]
    return exported(columns, rows, name="accounts", ending=ending)


def stakeholders_file(cards: Sequence[Card], *, ending: str) -> HttpResponseBase:
    """Return who stands where on the map, with the question behind their question."""
    columns: list[Column[Card]] = [
        (_("Name"), lambda card: card.row.name),
        (_("Department"), lambda card: card.row.department),
        (_("Desk"), lambda card: said(card.asker.name)),
        (_("Weight"), lambda card: said(card.influence)),
        (_("Stance"), lambda card: said(card.stance)),
        (_("Cares about"), lambda card: said(card.interest)),
        (_("The question behind the question"), lambda card: said(card.question)),
        (_("Last talk"), lambda card: card.last.day if card.last else None),
    ]
    return exported(columns, cards, name="stakeholders", ending=ending)
