"""People: the list with its filters, each an address, and the same list as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.affiliations import names_on
from jibungoto.desk.people.listed import Listed, listed
from jibungoto.desk.people.look_up import PeopleFilter, people
from jibungoto.desk.people.reach import Standing, may_stand_higher, sources_without_help
from jibungoto.desk.people.segment_people import meant
from jibungoto.desk.people.segments import Saved, is_any
from jibungoto.desk.understand.today import newest_answer
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.words import Language
from jibungoto.records.models import AnswerRow, StandingRow
from jibungoto.understand.answers import Stage
from jibungoto.understand.segments import Segment
from jibungoto.web.entrance import in_community
from jibungoto.web.exporting import exported
from jibungoto.web.language import page_language
from jibungoto.web.pages.organisations import organisation_name
from jibungoto.web.pages.people_unread import unread
from jibungoto.web.pages.segments_filter import further_fields, further_rule
from jibungoto.web.people_marks import people_rows
from jibungoto.web.segment_address import key_asked
from jibungoto.web.segment_chooser import looked_at
from jibungoto.web.wording import (
    CAPACITIES,
    on_the_ladder,
    other_than,
    state_words,
)

A_PAGE = 50
EVERYBODY = "all"
LONGEST_SEARCH = 100
STATES: Mapping[str, tuple[bool, str | Promise]] = {
    "active": (False, pgettext_lazy("state", "Active")),
    "dormant": (True, pgettext_lazy("state", "Dormant")),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter's field."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; words that are no choice narrow nothing.

    ``more`` is what the further filters say, of everybody; ``segment`` the key of a saved one.
    """

    search: str
    stage: str
    state: str
    kind: str
    more: Segment
    segment: str = ""

    @property
    def narrows(self) -> bool:
        """Say whether this is anything but the list of all members."""
        told = self.search or self.stage or self.state or self.segment or self.more.narrows
        return bool(told) or self.kind != PersonKind.MEMBER

    @property
    def narrows_more(self) -> bool:
        """Say whether this is anything but all members, or all of a segment."""
        usual = EVERYBODY if self.segment else PersonKind.MEMBER.value
        told = self.search or self.stage or self.state or self.more.narrows
        return bool(told) or self.kind != usual

    def as_filter(self) -> PeopleFilter:
        """Return what the desk is asked."""
        return PeopleFilter(
            search=self.search,
            stage=Stage[self.stage.upper()] if self.stage else None,
            kind="" if self.kind == EVERYBODY else self.kind,
            dormant=STATES[self.state][0] if self.state else None,
        )

    def as_rule(self) -> Segment:
        """Return the same as a rule over people that can be saved."""
        stages = (self.stage,) if self.stage else self.more.stages
        return replace(
            self.more,
            kind=self.kind,
            stages=stages,
            dormant=STATES[self.state][0] if self.state else None,
            named=self.search,
        )


def asked_by(request: HttpRequest) -> Asked:
    """Read the filter from the address; stages go by their English names, never by a number."""
    stage, state, kind = (request.GET.get(name, "") for name in ("stage", "state", "kind"))
    segment = key_asked(request)
    usual = EVERYBODY if segment else PersonKind.MEMBER.value
    return Asked(
        search=request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip(),
        stage=stage if stage.upper() in Stage.__members__ and stage.islower() else "",
        state=state if state in STATES else "",
        kind=kind if kind in {*CAPACITIES, EVERYBODY} else usual,
        more=further_rule(request.GET),
        segment=segment,
    )


@in_community
@require_GET
def people_page(request: HttpRequest, acting: Acting) -> HttpResponse:
    """Show the people a filter leaves, by name."""
    asked = asked_by(request)
    answer = newest_answer(acting)
    segment = looked_at(request, acting)
    rows = _rows(acting, asked, answer=answer, segment=segment)
    pages = Paginator(rows.filter(person__community=acting.community), A_PAGE)
    pages.count = rows.count()  # the community lets rows come in order, and would slow counting
    page = pages.get_page(request.GET.get("page"))
    shown = cast("QuerySet[StandingRow]", page.object_list)
    return render(
        request,
        "pages/people.html",
        {
            "as_of": answer.as_of if answer else None,
            "has_answer": answer is not None,
            "asked": asked,
            "page": page,
            "rows": _marks(acting, shown, of=asked.segment),
            "sentence": _sentence(page.paginator.count, asked),
            "segment": segment,
            "saved": is_any(acting),
            "further": further_fields(acting, asked.more),
            "stages": _stage_choices(asked),
            "states": _choices({key: words for key, (_is, words) in STATES.items()}, asked.state),
            "kinds": _choices({**CAPACITIES, EVERYBODY: _("Everybody")}, asked.kind),
            "unmarked": acting.community.staff_answered_at is None,
            "unread": unread(
                request.GET,
                more=asked.more,
                stage=asked.stage,
                state=asked.state,
                kind=asked.kind,
            ),
        },
    )


