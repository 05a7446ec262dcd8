"""The further filters of the list of people, as an address says them: a rule over people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.segment_people import gathering_names
from jibungoto.desk.people.segments import has_organisations, organisation_names, sources_of
from jibungoto.desk.understand.scopes import scope_names
from jibungoto.ledger.source import source_name
from jibungoto.understand.answers import Stage
from jibungoto.understand.segment_words import counted_words
from jibungoto.understand.segments import (
    DOWN,
    LONGEST,
    UP,
    Segment,
    is_gathering,
    may_be_counted,
)
from jibungoto.web.language import page_language

YES_OR_NO: Mapping[str, bool] = {"yes": True, "no": False}
WAYS: Mapping[str, str | Promise] = {UP: _("Moved up"), DOWN: _("Moved down")}
SPANS = (30, 90, 180, 365)
EARLIEST, LATEST = date(1970, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter's field."""

    value: str
    words: str | Promise
    chosen: bool


@dataclass(frozen=True, slots=True)
class FurtherFields:
    """What the further filters offer, with what is chosen; empty where nothing can be chosen."""

    rule: Segment
    stages: list[Choice]
    sources: list[Choice]
    has_organisations: bool
    organisations: list[str]
    new: list[Choice]
    recent: list[Choice]
    attended: list[Choice]
    came: list[Choice]
    moved: list[Choice]
    counted: list[Choice]
    started: list[Choice]


def further_rule(asked: QueryDict) -> Segment:
    """Read the further filters from an address; what is no choice narrows nothing."""
    return Segment(
        kind="all",
        stages=tuple(stage for stage in _stages() if stage in asked.getlist("stages")),
        sources=tuple(dict.fromkeys(_texts(asked, "source"))),
        organisation=(_texts(asked, "organisation") or [""])[0],
        seen_from=_day(asked.get("from", "")),
        seen_before=_day(asked.get("before", "")),
        new_days=_span(asked.get("new", "")),
        recent_days=_span(asked.get("recent", "")),
        attended=YES_OR_NO.get(asked.get("attended", "")),
        started=YES_OR_NO.get(asked.get("started", "")),
        moved=_one_of(asked.get("moved", ""), WAYS),
        came_to=_fitting(asked.get("came", ""), is_gathering),
        counted=_fitting(asked.get("counted", ""), may_be_counted),
    )


def further_fields(acting: Acting, rule: Segment) -> FurtherFields:
    """Return the fields of the further filters as a page shows them."""
    language = page_language()
    return FurtherFields(
        rule=rule,
        stages=[
            Choice(key, words.said_in(language), key in rule.stages)
            for key, words in ((s.name.lower(), s.words) for s in Stage)
        ],
        sources=[
            Choice(key, source_name(key).said_in(language), key in rule.sources)
            for key in sources_of(acting)
        ],
        has_organisations=has_organisations(acting),
        organisations=organisation_names(acting),
        new=_spans(rule.new_days),
        recent=_spans(rule.recent_days),
        attended=_yes_or_no(
            rule.attended, (_("Have been at an event"), _("Have never been at one"))
        ),
        came=_came(acting, rule.came_to),
        moved=[Choice(key, words, key == rule.moved) for key, words in WAYS.items()],
        counted=_counted(rule.counted),
        started=_yes_or_no(
            rule.started, (_("Have started something"), _("Have never started anything"))
        ),
    )


def _one_of(text: str, known: Mapping[str, object]) -> str:
    return text if text in known else ""


def _fitting(text: str, fits: Callable[[str], bool]) -> str:
    kept = text.replace("\x00", "").strip()
    return kept if kept and fits(kept) else ""


def _came(acting: Acting, chosen: str) -> list[Choice]:
    """Return the series and chapters there are, and the event that is chosen."""
    names = scope_names(acting)
    if chosen and chosen not in names:
        names |= {chosen: gathering_names(acting).get(chosen, chosen.partition(":")[2])}
    return [Choice(key, name or key, key == chosen) for key, name in names.items()]


def _counted(chosen: str) -> list[Choice]:
    if not chosen:
        return []
    name, part = counted_words(chosen)
    language = page_language()
    words = name.said_in(language) + (f" ({part.said_in(language)})" if part else "")
    return [Choice(chosen, words, chosen=True)]


def _stages() -> list[str]:
    return [stage.name.lower() for stage in Stage]


def _texts(asked: QueryDict, name: str) -> list[str]:
    told = (text.replace("\x00", "").strip()[:LONGEST] for text in asked.getlist(name))
    return [text for text in told if text]


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def _span(text: str) -> int | None:
    return int(text) if text in map(str, SPANS) else None


def _spans(chosen: int | None) -> list[Choice]:
    words = ngettext_lazy("In the last %(days)s day", "In the last %(days)s days", "days")
    return [Choice(str(days), words % {"days": days}, days == chosen) for days in SPANS]


def _yes_or_no(chosen: bool | None, words: tuple[str | Promise, str | Promise]) -> list[Choice]:
    told = zip(YES_OR_NO.items(), words, strict=True)
    return [Choice(key, said, chosen is value) for (key, value), said in told]
