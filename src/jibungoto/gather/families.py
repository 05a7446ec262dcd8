"""What a source is a source of: talk, gatherings, works, or whatever a table holds."""

from __future__ import annotations

from enum import StrEnum

from jibungoto.ledger.words import Words


class Family(StrEnum):
    """What is brought together on a page, in the order it is shown."""

    TALK = "talk"
    GATHERING = "gathering"
    WORK = "work"
    TABLE = "table"

    @property
    def words(self) -> Words:
        """Return what pages call it."""
        return _WORDS[self]


_WORDS = {
    Family.TALK: Words("会話", "Conversation"),
    Family.GATHERING: Words("イベント", "Events"),
    Family.WORK: Words("つくったもの", "Works"),
    Family.TABLE: Words("その他の表", "Other tables"),
}

FAMILIES: dict[str, Family] = {
    "slack": Family.TALK,
    "discord": Family.TALK,
    "discourse": Family.TALK,
    "zulip": Family.TALK,
    "line": Family.TALK,
    "mbox": Family.TALK,
    "connpass": Family.GATHERING,
    "doorkeeper": Family.GATHERING,
    "peatix": Family.GATHERING,
    "meetup": Family.GATHERING,
    "luma": Family.GATHERING,
    "zoom": Family.GATHERING,
    "streamyard": Family.GATHERING,
    "youtube": Family.GATHERING,
    "facebook_live": Family.GATHERING,
    "headcount": Family.GATHERING,
    "git": Family.WORK,
    "github": Family.WORK,
    "feed": Family.WORK,
    "csv": Family.TABLE,
}
"""The family of every source, by its key in the log."""


def family_of(source: str) -> Family:
    """Return the family of a source; one nobody has placed is a table."""
    return FAMILIES.get(source, Family.TABLE)
