"""Whether a sentence quotes a figure: its number whole, in both languages."""

from __future__ import annotations

import re

from jibungoto.explain.briefs.figures import Figure, shown_of
from jibungoto.ledger.words import Words


def quotes(text: Words, figure: Figure) -> bool:
    """Say whether a text prints a figure, in both languages."""
    shown = shown_of(figure)
    if shown.why is not None:
        return True
    return any(prints(text, one) for one in (shown.said, shown.value))


def prints(text: Words, printed: Words) -> bool:
    """Say whether a text prints something in both languages, no digit more and none less."""
    return _stands(printed.ja, text.ja) and _stands(printed.en, text.en)


def _stands(printed: str, text: str) -> bool:
    if not printed:
        return False
    before = r"(?<![0-9])(?<![0-9][.,])(?<!\s[-−])(?<!^[-−])" if printed[0].isdigit() else ""
    after = r"(?![0-9]|[.,][0-9]|\s?%)" if printed[-1].isdigit() else ""
    return re.search(f"{before}{re.escape(printed)}{after}", text) is not None
