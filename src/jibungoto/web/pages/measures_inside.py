"""Measures of one series, chapter or segment, as the page of all measures shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.segment_findings import every_measure_of, shown_of
from jibungoto.desk.people.segments import segment_keyed
from jibungoto.desk.understand.measures import Measured
from jibungoto.desk.understand.scope_findings import every_measure_in
from jibungoto.desk.understand.scopes import scope_keyed, scopes
from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words
from jibungoto.records.models import SegmentRow
from jibungoto.understand.belonging import meaning_in
from jibungoto.understand.scope_kind import ScopeKind
from jibungoto.understand.scoping import MEANING

SEGMENT = "segment"
OF_SEGMENT = Words("セグメント", "Segment")


@dataclass(frozen=True, slots=True)
class Inside:
    """One series, chapter or segment with its measures; empty while they are being counted.

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
    """One series, chapter or segment that the measures can be taken of."""

    value: str
    name: str
    chosen: bool


def scope_asked(acting: Acting, told: str) -> Inside | None:
    """Return what an address narrows the measures to; None where it asks for the whole."""
    if not told:
        return None
    kind, _colon, key = told.partition(":")
    try:
        if kind == SEGMENT:
            return _of_segment(acting, key)
        scope = scope_keyed(acting, ScopeKind(kind), key=key)
    except (UnknownName, ValueError) as unknown:
        raise Http404 from unknown
    of = ScopeKind(kind)
    measured = every_measure_in(acting, of, key=key)
    is_counted = scope.row is not None
    return Inside(told, of.words, scope.name, measured, meaning_in(of), is_counted)


def _of_segment(acting: Acting, key: str) -> Inside:
    row = segment_keyed(acting, key)
    is_counted = key in shown_of(acting.community)
    measured = every_measure_of(acting, key)
    return Inside(f"{SEGMENT}:{key}", OF_SEGMENT, row.name, measured, MEANING, is_counted)


def scope_choices(acting: Acting, told: str) -> list[ScopeChoice]:
    """Return the series and chapters the manager has made, then the saved segments."""
    made = [(f"{one.kind}:{one.key}", one.name) for one in scopes(acting) if one.row is not None]
    saved = SegmentRow.objects.filter(community=acting.community, dropped_at=None).order_by("name")
    made += [(f"{SEGMENT}:{one.key}", one.name) for one in saved]
    return [ScopeChoice(value, name, value == told) for value, name in made]
