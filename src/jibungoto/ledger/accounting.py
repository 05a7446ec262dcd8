"""Where every record of a delivery went: kept, left out on purpose, or not readable."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jibungoto.ledger.words import Words

_PLACE = re.compile(
    r"(?P<file>.*), (?P<after>after )?(?P<unit>line|record|entry|commit|comment) "
    r"(?P<number>[0-9]+(?:\.[0-9]+)*|[0-9a-f]{7,64})(?P<more> …)?",
    re.DOTALL,
)
_UNITS = {
    "line": "{number} 行目",
    "record": "{number} 件目",
    "entry": "{number} 件目の記事",
    "comment": "{number} 件目のコメント",
    "commit": "コミット {number}",
}
_LONGEST_COUNT = 9


def placed(place: str) -> Words:
    """Return a place in an export as pages say it: the file's name, and where in the file."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return Words(place, place)
    unit, number = found["unit"], found["number"]
    is_counted = number.isdecimal() and len(number) <= _LONGEST_COUNT
    said = "{number} 件目のコミット" if unit == "commit" and is_counted else _UNITS[unit]
    after = "の後" if found["after"] else ""
    where = said.replace("{number}", number)
    return Words(f"{found['file']}、{where}{after}{found['more'] or ''}", place)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that could not be read: where it stands, why, and how many records share it."""

    place: str
    reason: Words
    records: int = 1


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record left out on purpose: where it stands, why, and how many records share it."""

    place: str
    reason: Words
    records: int = 1


@dataclass(frozen=True, slots=True)
class Account:
    """The sum of one delivery, in records: nothing read is ever unaccounted for."""

    read: int
    new: int
    updated: int
    unchanged: int
    repeated: int
    left_out: int
    refused: int

    @property
    def is_balanced(self) -> bool:
        """True if every record read is in exactly one of the six classes."""
        return self.read == (
            self.new + self.updated + self.unchanged + self.repeated + self.left_out + self.refused
        )
