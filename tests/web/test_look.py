"""The component sheet and the sign-in page, seen in every way they will be."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.web.seeing import (
    ENGLISH,
    NARROW,
    Looking,
    by_turns,
    opened,
    violations,
    walked,
)
from tests.web.serving import Served

PATHS = {"look": "/look/", "sign-in": "/sign-in/"}
EVERY_TARGET = "a:not(.skip), button, input:not([type=hidden]), select, summary"

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("way", by_turns(1), ids=lambda way: way.name)
def test_nothing_is_wrong_in_any_way_of_looking(
    browser: Browser, served: Served, way: Looking
) -> None:
    addresses = {name: served.address + path for name, path in PATHS.items()}
    with opened(browser, way) as page:
        found = walked(page, way, addresses=addresses, targets=EVERY_TARGET)
        assert page.evaluate("htmx.version") == "4.0.1"
    with opened(browser, way) as page:
        page.goto(f"{served.address}/no-such-page/")
        found["no such page"] = violations(page)
    assert found == dict.fromkeys(found, [])


@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_where_nobody_may_enter_yet(
    browser: Browser, live_server: LiveServer
) -> None:
    for scheme in ("light", "dark"):
        with opened(browser, Looking("ja", scheme, NARROW)) as page:
            page.goto(f"{live_server.url}/")
            assert violations(page) == []
            assert page.locator("h1").inner_text() == "まだ誰もサインインできません"


def test_the_policy_would_block_an_inline_script(browser: Browser, served: Served) -> None:
    with opened(browser, ENGLISH) as page:
        page.goto(f"{served.address}/look/")
        page.evaluate(
            "() => { const s = document.createElement('script');"
            " s.textContent = 'window.ran = true'; document.body.append(s) }"
        )
        assert page.evaluate("window.ran") is None


def test_the_chosen_theme_outlives_the_page(browser: Browser, served: Served) -> None:
    with opened(browser, ENGLISH) as page:
        page.goto(f"{served.address}/sign-in/")
        bright = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.get_by_role("button", name="Dark").click()
        page.goto(f"{served.address}/look/")
        assert page.locator("html").get_attribute("data-theme") == "dark"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != bright


def test_the_chosen_language_outlives_the_page(browser: Browser, served: Served) -> None:
    with opened(browser, ENGLISH) as page:
        page.goto(f"{served.address}/sign-in/")
        page.get_by_role("button", name="日本語").click()
        page.goto(f"{served.address}/look/")
        assert page.locator("html").get_attribute("lang") == "ja"
        assert page.locator("h1").inner_text() == "部品の見本"


def test_the_first_tab_offers_to_skip_the_navigation(browser: Browser, served: Served) -> None:
    with opened(browser, Looking("en", "light", NARROW)) as page:
        page.goto(f"{served.address}/look/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
