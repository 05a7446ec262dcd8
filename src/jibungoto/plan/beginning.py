"""Why a baseline that is filled in is none all the same: of another measure, or of wrong days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jibungoto.ledger.words import Words, day_words
from jibungoto.plan.number import FRACTION, shown
from jibungoto.plan.victory import VictoryCondition
from jibungoto.understand.catalogue import measure_of

OF_ANOTHER = Words(
    "この基準値({value})は「{of}」のものです。今の指標の値を入れ直すか、これで合っていると"
    "答えてください。",
    "This baseline ({value}) was taken of “{of}”. Take the value of the measure as it is now, or "
    "say that it is right as it stands.",
)
BACKWARDS = Words(
    "基準値の期間が逆です({first}から{last}まで)。",
    "The days of the baseline are the wrong way round ({first} to {last}).",
)
TO_COME = Words(
    "基準値の期間の終わり({last})は、まだ来ていません。今日までの日にしてください。",
    "The baseline is of days up to {last}, which is still to come; choose days that were.",
)
AFTER_DUE = Words(
    "基準値の期間の終わり({last})が、期日({due})より後です。",
    "The baseline is of days up to {last}, after the due date of {due}.",
)
NO_SHARE = Words(
    "割合の基準値は、0%から100%までです。", "The baseline of a share is from 0 % to 100 %."
)


def why_not_begun(one: VictoryCondition, today: date) -> Iterator[Words]:
    """Yield what is wrong with a baseline that is filled in."""
    begun = one.baseline
    value, first, last = begun.value, begun.first, begun.last
    if one.is_of_another:
        yield OF_ANOTHER.filled(value=_told(one), of=_name_of(begun.of))
        return
    if value is not None and one.unit == FRACTION and not 0 <= value <= 1:
        yield NO_SHARE
    if last is None:
        return
    if first is not None and first > last:
        yield BACKWARDS.filled(first=day_words(first), last=day_words(last))
    if last > today:
        yield TO_COME.filled(last=day_words(last))
    elif one.due is not None and last > one.due:
        yield AFTER_DUE.filled(last=day_words(last), due=day_words(one.due))


def _told(one: VictoryCondition) -> str:
    """Return the value in the unit of what it was taken of."""
    measure = measure_of(_measure_in(one.baseline.of))
    return shown(one.baseline.value or 0.0, one.unit if measure is None else measure.unit.value)


def _measure_in(of: str) -> str:
    return of.partition(" ")[0].partition(".")[0]


def _name_of(of: str) -> Words:
    """Return what a baseline was taken of, in words as far as the catalogue knows it."""
    measure = measure_of(_measure_in(of))
    if measure is None:
        return Words(of, of)
    key, _space, narrowed = of.partition(" ")
    part = measure.parts.get(key.partition(".")[2])
    whom = narrowed.partition(":")[2]
    ja = "、".join(word for word in (part.ja if part else "", whom) if word)
    en = ", ".join(word for word in (part.en if part else "", whom) if word)
    name = measure.name
    return Words(f"{name.ja}({ja})", f"{name.en} ({en})") if en else name