@in_community
@require_GET
def people_export(request: HttpRequest, acting: Acting, *, ending: str) -> HttpResponseBase:
    """Return exactly the rows the same address shows, all pages of them, as CSV or XLSX."""
    answer = newest_answer(acting)
    day = answer.as_of.isoformat() if answer else ""
    segment = looked_at(request, acting)
    rows = _rows(acting, asked_by(request), answer=answer, segment=segment)
    name = f"{acting.community.slug}-{_('people')}-{day}"
    belongs = names_on(acting, answer.as_of, called=organisation_name) if answer else {}
    columns = _columns(sources_without_help(acting), belongs)
    return exported(columns, listed(rows), name=name, ending=ending)


def _rows(
    acting: Acting, asked: Asked, *, answer: AnswerRow | None, segment: Saved | None
) -> QuerySet[StandingRow]:
    rows = people(acting, asked.as_filter(), answer=answer)
    if asked.more.narrows:
        rows = rows.filter(pk__in=_keys(meant(acting, asked.more, answer=answer)))
    if segment is not None:
        rows = rows.filter(pk__in=_keys(meant(acting, segment.rule, answer=answer)))
    return rows


def _marks(acting: Acting, shown: QuerySet[StandingRow], *, of: str) -> SafeString:
    without = sources_without_help(acting)
    return people_rows(listed(shown), slug=acting.community.slug, without_help=without, of=of)


def _keys(rows: QuerySet[StandingRow]) -> QuerySet[StandingRow, int]:
    return rows.order_by().values_list("pk", flat=True)


def _columns(
    without_help: frozenset[str], belongs: Mapping[int, str]
) -> list[tuple[str, Callable[[Listed], object]]]:
    kinds = {kind: str(words) for kind, words in CAPACITIES.items()}
    return [
        (_("Person"), lambda row: row.name),
        (_("Names in the sources"), lambda row: other_than(row.name, row.names)),
        (_("Organisation"), lambda row: belongs.get(row.person, "")),
        (_("Kind"), lambda row: kinds.get(row.kind, row.kind)),
        (_("Stage"), lambda row: stage_words(row, without_help)),
        (_("State"), state_words),
        (_("On this stage since"), _since),
        (_("Joined"), lambda row: row.joined_day if row.joined_exact else None),
        (_("Last seen"), lambda row: row.last_day),
    ]


def stage_words(row: Standing, without_help: frozenset[str] = frozenset()) -> str:
    """Return somebody's stage in words, empty for who has none."""
    if not on_the_ladder(row):
        return ""
    is_least = may_stand_higher(row, without_help)
    return _stage_words(row.stage, is_least=is_least, language=page_language())


@lru_cache(maxsize=50)  # a list of everybody says the same few over and over
def _stage_words(stage: int, *, is_least: bool, language: Language) -> str:
    words = Stage(stage).words.said_in(language)
    return _("%(name)s or higher") % {"name": words} if is_least else words


def _since(row: Listed) -> date | None:
    return row.since if on_the_ladder(row) else None


def _sentence(count: int, asked: Asked) -> str:
    if not count:
        return _("Nobody fits.")
    if asked.narrows:
        words = ngettext("%(count)d person fits, by name.", "%(count)d people fit, by name.", count)
    else:
        words = ngettext("%(count)d member, by name.", "%(count)d members, by name.", count)
    return words % {"count": count}


def _stage_choices(asked: Asked) -> list[Choice]:
    language = page_language()
    return _choices(
        {stage.name.lower(): stage.words.said_in(language) for stage in Stage}, asked.stage
    )


def _choices(words: Mapping[str, str | Promise], chosen: str) -> list[Choice]:
    return [Choice(value, str(text), value == chosen) for value, text in words.items()]
