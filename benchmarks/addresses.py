"""Every address there is, read from the table of addresses and filled with what a home holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

    from jibungoto.records.models import CommunityRow

FILLED_AT_MOST = 40
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_OF_A_COMMUNITY = "<str:community>/"
_ASKED: dict[str, tuple[str, ...]] = {
    "people": (
        "",
        "?page=2",
        "?q=person+12",
        "?stage=contributing",
        "?state=dormant&page=3",
        "?kind=all&started=yes",
        "?page=500",
    ),
    "people_alike": ("", "?show=answered", "?page=2", "?show=later"),
    "people_person": ("", "", "", "", "?page=2"),
    "measures_rows": ("", "", "?page=2"),
}
"""What else the address of a page can ask for, by the page's name, one after the other."""

Held = Callable[["CommunityRow", dict[str, object]], Iterable[object]]


@dataclass(frozen=True, slots=True)
class Address:
    """One line of the table of addresses: the name of its page, and its route."""

    name: str
    route: str


def table() -> list[Address]:
    """Return every line of the table of addresses, in its order."""
    from django.urls import get_resolver

    return list(_below("", get_resolver().url_patterns))


def _below(above: str, patterns: Iterable[URLPattern | URLResolver]) -> Iterator[Address]:
    for one in patterns:
        route = above + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from _below(route, one.url_patterns)
        else:
            yield Address(str(one.name), route)


def addresses(
    one: Address, community: CommunityRow, held: dict[str, Held] | None = None
) -> list[str]:
    """Return addresses of one page, a different thing in each; empty where nothing is held.

    Raises ``LookupError`` for a parameter nobody has said a value of.
    """
    inside = one.route.removeprefix(_OF_A_COMMUNITY)
    below = "" if inside == one.route else f"{community.slug}/"
    told = list(islice(_filled(inside, community, held=held or HELD), FILLED_AT_MOST))
    asked = _ASKED.get(one.name, ("",))
    times = max(len(told), len(asked)) if told else 0
    return [f"/{below}{told[at % len(told)]}{asked[at % len(asked)]}" for at in range(times)]


def _filled(
    route: str,
    community: CommunityRow,
    *,
    held: dict[str, Held],
    before: dict[str, object] | None = None,
    done: str = "",
) -> Iterator[str]:
    """Yield the route with every parameter replaced, the first one first."""
    so_far = before or {}
    found = _PARAMETER.search(route)
    if found is None:
        yield route
        return
    place = done + route[: found.end()]
    if place not in held:
        raise LookupError(f"Say in HELD what a home may hold for {place}")
    for value in held[place](community, so_far):
        told = quote(str(value), safe="")
        rest = _filled(
            route[found.end() :],
            community,
            held=held,
            before=so_far | {found[1]: value},
            done=place,
        )
        for further in rest:
            yield route[: found.start()] + told + further


def _every(*path: str) -> Held:
    """Return what reads one column of a community's rows of one model, the oldest first."""
    model, column = path

    def read(community: CommunityRow, _before: dict[str, object]) -> Iterable[object]:
        from jibungoto.records import models

        rows = getattr(models, model).objects.filter(community=community)
        return list(rows.order_by("pk").values_list(column, flat=True)[:FILLED_AT_MOST])

    return read


def _fixed(*values: object) -> Held:
    return lambda _community, _before: values


