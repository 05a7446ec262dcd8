"""A text of a plan, as its people wrote it: in one language, or in both."""

from __future__ import annotations

from msgspec import Struct, structs


class Text(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What somebody wrote in Japanese, in English or in both; once written it stands for both.

    Unlike ``Words`` either half may be missing, and then the other is shown.
    """

    ja: str = ""
    en: str = ""

    def said_in(self, language: str) -> str:
        """Return the text for a language, or the other where nobody wrote this one."""
        is_ja = language.lower().partition("-")[0] == "ja"
        return (self.ja or self.en) if is_ja else (self.en or self.ja)

    def rewritten(self, language: str, *, text: str) -> Text:
        """Return this with one language written anew.

        A text that was the same in both, or stood in one alone, follows in both.
        """
        is_ja = language.lower().partition("-")[0] == "ja"
        other = self.en if is_ja else self.ja
        if other in ("", self.said_in(language)):
            return Text(ja=text, en=text)
        return structs.replace(self, ja=text) if is_ja else structs.replace(self, en=text)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in either language."""
        return not (self.ja.strip() or self.en.strip())

    @property
    def both(self) -> str:
        """What stands in either language, one after the other; rules look for words in it."""
        return self.ja if self.ja == self.en else f"{self.ja}\n{self.en}"


def same(text: str) -> Text:
    """Return a text that stands for both languages."""
    return Text(ja=text, en=text)
