"""The rooms of a community as a browser shows them: both languages, light and dark, any width."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests.web.seeing import ENGLISH, Looking, by_turns, signed_in, visited, walked, without_script
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


@pytest.mark.parametrize("way", by_turns(1), ids=lambda way: way.name)
def test_nothing_is_wrong_in_any_way_of_looking(
    browser: Browser, served: Served, way: Looking
) -> None:
    with signed_in(browser, served, way) as page:
        found = walked(page, way, addresses=served.all_at(ROOMS))
    assert found == dict.fromkeys(ROOMS, [])


def test_an_answer_is_noted_without_leaving_the_page_and_taken_back(
    browser: Browser, served: Served
) -> None:
    with visited(browser, served, ENGLISH, place="today/") as page:
        page.evaluate("window.stayed = true")
        page.get_by_role("button", name="Not now (ベン)").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "2 people are waiting for a word, as of 30 June 2026"
        )
        expect(page.get_by_role("status")).to_contain_text("Put off: ベン.")
        page.get_by_role("button", name="Undo (ベン)").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "3 people are waiting for a word, as of 30 June 2026"
        )
        assert page.evaluate("window.stayed") is True


def test_an_answer_is_noted_without_script_too(browser: Browser, served: Served) -> None:
    with without_script(browser, served) as page:
        page.goto(served.at("today/"))
        page.get_by_role("button", name="I talked to them (チエ)").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("2 people")
        page.get_by_role("button", name="Undo (チエ)").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("3 people")


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


@pytest.mark.parametrize(("place", "field"), [("people/", "q"), ("measures/", "find")])
def test_what_a_japanese_keyboard_is_composing_is_left_alone_while_the_list_follows(
    browser: Browser, served: Served, place: str, field: str
) -> None:
    with visited(browser, served, ENGLISH, place=place) as page:
        page.locator(f"#{field}").focus()
        typing = page.context.new_cdp_session(page)
        for composed in ("ぎ", "ぎもん"):
            with page.expect_response(lambda answer: f"{field}=" in answer.url):
                at = {"selectionStart": len(composed), "selectionEnd": len(composed)}
                typing.send("Input.imeSetComposition", {"text": composed, **at})
            page.wait_for_url(f"**{quote(composed)}*")
        typing.send("Input.insertText", {"text": "疑問"})
        page.wait_for_url(f"**{quote('疑問')}*")
        expect(page.locator(f"#{field}")).to_have_value("疑問")
        expect(page.locator(f"#{field}")).to_be_focused()


def test_the_list_narrows_without_script_too(browser: Browser, served: Served) -> None:
    with without_script(browser, served) as page:
        page.goto(served.at("people/"))
        page.get_by_label("Stage").select_option("starting")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_role("status")).to_have_text("1 person fits, by name.")


def test_the_rows_behind_a_card_are_two_keys_away(browser: Browser, served: Served) -> None:
    with visited(browser, served, ENGLISH, place="today/") as page:
        link = page.get_by_role("link", name="See the row behind this").first
        link.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"/people/\d+/#why$"))
        expect(page.get_by_role("heading", name="A reason to talk to them")).to_be_in_viewport()
