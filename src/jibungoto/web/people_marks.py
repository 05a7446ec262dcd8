"""How people stand in lists, as markup: a name with its round mark, a stage as pips, a day.

A list has some hundred of them, which as templates of their own took most of a page's time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jibungoto.desk.people.listed import Listed
from jibungoto.desk.people.reach import Standing, may_stand_higher
from jibungoto.ledger.words import Language
from jibungoto.understand.answers import Stage
from jibungoto.web.language import page_language
from jibungoto.web.markup import filled_html, joined_html
from jibungoto.web.segment_address import asking
from jibungoto.web.wording import (
    day_words,
    on_the_ladder,
    other_than,
    state_words,
)

PIPS = 5
DASH = "–"
_PERSON = (
    '<span class="person"><span class="person-mark" aria-hidden="true">{}</span>'
    '<span class="person-names">{}{}</span></span>'
)
_ROW = (
    '<tr role="row"><td role="cell">{}</td><td role="cell" data-label="{}">{}</td>'
    '<td role="cell" data-label="{}">{}</td><td role="cell" data-label="{}">{}</td>'
    '<td role="cell" data-label="{}">{}</td></tr>'
)


def initial(name: str) -> str:
    """Return the first letter of a name, for the round mark beside it."""
    return next((letter.upper() for letter in name if letter.isalnum()), "?")


def day_mark(when: date | None) -> SafeString | str:
    """Write a day the way the page's language does, readable by machines too; a dash for None."""
    if not when:
        return DASH
    return filled_html('<time datetime="{}">{}</time>', when.isoformat(), day_words(when))


def moment_mark(when: datetime, zone: str) -> SafeString:
    """Write a moment as the day and the time, 0 to 24 hours, on the clocks of a zone."""
    local = when.astimezone(ZoneInfo(zone))
    return filled_html(
        '<time datetime="{}">{} {}</time>',
        local.isoformat(timespec="minutes"),
        day_words(local),
        f"{local:%H:%M}",
    )


def person_mark(name: str, *, beside: str = "", address: str = "") -> SafeString:
    """Write a name with its round mark, as a link where there is an address."""
    called = (
        filled_html('<a href="{}">{}</a>', address, name)
        if address
        else filled_html("<span>{}</span>", name)
    )
    further = filled_html('<span class="quiet">{}</span>', beside) if beside else mark_safe("")
    return filled_html(_PERSON, initial(name), called, further)


def stage_mark(
    level: int | None, name: str, *, is_at_least: bool = False, is_dormant: bool = False
) -> SafeString:
    """Show a stage as pips and words; ``level`` None means it cannot be told."""
    return _stage(
        level, name, is_at_least=is_at_least, is_dormant=is_dormant, language=page_language()
    )


@lru_cache(maxsize=500)  # there are six stages, and a list has one in every row
def _stage(
    level: int | None, name: str, *, is_at_least: bool, is_dormant: bool, language: Language
) -> SafeString:
    pips = "".join(
        f'<span class="pip{" on" if step < (level or 0) else ""}"></span>' for step in range(PIPS)
    )
    words = _("not known yet") if level is None else name
    if level is not None and is_at_least:
        words = _("%(name)s or higher") % {"name": name}
    return filled_html(
        '<span class="stage"{}><span class="pips" aria-hidden="true">{}</span>'
        ' <span class="stage-name">{}{}</span></span>',
        mark_safe(" data-dormant" if is_dormant else ""),
        mark_safe(pips),
        words,
        filled_html(' <span class="quiet">{}</span>', _("(dormant)")) if is_dormant else "",
    )


def standing_mark(standing: Standing, without_help: frozenset[str] = frozenset()) -> SafeString:
    """Show where somebody stands; who is not on the ladder is named for what they are."""
    if not on_the_ladder(standing):
        return filled_html('<span class="stage-name">{}</span>', state_words(standing))
    return stage_mark(
        standing.stage,
        Stage(standing.stage).words.said_in(page_language()),
        is_at_least=may_stand_higher(standing, without_help),
        is_dormant=standing.is_dormant,
    )


def people_rows(
    people: Iterable[Listed], *, slug: str, without_help: frozenset[str], of: str = ""
) -> SafeString:
    """Return the rows of a table of people that turns into cards where the screen is narrow.

    Links stay within the segment ``of``.
    """
    kept = asking(of)
    heads = [_("Stage"), _("On this stage since"), _("Joined"), _("Last seen")]
    return joined_html(
        _ROW,
        (
            (
                person_mark(
                    one.name,
                    beside=_beside(one),
                    address=reverse("people_person", args=[slug, one.number]) + kept,
                ),
                *(heads[0], standing_mark(one, without_help)),
                *(heads[1], day_mark(one.since) if on_the_ladder(one) else DASH),
                *(heads[2], _joined(one)),
                *(heads[3], day_mark(one.last_day)),
            )
            for one in people
        ),
    )


def _beside(one: Listed) -> str:
    """Return what stands beside a name: the others, and that somebody is a guest."""
    told = [other_than(one.name, one.names), _("guest") if one.is_guest else ""]
    return ", ".join(filter(None, told))


def _joined(one: Listed) -> SafeString | str:
    """Write when somebody joined, or the latest day on which they must have."""
    if one.joined_exact or one.joined_day is None:
        return day_mark(one.joined_day)
    words = mark_safe(_("not later than %(shown)s") % {"shown": day_mark(one.joined_day)})
    return filled_html('<span class="quiet">{}</span>', words)
