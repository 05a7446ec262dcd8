"""A plan as its page shows it: parts with their fields, and beside each what the rules say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jibungoto.plan.issues import Issue, Level
from jibungoto.plan.text import Text
from jibungoto.understand.catalogue import measure_of
from jibungoto.web.pages.plan_choices import UNITS, Choice, Choosing, named
from jibungoto.web.pages.plan_entered import BASELINE, Wrong, at_place, is_share, rounded
from jibungoto.web.pages.plan_fields import PARTS, WHOLE, Kind, Spec
from jibungoto.web.printing import unit_words

_REDRAWN = re.compile(r"(objective\.victory\[\d+\])\.(?:measure|part|unit|scope\.[a-z]+)")
TONGUES = {"ja": "日本語", "en": "English"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One field as it is drawn: its name is its place, ``id`` the same for CSS and labels."""

    name: str
    kind: Kind
    label: str | Promise
    hint: str | Promise
    values: tuple[str, ...]
    choices: Sequence[Choice] = ()
    why: str | Promise = ""
    tongue: str = ""
    more: bool = False
    unit: str = ""

    @property
    def id(self) -> str:
        """Return the name as an identifier."""
        return identifier(self.name)

    @property
    def value(self) -> str:
        """Return the one value of a field that has one."""
        return self.values[0] if self.values else ""

    @property
    def lines(self) -> str:
        """Return the values of a field that takes several, one a line."""
        return "\n".join(self.values)

    @property
    def tongue_name(self) -> str:
        """Return the language of a field that stands for one of both."""
        return TONGUES.get(self.tongue, "")

    @property
    def redraws(self) -> str:
        """Return the identifier of the part that is another one with another choice."""
        found = _REDRAWN.fullmatch(self.name)
        return "" if found is None else identifier(found[1])

    @property
    def groups(self) -> dict[str, list[Choice]]:
        """Return the choices under their headings."""
        held: dict[str, list[Choice]] = {}
        for one in self.choices:
            held.setdefault(one.group, []).append(one)
        return held

    @property
    def unknown(self) -> str:
        """Return the chosen value that is no choice any more, so that it is not lost."""
        known = {one.value for one in self.choices}
        return "" if self.value in known else self.value


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a plan: its place, its name, its fields, and what the rules say of it."""

    place: str
    name: str
    fields: tuple[Shown, ...]
    issues: tuple[Issue, ...] = ()
    notes: tuple[str, ...] = ()
    may_fill: bool = False
    is_asked: bool = False

    @property
    def id(self) -> str:
        """Return the place as an identifier."""
        return identifier(self.place) or "head"

    @property
    def main(self) -> list[Shown]:
        """Return the fields that are always seen."""
        return [one for one in self.fields if not one.more]

    @property
    def more(self) -> list[Shown]:
        """Return the fields under the fold."""
        return [one for one in self.fields if one.more]

    @property
    def is_open(self) -> bool:
        """Say whether something under the fold could not be read."""
        return any(one.why for one in self.more)

    @property
    def filled(self) -> int:
        """Return how many fields under the fold say something."""
        return sum(bool(one.value) for one in self.more)


@dataclass(frozen=True, slots=True)
class Look:
    """How a plan is looked at: what the rules say, what was wrong, in one language or in both."""

    language: str
    issues: Sequence[Issue] = ()
    wrong: Mapping[str, Wrong] = field(default_factory=dict)
    is_both: bool = False
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fillable: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()


def identifier(place: str) -> str:
    """Return a place as an HTML identifier."""
    return place.replace("[", "-").replace("]", "").replace(".", "-")


def shown_whole(choosing: Choosing, place: str, *, look: Look) -> Part:
    """Return what a plan has once: its head, for the empty place, or its objective."""
    known = [above for above in (*PARTS, *WHOLE) if above]
    specs = WHOLE[place]
    fields = [
        shown
        for spec in specs
        for shown in _shown(
            choosing, f"{place}.{spec.path}".removeprefix("."), spec=spec, look=look
        )
    ]
    said = [
        issue
        for issue in look.issues
        if (issue.place.startswith(place) if place else not issue.place.startswith(tuple(known)))
        and not issue.place.startswith("objective.victory")
    ]
    return Part(place, "", tuple(fields), tuple(said))


def shown_list(choosing: Choosing, above: str, *, look: Look) -> list[Part]:
    """Return the parts of one of a plan's lists."""
    parts = []
    for at in range(len(at_place(choosing.plan, above))):
        place = f"{above}[{at}]"
        fields = [
            shown
            for spec in PARTS[above]
            for shown in _shown(choosing, f"{place}.{spec.path}", spec=spec, look=look)
        ]
        parts.append(
            Part(
                place,
                named(choosing.plan, above.rpartition(".")[2], at=at),
                tuple(fields),
                tuple(one for one in look.issues if _is_in(one.place, place)),
                look.notes.get(place, ()),
                place in look.fillable,
                place in look.asked,
            )
        )
    return parts


