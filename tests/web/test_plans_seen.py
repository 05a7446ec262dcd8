"""The pages of plans and segments as a browser shows them, and a plan that saves itself."""

from __future__ import annotations

import re

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
PRINTED = re.compile(rb"/Type\s*/Page\b")
SLOW = {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1}
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


def test_a_plan_prints_on_one_page_from_its_editor_and_from_its_page(
    browser: Browser, served: Served
) -> None:
    with visited(browser, served, ENGLISH, place="plans/") as page:
        page.click("form:has(input[value=guide-contest]) button")
        page.fill("#owner", "Ken")
        page.fill("#who-0-interest_axis", "Maps of their town")
        expect(page.locator("#plan-status")).to_contain_text("Saved at")
        editor = page.url
        for address in (editor, editor.rpartition("1/edit/")[0]):
            page.goto(address)
            page.emulate_media(media="print")
            expect(page.locator(".plan-sheet").first).to_be_visible()
            expect(page.locator(".plan-sheet").first).to_contain_text("Maps of their town")
            assert len(PRINTED.findall(page.pdf(format="A4"))) == 1
            page.emulate_media(media="screen")
        page.goto(editor)
        expect(page.locator(".plan-sheet")).not_to_be_visible()


def test_what_is_typed_while_a_save_is_on_its_way_is_kept(browser: Browser, served: Served) -> None:
    with visited(browser, served, ENGLISH, place="plans/") as page:
        begun(page, served, "Slow")
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", SLOW)
        page.focus("#objective-victory-0-measure")
        for _ in range(3):
            page.keyboard.press("ArrowDown")
            page.wait_for_timeout(100)  # as one looks for the right one: each is sent
        chosen = page.input_value("#objective-victory-0-measure")
        page.focus("#objective-victory-0-target")
        page.keyboard.type("33")
        expect(page.locator("#plan-status")).to_contain_text("Saved at")
        fitting = page.input_value("#objective-victory-0-baseline-value")
        page.locator("#owner").press_sequentially("Ken")
        page.wait_for_timeout(800)  # longer than the form waits: that one is on its way
        page.locator("#owner").press_sequentially("ta")
        page.press("#owner", "Enter")
        expect(page).to_have_url(re.compile(r"/1/edit/$"))
        page.reload()
        assert page.input_value("#objective-victory-0-measure") == chosen
        assert page.input_value("#objective-victory-0-target") == "33"
        assert page.input_value("#objective-victory-0-baseline-value") == fitting
        assert page.input_value("#owner") == "Kenta"
        assert page.locator("#plan-beside").count() == 0


def test_who_saves_second_finds_both_texts(browser: Browser, served: Served) -> None:
    with visited(browser, served, ENGLISH, place="plans/") as page:
        editor = begun(page, served, "Two")
        other = page.context.new_page()
        asked: list[str] = []
        other.on("dialog", lambda dialog: asked.append(dialog.type))
        other.on("dialog", lambda dialog: dialog.accept())
        other.goto(editor)
        page.fill("#owner", "Ken")
        expect(page.locator("#plan-status")).to_contain_text("Saved at")
        network = other.context.new_cdp_session(other)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", SLOW)
        other.click("#who-0-interest_axis")
        other.keyboard.type("Maps")
        other.wait_for_timeout(800)  # longer than the form waits: one goes on meanwhile
        other.keyboard.type(" of towns", delay=50)
        other.wait_for_url("**/2/edit/?beside=1")
        expect(other.locator("#plan-beside")).to_contain_text("Ken")
        expect(other.locator("#plan-status")).to_contain_text("Saved at")
        assert (other.input_value("#who-0-interest_axis"), asked) == ("Maps of towns", [])
