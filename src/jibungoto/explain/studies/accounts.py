"""From business records to a panel: which accounts can be looked at, and which cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from jibungoto.explain.studies.panel import NEVER, UNKNOWN_SINCE, Panel
from jibungoto.explain.studies.periods import Period, period_from
from jibungoto.explain.studies.registration import Joining, Registration

BEFORE_ALL = -1
"""The column of an account that joined before the window begins."""


@dataclass(frozen=True, slots=True)
class Record:
    """One value of one account in one period; ``joined`` and ``since`` are keys of periods."""

    account: str
    name: str
    outcome: str
    period: str
    value: float
    segment: str = ""
    joined: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """The panel of a study, and what it leaves out.

    ``unlinked`` accounts nobody tied to members, ``unclear`` ones have two dates of joining or
    one finer than their periods; ``other_grain`` and ``outside`` count values.
    """

    panel: Panel
    segments: tuple[str, ...]
    unlinked: int = 0
    unclear: int = 0
    other_grain: int = 0
    outside: int = 0


@dataclass(slots=True)
class _Told:
    """What all rows of one account say; later rows win, but not over another date of joining."""

    name: str = ""
    segment: str = ""
    since: str = ""
    joined: set[str] = field(default_factory=set)
    values: dict[int, float] = field(default_factory=dict)


def lay_out(
    records: Iterable[Record], asked: Registration, *, joined: Mapping[str, str] | None = None
) -> Laid:
    """Lay the records of the outcome out as a panel over the registered window.

    ``joined`` says of every account somebody tied to members when the first of them acted, ""
    where none has; of any other account nothing is known, and it is left out.
    """
    first, last = period_from(asked.first), period_from(asked.last)
    own = [(one, period_from(one.period)) for one in records if one.outcome == asked.outcome]
    alike = [(one, when) for one, when in own if when.grain == first.grain]
    inside = [(one, when) for one, when in alike if first <= when <= last]
    told = _by_account(inside, first)
    by_link = asked.joining is Joining.LINKS
    keys = {key: _joined(key, one, joined=joined if by_link else None) for key, one in told.items()}
    clear = {key: key_of for key, key_of in keys.items() if key_of is not None}
    lost = len(told) - len(clear)
    kept = [told[key] for key in clear]
    segments = tuple(sorted({one.segment for one in kept}))
    return Laid(
        panel=Panel(
            names=tuple(one.name for one in kept),
            values=_values(kept, width=(last.first - first.first) // first.months + 1),
            joined=np.array(
                [_column(key, first=first, last=last) for key in clear.values()], dtype=np.int64
            ),
            segments=np.array([segments.index(one.segment) for one in kept], dtype=np.int64),
            since=np.array([_since(one, first) for one in kept], dtype=np.int64),
            months=first.months,
        ),
        segments=segments,
        unlinked=lost if by_link else 0,
        unclear=0 if by_link else lost,
        other_grain=len(own) - len(alike),
        outside=len(alike) - len(inside),
    )


def _by_account(inside: Sequence[tuple[Record, Period]], first: Period) -> dict[str, _Told]:
    told: dict[str, _Told] = {}
    for one, when in inside:
        here = told.setdefault(one.account, _Told())
        here.name = one.name or here.name
        here.segment = one.segment or here.segment
        here.since = one.since or here.since
        here.values[(when.first - first.first) // first.months] = one.value
        if one.joined:
            here.joined.add(one.joined)
    return told


def _joined(account: str, told: _Told, *, joined: Mapping[str, str] | None) -> str | None:
    """Return the key of the period an account joined in, "" for never, None where unclear."""
    if joined is not None:
        return joined.get(account)
    if len(told.joined) > 1:
        return None
    return next(iter(told.joined), "")


def _column(key: str, *, first: Period, last: Period) -> int:
    if not key:
        return NEVER
    at = (period_from(key).first - first.first) // first.months
    if period_from(key).first > last.first + last.months - 1:
        return NEVER
    return max(at, BEFORE_ALL)


def _since(told: _Told, first: Period) -> int:
    return period_from(told.since).first - first.first if told.since else UNKNOWN_SINCE


def _values(
    kept: Sequence[_Told], *, width: int
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    values = np.full((len(kept), width), np.nan)
    for line, one in enumerate(kept):
        for at, value in one.values.items():
            values[line, at] = value
    return values
