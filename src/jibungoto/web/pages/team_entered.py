"""What forms of the team and of stakeholders hold, read into values or refused with the reason."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TypeVar

from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.web.typed import whole

Choice = TypeVar("Choice", bound=Enum)
Posted = Mapping[str, str]

_AGAIN = Words("もう一度入力してください。", "Enter it again.")


def text_in(posted: Posted, field: str) -> str:
    """Return the text of a field, empty where there is none."""
    return str(posted.get(field, "")).strip()


def _narrow(posted: Posted, field: str) -> str:
    return unicodedata.normalize("NFKC", text_in(posted, field)).strip()


def number_in(posted: Posted, field: str) -> int | None:
    """Return the whole number in a field, None where it is empty; raises ``InvalidChoice``.

    Digits of full width, as a Japanese keyboard types them, are read as well.
    """
    told = _narrow(posted, field)
    if not told:
        return None
    number = whole(told.removeprefix("-"))
    if number is None:
        raise InvalidChoice(
            Words("数ではありません。", "This is no number."), _AGAIN, place=told[:20]
        )
    return -number if told.startswith("-") else number


def day_in(posted: Posted, field: str) -> date | None:
    """Return the day in a field, None where it is empty; raises ``InvalidChoice``."""
    told = _narrow(posted, field)
    if not told:
        return None
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        raise InvalidChoice(
            Words("日付ではありません。", "This is no date."), _AGAIN, place=told[:20]
        ) from error


def choice_in(posted: Posted, field: str, *, of: type[Choice]) -> Choice:
    """Return one of a closed set; raises ``InvalidChoice``."""
    told = text_in(posted, field)
    if told not in {one.value for one in of}:
        raise InvalidChoice(
            Words("選べない値です。", "This cannot be chosen."), _AGAIN, place=told[:20]
        )
    return of(told)