def of_list(issues: Sequence[Issue], above: str) -> list[Issue]:
    """Return what the rules say of a list as a whole."""
    return [one for one in issues if one.place == above]


def gravest_first(issues: Sequence[Issue]) -> list[Issue]:
    """Return what blocks before what warns."""
    return sorted(issues, key=lambda one: one.level is not Level.ERROR)


def _is_in(place: str, above: str) -> bool:
    return place == above or place.startswith((f"{above}.", f"{above}["))


def _shown(choosing: Choosing, place: str, *, spec: Spec, look: Look) -> list[Shown]:
    value = at_place(choosing.plan, place)
    if look.is_both and isinstance(value, Text):
        return [
            _field(
                f"{place}.{tongue}",
                spec,
                values=(getattr(value, tongue),),
                look=look,
                tongue=tongue,
            )
            for tongue in TONGUES
        ]
    of_share = is_share(choosing.plan, place)
    values = _values(value, look.language, is_share=of_share)
    if spec.path == BASELINE and isinstance(value, float):
        values = (number_typed(rounded(value, is_share=of_share)),)
    choices = choosing.of(place, spec.path)
    if spec.path == "part" and not choices and not value:
        return []
    if spec.path == "unit" and _is_in_catalogue(choosing, place):
        return []
    shown = _field(place, spec, values=values, look=look, choices=choices)
    return [replace(shown, unit=_unit(choosing, place) if spec.kind is Kind.VALUE else "")]


def _unit(choosing: Choosing, place: str) -> str:
    """Return in what the number at a place is counted; nothing while no measure is chosen."""
    victory = at_place(choosing.plan, f"{place.partition('].')[0]}]")
    measure = measure_of(victory.measure)
    if measure is not None:
        return unit_words(measure.unit)
    return str(UNITS.get(victory.unit, victory.unit))


def _is_in_catalogue(choosing: Choosing, place: str) -> bool:
    """Say whether the unit at a place is that of a measure of the catalogue."""
    victory = at_place(choosing.plan, place.rpartition(".")[0])
    return measure_of(victory.measure) is not None


def _field(
    name: str,
    spec: Spec,
    *,
    values: tuple[str, ...],
    look: Look,
    tongue: str = "",
    choices: Sequence[Choice] = (),
) -> Shown:
    wrong = look.wrong.get(name)
    return Shown(
        name=name,
        kind=spec.kind,
        label=spec.label,
        hint=spec.hint,
        values=(wrong.entered,) if wrong else values,
        choices=choices,
        why=wrong.why if wrong else "",
        tongue=tongue,
        more=spec.more,
    )


def _values(value: object, language: str, *, is_share: bool) -> tuple[str, ...]:
    if isinstance(value, tuple):
        told = [one.said_in(language) if isinstance(one, Text) else str(one) for one in value]
        return tuple(told)
    if value is None or value is False:
        return ()
    if value is True:
        return ("on",)
    if isinstance(value, Text):
        return (value.said_in(language),)
    if isinstance(value, float):
        return (number_typed(100 * value if is_share else value),)
    return (str(value),)


def number_typed(value: float) -> str:
    """Return a number as somebody would type it: no more digits than it has."""
    return f"{round(value, 6):.6f}".rstrip("0").rstrip(".")


def count_words(issues: Sequence[Issue], *, may_change: bool = True) -> str:
    """Say how much stands in the way of a plan, or of its next version, in one sentence."""
    errors = sum(one.level is Level.ERROR for one in issues)
    warnings = len(issues) - errors
    if not issues:
        return _("Nothing is missing.")
    told = {"errors": formats.localize(errors), "warnings": formats.localize(warnings)}
    if not may_change:
        return _("For the next version: %(count)s to look at.") % {"count": len(issues)}
    if not errors:
        return _("It can be put in force; worth another look: %(warnings)s.") % told
    return _("Still in the way: %(errors)s. Worth another look: %(warnings)s.") % told
