"""The question of a study, written down before its answer is known (domain.md 8.2)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from jibungoto.explain.studies.periods import period_from
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words

FEWEST_PRE = 3
"""Periods before joining that a study needs at least."""
MOST_PERIODS = 60
MOST_RATIO = 3


class Method(StrEnum):
    """How those who joined are set against the others."""

    MATCHED = "matched"
    DIFFERENCE = "difference"


class Joining(StrEnum):
    """Who says when an account joined."""

    FILE = "file"
    LINKS = "links"


class Unit(StrEnum):
    """What the outcome is counted in; shares are fractions."""

    SHARE = "share"
    YEN = "yen"
    COUNT = "count"
    NUMBER = "number"


class Registration(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked: objective, outcome and window are fixed before the outcome comes in.

    ``first`` and ``last`` are keys of periods, ``pre`` and ``post`` how many periods before and
    from joining on are compared.
    """

    objective: str
    outcome: str
    first: str
    last: str
    unit: Unit = Unit.NUMBER
    pre: int = 6
    post: int = 3
    method: Method = Method.MATCHED
    ratio: int = 1
    joining: Joining = Joining.FILE


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """One field changed later; ``is_late`` where the outcome had come in by then."""

    at: str
    field: str
    before: str
    after: str
    is_late: bool


FIELDS: dict[str, Words] = {
    "objective": Words("目的", "Objective"),
    "outcome": Words("成果の指標", "Outcome"),
    "first": Words("最初の期間", "First period"),
    "last": Words("最後の期間", "Last period"),
    "unit": Words("単位", "Unit"),
    "pre": Words("参加前の期間の数", "Periods before joining"),
    "post": Words("参加後の期間の数", "Periods from joining on"),
    "method": Words("比べ方", "Way of comparing"),
    "ratio": Words("1社あたりの比較先の数", "Controls for each account"),
    "joining": Words("参加した時期の出どころ", "Where the date of joining comes from"),
}
METHODS = {
    Method.MATCHED: Words("よく似たアカウントと組にして比べる", "Matched with similar accounts"),
    Method.DIFFERENCE: Words(
        "まだ参加していない全アカウントと変化を比べる",
        "Change against all accounts that have not joined",
    ),
}
JOININGS = {
    Joining.FILE: Words("業務データの「参加」の列", "The column “joined” of the business records"),
    Joining.LINKS: Words(
        "アカウントとメンバーの対応表と、活動ログ",
        "Which members belong to which account, and the log",
    ),
}
UNITS = {
    Unit.SHARE: Words("割合", "Share"),
    Unit.YEN: Words("円", "Yen"),
    Unit.COUNT: Words("件数", "Count"),
    Unit.NUMBER: Words("その他の数値", "Other number"),
}
_WORDS: dict[str, Words] = {
    **{one.value: words for one, words in METHODS.items()},
    **{one.value: words for one, words in JOININGS.items()},
    **{one.value: words for one, words in UNITS.items()},
}
_AMONG = Words("{low}から{high}までの数を入れてください。", "Enter a number from {low} to {high}.")


def said_of(value: str) -> Words:
    """Return what a field's value says, as a person reads it."""
    return _WORDS.get(value, Words(value, value))


def registered(told: Registration) -> Registration:
    """Return the registration if it can be asked; raises InvalidChoice with the next step."""
    for field in ("objective", "outcome"):
        if not getattr(told, field).strip():
            raise _wrong(field, Words("この欄を書いてください。", "Write something here."))
    _between(told, "pre", low=FEWEST_PRE, high=MOST_PERIODS)
    _between(told, "post", low=1, high=MOST_PERIODS)
    _between(told, "ratio", low=1, high=MOST_RATIO)
    first, last = period_from(told.first), period_from(told.last)
    if first.grain != last.grain:
        unlike = Words(
            "最初と最後を、どちらも月、またはどちらも四半期で書いてください。",
            "Write both the first and the last as months, or both as quarters.",
        )
        raise _wrong("last", unlike)
    held = (last.first - first.first) // first.months + 1
    if held < told.pre + told.post:
        short = Words(
            "期間は{held}個で、参加の前後に必要な{needed}個に足りません。期間を広げてください。",
            "The window holds {held} periods; {needed} are compared. Widen the window.",
        )
        raise _wrong("last", short.filled(held=max(held, 0), needed=told.pre + told.post))
    return told


def edits_between(
    before: Registration, after: Registration, *, at: str, is_late: bool
) -> list[Edit]:
    """Return what was changed, field by field, in the order of the form."""
    pairs = ((name, str(getattr(before, name)), str(getattr(after, name))) for name in FIELDS)
    return [
        Edit(at=at, field=name, before=one, after=other, is_late=is_late)
        for name, one, other in pairs
        if one != other
    ]


def late(edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits that came when the outcome was known already."""
    return [edit for edit in edits if edit.is_late and edit.field != "objective"]


def _between(told: Registration, field: str, *, low: int, high: int) -> None:
    if not low <= getattr(told, field) <= high:
        raise _wrong(field, _AMONG.filled(low=low, high=high))


def _wrong(field: str, next_step: Words) -> InvalidChoice:
    what = Words("「{name}」が研究の問いに合いません。", "{name} does not fit this question.")
    name = FIELDS[field]
    return InvalidChoice(
        Words(what.ja.format(name=name.ja), what.en.format(name=name.en)), next_step
    )
