"""One text in both languages of the house, kept beside the rule it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence or a name in Japanese and in English; neither is a translation of the other."""

    ja: str
    en: str

    def said_in(self, language: str) -> str:
        """Return the text for a language code; every code that is not Japanese reads English."""
        return self.ja if language.lower().partition("-")[0] == "ja" else self.en

    def filled(self, **values: object) -> Words:
        """Return the same words with their ``{placeholders}`` filled in, in both languages."""
        return Words(ja=self.ja.format(**values), en=self.en.format(**values))
