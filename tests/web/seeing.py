"""How browser tests see a page: Chromium without network, and axe's findings in one line each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.web.serving import Served

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SHOTS = os.environ.get("JIBUNGOTO_SHOTS", "")
"""A folder for pictures of what the tests see."""
WIDE = (1280, 900)
NARROW = (390, 844)


@dataclass(frozen=True, slots=True)
class Looking:
    """How somebody looks at a page: language, light or dark, and the size of the screen."""

    language: str
    scheme: str
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """Return a name for test ids and pictures."""
        return f"{self.language}-{self.scheme}-{self.size[0]}"


WAYS = [
    Looking(language, scheme, size)
    for language in ("ja", "en")
    for scheme in ("light", "dark")
    for size in (WIDE, NARROW)
]

ENGLISH = Looking("en", "light", WIDE)
PAIRS = [
    ENGLISH,
    Looking("ja", "dark", WIDE),
    Looking("ja", "light", NARROW),
    Looking("en", "dark", NARROW),
]
"""Every two of language, brightness and width meet once."""


@contextmanager
def started(path: str) -> Iterator[Browser]:
    """Start Chromium, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, way: Looking, *, for_axe: bool = False) -> Iterator[Page]:
    """Open a page as somebody sees it; axe is injected as a script and so needs CSP off."""
    context = browser.new_context(
        locale="ja-JP" if way.language == "ja" else "en-GB",
        color_scheme="dark" if way.scheme == "dark" else "light",
        viewport={"width": way.size[0], "height": way.size[1]},
        bypass_csp=for_axe,
    )
    yield context.new_page()
    context.close()


@contextmanager
def visited(
    browser: Browser, served: Served, way: Looking, *, place: str, for_axe: bool = False
) -> Iterator[Page]:
    """Open one of the community's pages as its manager, its typefaces loaded."""
    with opened(browser, way, for_axe=for_axe) as page:
        page.context.add_cookies(
            [{"name": "sessionid", "value": served.session, "url": served.address}]
        )
        page.goto(f"{served.address}/yamabiko/{place}")
        page.evaluate("document.fonts.ready.then(() => true)")
        yield page


def shot(page: Page, name: str) -> None:
    """Keep a picture of the whole page, where a folder for pictures is named."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page, every element in a line."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for rule in found
        for node in rule["nodes"]
    ]