def _people(community: CommunityRow, _before: dict[str, object]) -> Iterable[object]:
    from jibungoto.records.models import PersonRow

    people = PersonRow.objects.filter(community=community, merged_into=None).order_by("number")
    every = max(1, people.count() // FILLED_AT_MOST)
    return list(people.values_list("number", flat=True)[::every])


def _measures(_community: CommunityRow, _before: dict[str, object]) -> Iterable[object]:
    from jibungoto.understand.catalogue import CATALOGUE

    return [measure.key for measure in CATALOGUE]


def _versions(community: CommunityRow, before: dict[str, object]) -> Iterable[object]:
    from jibungoto.records.models import PlanVersionRow

    rows = PlanVersionRow.objects.filter(plan__community=community, plan__key=before["key"])
    return list(rows.order_by("number").values_list("number", flat=True))


def _scope_kinds(community: CommunityRow, _before: dict[str, object]) -> Iterable[object]:
    from jibungoto.records.models import ScopeRow

    rows = ScopeRow.objects.filter(community=community, dropped_at=None)
    return sorted(set(rows.values_list("kind", flat=True)))


def _scopes(community: CommunityRow, before: dict[str, object]) -> Iterable[object]:
    from jibungoto.records.models import ScopeRow

    rows = ScopeRow.objects.filter(community=community, kind=before["kind"], dropped_at=None)
    return list(rows.order_by("pk").values_list("key", flat=True))


def _ways(_community: CommunityRow, _before: dict[str, object]) -> Iterable[object]:
    from jibungoto.web.ways import WAYS

    return list(WAYS)


def _models(_community: CommunityRow, _before: dict[str, object]) -> Iterable[object]:
    from jibungoto.desk.explain.money import MODELS

    return list(MODELS)


def _brief_endings(_community: CommunityRow, _before: dict[str, object]) -> Iterable[object]:
    from jibungoto.explain.formats.endings import FORMATS

    return [ending.removeprefix(".") for ending in FORMATS]


def _links(community: CommunityRow, _before: dict[str, object]) -> Iterable[object]:
    """Make a link to an issued brief: what opens one is kept nowhere."""
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.explain.link import make_link
    from jibungoto.records.models import BriefRow, BriefState

    for brief in BriefRow.objects.filter(community=community, state=BriefState.ISSUED)[:3]:
        yield make_link(administrator(community), brief.number).token


def _through(model: str, column: str) -> Held:
    """Return what reads keys of rows that belong to a stakeholder."""

    def read(community: CommunityRow, _before: dict[str, object]) -> Iterable[object]:
        from jibungoto.records import models

        rows = getattr(models, model).objects.filter(stakeholder__community=community)
        return list(rows.order_by("pk").values_list(column, flat=True)[:FILLED_AT_MOST])

    return read


HELD: dict[str, Held] = {
    "people/segments/<str:key>": _every("SegmentRow", "key"),
    "people.<str:ending>": _fixed("csv", "xlsx"),
    "people/<int:number>": _people,
    "people/<int:number>/everything.<str:ending>": _fixed("json", "csv"),
    "people/organisations.<str:ending>": _fixed("csv", "xlsx"),
    "people/organisations/<int:number>": _every("OrganisationRow", "number"),
    "measures/<str:key>": _measures,
    "measures/scopes/<str:kind>": _scope_kinds,
    "measures/scopes/<str:kind>/<str:key>": _scopes,
    "plans/<str:key>": _every("PlanRow", "key"),
    "plans/<str:key>.<str:ending>": _fixed("pdf", "pptx"),
    "plans/<str:key>/<int:number>": _versions,
    "sources/<int:number>": _every("IntakeRow", "number"),
    "sources/how/<str:key>": _ways,
    "report.<str:ending>": _brief_endings,
    "briefs/<int:number>": _every("BriefRow", "number"),
    "briefs/<int:number>.<str:ending>": _brief_endings,
    "evidence/money/<str:key>": _models,
    "evidence/files/<int:number>": _every("BusinessFileRow", "number"),
    "evidence/<int:number>": _every("StudyRow", "number"),
    "evidence/draws/<int:number>": _every("TrialRow", "number"),
    "team/alerts/<str:key>": _every("AlertRow", "rule"),
    "stakeholders/contacts/<int:number>": _through("ContactRow", "pk"),
    "stakeholders/deliveries/<int:number>": _through("DeliveryRow", "pk"),
    "stakeholders/<int:number>": _every("StakeholderRow", "pk"),
    "begin/<str:token>": _fixed("a-home-that-is-begun-has-none"),
    "read/<str:token>": _links,
    "calendar/<str:token>": _every("PlanRow", "feed_token"),
}
"""What a home holds for a parameter, by the route up to it; none of it is made up by hand."""
