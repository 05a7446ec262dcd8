"""How browser tests see a page: Chromium without network, and axe's findings in one line each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from weakref import WeakKeyDictionary

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

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
PATIENCE = 60_000
"""How many milliseconds something may take to appear: the machine may be busy."""
expect.set_options(timeout=PATIENCE)
AXE = Axe().axe_script
_CONTEXTS: WeakKeyDictionary[Browser, dict[tuple[str, bool], BrowserContext]]
_CONTEXTS = WeakKeyDictionary()
SHOTS = os.environ.get("JIBUNGOTO_SHOTS", "")
"""A folder for pictures of what the tests see."""
TYPEFACES = "document.fonts.ready.then(() => true)"
TARGETS = (
    ":is(button, input:not(label *), select, summary, .btn, .tick, nav a, label:has(input))"
    ":not([type=hidden], .skip)"
)
"""What a finger or a mouse must hit, links in sentences apart."""
LINKS_TOO = f"{TARGETS}, main a"
SMALL = """
targets => [...document.querySelectorAll(targets)]
    .filter(one => one.checkVisibility())
    .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 24 || box.height < 24)
    .map(([text]) => text)
"""
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
OFTEN = [ENGLISH, Looking("ja", "dark", NARROW)]
"""Each language, brightness and width once: how every run looks."""
PAIRS = [
    ENGLISH,
    Looking("ja", "dark", WIDE),
    Looking("ja", "light", NARROW),
    Looking("en", "dark", NARROW),
]
"""Every two of language, brightness and width meet once."""
BY_TURNS = [
    *OFTEN,
    *(pytest.param(way, marks=pytest.mark.torture) for way in PAIRS if way not in OFTEN),
]
"""As parameters: how every run looks, and in the long tests all of ``PAIRS``."""


def by_turns(further: int) -> list[object]:
    """Return, as parameters, how every run looks, and how the long tests look besides.

    Modules take the ways of ``OFTEN``, and the further ones of ``PAIRS``, in turn: every run sees
    every page once, and every way on many pages.
    """
    now, later = OFTEN[further % 2], OFTEN[1 - further % 2]
    return [now, *(pytest.param(way, marks=pytest.mark.torture) for way in (later, PAIRS[further]))]


@contextmanager
def started(path: str) -> Iterator[Browser]:
    """Start Chromium, and end it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, way: Looking, *, for_axe: bool = False) -> Iterator[Page]:
    """Open a page as somebody sees it; axe is injected as a script and so needs CSP off.

    A language keeps its context, in which typefaces are loaded once; nothing else stays in it.
    What axe looks at is shown in one page, in turn.
    """
    context = _context(browser, way.language, for_axe=for_axe)
    context.clear_cookies()
    page = context.pages[0] if for_axe and context.pages else context.new_page()
    if for_axe:
        page.goto("about:blank")
    page.emulate_media(color_scheme=_scheme(way))
    page.set_viewport_size(_viewport(way))
    try:
        yield page
    finally:
        if not for_axe:
            _forget(context)


def _context(browser: Browser, language: str, *, for_axe: bool) -> BrowserContext:
    contexts = _CONTEXTS.setdefault(browser, {})
    if (language, for_axe) not in contexts:
        made = browser.new_context(locale=_locale(language), bypass_csp=for_axe)
        made.set_default_timeout(2 * PATIENCE)
        contexts[language, for_axe] = made
    return contexts[language, for_axe]


def _forget(context: BrowserContext) -> None:
    for page in context.pages:
        if page.url.startswith("http"):
            page.evaluate("localStorage.clear()")
        page.close()


def _locale(language: str) -> str:
    return "ja-JP" if language == "ja" else "en-GB"


def _scheme(way: Looking) -> Literal["dark", "light"]:
    return "dark" if way.scheme == "dark" else "light"


def _viewport(way: Looking) -> ViewportSize:
    return {"width": way.size[0], "height": way.size[1]}


@contextmanager
def signed_in(browser: Browser, served: Served, way: Looking) -> Iterator[Page]:
    """Open a page as the community's manager."""
    with opened(browser, way) as page:
        _sign_in(page.context, served)
        yield page


def _sign_in(context: BrowserContext, served: Served) -> None:
    context.add_cookies([{"name": "sessionid", "value": served.session, "url": served.address}])


@contextmanager
def visited(browser: Browser, served: Served, way: Looking, *, place: str) -> Iterator[Page]:
    """Open one of the community's pages as its manager, its typefaces loaded."""
    with signed_in(browser, served, way) as page:
        page.goto(served.at(place))
        page.evaluate(TYPEFACES)
        yield page


@contextmanager
def without_script(browser: Browser, served: Served) -> Iterator[Page]:
    """Open a page in English where no script runs, as the community's manager."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    _sign_in(context, served)
    yield context.new_page()
    context.close()


def walked(
    page: Page, way: Looking, *, addresses: Mapping[str, str], targets: str = TARGETS
) -> dict[str, list[str]]:
    """Go to one address after another; return what is wrong with each, by its name.

    That is: what the browser complains of, such as what the policy blocks, what is wider than the
    screen, what is too small to hit, and what axe finds.
    """
    found: dict[str, list[str]] = {}
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for name, address in addresses.items():
        page.goto(address)
        page.evaluate(TYPEFACES)
        shot(page, f"{name}-{way.name}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[name] = [
            *([f"{wide} pixels wide"] if wide != way.size[0] else []),
            *(f"smaller than 24 pixels: {one}" for one in page.evaluate(SMALL, targets)),
            *violations(page),
            *complaints,
        ]
        complaints.clear()
    return found


def shot(page: Page, name: str) -> None:
    """Keep a picture of the whole page, where a folder for pictures is named."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page, every element in a line."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    asked = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"
    return [
        f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for rule in page.evaluate(asked)
        for node in rule["nodes"]
    ]
