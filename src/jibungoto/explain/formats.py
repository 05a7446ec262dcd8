"""Which endings of a file name a report can be written to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from jibungoto.explain import html
from jibungoto.explain.report import Report
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words

Renderer = Callable[[Report, str], str]
"""Takes a report and a language and returns the text of the file, to be written as UTF-8."""

FORMATS: dict[str, Renderer] = {".html": html.render}
"""Each ending, in lower case and with its dot, and what writes it."""


def renderer_for(name: str) -> Renderer:
    """Return what writes a file of this name; InvalidChoice for an ending nobody writes."""
    ending = PurePath(name).suffix.lower()
    found = FORMATS.get(ending)
    if found is None:
        raise InvalidChoice(
            Words(
                "報告を書き出せる形式ではありません: 「{ending}」",
                "A report cannot be written to this ending: “{ending}”.",
            ).filled(ending=ending),
            Words(
                "ファイル名の末尾を次のどれかにしてください: {known}",
                "Let the file name end in one of these: {known}",
            ).filled(known=", ".join(FORMATS)),
            place=name,
        )
    return found
