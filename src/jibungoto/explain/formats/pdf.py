"""A document as PDF, from the same page: tagged, with its own Japanese face, ready to print."""

from __future__ import annotations

import contextlib
import io
import logging
import re
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jibungoto.explain.document import Document
from jibungoto.explain.formats.html import render as page_of
from jibungoto.explain.sheet import ROOMS, Room, shortened
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words

if TYPE_CHECKING:
    from types import ModuleType

_ALTERNATIVE = re.compile(r"(<title id=[^>]*>[^<]*)</title><desc [^>]*>([^<]*)</desc>")
VARIANT = "pdf/ua-1"
WEIGHTS = (400, 700)
NO_PANGO = Words(
    "PDFを作るためのPangoがこのパソコンに入っていません。",
    "Pango, which PDF needs, is not on this machine.",
)
INSTALL_PANGO = Words(
    "DebianとUbuntuでは apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0、"
    "macOSでは brew install pango で入ります。ほかの形式はそのまま書き出せます。",
    "Install it: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 on Debian and "
    "Ubuntu, brew install pango on macOS. The other formats work without it.",
)


def render(document: Document, language: str) -> bytes:
    """Return the PDF; InvalidChoice in one line where the system has no Pango.

    A document of one sheet that takes more is shortened as little as makes its front one page;
    what is taken off stands in an annex behind it. Its print is never set smaller.
    """
    whole = _laid_out(_page(document, language))
    if not document.is_one_sheet or len(whole.pages) == 1:
        return _written(whole)
    room = _least_that_fits(document, language)
    return _written(_laid_out(_page(shortened(document, room), language)))


def _least_that_fits(document: Document, language: str) -> Room:
    """Return the largest room whose front is one page, or the least there is; each try takes long.

    Rooms come from the largest to the least, so half of what is left is ruled out each time.
    """
    low, high = 0, len(ROOMS) - 1
    while low < high:
        middle = (low + high) // 2
        front = replace(shortened(document, ROOMS[middle]), annex=())
        if len(_laid_out(_page(front, language)).pages) == 1:
            high = middle
        else:
            low = middle + 1
    return ROOMS[low]


def _page(document: Document, language: str) -> str:
    return _ALTERNATIVE.sub(r"\1 (\2)</title>", page_of(document, language))


def printed_page(page: str) -> bytes:
    """Return a page of ours as PDF; nothing outside of it is fetched."""
    return _written(_laid_out(page))


def printed_on_one(page: str) -> bytes | None:
    """Return a page of ours as PDF; None where it takes more than one sheet."""
    laid_out = _laid_out(page)
    return _written(laid_out) if len(laid_out.pages) == 1 else None


def page_count(page: str) -> int:
    """Return how many sheets a page of ours takes."""
    return len(_laid_out(page).pages)


def _laid_out(page: str) -> Any:
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    with as_file(files(__package__).joinpath("vendor")) as folder:
        fonts = FontConfiguration()
        faces = weasyprint.CSS(
            string=_faces(folder),
            url_fetcher=URLFetcher(allowed_protocols=("file",)),
            font_config=fonts,
        )
        source = weasyprint.HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=()))
        return source.render(stylesheets=[faces], font_config=fonts, pdf_variant=VARIANT)


def _written(laid_out: Any) -> bytes:
    made: bytes = laid_out.write_pdf(pdf_variant=VARIANT)
    return made


def _faces(folder: Path) -> str:
    return "".join(
        f'@font-face {{ font-family: "BIZ UDPGothic"; font-weight: {weight};'
        f' src: url("{(folder / f"biz-udpgothic-{weight}.ttf").as_uri()}") }}'
        for weight in WEIGHTS
    )


@cache
def _weasyprint() -> ModuleType:
    """Return the library; its own lines about what is missing are said in ours instead."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            found = import_module("weasyprint")
    except OSError as error:
        raise InvalidChoice(NO_PANGO, INSTALL_PANGO) from error
    # It tells of every rule that is for screens only; a page of ours has such rules by design.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return found
