"""Whole numbers as forms and addresses hold them, which anybody may type anything into."""

from __future__ import annotations

LONGEST = 9
"""Digits of a number that somebody may have typed, where a page does not say otherwise."""


def whole(text: str, *, digits: int = LONGEST) -> int | None:
    """Return the whole number a text is, None where it is none or has too many digits."""
    is_number = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if is_number else None
