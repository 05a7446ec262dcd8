"""What a measure may be narrowed to besides people."""

from __future__ import annotations

from enum import StrEnum

from jibungoto.ledger.words import Words


class ScopeKind(StrEnum):
    """What a measure may be narrowed to besides people (domain.md 4.3, 5)."""

    SERIES = "series"
    CHAPTER = "chapter"

    @property
    def words(self) -> Words:
        """What the kind is called."""
        return KIND_WORDS[self]


KIND_WORDS: dict[ScopeKind, Words] = {
    ScopeKind.SERIES: Words("シリーズ", "Series"),
    ScopeKind.CHAPTER: Words("支部", "Chapter"),
}
