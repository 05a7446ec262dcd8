"""Measures: what each means, how it stands, how it went, and the rows it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.measures import Measured, measured
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.problems import UnknownName
from jibungoto.understand.catalogue import CATALOGUE, THEMES, Measure
from jibungoto.understand.catalogue_journeys import JOURNEYS
from jibungoto.understand.scoping import WHOLE_WHY, may_be_scoped
from jibungoto.understand.segments import EVERYBODY, may_be_counted
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import exported
from jibungoto.web.language import page_language
from jibungoto.web.measure_pictures import history_picture
from jibungoto.web.measure_rows import TAKEN, chosen_rows, row_columns, row_marks, row_part_name
from jibungoto.web.pages.measures_inside import (
    NOT_IN_BOTH,
    SEGMENT,
    Inside,
    scope_asked,
    scope_choices,
)
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
BY_KEY = {measure.key: measure for measure in CATALOGUE}
Told = tuple[tuple[Finding, ...], tuple[tuple[str, tuple[Finding, ...]], ...]]
COVERAGE = "identity_coverage"
ACROSS = frozenset(one.key for one in JOURNEYS if one.key != COVERAGE)
"""The measures across sources: each under-counts while people are known in one source alone."""
TELLS_SEATS = ("show", "no_show", "seat_use", "wait_conv")
"""The measures from whose pages one goes on to how many registrations to accept."""
DORMANT = ".dormant"
PAIR = ">"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a measure on one day, as it is printed; ``dormant`` ones stand beside it."""

    name: str
    part: str
    printed: OnPage
    dormant: OnPage | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One measure on the page of all: the whole, its further lines, and its history."""

    measure: Measure
    whole: Line | None
    lines: tuple[Line, ...]
    picture: SafeString | None
    has_dormant: bool = False
    has_spread: bool = False


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
    if ending := request.GET.get("as"):
        return exported(_columns(), _all_lines(all_measured), name="measures", ending=ending)
    context = {
        "groups": _grouped(
            {
                one.measure.key: _markup(one, acting.community.slug, of=key_asked(request))
                for one in all_measured
            }
        ),
        "sentence": _sentence(all_measured),
        "inside": inside,
        "cannot_narrow": NOT_IN_BOTH if inside else None,
        "counting": counting,
        "left_out": _left_out(counting),
        "scopes": scope_choices(acting, told),
        "suspected": suspected(acting) if all_measured else None,
    }
    return render(request, "pages/measures.html", context)


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
        "card": _card(one),
        "measure": one.measure,
        "definition": one.measure.definition,
        "suspected": suspected(acting),
        "direction": direction_words(one.measure.direction),
        "window": window_words(one.measure),
        "months": _month_table(one),
        "heads": [part_name(one.measure, part) for part in _main_parts(one)],
        "has_dormant": _has_dormant(one),
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
    return _line(found[0], "", held=found[0].now) if found else None


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


def _parts(one: Measured) -> list[str]:
    """Return the lines of a measure in the catalogue's order, then those the sources add."""
    known = ["", *one.measure.parts]
    return [part for part in known if part in one.now] + sorted(set(one.now) - set(known))


def _main_parts(one: Measured) -> list[str]:
    """Return the lines that get a row of their own.

    Dormant ones stand beside the others, and pairs of places in the table of journeys.
    """
    return [part for part in _parts(one) if not part.endswith(DORMANT) and PAIR not in part]


def _has_dormant(one: Measured) -> bool:
    return any(part.endswith(DORMANT) for part in one.now)


def _line(one: Measured, part: str, *, held: dict[str, Finding]) -> Line | None:
    finding, dormant = held.get(part), held.get(f"{part}{DORMANT}")
    if finding is None:
        return None
    return Line(
        name=part_name(one.measure, part),
        part=part,
        printed=printed(one.measure, finding),
        dormant=printed(one.measure, dormant) if dormant else None,
    )


def _card(one: Measured) -> Card:
    told = (_line(one, part, held=one.now) for part in _main_parts(one))
    lines = [line for line in told if line is not None]
    return Card(
        measure=one.measure,
        whole=next((line for line in lines if not line.part), None),
        lines=tuple(line for line in lines if line.part),
        picture=history_picture(one),
        has_dormant=_has_dormant(one),
        has_spread=any(line.printed.spread for line in lines),
    )


def _markup(one: Measured, slug: str, *, of: str) -> SafeString:
    """Return the card of a measure; the same findings are written and drawn once."""
    told = (tuple(one.now.values()), tuple(one.history.items()))
    where = (slug, of, page_language())
    return _written(one.measure.key, one.as_of, told=told, where=where)


@lru_cache(maxsize=500)  # some hundred pictures are most of what the page of all costs
def _written(key: str, as_of: date, *, told: Told, where: tuple[str, str, str]) -> SafeString:
    now, history = told
    slug, of, language = where
    one = Measured(BY_KEY[key], as_of, {found.part: found for found in now}, dict(history))
    context = {"card": _card(one), "community": {"slug": slug}, "LANGUAGE_CODE": language}
    context["of_segment"] = of
    return render_to_string("parts/measure_card.html", context)


def _grouped(cards: Mapping[str, SafeString]) -> list[tuple[str, list[SafeString]]]:
    """Return the cards in the order of the catalogue, under the question each theme answers."""
    themes = [
        (said(name), [cards[one.key] for one in theme if one.key in cards])
        for name, theme in THEMES
    ]
    return [theme for theme in themes if theme[1]]


def _month_table(one: Measured) -> list[tuple[date, list[Line | None]]]:
    """Return the newest day first, each with every line of the measure as it is printed."""
    held: dict[date, dict[str, Finding]] = {}
    for series in one.history.values():
        for finding in series:
            held.setdefault(finding.as_of, {})[finding.part] = finding
    return [
        (day, [_line(one, part, held=held[day]) for part in _main_parts(one)])
        for day in sorted(held, reverse=True)
    ]


MeasureLine = tuple[Measure, Finding]


def _all_lines(all_measured: list[Measured]) -> list[MeasureLine]:
    return [(one.measure, one.now[part]) for one in all_measured for part in _parts(one)]


def _months(one: Measured) -> list[MeasureLine]:
    return [
        (one.measure, finding)
        for part in _parts(one)
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
