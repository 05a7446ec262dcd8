"""Months and quarters as spreadsheets write them, read strictly (domain.md 4.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jibungoto.gather.text import normalised
from jibungoto.ledger.words import Words

MONTH, QUARTER = 1, 3
_YEARS = range(1990, 2100)
_ERAS = {"令和": 2018, "平成": 1988}
_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = rf"(?P<name>{'|'.join(_NAMES)})[a-z]*\.?"
_DAY = r"(?:[-/.日月]?\d{1,2}日?(?:t[\d:.]+)?)"
_MONTHS = [
    re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})(?:月[度分]?)?"),
    re.compile(rf"(?P<year>\d{{4}})[-/.年](?P<month>\d{{1,2}})[-/.月]{_DAY}"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?:\d{2})?"),
    re.compile(
        rf"(?P<era>令和|平成)(?P<year>\d{{1,2}}|元)年(?P<month>\d{{1,2}})月(?:[度分]|{_DAY})?"
    ),
    re.compile(rf"{_NAME}[-,']?(?P<year>\d{{4}})"),
    re.compile(rf"(?P<year>\d{{4}})[-,]?{_NAME}"),
]
_FISCAL = [
    re.compile(
        r"(?:fy|会計年度)'?(?P<year>\d{4}|\d{2})[-/]?(?:q|第)(?P<quarter>[1-4])(?:四半期|q)?"
    ),
    re.compile(r"q(?P<quarter>[1-4])[-/]?fy'?(?P<year>\d{4}|\d{2})"),
    re.compile(r"(?P<year>\d{4})年度[-/]?(?:第|q)?(?P<quarter>[1-4])(?:四半期|q)?"),
]
_CALENDAR = [
    re.compile(r"(?P<year>\d{4})(?:年|[-/])?(?:q|第)(?P<quarter>[1-4])(?:四半期|q)?"),
    re.compile(r"q(?P<quarter>[1-4])[-/]?(?P<year>\d{4})"),
]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, or a quarter of three: ``first`` counts months since the year 0, from 0."""

    first: int
    months: int = MONTH

    @property
    def key(self) -> str:
        """Return it as it is stored: ``2026-04``, and ``2026-04+3`` for a quarter."""
        month = f"{self.first // 12:04d}-{self.first % 12 + 1:02d}"
        return month if self.months == MONTH else f"{month}+{self.months}"

    @property
    def grain(self) -> tuple[int, int]:
        """Return what two periods must share to stand in one row: length, and where they begin."""
        return self.months, self.first % self.months

    @property
    def words(self) -> Words:
        """Return it as one writes it."""
        (year, month), (_, last) = _split(self.first), _split(self.first + self.months - 1)
        begin, end = _NAMES[month - 1].title(), _NAMES[last - 1].title()
        if self.months == MONTH:
            return Words(f"{year}年{month}月", f"{begin} {year}")
        until, _ = _split(self.first + self.months - 1)
        if until == year:
            return Words(f"{year}年{month}〜{last}月", f"{begin} to {end} {year}")
        return Words(f"{year}年{month}月〜{until}年{last}月", f"{begin} {year} to {end} {until}")


def _split(first: int) -> tuple[int, int]:
    return first // 12, first % 12 + 1


@lru_cache(4_096)
def period_from(key: str) -> Period:
    """Return the period a stored key names; ValueError for any other text."""
    month, _, months = key.partition("+")
    year, _, number = month.partition("-")
    return Period(int(year) * 12 + int(number) - 1, int(months) if months else MONTH)


@lru_cache(8_192)  # a file says the same few periods thousands of times
def period_of(text: str, fiscal_month: int = 1) -> Period | None:
    """Return the month or quarter a text states, or None where it states none in a known form.

    A day stands for its month. ``FY2026 Q1`` and ``2026年度第1四半期`` are the first quarter of the
    fiscal year that begins in 2026; ``2026 Q1`` is January to March.
    """
    written = re.sub(r"\s+", "", normalised(text)).lower()
    for form in _MONTHS:
        if found := form.fullmatch(written):
            return _month(found.groupdict())
    for form in _FISCAL:
        if found := form.fullmatch(written):
            return _quarter(found.groupdict(), fiscal_month)
    for form in _CALENDAR:
        if found := form.fullmatch(written):
            return _quarter(found.groupdict(), 1)
    return None


def _month(found: dict[str, str | None]) -> Period | None:
    name = found.get("name")
    month = _NAMES.index(name) + 1 if name else int(found["month"] or 0)
    return _made(_year(found), month, months=MONTH)


def _quarter(found: dict[str, str | None], fiscal_month: int) -> Period | None:
    beyond = fiscal_month - 1 + 3 * (int(found["quarter"] or 1) - 1)
    return _made(_year(found) + beyond // 12, beyond % 12 + 1, months=QUARTER)


def _year(found: dict[str, str | None]) -> int:
    written = found["year"] or "0"
    era = found.get("era")
    if era:
        return _ERAS[era] + (1 if written == "元" else int(written))
    return int(written) + (2000 if len(written) == 2 else 0)


def _made(year: int, month: int, *, months: int) -> Period | None:
    if year not in _YEARS or not 1 <= month <= 12:
        return None
    return Period(year * 12 + month - 1, months)
