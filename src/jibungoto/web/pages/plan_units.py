"""What people write behind a number, unit by unit: 20人, 45 %, 1,200 persons."""

from __future__ import annotations

from jibungoto.understand.catalogue import Unit

PER_CENT = frozenset({"%", "percent", "per cent", "パーセント"})
_ENTRIES = frozenset({"件", "entries", "entry"})
WRITTEN: dict[str, frozenset[str]] = {
    Unit.PERSONS: frozenset({"人", "名", "persons", "person", "people", "members", "member"}),
    Unit.FRACTION: PER_CENT,
    Unit.HOURS: frozenset({"時間", "hours", "hour", "h"}),
    Unit.ENTRIES: _ENTRIES,
    Unit.MINUTES: frozenset({"分", "分間", "minutes", "minute", "min"}),
    Unit.OUTPUTS: frozenset({"件", "本", "点", "outputs", "output"}),
    Unit.STARTS: frozenset({"件", "starts", "start"}),
    Unit.EVENTS: frozenset({"回", "件", "events", "event"}),
    Unit.DAYS: frozenset({"日", "日間", "days", "day"}),
    Unit.ORGANISATIONS: frozenset({"社", "団体", "組織", "organisations", "organizations"}),
    Unit.POINTS: frozenset({"点", "ポイント", "points", "point"}),
}
"""Units that are not here have no name that anybody writes behind a number."""
KNOWN = frozenset[str]().union(*WRITTEN.values())


def is_of(unit: str, word: str) -> bool:
    """Say whether a word behind a number names this unit; before one is chosen, any will do."""
    told = word.strip().rstrip(".").casefold()
    return not told or told in (WRITTEN.get(unit, frozenset()) if unit else KNOWN)
