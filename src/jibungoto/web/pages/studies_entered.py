"""What stands in the form of a question, as it was typed, and the registration it makes."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from jibungoto.explain.studies.periods import Period, period_from, period_of
from jibungoto.explain.studies.registration import (
    FIELDS,
    JOININGS,
    METHODS,
    UNITS,
    Joining,
    Method,
    Registration,
    Unit,
)
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.web.typed import whole

CHOICES = {
    "units": [(one.value, words) for one, words in UNITS.items()],
    "methods": [(one.value, words) for one, words in METHODS.items()],
    "joinings": [(one.value, words) for one, words in JOININGS.items()],
}
_LONGEST = 300
_NO_PERIOD = Words(
    "2025-04、2025年4月、FY2025 Q1 のどれかの形で書いてください。",
    "Write it as 2025-04, Apr 2025 or FY2025 Q1.",
)
_NO_COUNT = Words("数字で書いてください。", "Write a number.")
_WRONG = Words("「{name}」が読めません。", "{name} cannot be read.")


@dataclass(frozen=True, slots=True)
class EnteredQuestion:
    """The fields of the form, each as text."""

    objective: str = ""
    outcome: str = ""
    first: str = ""
    last: str = ""
    unit: str = Unit.NUMBER.value
    pre: str = "6"
    post: str = "3"
    method: str = Method.MATCHED.value
    ratio: str = "1"
    joining: str = Joining.FILE.value


def entered_in(request: HttpRequest) -> EnteredQuestion:
    """Return what was typed."""
    empty = EnteredQuestion()
    told = {
        name: request.POST.get(name, getattr(empty, name)).strip()[:_LONGEST] for name in FIELDS
    }
    return EnteredQuestion(**told)


def entered_of(told: Registration) -> EnteredQuestion:
    """Return the form of a question that is registered."""
    first, last = (period_from(key) for key in (told.first, told.last))
    return EnteredQuestion(
        objective=told.objective,
        outcome=told.outcome,
        first=_typed(first),
        last=_typed(last),
        unit=told.unit.value,
        pre=str(told.pre),
        post=str(told.post),
        method=told.method.value,
        ratio=str(told.ratio),
        joining=told.joining.value,
    )


def registration_in(entered: EnteredQuestion, fiscal_month: int) -> Registration:
    """Return the question the form asks; raises InvalidChoice naming the field."""
    return Registration(
        objective=entered.objective,
        outcome=entered.outcome,
        first=_period(entered, "first", fiscal_month=fiscal_month),
        last=_period(entered, "last", fiscal_month=fiscal_month),
        unit=Unit(_one_of(entered.unit, [one.value for one in Unit])),
        pre=_count(entered, "pre"),
        post=_count(entered, "post"),
        method=Method(_one_of(entered.method, [one.value for one in Method])),
        ratio=_count(entered, "ratio"),
        joining=Joining(_one_of(entered.joining, [one.value for one in Joining])),
    )


def _typed(period: Period) -> str:
    if period.months == 1:
        return period.key
    year, month = period.first // 12, period.first % 12
    return f"{year} Q{month // 3 + 1}" if month % 3 == 0 else period.key


def _period(entered: EnteredQuestion, field: str, *, fiscal_month: int) -> str:
    period = period_of(getattr(entered, field), fiscal_month)
    if period is None:
        raise _wrong(field, _NO_PERIOD)
    return period.key


def _count(entered: EnteredQuestion, field: str) -> int:
    count = whole(getattr(entered, field), digits=3)
    if count is None:
        raise _wrong(field, _NO_COUNT)
    return count


def _one_of(said: str, known: list[str]) -> str:
    """Return a choice of the form; whoever sends another gets the first of them."""
    return said if said in known else known[0]


def _wrong(field: str, next_step: Words) -> InvalidChoice:
    name = FIELDS[field]
    what = Words(_WRONG.ja.format(name=name.ja), _WRONG.en.format(name=name.en))
    return InvalidChoice(what, next_step)
