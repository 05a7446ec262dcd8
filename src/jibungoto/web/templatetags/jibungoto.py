"""Tags for the pieces that many pages share: icons, days, words of a rule, stages, letters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlencode

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from jibungoto.ledger.accounting import placed as place_words
from jibungoto.ledger.words import Words
from jibungoto.records.models import PersonRow, StandingRow
from jibungoto.understand.answers import Stage
from jibungoto.web.icons import icon_svg
from jibungoto.web.language import page_language
from jibungoto.web.log_marks import Line, log_rows
from jibungoto.web.people_marks import (
    day_mark,
    initial,
    moment_mark,
    person_mark,
    stage_mark,
    standing_mark,
)
from jibungoto.web.wording import names_beside

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon inline; the words it stands beside carry the meaning."""
    return icon_svg(name)


@register.filter
def said(words: Words | None) -> str:
    """Return a text that belongs to a rule in the page's language."""
    return words.said_in(page_language()) if words else ""


@register.filter
def placed(place: str) -> str:
    """Return a place in an export in the page's language."""
    return place_words(place).said_in(page_language())


@register.simple_tag
def day(when: date | None) -> SafeString | str:
    """Write a day the way the page's language does, readable by machines too; a dash for None."""
    return day_mark(when)


@register.simple_tag
def moment(when: datetime, zone: str) -> SafeString:
    """Write a moment as the day and the time, 0 to 24 hours, on the clocks of a zone."""
    return moment_mark(when, zone)


@register.simple_tag
def person(name: str, *, beside: str = "", address: str = "") -> SafeString:
    """Write a name with its round mark, as a link where there is an address."""
    return person_mark(name, beside=beside, address=address)


@register.simple_tag
def stage(
    level: int | None, name: str, *, at_least: bool = False, dormant: bool = False
) -> SafeString:
    """Show a stage of the ladder as pips and words; ``level`` None means it cannot be told."""
    return stage_mark(level, name, is_at_least=at_least, is_dormant=dormant)


@register.simple_tag
def stage_of(standing: StandingRow, without_help: frozenset[str] = frozenset()) -> SafeString:
    """Show where somebody stands; who is not on the ladder is named for what they are."""
    return standing_mark(standing, without_help)


@register.filter
def other_names(person: PersonRow) -> str:
    """Return the names somebody has in the sources, beside the one they go by."""
    return names_beside(person)


@register.simple_tag
def stage_named(reached: Stage) -> SafeString:
    """Show a stage by itself, without saying of whom."""
    return stage_mark(int(reached), said(reached.words))


@register.simple_tag(takes_context=True)
def within(context: Context, view: str, *args: object, to: str = "", **asked: object) -> str:
    """Return the address of a page with what is asked of it, within the segment looked at."""
    told = {name: value for name, value in asked.items() if value not in ("", None)}
    if key := context.get("of_segment"):
        told["segment"] = key
    return reverse(view, args=args) + (f"?{urlencode(told)}" if told else "") + to


@register.simple_tag(takes_context=True)
def log_lines(context: Context, rows: Iterable[Line], *, prefix: str) -> SafeString:
    """Write rows of the log, on the page of a person; ``prefix`` makes their anchors unique."""
    return log_rows(
        rows,
        prefix=prefix,
        slug=context["community"].slug,
        of=context["person"],
        shows_source=context["shows_source"],
    )


register.filter("initial", initial)
