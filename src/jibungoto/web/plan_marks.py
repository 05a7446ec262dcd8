"""The fields of a plan as markup: its editor draws some hundred and fifty of them.

As templates of their own, one included for each, they took most of the time of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jibungoto.plan.bounds import LAST_DAY
from jibungoto.web.markup import filled_html, joined_html
from jibungoto.web.pages.plan_choices import Choice
from jibungoto.web.pages.plan_fields import Kind
from jibungoto.web.pages.plan_shown import Shown

_AREAS = {Kind.AREA: 2, Kind.LINES: 3, Kind.NAMES: 3}
"""How many lines a field has that takes several."""
_IN_DIGITS = frozenset({Kind.NUMBER, Kind.VALUE, Kind.WHOLE})
_NOTHING = mark_safe("")
_TICKS = (
    '<fieldset class="ticks" id="{}"{}><legend>{}</legend>'
    '<input type="hidden" name="{}" value="">{}{}{}</fieldset>'
)
_TICK = (
    '<p class="tick-field"><input type="hidden" name="{}" value=""><label class="tick">'
    '<input type="checkbox" id="{}" name="{}" value="on"{}> {}</label></p>'
)
_REDRAWS = (
    ' hx-post="{}" hx-trigger="input consume" hx-target="#{}" hx-select="#{}"'
    ' hx-swap="outerHTML" hx-select-oob="#how-all,#plan-status,#plan-sentence,#plan-print"'
    ' hx-sync="#plan:queue all"'
)


def fields_mark(fields: Iterable[Shown], *, address: str) -> SafeString:
    """Return the fields of a part one after another; ``address`` is the page they stand on."""
    return joined_html("{}\n", ((_field(one, address),) for one in fields))


def _field(one: Shown, address: str) -> SafeString:
    if one.kind is Kind.CHOICES:
        return _ticks(one)
    if one.kind is Kind.TICK:
        checked = mark_safe(" checked" if one.value else "")
        return filled_html(_TICK, one.name, one.id, one.name, checked, one.label)
    if one.kind is Kind.CHOICE:
        typed = _select(one, address)
    elif one.kind in _AREAS:
        typed = _area(one)
    else:
        typed = _line(one)
    beside = [f" ({told})" for told in (one.tongue_name, str(one.unit)) if told]
    return filled_html(
        '<p class="field kind-{}"><label for="{}">{}{}</label>{}{}</p>',
        *(one.kind, one.id, one.label, "".join(beside), typed, _below(one)),
    )


def _below(one: Shown) -> SafeString:
    """Return what stands below a field: what is wrong with it, else its hint."""
    if one.why:
        return filled_html('<span class="wrong-here" id="{}-hint">{}</span>', one.id, one.why)
    if one.hint:
        return filled_html('<span class="quiet hint" id="{}-hint">{}</span>', one.id, one.hint)
    return _NOTHING


def _described(one: Shown) -> SafeString:
    if not (one.hint or one.why):
        return _NOTHING
    return filled_html(' aria-describedby="{}-hint"', one.id)


def _told(one: Shown) -> tuple[SafeString, SafeString, SafeString]:
    """Return the attributes that any typed field may have: language, wrong, described by."""
    tongue = filled_html(' lang="{}"', one.tongue) if one.tongue else _NOTHING
    return tongue, mark_safe(' aria-invalid="true"' if one.why else ""), _described(one)


def _area(one: Shown) -> SafeString:
    return filled_html(
        '<textarea class="textarea" id="{}" name="{}" rows="{}" maxlength="4000"{}{}{}>\n{}'
        "</textarea>",
        *(one.id, one.name, _AREAS[one.kind], *_told(one), one.lines),
    )


def _line(one: Shown) -> SafeString:
    is_day = one.kind is Kind.DAY and not one.why
    of_type = f' type="date" max="{LAST_DAY}"' if is_day else ' type="text" maxlength="4000"'
    digits = ' inputmode="decimal"' if one.kind in _IN_DIGITS else ""
    return filled_html(
        '<input class="input" id="{}" name="{}" value="{}" autocomplete="off"{}{}{}{}>',
        *(one.id, one.name, one.value, mark_safe(of_type + digits), *_told(one)),
    )


def _select(one: Shown, address: str) -> SafeString:
    redraws = one.redraws
    more = filled_html(_REDRAWS, address, redraws, redraws) if redraws else _NOTHING
    unknown = _NOTHING
    if lost := one.unknown:
        unknown = filled_html('<option value="{}" selected>{}</option>', lost, lost)
    grouped = mark_safe(
        "".join(_group(name, choices, chosen=one.value) for name, choices in one.groups.items())
    )
    return filled_html(
        '<select class="select" id="{}" name="{}"{}{}><option value="">–</option>{}{}</select>',
        *(one.id, one.name, more, _described(one), unknown, grouped),
    )


def _group(name: str, choices: Sequence[Choice], *, chosen: str) -> SafeString:
    options = joined_html(
        '<option value="{}"{}>{}</option>',
        (
            (one.value, mark_safe(" selected" if one.value == chosen else ""), one.words)
            for one in choices
        ),
    )
    return filled_html('<optgroup label="{}">{}</optgroup>', name, options) if name else options


def _ticks(one: Shown) -> SafeString:
    boxes = joined_html(
        '<label class="tick"><input type="checkbox" name="{}" value="{}"{}> {}</label>',
        (
            (
                *(one.name, choice.value),
                *(mark_safe(" checked" if choice.value in one.values else ""), choice.words),
            )
            for choice in one.choices
        ),
    )
    nothing = filled_html('<span class="quiet">{}</span>', _("There is nothing to choose yet."))
    hint = why = described = _NOTHING
    if one.hint and one.choices:
        hint = filled_html('<span class="quiet hint" id="{}-hint">{}</span>', one.id, one.hint)
    if one.why:
        described = filled_html(' aria-describedby="{}-why"', one.id)
        why = filled_html('<span class="wrong-here" id="{}-why">{}</span>', one.id, one.why)
    return filled_html(
        _TICKS, *(one.id, described, one.label, one.name, boxes or nothing, hint, why)
    )
