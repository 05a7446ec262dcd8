"""What a plan may hold at most, so that one fits on a page and in a row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct, structs

from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words, day_words
from jibungoto.plan.owwh import Plan

LONGEST_TEXT = 4_000
LONGEST_KEY = 60
MOST_OF_A_KIND = 100
MOST_PINS = 5
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LONGEST_NAMED = 200
"""As long as the keys that sources give to series and events."""
_NEVER_NEGATIVE = frozenset({"hours_per_month", "size_estimate", "amount"})
_KEYS = frozenset({"key", "measure", "part", "behaviour", "leading_measure", "who"})


def must_fit(plan: Plan) -> None:
    """Raise ``InvalidChoice`` with the place of the first thing that is too large or unreadable."""
    for place, value in _leaves(plan, ""):
        refusal = _refused(place, value)
        if refusal is not None:
            raise InvalidChoice(*refusal, place=place)


def _refused(place: str, value: object) -> tuple[Words, Words] | None:
    if isinstance(value, tuple):
        return _refused_many(place, len(value))
    if isinstance(value, float) and not math.isfinite(value):
        return (
            Words("数ではありません。", "This is no number."),
            Words("数を入れ直してください。", "Enter a number."),
        )
    if isinstance(value, int) and abs(value) > 2**53:
        return (
            Words("数が大きすぎます。", "The number is too large."),
            Words("数を入れ直してください。", "Enter a smaller one."),
        )
    if isinstance(value, date) and not FIRST_DAY <= value <= LAST_DAY:
        return (
            Words("{day}は計画の日にできません。", "{day} is no day for a plan.").filled(
                day=day_words(value)
            ),
            Words(
                "{first}から{last}までの日にしてください。", "Choose a day from {first} to {last}."
            ).filled(first=day_words(FIRST_DAY), last=day_words(LAST_DAY)),
        )
    if isinstance(value, str):
        return _refused_text(place, value)
    return too_little(place, value) if isinstance(value, int | float) else None


def too_little(place: str, value: float) -> tuple[Words, Words] | None:
    """Say why a number is less than there can be of it; None where it is not."""
    name = _name_at(place)
    if name in _NEVER_NEGATIVE and value < 0:
        return (
            Words(f"{value:g}は0より小さい数です。", f"{value:g} is less than nothing."),
            Words("0以上の数を入れてください。", "Enter 0 or more."),
        )
    return None


def most_at(place: str) -> int:
    """Return how many there may be at most in a list of a plan."""
    return MOST_PINS if _name_at(place) == "first_pins" else MOST_OF_A_KIND


def _name_at(place: str) -> str:
    return place.rpartition(".")[2].partition("[")[0]


def _refused_text(place: str, text: str) -> tuple[Words, Words] | None:
    name = _name_at(place)
    longest = LONGEST_KEY if name in _KEYS else LONGEST_TEXT
    if name == "series":
        longest = _LONGEST_NAMED
    if len(text) > longest:
        return (
            Words(f"長すぎます({len(text)}文字)。", f"This is too long ({len(text)} characters)."),
            Words(f"{longest}文字までにしてください。", f"Keep to {longest} characters."),
        )
    if _CONTROL.search(text):
        return (
            Words("読めない文字(制御文字)があります。", "There is a control character in it."),
            Words("その文字を消してください。", "Remove it."),
        )
    return None


def _refused_many(place: str, found: int) -> tuple[Words, Words] | None:
    most = most_at(place)
    if found <= most:
        return None
    return (
        Words(f"多すぎます({found}件)。", f"There are too many ({found})."),
        Words(f"{most}件までにしてください。", f"Keep to {most}."),
    )


def _leaves(value: Any, place: str) -> Iterator[tuple[str, object]]:
    """Yield every value of a plan with its place, lists before what they hold."""
    if isinstance(value, Struct):
        for one in structs.fields(value):
            dot = "." if place else ""
            yield from _leaves(getattr(value, one.name), f"{place}{dot}{one.encode_name}")
    elif isinstance(value, tuple):
        yield place, value
        for at, one in enumerate(value):
            yield from _leaves(one, f"{place}[{at}]")
    else:
        yield place, value
