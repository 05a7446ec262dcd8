"""Measures of one series or chapter, as the page of all measures shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.measures import Measured
from jibungoto.desk.understand.scope_findings import every_measure_in
from jibungoto.desk.understand.scopes import scope_keyed, scopes
from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words
from jibungoto.understand.belonging import meaning_in
from jibungoto.understand.scope_kind import ScopeKind

SEGMENT = "segment"
"""How addresses once named a segment here, before every page took one."""
NOT_IN_BOTH = Words(
    "シリーズと支部の値は、来た人全員についての値です。セグメントには、重ねて絞れません。",
    "What is of a series or chapter is of everybody who came; it cannot be narrowed to a segment "
    "as well.",
)


@dataclass(frozen=True, slots=True)
class Inside:
    """One series or chapter with its measures; empty while they are being counted.

    ``told`` is how the address names it; ``is_counted`` says that the worker is at it.
    """

    told: str
    kind: Words
    name: str
    measured: list[Measured]
    meaning: Words
    is_counted: bool


@dataclass(frozen=True, slots=True)
class ScopeChoice:
    """One series or chapter that the measures can be taken of."""

    value: str
    name: str
    chosen: bool


def scope_asked(acting: Acting, told: str) -> Inside | None:
    """Return what an address narrows the measures to; None where it asks for the whole."""
    if not told:
        return None
    kind, _colon, key = told.partition(":")
    try:
        scope = scope_keyed(acting, ScopeKind(kind), key=key)
    except (UnknownName, ValueError) as unknown:
        raise Http404 from unknown
    of = ScopeKind(kind)
    measured = every_measure_in(acting, of, key=key)
    is_counted = scope.row is not None
    return Inside(told, of.words, scope.name, measured, meaning_in(of), is_counted)


def scope_choices(acting: Acting, inside: Inside | None) -> list[ScopeChoice]:
    """Return the series and chapters the manager has made, and the one that is looked at."""
    made = {f"{one.kind}:{one.key}": one.name for one in scopes(acting) if one.row is not None}
    here = {inside.told: inside.name} if inside else {}
    return [ScopeChoice(value, name, value in here) for value, name in (made | here).items()]
