"""Measures: what each means, how it stands, how it went, and the rows it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.measures import Measured, measured
from jibungoto.ledger.finding import Finding, Quality
from jibungoto.ledger.problems import UnknownName
from jibungoto.understand.catalogue import CATALOGUE, THEMES, Measure
from jibungoto.understand.catalogue_journeys import JOURNEYS
from jibungoto.understand.scoping import WHOLE_WHY, may_be_scoped
from jibungoto.understand.segments import EVERYBODY, may_be_counted
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import exported
from jibungoto.web.measure_cards import (
    BY_KEY,
    PAIR,
    Line,
    card_of,
    has_dormant,
    line_of,
    main_parts,
    parts_of,
    row_of,
)
from jibungoto.web.measure_rows import TAKEN, chosen_rows, row_columns, row_marks, row_part_name
from jibungoto.web.pages.measures_inside import (
    NOT_IN_BOTH,
    SEGMENT,
    Inside,
    scope_asked,
    scope_choices,
)
from jibungoto.web.pages.measures_sought import LONGEST_SEARCH, sought
from jibungoto.web.printing import (
    OnPage,
    direction_words,
    part_name,
    printed,
    said,
    window_words,
)
from jibungoto.web.segment_address import asking, key_asked
from jibungoto.web.segment_chooser import looked_at, numbers_in
from jibungoto.web.segment_counting import Counting, counting_of
from jibungoto.web.suspected import suspected

ROWS_SHOWN = 50
OF_MANY = 5
"""A reason that so many values share is said once, above them."""
COVERAGE = "identity_coverage"
ACROSS = frozenset(one.key for one in JOURNEYS if one.key != COVERAGE)
"""The measures across sources: each under-counts while people are known in one source alone."""
TELLS_SEATS = ("show", "no_show", "seat_use", "wait_conv")
"""The measures from whose pages one goes on to how many registrations to accept."""


@in_community
@require_GET
def measures_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Show every measure with its value now and its history."""
    told = request.GET.get("in", "")
    if told.startswith(f"{SEGMENT}:"):
        return redirect(_address("measures", acting) + asking(told.removeprefix(f"{SEGMENT}:")))
    inside = scope_asked(acting, told)
    segment = looked_at(request, acting) if inside is None else None
    counting = counting_of(acting, segment, measures=list(BY_KEY))
    all_measured = _chosen(acting, inside=inside, counting=counting)
    find = request.GET.get("find", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    found = sought(all_measured, find)
    if ending := request.GET.get("as"):
        return exported(_columns(), _all_lines(found), name="measures", ending=ending)
    reasons = _reasons_of_many(found)
    once = frozenset(one.reason for one in reasons)
    of, slug = key_asked(request), acting.community.slug
    rows = {m.measure.key: row_of(m, slug, of=of, told=once) for m in found}
    context = {
        "groups": _grouped(rows),
        "find": find,
        "longest_search": LONGEST_SEARCH,
        "has_any": bool(all_measured),
        "found": len(found),
        "reasons": reasons,
        "sentence": _sentence(all_measured),
        "inside": inside,
        "cannot_narrow": NOT_IN_BOTH if inside else None,
        "counting": counting,
        "left_out": _left_out(counting) if not find else [],
        "scopes": scope_choices(acting, inside),
        "suspected": suspected(acting) if all_measured else None,
    }
    return render(request, "pages/measures.html", context)


def _reasons_of_many(all_measured: list[Measured]) -> list[OnPage]:
    """Return one value for each source that many values alike wait for, with its reason."""
    held: dict[str, list[OnPage]] = {}
    for one in all_measured:
        whole = one.now.get("")
        if whole is not None and whole.value is not None and whole.quality is Quality.STALE:
            told = printed(one.measure, whole)
            held.setdefault(told.reason, []).append(told)
    return [alike[0] for reason, alike in held.items() if reason and len(alike) >= OF_MANY]


def _sentence(all_measured: list[Measured]) -> str:
    """Say how many are here and how many were active; empty where either cannot be told."""
    held = {one.measure.key: one.now.get("") for one in all_measured}
    told = {
        key: printed(BY_KEY[key], found).text
        for key in ("registered", "active")
        if (found := held.get(key)) is not None and found.value is not None
    }
    if len(told) < 2:
        return ""
    return _("Registered: %(registered)s. Active in the last 28 days: %(active)s.") % told


def _address(view: str, acting: Acting) -> str:
    return reverse(view, args=[acting.community.slug])


def _chosen(acting: Acting, *, inside: Inside | None, counting: Counting | None) -> list[Measured]:
    if inside is not None:
        return inside.measured
    return measured(acting) if counting is None else counting.measured


def _left_out(counting: Counting | None) -> list[str]:
    """Return the names of the measures that mean nothing of some people alone."""
    if counting is None:
        return []
    return [said(one.name) for one in CATALOGUE if not may_be_scoped(one.key)]


@in_community
@require_GET
def measure_page(request: HttpRequest, acting: Acting, *, key: str) -> HttpResponseBase:
    """Show one measure: definition, parts, the months, and the way to its rows."""
    one = _measured_or_404(acting, key)
    segment = looked_at(request, acting)
    counting = counting_of(acting, segment, measures=(key,)) if may_be_scoped(key) else None
    if counting is not None:
        one = next(iter(counting.measured), Measured(one.measure, one.as_of, {}, {}))
    if ending := request.GET.get("as"):
        return exported(_columns(), _months(one), name=f"measure-{key}", ending=ending)
    context = {
        "counting": counting,
        "cannot_narrow": WHOLE_WHY if segment and counting is None else None,
        "card": card_of(one),
        "measure": one.measure,
        "definition": one.measure.definition,
        "suspected": suspected(acting),
        "direction": direction_words(one.measure.direction),
        "window": window_words(one.measure),
        "months": _month_table(one),
        "heads": [part_name(one.measure, part) for part in main_parts(one)],
        "has_dormant": has_dormant(one),
        "known": _known(acting) if key in ACROSS else None,
        "tells_seats": key in TELLS_SEATS,
        "has_pairs": any(PAIR in part for part in one.now),
        "version": next((f.definition_version for f in one.now.values()), one.measure.version),
    }
    return render(request, "pages/measure.html", context)


@in_community
@require_GET
def measure_rows_page(request: HttpRequest, acting: Acting, *, key: str) -> HttpResponseBase:
    """Show the people and activities a measure's newest value rests on."""
    one = _measured_or_404(acting, key)
    segment = looked_at(request, acting)
    among = numbers_in(acting, segment) if segment and may_be_scoped(key) else None
    chosen = chosen_rows(acting, one.measure, part=request.GET.get("part"), among=among)
    if ending := request.GET.get("as"):
        return exported(row_columns(), chosen.rows.every(), name=f"rows-{key}", ending=ending)
    page = Paginator(chosen.rows, ROWS_SHOWN).get_page(request.GET.get("page"))
    context = {
        "measure": one.measure,
        "cannot_narrow": WHOLE_WHY if segment and among is None else None,
        "keep": _kept_as(key, part=chosen.part, asked=request.GET.get("part")),
        "parts": [(part, row_part_name(one.measure, part)) for part in chosen.parts],
        "chosen": chosen.part,
        "page": page,
        "rows": row_marks(
            page.object_list,
            slug=acting.community.slug,
            zone=acting.community.zone,
            of=key_asked(request),
            has_parts=chosen.rows.has_parts,
        ),
        "has_parts": chosen.rows.has_parts,
        "taken": TAKEN,
        "is_cut": chosen.rows.is_cut,
    }
    return render(request, "pages/measure_rows.html", context)


def _known(acting: Acting) -> Line | None:
    """Return how much is done by people known across sources, for what that limits (7.9)."""
    found = measured(acting, keys=(COVERAGE,))
    return line_of(found[0], "", held=found[0].now) if found else None


def _kept_as(key: str, *, part: str | None, asked: str | None) -> str:
    """Return the filter of the list of people that means whom these rows are about."""
    if not may_be_counted(key):
        return ""
    said = key if asked is None else f"{key}:{part or asked}"
    return urlencode({"kind": EVERYBODY, "counted": said})


def _measured_or_404(acting: Acting, key: str) -> Measured:
    try:
        found = measured(acting, keys=(key,))
    except UnknownName as unknown:
        raise Http404 from unknown
    if not found:
        raise Http404
    return found[0]


def _grouped(rows: Mapping[str, SafeString]) -> list[tuple[str, list[SafeString]]]:
    """Return the rows in the order of the catalogue, under the question each theme answers."""
    themes = [
        (said(name), [rows[one.key] for one in theme if one.key in rows]) for name, theme in THEMES
    ]
    return [theme for theme in themes if theme[1]]


def _month_table(one: Measured) -> list[tuple[date, list[Line | None]]]:
    """Return the newest day first, each with every line of the measure as it is printed."""
    held: dict[date, dict[str, Finding]] = {}
    for series in one.history.values():
        for finding in series:
            held.setdefault(finding.as_of, {})[finding.part] = finding
    return [
        (day, [line_of(one, part, held=held[day]) for part in main_parts(one)])
        for day in sorted(held, reverse=True)
    ]


MeasureLine = tuple[Measure, Finding]


def _all_lines(all_measured: list[Measured]) -> list[MeasureLine]:
    return [(one.measure, one.now[part]) for one in all_measured for part in parts_of(one)]


def _months(one: Measured) -> list[MeasureLine]:
    return [
        (one.measure, finding)
        for part in parts_of(one)
        for finding in reversed(one.history.get(part, ()))
    ]


def _columns() -> list[tuple[str, Callable[[MeasureLine], object]]]:
    """Return the columns of an exported measure: as printed, and the raw numbers beside it."""
    return [
        (_("Measure"), lambda line: said(line[0].name)),
        (_("Part"), lambda line: part_name(line[0], line[1].part) if line[1].part else ""),
        (_("Day"), lambda line: line[1].as_of),
        (_("As printed"), lambda line: printed(*line).text),
        (_("Value"), lambda line: line[1].value),
        (_("Numerator"), lambda line: line[1].numerator),
        (_("Denominator"), lambda line: line[1].denominator),
        (_("Interval from"), lambda line: line[1].interval.low if line[1].interval else None),
        (_("Interval to"), lambda line: line[1].interval.high if line[1].interval else None),
        ("n", lambda line: line[1].n),
        (_("How reliable"), lambda line: printed(*line).caution),
        (_("Reason"), lambda line: printed(*line).reason),
        (_("Definition"), lambda line: said(line[0].definition)),
        (_("Version of the definition"), lambda line: line[1].definition_version),
    ]
