"""Numbers as people type them into spreadsheets; what is no number for certain is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jibungoto.gather.text import normalised

_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-+−△▲])?(?P<money>[¥$€\\])?(?P<sign2>[-+−△▲])?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+(?:e-\d{1,3})?|e-\d{1,3})?(?P<unit>%|円|件|人|回|社|個|点|pt)?"
    r"(?P<close>\))?",
    re.IGNORECASE,
)
_EMPTY = {"", "-", "–", "—", "ー", "―", "n/a", "na", "null", "none", "なし", "不明", "未", "#n/a"}


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell says: a number, nothing at all, or (None and not empty) something else."""

    number: float | None
    is_empty: bool = False


@lru_cache(8_192)  # of a file's cells most are dates and blanks that come again
def amount_of(text: str) -> Amount:
    """Return the number in a cell: full width, thousands, ¥, 円, %, △ and brackets for a minus.

    ``12%`` is 0.12. ``1,23`` and ``約3万`` are no numbers: nobody could say which.
    """
    written = re.sub(r"\s+", "", normalised(text))
    if written.lower() in _EMPTY:
        return Amount(None, is_empty=True)
    found = _NUMBER.fullmatch(written)
    if found is None or bool(found["open"]) != bool(found["close"]):
        return Amount(None)
    number = float(found["digits"].replace(",", "") + (found["decimals"] or ""))
    if found["unit"] == "%":
        number /= 100
    is_negative = (found["sign"] or found["sign2"] or "+") != "+" or bool(found["open"])
    return Amount(-number if is_negative else number)
