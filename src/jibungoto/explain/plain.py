"""A text as words are looked for in it: one width, one case, nothing invisible."""

from __future__ import annotations

import unicodedata


def normal(text: str) -> str:
    """Return a text as words are looked for: one width, one case, nothing invisible."""
    composed = unicodedata.normalize("NFKC", text)
    seen = (each for each in composed if unicodedata.category(each) not in ("Cf", "Mn"))
    return unicodedata.normalize("NFKC", "".join(seen)).casefold()
