"""The pages of plans and segments as a browser shows them, and a plan that saves itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.seeing import ENGLISH, Looking, by_turns, visited, walked
from tests.web.serving import Served

LISTENING = """
() => {
    window.heard = [];
    const status = () => document.getElementById("plan-status")?.textContent ?? "";
    const listen = () => window.heard.push(status());
    const all = { subtree: true, childList: true, characterData: true };
    new MutationObserver(listen).observe(document.body, all);
}
"""
"""Keeps what the page said in between, however short that was."""
pytestmark = pytest.mark.browser


def begun(page: Page, served: Served, title: str) -> str:
    """Begin a plan from the list of them, and return the address of its editor."""
    page.goto(f"{served.address}/yamabiko/plans/")
    page.fill("#title", title)
    page.click("button[value=new]")
    return page.url


@pytest.mark.parametrize("way", by_turns(1), ids=lambda way: way.name)
def test_nothing_is_wrong_in_any_way_of_looking(
    browser: Browser, served: Served, way: Looking
) -> None:
    with visited(browser, served, way, place="plans/") as page:
        editor = begun(page, served, f"Seen {way.name}")
        plan = editor.rpartition("1/edit/")[0]
        page.goto(served.at("people/?stage=starting&started=yes"))
        page.click("#save summary")
        page.fill("#segment-name", f"Who start {way.name}")
        page.click("#save button")
        addresses = {
            "segments": page.url,
            "filters": served.at("people/?stages=starting&recent=365"),
            "plans": served.at("plans/"),
            "editor": editor,
            "both": f"{editor}?both=1",
            "plan": plan,
            "score": f"{plan}score/",
            "review": f"{plan}review/",
        }
        found = walked(page, way, addresses=addresses)
    assert found == dict.fromkeys(addresses, [])


def test_a_plan_saves_itself_while_one_writes(browser: Browser, served: Served) -> None:
    with visited(browser, served, ENGLISH, place="plans/") as page:
        blocked: list[str] = []
        page.on("console", lambda said: blocked.append(said.text) if said.type == "error" else None)
        editor = begun(page, served, "Written")
        expect(page.locator("#beside-who-0")).to_contain_text("Everyone is not a Who")
        page.evaluate(LISTENING)
        page.fill("#who-0-interest_axis", "Maps of their town")
        expect(page.locator("#plan-status")).to_contain_text("Saved at")
        assert any("Not saved yet" in one for one in page.evaluate("window.heard"))
        expect(page.locator("#beside-who-0")).not_to_contain_text("Everyone is not a Who")
        page.focus("#objective-victory-0-measure")
        page.select_option("#objective-victory-0-measure", "active")
        expect(page.locator("#objective-victory-0-baseline-value")).not_to_have_value("")
        expect(page.locator("#objective-victory-0-measure")).to_be_focused()
        page.evaluate("document.querySelector('#objective-victory-0-if_won').style.height = '9rem'")
        page.select_option("#objective-victory-0-measure", "starter_rate")
        expect(page.locator("label[for=objective-victory-0-target]")).to_have_text("Target (%)")
        page.fill("#idea", "An evening of maps")
        page.press("#idea", "Enter")
        expect(page.locator(".idea")).to_contain_text("An evening of maps")
        page.goto(editor)
        assert page.input_value("#who-0-interest_axis") == "Maps of their town"
        assert blocked == []


def test_who_saves_second_finds_both_texts(browser: Browser, served: Served) -> None:
    with visited(browser, served, ENGLISH, place="plans/") as page:
        editor = begun(page, served, "Two")
        other = page.context.new_page()
        other.goto(editor)
        page.fill("#owner", "Ken")
        expect(page.locator("#plan-status")).to_contain_text("Saved at")
        other.fill("#who-0-interest_axis", "Maps")
        other.wait_for_url("**/2/edit/?beside=1")
        expect(other.locator("#plan-beside")).to_contain_text("Ken")
        assert other.input_value("#who-0-interest_axis") == "Maps"
