"""The rooms of a community as a browser shows them: both languages, light and dark, any width."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.web.seeing import BY_TURNS, ENGLISH, NARROW, Looking, shot, violations, visited
from tests.web.serving import Served

ROOMS = {
    "today": "today/",
    "people": "people/",
    "nobody": "people/?q=nobody-at-all",
    "person": "people/2/",
    "unseen": "people/5/",
    "ladder": "ladder/",
}
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("way", BY_TURNS, ids=lambda way: way.name)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, served: Served, way: Looking
) -> None:
    found: dict[str, object] = {}
    for name, place in ROOMS.items():
        with visited(browser, served, way, place=place, for_axe=True) as page:
            shot(page, f"{name}-{way.name}")
            found[name] = (
                page.evaluate("document.documentElement.scrollWidth"),
                violations(page),
            )
    assert found == dict.fromkeys(ROOMS, (way.size[0], []))


def test_the_policy_blocks_nothing_of_ours(browser: Browser, served: Served) -> None:
    complaints: list[str] = []
    with visited(browser, served, ENGLISH, place="today/") as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for place in ROOMS.values():
            page.goto(f"{served.address}/yamabiko/{place}", wait_until="networkidle")
    assert complaints == []


def test_an_answer_is_noted_without_leaving_the_page_and_taken_back(
    browser: Browser, served: Served
) -> None:
    with visited(browser, served, ENGLISH, place="today/") as page:
        page.evaluate("window.stayed = true")
        page.get_by_role("button", name="Not now (ベン)").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "2 people are waiting for a word today"
        )
        expect(page.get_by_role("status")).to_contain_text("Put off: ベン.")
        page.get_by_role("button", name="Undo (ベン)").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "3 people are waiting for a word today"
        )
        assert page.evaluate("window.stayed") is True


def test_an_answer_is_noted_without_script_too(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    context.add_cookies([{"name": "sessionid", "value": served.session, "url": served.address}])
    page = context.new_page()
    page.goto(f"{served.address}/yamabiko/today/")
    page.get_by_role("button", name="I talked to them (チエ)").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 people")
    page.get_by_role("button", name="Undo (チエ)").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 people")
    context.close()


def test_the_list_narrows_while_one_writes_and_the_address_follows(
    browser: Browser, served: Served
) -> None:
    with visited(browser, served, ENGLISH, place="people/") as page:
        page.evaluate("window.stayed = true")
        field = page.get_by_role("searchbox")
        field.press_sequentially("emi", delay=30)
        expect(page.get_by_role("status")).to_have_text("1 person fits, by name.")
        expect(field).to_be_focused()
        expect(field).to_have_value("emi")
        expect(page).to_have_url(re.compile(r"\?q=emi&"))
        assert page.evaluate("window.stayed") is True


def test_the_list_narrows_without_script_too(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    context.add_cookies([{"name": "sessionid", "value": served.session, "url": served.address}])
    page = context.new_page()
    page.goto(f"{served.address}/yamabiko/people/")
    page.get_by_label("Stage").select_option("starting")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("1 person fits, by name.")
    context.close()


def test_the_rows_behind_a_card_are_two_keys_away(browser: Browser, served: Served) -> None:
    with visited(browser, served, ENGLISH, place="today/") as page:
        link = page.get_by_role("link", name="See the row behind this").first
        link.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/people/\d+/#why$"))
        expect(page.get_by_role("heading", name="A reason to talk to them")).to_be_in_viewport()


def test_every_target_is_24_pixels_or_more(browser: Browser, served: Served) -> None:
    found: dict[str, list[str]] = {}
    with visited(browser, served, Looking("ja", "light", NARROW), place="today/") as page:
        for name, place in ROOMS.items():
            page.goto(f"{served.address}/yamabiko/{place}")
            page.evaluate("document.fonts.ready.then(() => true)")
            found[name] = page.evaluate(
                "() => [...document.querySelectorAll("
                "'button, input, select, summary, .btn, nav a, label:has(input)')]"
                ".filter(e => e.type !== 'hidden' && !e.classList.contains('skip'))"
                ".filter(e => e.tagName !== 'INPUT' || !e.closest('label'))"
                ".map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])"
                ".filter(([, box]) => box.height && (box.width < 24 || box.height < 24))"
                ".map(([text]) => text)"
            )
    assert found == dict.fromkeys(ROOMS, [])
