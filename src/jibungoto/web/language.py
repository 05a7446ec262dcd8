"""The language of the page that is being made."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language

from jibungoto.ledger.words import Language


def page_language() -> Language:
    """Return the language of the page; where none is chosen, that of the site."""
    told = get_language() or settings.LANGUAGE_CODE
    return "ja" if told.startswith("ja") else "en"
