"""Texts that a spreadsheet could take for a formula, and how they stay texts."""

from __future__ import annotations

import unicodedata

STARTERS = frozenset("=+-@")


def could_start_formula(text: str) -> bool:
    """Say whether a spreadsheet might read a cell as a formula, full-width signs included."""
    if text[:1].isalnum():
        return False  # as nearly every cell: no letter and no digit stands for a sign
    if text[:1] in {"\t", "\r", "\n"}:
        return True
    seen = next((sign for sign in text if not _is_blank(sign)), "")
    return unicodedata.normalize("NFKC", seen)[:1] in STARTERS if seen else False


def _is_blank(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}


def neutralised(text: str) -> str:
    """Return a text that every spreadsheet shows as a text: an apostrophe goes before a formula."""
    return f"'{text}" if could_start_formula(text) else text
