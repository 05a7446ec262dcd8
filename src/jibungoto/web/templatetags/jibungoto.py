"""Tags for the pieces that many pages share: icons, days, words of a rule, stages, letters."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jibungoto.ledger.words import Words
from jibungoto.records.models import PersonRow, StandingRow
from jibungoto.understand.answers import Stage
from jibungoto.web.icons import icon_svg
from jibungoto.web.language import page_language
from jibungoto.web.wording import (
    day_words,
    may_stand_higher,
    names_beside,
    on_the_ladder,
    state_words,
)

register = template.Library()

STEPS = 5


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon inline; the words it stands beside carry the meaning."""
    return icon_svg(name)


@register.filter
def said(words: Words | None) -> str:
    """Return a text that belongs to a rule in the page's language."""
    return words.said_in(page_language()) if words else ""


@register.simple_tag
def day(when: date | None) -> SafeString | str:
    """Write a day the way the page's language does, readable by machines too; a dash for None."""
    if not when:
        return "–"
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), day_words(when))


@register.simple_tag
def moment(when: datetime, zone: str) -> SafeString:
    """Write a moment as the day and the time, 0 to 24 hours, on the clocks of a zone."""
    local = when.astimezone(ZoneInfo(zone))
    return format_html(
        '<time datetime="{}">{} {}</time>',
        local.isoformat(timespec="minutes"),
        day_words(local),
        f"{local:%H:%M}",
    )


@register.inclusion_tag("parts/stage.html")
def stage(
    level: int | None, name: str, *, at_least: bool = False, dormant: bool = False
) -> dict[str, object]:
    """Show a stage of the ladder as pips and words; ``level`` None means it cannot be told."""
    reached = level or 0
    return {
        "pips": [step < reached for step in range(STEPS)],
        "level": level,
        "name": name,
        "at_least": at_least,
        "dormant": dormant,
    }


@register.inclusion_tag("parts/stage.html")
def stage_of(
    standing: StandingRow, without_help: frozenset[str] = frozenset()
) -> dict[str, object]:
    """Show where somebody stands; who is not on the ladder is named for what they are."""
    if not on_the_ladder(standing):
        return {"apart": state_words(standing)}
    return stage(
        standing.stage,
        said(Stage(standing.stage).words),
        at_least=may_stand_higher(standing, without_help),
        dormant=standing.is_dormant,
    )


@register.filter
def climbs(standing: StandingRow) -> bool:
    """Say whether somebody has a stage at all."""
    return on_the_ladder(standing)


@register.filter
def other_names(person: PersonRow) -> str:
    """Return the names somebody has in the sources, beside the one they go by."""
    return names_beside(person)


@register.inclusion_tag("parts/stage.html")
def stage_named(reached: Stage) -> dict[str, object]:
    """Show a stage by itself, without saying of whom."""
    return stage(int(reached), said(reached.words))


@register.filter
def initial(name: str) -> str:
    """Return the first letter of a name, for the round mark beside it."""
    return next((letter.upper() for letter in name if letter.isalnum()), "?")
