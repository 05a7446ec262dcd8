"""Which endings of a file name a document can be written to, and what writes each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from jibungoto.explain.document import Document
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words

Renderer = Callable[[Document, str], bytes]
"""Takes a document and a language and returns the file."""

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: its ending with the dot, its name on a page, its media type."""

    ending: str
    name: Words
    media_type: str
    room: str

    def write(self, document: Document, language: str) -> bytes:
        """Return the file; the library it takes is imported here, not before."""
        made = import_module(f"{__package__}.{self.room}").render(document, language)
        return made.encode("utf-8") if isinstance(made, str) else bytes(made)


_ALL = (
    Format(".html", Words("Webページ (HTML)", "Page (HTML)"), "text/html; charset=utf-8", "html"),
    Format(".pdf", Words("PDF", "PDF"), "application/pdf", "pdf"),
    Format(
        ".pptx",
        Words("スライド (PPTX)", "Slides (PPTX)"),
        f"{_OFFICE}.presentationml.presentation",
        "pptx",
    ),
    Format(
        ".xlsx",
        Words("表計算 (XLSX)", "Workbook (XLSX)"),
        f"{_OFFICE}.spreadsheetml.sheet",
        "xlsx",
    ),
    Format(
        ".md",
        Words("テキスト (Markdown)", "Text (Markdown)"),
        "text/markdown; charset=utf-8",
        "markdown",
    ),
)
FORMATS: dict[str, Format] = {each.ending: each for each in _ALL}
"""Each ending, in lower case and with its dot."""


def format_for(name: str) -> Format:
    """Return the format of a file of this name; InvalidChoice for an ending nobody writes."""
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


def renderer_for(name: str) -> Renderer:
    """Return what writes a file of this name; InvalidChoice for an ending nobody writes."""
    return format_for(name).write
