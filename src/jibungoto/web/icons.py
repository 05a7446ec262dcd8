"""The vendored icons, read once and handed out as inline SVG."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).resolve().parent / "static" / "vendor" / "lucide"
_NAME = re.compile(r"[a-z0-9-]+")
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@cache
def icon_svg(name: str) -> SafeString:
    """Return the icon ``name`` for the eye only: what it means must stand beside it in words.

    An unknown name raises ``LookupError``; a page is wrong then, not its reader.
    """
    file = FOLDER / f"{name}.svg"
    if not _NAME.fullmatch(name) or not file.is_file():
        raise LookupError(f"There is no icon named {name!r} in {FOLDER.name}")
    found = _DRAWING.search(file.read_text(encoding="utf-8"))
    if found is None:
        raise LookupError(f"{file.name} is not an SVG drawing")
    drawing = re.sub(r"\s+", " ", found[1]).strip()
    return mark_safe(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
        f'aria-hidden="true" focusable="false">{drawing}</svg>'
    )
