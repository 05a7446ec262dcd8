"""The component sheet and the sign-in page, seen in every way they will be."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.web.seeing import BY_TURNS, NARROW, WIDE, Looking, opened, shot, violations

PATHS = {"look": "/look/", "sign-in": "/sign-in/"}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: LiveServer, settings: Settings) -> str:
    settings.SHOW_LOOK = True
    return str(live_server.url)


@pytest.mark.parametrize("way", BY_TURNS, ids=lambda way: way.name)
@pytest.mark.parametrize("place", PATHS)
def test_axe_finds_nothing(browser: Browser, site: str, place: str, way: Looking) -> None:
    with opened(browser, way, for_axe=True) as page:
        page.goto(site + PATHS[place])
        page.evaluate("document.fonts.ready.then(() => true)")
        shot(page, f"{place}-{way.name}")
        assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_there_is_no_page(browser: Browser, site: str, scheme: str) -> None:
    with opened(browser, Looking("ja", scheme, NARROW), for_axe=True) as page:
        page.goto(f"{site}/no-such-page/")
        assert violations(page) == []


@pytest.mark.parametrize("way", [Looking("ja", "light", size) for size in (WIDE, NARROW)], ids=str)
def test_nothing_is_wider_than_the_screen(browser: Browser, site: str, way: Looking) -> None:
    with opened(browser, way) as page:
        page.goto(f"{site}/look/")
        assert page.evaluate("document.documentElement.scrollWidth") == way.size[0]


def test_the_policy_blocks_nothing_of_ours(browser: Browser, site: str) -> None:
    complaints: list[str] = []
    with opened(browser, Looking("en", "light", WIDE)) as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{site}/look/", wait_until="networkidle")
        assert page.evaluate("htmx.version") == "4.0.1"
    assert complaints == []


def test_the_policy_would_block_an_inline_script(browser: Browser, site: str) -> None:
    with opened(browser, Looking("en", "light", WIDE)) as page:
        page.goto(f"{site}/look/")
        page.evaluate(
            "() => { const s = document.createElement('script');"
            " s.textContent = 'window.ran = true'; document.body.append(s) }"
        )
        assert page.evaluate("window.ran") is None


def test_the_chosen_theme_outlives_the_page(browser: Browser, site: str) -> None:
    with opened(browser, Looking("en", "light", WIDE)) as page:
        page.goto(f"{site}/sign-in/")
        bright = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.get_by_role("button", name="Dark").click()
        page.goto(f"{site}/look/")
        assert page.locator("html").get_attribute("data-theme") == "dark"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != bright


def test_the_chosen_language_outlives_the_page(browser: Browser, site: str) -> None:
    with opened(browser, Looking("en", "light", WIDE)) as page:
        page.goto(f"{site}/sign-in/")
        page.get_by_role("button", name="日本語").click()
        page.goto(f"{site}/look/")
        assert page.locator("html").get_attribute("lang") == "ja"
        assert page.locator("h1").inner_text() == "部品の見本"


def test_the_first_tab_offers_to_skip_the_navigation(browser: Browser, site: str) -> None:
    with opened(browser, Looking("en", "light", NARROW)) as page:
        page.goto(f"{site}/look/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_every_target_is_24_pixels_or_more(browser: Browser, site: str) -> None:
    with opened(browser, Looking("ja", "light", NARROW)) as page:
        page.goto(f"{site}/look/")
        small = page.evaluate(
            "() => [...document.querySelectorAll('a, button, input, select, summary')]"
            ".filter(e => e.type !== 'hidden' && !e.classList.contains('skip'))"
            ".map(e => [e.textContent.trim(), e.getBoundingClientRect()])"
            ".filter(([, box]) => box.height && (box.width < 24 || box.height < 24))"
            ".map(([text]) => text)"
        )
        assert small == []
