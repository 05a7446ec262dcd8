"""The PDF, read back: tagged, in its language, with its own face, text one can select, offline."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from jibungoto.explain.formats import pdf
from jibungoto.explain.formats.pdf import printed_page, render
from jibungoto.explain.report.as_document import document_of_report
from jibungoto.explain.report.report import report_from
from jibungoto.ledger.problems import InvalidChoice
from tests.conftest import IN_CI
from tests.explain.documents import ALL, HOSTILE
from tests.explain.examples import lively

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


@cache
def made(name: str, language: str) -> bytes:
    if name == "report":
        return render(document_of_report(report_from(lively())), language)
    return render(ALL[name], language)


def inside(raw: bytes) -> bytes:
    """Return the file with what is compressed in it laid open."""
    parts = [raw]
    for found in _STREAM.finditer(raw):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def poppler(tool: str) -> str:
    """Return where a tool of poppler is; in CI a missing one is a failure, not a gap."""
    found = shutil.which(tool)
    if found is None and not IN_CI:
        pytest.skip(f"{tool} (poppler-utils) is not here")
    assert found is not None
    return found


def text(raw: bytes, folder: Path) -> str:
    path = folder / "made.pdf"
    path.write_bytes(raw)
    ran = subprocess.run(
        [poppler("pdftotext"), "-raw", str(path), "-"], check=True, capture_output=True
    )
    return ran.stdout.decode("utf-8")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_pdf_is_tagged_and_says_its_language_and_title(language: str) -> None:
    laid_open = inside(made("report", language))
    for needed in (b"/StructTreeRoot", b"/MarkInfo", b"/DisplayDocTitle true", b"pdfuaid:part"):
        assert needed in laid_open
    assert re.search(rb"/Lang \(%s\)" % language.encode(), laid_open)
    for tag in (b"/H1", b"/H2", b"/L", b"/LI", b"/Table", b"/TH", b"/TD", b"/Figure"):
        assert re.search(rb"/S %s\b" % tag, laid_open), tag


def test_every_picture_has_an_alternative_text_with_its_numbers() -> None:
    laid_open = inside(made("quarterly", "en"))
    figures = laid_open.count(b"/S /Figure")
    assert figures > 0
    assert len(re.findall(rb"/Alt [(<]", laid_open)) == figures
    assert rb"from 85% to 58%. \(Answer rate: Spring 85%, Summer 58%\)" in laid_open


def test_its_only_faces_are_our_own_and_embedded() -> None:
    laid_open = inside(made("report", "ja"))
    names = set(re.findall(rb"/BaseFont /([A-Z]{6}\+)?([\w-]+)", laid_open))
    assert {name for _, name in names} == {b"BIZ-UDPGothic", b"BIZ-UDPGothic-Bold"}
    assert len(re.findall(rb"/FontFile[23]", laid_open)) == 2


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "返事のない初めての投稿は6件です。"),
        ("en", "First posts nobody has answered: 6."),
    ],
)
def test_its_text_can_be_selected(language: str, sentence: str, tmp_path: Path) -> None:
    assert sentence in text(made("report", language), tmp_path)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_report_has_one_page_in_front_and_the_rest_in_its_annex(
    language: str, tmp_path: Path
) -> None:
    pages = [page for page in text(made("report", language), tmp_path).split("\f") if page.strip()]
    begins = "付録" if language == "ja" else "Annex"
    assert len(pages) <= 2
    assert [page.startswith(begins) for page in pages] == [False, True][: len(pages)]


def test_pages_are_numbered(tmp_path: Path) -> None:
    raw = made("quarterly", "ja")
    count = len(re.findall(rb"/Type /Page\b", inside(raw)))
    shown = text(raw, tmp_path)
    assert count > 1
    assert [f"{n} / {count}" in shown for n in range(1, count + 1)] == [True] * count


def test_a_hostile_text_is_printed_and_nothing_more(tmp_path: Path) -> None:
    shown = text(made("hostile", "en"), tmp_path)
    assert "<script>alert(1)</script>" in shown.replace("\n", "")
    assert b"/JavaScript" not in inside(made("hostile", "en"))
    assert b"/URI" not in inside(made("hostile", "en"))
    assert "\x07" in HOSTILE
    assert "\x07" not in shown


def test_a_page_fetches_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    picture = tmp_path / "secret.svg"
    picture.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        '<rect width="9" height="9"/></svg>'
    )
    page = f'<html lang="en"><title>x</title><p>a<img alt="secret" src="{picture.as_uri()}">b</p>'
    assert printed_page(page).startswith(b"%PDF-")
    assert "disallowed protocol" in caplog.text


def test_without_pango_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        print("WeasyPrint could not import some external libraries.")
        raise OSError(f"cannot load library of {name}")

    pdf._weasyprint.cache_clear()
    monkeypatch.setattr(pdf, "import_module", missing)
    with pytest.raises(InvalidChoice) as refused:
        render(ALL["bare"], "en")
    pdf._weasyprint.cache_clear()
    assert refused.value.said_in("en") == (
        "Pango, which PDF needs, is not on this machine. Install it: apt install "
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 on Debian and Ubuntu, "
        "brew install pango on macOS. The other formats work without it."
    )
    assert refused.value.said_in("ja").startswith("PDFを作るためのPangoが")


def test_without_pango_nothing_is_printed_by_the_library(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing(name: str) -> Any:
        print("WeasyPrint could not import some external libraries.")
        raise OSError(name)

    pdf._weasyprint.cache_clear()
    monkeypatch.setattr(pdf, "import_module", missing)
    with pytest.raises(InvalidChoice):
        render(ALL["bare"], "ja")
    pdf._weasyprint.cache_clear()
    assert capsys.readouterr().out == ""


def test_other_formats_do_not_load_it() -> None:
    asked = (
        "import sys\n"
        "from tests.explain.documents import bare\n"
        "from jibungoto.explain.formats.endings import FORMATS\n"
        "[each.write(bare(), 'ja') for each in FORMATS.values() if each.ending != '.pdf']\n"
        "print('weasyprint' in sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", asked],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path), "PATH": "/usr/bin:/bin"},
    )
    assert ran.stdout.strip() == "False"
