"""Names as they are compared: one folding for search, sorting and likeness."""

from __future__ import annotations

import unicodedata

import jaconv


def folded(name: str) -> str:
    """Return a name for comparison: NFKC, lower case, katakana as hiragana, single spaces."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(jaconv.kata2hira(plain).split())


def search_text(names: list[str]) -> str:
    """Return what a search for any of these names finds: folded, romanised kana beside kana."""
    kept: dict[str, None] = {}
    for name in names:
        plain = folded(name)
        if not plain:
            continue
        kept[plain] = None
        kept[plain.replace(" ", "")] = None
        kept[jaconv.kana2alphabet(plain)] = None
    return "\n".join(kept)
