"""Measures of one series or chapter, as the page of all measures shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.measures import Measured
from jibungoto.desk.understand.scope_findings import every_measure_in
from jibungoto.desk.understand.scopes import Scoped, scope_keyed, scopes
from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words
from jibungoto.understand.belonging import meaning_in
from jibungoto.understand.scope_kind import ScopeKind


@dataclass(frozen=True, slots=True)
class Inside:
    """One series or chapter with its measures; empty while they are being counted."""

    scope: Scoped
    measured: list[Measured]
    meaning: Words


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """One series or chapter that the measures can be taken of."""

    value: str
    name: str
    chosen: bool


def scope_asked(acting: Acting, told: str) -> Inside | None:
    """Return the series or chapter an address asks for; None where it asks for the whole."""
    if not told:
        return None
    kind, _colon, key = told.partition(":")
    if kind not in set(ScopeKind):
        raise Http404
    try:
        scope = scope_keyed(acting, ScopeKind(kind), key=key)
    except UnknownName as unknown:
        raise Http404 from unknown
    of = ScopeKind(kind)
    return Inside(scope, every_measure_in(acting, of, key=key), meaning_in(of))


def scope_choices(acting: Acting, told: str) -> list[ScopeChoice]:
    """Return the series and chapters that the manager has made, for the page's choice."""
    listed = (one for one in scopes(acting) if one.row is not None)
    return [
        ScopeChoice(f"{one.kind}:{one.key}", one.name, f"{one.kind}:{one.key}" == told)
        for one in listed
    ]
