"""Journeys: from which kind of place people go on to which, and what that may mean."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.understand.measures import Measured, measured
from jibungoto.ledger.finding import Finding
from jibungoto.understand.catalogue_journeys import FAMILIES, WIDTHS, pair
from jibungoto.understand.scoping import may_be_scoped
from jibungoto.web.entrance import in_community
from jibungoto.web.figure import Caption, Table
from jibungoto.web.flow_picture import Flow, flow_picture
from jibungoto.web.printing import OnPage, part_name, printed, said
from jibungoto.web.segment_chooser import looked_at
from jibungoto.web.segment_counting import Counting, counting_of

SHOWN = ("transition", "multi_share", "entry_mix", "bridge_rate", "bridge_gap", "identity_coverage")


@dataclass(frozen=True, slots=True)
class Cell:
    """How many went from one place to another; ``part`` finds their rows, empty for nobody.

    Nobody goes on to where they are (``is_own``).
    """

    part: str
    k: int
    printed: OnPage | None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Who came to one kind of place: how many, how many went on, and where to."""

    name: str
    part: str
    people: int
    onward: OnPage
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a measure as it is printed."""

    name: str
    printed: OnPage


@in_community
@require_GET
def journeys_page(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Show the table of transitions, its picture, and the measures beside it."""
    found = {one.measure.key: one for one in measured(acting, keys=SHOWN)}
    if not found:
        return render(request, "pages/journeys.html", {"is_empty": True})
    counting = counting_of(acting, looked_at(request, acting), measures=SHOWN)
    if counting is not None:
        found = _inside(found, counting)
    moving = found["transition"]
    rows = _rows(moving)
    context = {
        "counting": counting,
        "whole": _line(moving, ""),
        "transition": moving.measure,
        "rows": rows,
        "heads": [said(FAMILIES[key]) for key in _met(moving)],
        "sentence": _sentence(moving),
        "picture": _picture(moving),
        "several": _line(found["multi_share"], ""),
        "entries": [
            _line(found["entry_mix"], part) for part in FAMILIES if part in found["entry_mix"].now
        ],
        "entry_whole": _line(found["entry_mix"], next(iter(found["entry_mix"].now), "")),
        "widths": [_line(found["bridge_rate"], part) for part in WIDTHS],
        "gap": _line(found["bridge_gap"], ""),
        "gap_measure": found["bridge_gap"].measure,
        "known": _line(found["identity_coverage"], ""),
    }
    return render(request, "pages/journeys.html", context)


def _inside(found: dict[str, Measured], counting: Counting) -> dict[str, Measured]:
    """Return the measures of a segment; without a value yet, and of the whole where it must be."""
    blank = {
        key: Measured(one.measure, one.as_of, {}, {})
        for key, one in found.items()
        if may_be_scoped(key)
    }
    return found | blank | {one.measure.key: one for one in counting.measured}


def _line(one: Measured, part: str) -> Line | None:
    finding = one.now.get(part)
    if finding is None:
        return None
    return Line(part_name(one.measure, part), printed(one.measure, finding))


def _met(one: Measured) -> list[str]:
    """Return the kinds of place anybody came to or went on to, in the catalogue's order."""
    goals = {part.partition(">")[2] for part in one.now}
    return [key for key in FAMILIES if key in one.now or key in goals]


def _counts(finding: Finding) -> tuple[int, int]:
    return int(finding.numerator or 0), int(finding.denominator or 0)


def _rows(one: Measured) -> list[Row]:
    met = _met(one)
    return [
        Row(
            name=said(FAMILIES[key]),
            part=key,
            people=_counts(one.now[key])[1],
            onward=printed(one.measure, one.now[key]),
            cells=tuple(_cell(one, key, goal=goal) for goal in met),
        )
        for key in met
        if key in one.now
    ]


def _cell(one: Measured, key: str, *, goal: str) -> Cell:
    part = pair(key, goal)
    finding = one.now.get(part)
    if finding is None:
        return Cell("", 0, None, is_own=key == goal)
    return Cell(part, _counts(finding)[0], printed(one.measure, finding))


def _flows(one: Measured) -> list[Flow]:
    """Return who went from where to where, in the order of the places."""
    return [
        Flow(key, goal, _counts(one.now[pair(key, goal)])[0])
        for key in FAMILIES
        for goal in FAMILIES
        if pair(key, goal) in one.now
    ]


def _sentence(one: Measured) -> str:
    """Say which way most people took."""
    flows = _flows(one)
    if not flows:
        return ""
    most = max(flows, key=lambda flow: flow.people)
    told = {
        "k": most.people,
        "n": _counts(one.now[most.start])[1],
        "start": said(FAMILIES[most.start]),
        "goal": said(FAMILIES[most.goal]),
    }
    return (
        pgettext(
            "journeys",
            "Most went from %(start)s to %(goal)s: %(k)s of the %(n)s who came to %(start)s.",
        )
        % told
    )


def _picture(one: Measured) -> SafeString | None:
    flows = _flows(one)
    if not flows:
        return None
    table = Table(
        [pgettext("journeys", "From"), pgettext("journeys", "To"), _("People")],
        [
            [said(FAMILIES[flow.start]), said(FAMILIES[flow.goal]), str(flow.people)]
            for flow in flows
        ],
    )
    caption = Caption(_("Where people went next"), _sentence(one))
    names = {key: said(name) for key, name in FAMILIES.items()}
    return flow_picture(caption, flows, names=names, table=table)
