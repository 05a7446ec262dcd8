"""From the fields of a form to a plan: what cannot be read stays in its field, with the reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import Struct, ValidationError, convert, structs

from jibungoto.plan.bounds import most_at, too_little
from jibungoto.plan.owwh import Plan
from jibungoto.plan.text import Text, same
from jibungoto.understand.catalogue import Unit, measure_of
from jibungoto.web.pages.plan_fields import PARTS, WHOLE, Kind, Spec
from jibungoto.web.pages.plan_units import is_of

BASELINE = "baseline.value"
SMALLEST = 1e-9
LONGEST = 4_000
MOST = 40
"""Of more Whos, Whats or Hows than this no plan is made."""
_STEP = re.compile(r"\[(\d{1,3})\]|([a-z_]+)")
_TEXTS = frozenset({Kind.LINE, Kind.AREA})
_NO_NUMBER = _("This is no number.")
_OTHER_UNIT = _("This is not counted in that unit: write the number alone.")
_NUMBER = re.compile(r"(.*?[\d.])([^\d.]*)", re.DOTALL)
_NO_DAY = _("This is no day.")
_TOO_LONG = _("This is too long: 4,000 characters at most.")
_TOO_MANY = _("These are too many: %(most)s at most.")
_NO_CHOICE = _("This is none of the choices.")

Step = str | int


class Unreadable(ValueError):
    """What was entered cannot be read; ``why`` says so beside the field."""

    def __init__(self, why: str | Promise) -> None:
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class Wrong:
    """What somebody entered that cannot be read, as they entered it, and why."""

    entered: str
    why: str | Promise


@dataclass(frozen=True, slots=True)
class Entered:
    """The plan as the form says it, with what could not be read by the name of its field."""

    plan: Plan
    wrong: dict[str, Wrong] = field(default_factory=dict)


def steps_of(place: str) -> list[Step]:
    """Return the steps of a place: ``objective.victory[0].due`` has four."""
    return [int(at) if at else name for at, name in _STEP.findall(place)]


def at_place(value: Any, place: str) -> Any:
    """Return what stands at a place of a plan."""
    for step in steps_of(place):
        value = value[step] if isinstance(step, int) else getattr(value, _attribute(value, step))
    return value


def put(value: Any, steps: list[Step], *, new: Any) -> Any:
    """Return a plan, or a part of it, with another value at a place."""
    if not steps:
        return new
    step, *rest = steps
    if isinstance(step, int):
        return (*value[:step], put(value[step], rest, new=new), *value[step + 1 :])
    name = _attribute(value, step)
    return structs.replace(value, **{name: put(getattr(value, name), rest, new=new)})


def _attribute(value: Struct, name: str) -> str:
    """Return the attribute that a file calls ``name``: ``from`` is ``first``."""
    found = _attributes(type(value)).get(name)
    if found is None:
        raise AttributeError(name)
    return found


@cache  # telling the fields of a struct evaluates its annotations, and a page asks very often
def _attributes(of: type[Struct]) -> dict[str, str]:
    return {one.encode_name: one.name for one in structs.fields(of)}


def places(plan: Plan) -> Iterator[tuple[str, Spec]]:
    """Yield every field of a plan with its place, which is its name in the form."""
    for above, specs in WHOLE.items():
        for spec in specs:
            yield f"{above}.{spec.path}".removeprefix("."), spec
    for above, specs in PARTS.items():
        for at in range(len(at_place(plan, above))):
            for spec in specs:
                yield f"{above}[{at}].{spec.path}", spec


def entered(plan: Plan, sent: QueryDict, *, language: str) -> Entered:
    """Return a plan with what a form sent; fields the form does not have stay as they are."""
    wrong: dict[str, Wrong] = {}
    shown = plan
    for place, spec in list(places(plan)):
        for name, tongue in ((place, language), (f"{place}.ja", "ja"), (f"{place}.en", "en")):
            if name not in sent or (name != place and spec.kind not in _TEXTS):
                continue
            told = [_plain(text) for text in sent.getlist(name)]
            if spec.path == BASELINE and _is_as_shown(shown, place, text=told[-1], now=plan):
                continue
            try:
                new = _read(plan, place, spec=spec, told=told, tongue=(tongue, name != place))
                plan = put(plan, steps_of(place), new=new)
            except Unreadable as problem:
                wrong[name] = Wrong(told[-1], problem.why)
    return Entered(plan, wrong)


def _plain(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def _read(
    plan: Plan, place: str, *, spec: Spec, told: list[str], tongue: tuple[str, bool]
) -> object:
    before = at_place(plan, place)
    text = told[-1].strip()
    if max(map(len, told)) > LONGEST:
        raise Unreadable(_TOO_LONG)
    if spec.kind in _TEXTS:
        return _text(before, text, tongue=tongue)
    if spec.kind is Kind.LINES:
        return _lines(before, text, language=tongue[0])
    if spec.kind is Kind.NAMES:
        return _names(place, text)
    if spec.kind is Kind.TICK:
        return "on" in told
    if spec.kind in (Kind.CHOICE, Kind.CHOICES):
        return _choice(before, place, told=[one for one in told if one], plan=plan)
    unit = unit_at(plan, place) if spec.kind is Kind.VALUE else ""
    new = _scalar(spec.kind, text, unit=unit)
    refused = too_little(place, new) if isinstance(new, int | float) else None
    if refused is not None:
        raise Unreadable(refused[1].said_in(tongue[0]))
    return new


def _is_as_shown(shown: Plan, place: str, *, text: str, now: Plan) -> bool:
    """Say whether a baseline's field says what it showed, in the unit it showed it in.

    Nobody wrote it then: it stays as exact as it is, though another measure was chosen. Of the
    same measure counted in another unit, the field is read anew.
    """
    before, above = at_place(shown, place), place.removesuffix(f".{BASELINE}")
    is_same = at_place(shown, above).bound == at_place(now, above).bound
    if not isinstance(before, float) or (
        is_same and is_share(shown, place) != is_share(now, place)
    ):
        return False
    try:
        number = float(number_read(text.strip()))
    except Unreadable:
        return False
    return abs(number - rounded(before, is_share=is_share(shown, place))) < SMALLEST


def _text(before: Text, text: str, *, tongue: tuple[str, bool]) -> Text:
    """Write one language anew; in a form with both, each field speaks for itself."""
    language, is_of_two = tongue
    if is_of_two:
        return structs.replace(before, **{language: text})
    if text == before.said_in(language):
        return before
    return before.rewritten(language, text=text)


def _lines_in(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _names(place: str, text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(" ".join(one.split()) for one in _lines_in(text)))
    if len(names) > most_at(place):
        raise Unreadable(_TOO_MANY % {"most": most_at(place)})
    return names


def _lines(before: tuple[Text, ...], text: str, *, language: str) -> tuple[Text, ...]:
    """Keep the lines that are there already, with what they say in the other language."""
    known = {one.said_in(language): one for one in before}
    return tuple(known.get(line) or same(line) for line in _lines_in(text))


def _choice(before: object, place: str, *, told: list[str], plan: Plan) -> object:
    """Read one choice, or several; which are possible is for the noun to say, and for the rules."""
    if isinstance(before, tuple):
        new: object = list(dict.fromkeys(told))
    else:
        new = told[-1] if told else None
    *above, last = steps_of(place)
    part: Any = plan
    for step in above:
        part = part[step] if isinstance(step, int) else getattr(part, _attribute(part, step))
    kind = next(one.type for one in structs.fields(part) if one.encode_name == last)
    try:
        return convert("" if new is None and kind is str else new, kind)
    except ValidationError as error:
        raise Unreadable(_NO_CHOICE) from error


def _scalar(kind: Kind, text: str, *, unit: str) -> object:
    if kind is Kind.PLAIN:
        return " ".join(text.split())
    if not text:
        return None
    if kind is Kind.DAY:
        return day_read(text)
    number = number_read(text, unit=unit)
    if kind is Kind.WHOLE:
        if number != number.to_integral_value():
            raise Unreadable(_NO_NUMBER)
        return int(number)
    return float(number / 100 if unit == Unit.FRACTION else number)


def rounded(value: float, *, is_share: bool) -> float:
    """Return a baseline as its field shows it: shares in per cent, with one decimal."""
    return round(100 * value, 1) if is_share else round(value, 2)


def day_read(text: str) -> date:
    """Read a day as a form sends it; raises ``Unreadable``."""
    try:
        day = date.fromisoformat(unicodedata.normalize("NFKC", text).replace("/", "-"))
    except ValueError as error:
        raise Unreadable(_NO_DAY) from error
    if not 1970 <= day.year <= 2999:
        raise Unreadable(_NO_DAY)
    return day


def number_read(text: str, *, unit: str = "") -> Decimal:
    """Read a number as people type it: full width, with separators, with its unit behind it."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-").strip()
    parted = _NUMBER.fullmatch(plain)
    if parted is None:
        raise Unreadable(_NO_NUMBER)
    try:
        number = Decimal(parted[1].strip())
    except InvalidOperation as error:
        raise Unreadable(_NO_NUMBER) from error
    if not is_of(unit, parted[2]):
        raise Unreadable(_OTHER_UNIT)
    if not number.is_finite() or not -(10**12) <= number <= 10**12:
        raise Unreadable(_NO_NUMBER)
    return number


def is_share(plan: Plan, place: str) -> bool:
    """Say whether the number at a place is a share: stored as a fraction, shown in per cent."""
    return unit_at(plan, place) == Unit.FRACTION


def unit_at(plan: Plan, place: str) -> str:
    """Return what the number at a place counts, empty where no measure is chosen or asked for."""
    above, found, _rest = place.partition("].")
    if not found or not place.startswith("objective.victory"):
        return ""
    victory = at_place(plan, f"{above}]")
    measure = measure_of(victory.measure)
    return measure.unit if measure else victory.unit
