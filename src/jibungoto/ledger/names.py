"""Names as they are compared: one folding for search, sorting and likeness."""

from __future__ import annotations

import unicodedata

import jaconv

_VARIANTS = str.maketrans(
    "髙﨑碕齋齊斉濵濱邊邉嶋嶌德廣澤瀧眞國櫻惠條榮冨渕曾瀨增靜龍寳將彌豐壽",
    "高崎崎斎斎斎浜浜辺辺島島徳広沢滝真国桜恵条栄富淵曽瀬増静竜宝将弥豊寿",
)
"""Written variants of one name's character; equal in a search, never a proof of one person."""


def folded(name: str) -> str:
    """Return a name for comparison: NFKC, lower case, katakana as hiragana, variants as one."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_VARIANTS)
    return " ".join(jaconv.kata2hira(plain).split())


def search_text(names: list[str]) -> str:
    """Return what a search for any of these names finds: folded, with and without spaces.

    Kana are found by their romanised form too. A reading that no handle states is not known.
    """
    kept: dict[str, None] = {}
    for name in names:
        plain = folded(name)
        if not plain:
            continue
        for form in (plain, jaconv.kana2alphabet(plain)):
            kept[form] = None
            kept[form.replace(" ", "")] = None
    return "\n".join(kept)
