"""The ending of the file name chooses the format, and every format writes every document."""

from __future__ import annotations

import pytest

from jibungoto.explain.document import Document
from jibungoto.explain.formats.endings import FORMATS, format_for, renderer_for
from jibungoto.ledger.problems import InvalidChoice
from tests.explain.documents import ALL

STARTS = {
    ".html": b"<!doctype html>",
    ".pdf": b"%PDF-",
    ".pptx": b"PK",
    ".xlsx": b"PK",
    ".md": b"# ",
}


@pytest.mark.parametrize("name", ["october.html", "OCTOBER.PDF", "a.b/report.v2.md", "a.PpTx"])
def test_the_ending_names_the_format_in_any_case(name: str) -> None:
    assert name.lower().endswith(format_for(name).ending)


@pytest.mark.parametrize("name", ["report.docx", "report", "html", ".html"])
def test_another_ending_is_refused_with_the_endings_there_are(name: str) -> None:
    with pytest.raises(InvalidChoice) as refused:
        renderer_for(name)
    known = ".html, .pdf, .pptx, .xlsx, .md"
    assert refused.value.place == name
    assert refused.value.next_step.en == f"Let the file name end in one of these: {known}"
    assert refused.value.next_step.ja == f"ファイル名の末尾を次のどれかにしてください: {known}"


WRITTEN = [
    pytest.param(
        ending, language, marks=pytest.mark.torture if (ending, language) == (".pdf", "en") else ()
    )
    for ending in FORMATS
    for language in ("ja", "en")
]


@pytest.mark.parametrize("document", ALL.values(), ids=ALL)
@pytest.mark.parametrize(("ending", "language"), WRITTEN)
def test_every_format_writes_every_document(ending: str, document: Document, language: str) -> None:
    made = renderer_for(f"brief{ending}")(document, language)
    assert made.startswith(STARTS[ending])


def test_every_format_has_a_name_and_a_media_type() -> None:
    assert [each.ending for each in FORMATS.values()] == list(STARTS)
    assert all(
        each.name.ja and each.name.en and "/" in each.media_type for each in FORMATS.values()
    )
