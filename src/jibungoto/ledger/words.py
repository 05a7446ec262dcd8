"""One text in both languages of the house, kept beside the rule it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
        """Return the same words with their ``{placeholders}`` filled in, in both languages.

        A value that is words itself speaks in the language it is put into.
        """
        ja = {key: one.ja if isinstance(one, Words) else one for key, one in values.items()}
        en = {key: one.en if isinstance(one, Words) else one for key, one in values.items()}
        return Words(ja=self.ja.format(**ja), en=self.en.format(**en))


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_words(day: date) -> Words:
    """Return a day as one writes it in a sentence, whatever the machine's locale."""
    return Words(
        ja=f"{day.year}年{day.month}月{day.day}日",
        en=f"{day.day} {_MONTHS[day.month - 1]} {day.year}",
    )
