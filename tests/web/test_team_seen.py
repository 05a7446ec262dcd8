"""The rooms of team and stakeholders as a browser shows them, and without script."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.web.conftest import ROOT, Kept
from tests.web.seeing import BY_TURNS, ENGLISH, NARROW, PAIRS, Looking, shot, violations, visited
from tests.web.serving import Served

ROOMS = {
    "team": "team/",
    "team-people": "team/people/",
    "team-cover": "team/cover/",
    "team-accounts": "team/accounts/",
    "stakeholders": "stakeholders/",
    "stakeholder": "stakeholders/2/",
    "stakeholder-new": "stakeholders/new/",
}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def staffed(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the small community that has a team."""
    home = tmp_path_factory.mktemp("team") / "home"
    shutil.copytree(kept.home, home)
    subprocess.run(
        [sys.executable, "-m", "tests.web.making_team", str(home)],
        cwd=ROOT,
        check=True,
        timeout=600,
    )
    with subprocess.Popen(
        [sys.executable, "-m", "tests.web.serving", str(home)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        port, key = process.stdout.readline().split()
        yield Served(f"http://127.0.0.1:{port}", key)
        process.kill()


@pytest.mark.parametrize("way", BY_TURNS, ids=lambda way: way.name)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, staffed: Served, way: Looking
) -> None:
    found: dict[str, object] = {}
    for name, place in ROOMS.items():
        with visited(browser, staffed, way, place=place, for_axe=True) as page:
            shot(page, f"{name}-{way.name}")
            found[name] = (
                page.evaluate("document.documentElement.scrollWidth"),
                violations(page),
            )
    assert found == dict.fromkeys(ROOMS, (way.size[0], []))


def test_the_policy_blocks_nothing_of_ours(browser: Browser, staffed: Served) -> None:
    complaints: list[str] = []
    with visited(browser, staffed, ENGLISH, place="team/") as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        for place in ROOMS.values():
            page.goto(f"{staffed.address}/yamabiko/{place}", wait_until="networkidle")
    assert complaints == []


def test_every_target_is_24_pixels_or_more(browser: Browser, staffed: Served) -> None:
    with visited(browser, staffed, Looking("ja", "light", NARROW), place="team/") as page:
        for place in ROOMS.values():
            page.goto(f"{staffed.address}/yamabiko/{place}")
            small = page.evaluate(
                "() => [...document.querySelectorAll('button, input, select, summary, a.btn')]"
                ".filter(e => e.type !== 'hidden' && !e.classList.contains('skip'))"
                ".filter(e => e.checkVisibility() && !e.closest('label'))"
                ".map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])"
                ".filter(([, box]) => box.width < 24 || box.height < 24)"
                ".map(([text]) => text)"
            )
            assert small == [], place


def test_a_talk_is_noted_without_script(browser: Browser, staffed: Served) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    context.add_cookies([{"name": "sessionid", "value": staffed.session, "url": staffed.address}])
    page = context.new_page()
    page.goto(f"{staffed.address}/yamabiko/stakeholders/")
    page.get_by_label("Whom you talked to").fill("Ken")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("status")).to_contain_text("The talk is noted.")
    page.get_by_role("button", name="Take back (Ken)").click()
    expect(page.get_by_role("status")).to_contain_text("The note is taken back.")
    context.close()


def test_the_cover_prints_without_navigation_and_buttons(browser: Browser, staffed: Served) -> None:
    with visited(browser, staffed, ENGLISH, place="team/") as page:
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", name="Who covers what")).to_be_visible()
        for hidden in (".sidebar-rail", ".page-actions", "form"):
            assert page.locator(hidden).first.is_hidden()


def test_the_rooms_stand_in_the_navigation_of_both_languages(
    browser: Browser, staffed: Served
) -> None:
    for way, names in ((ENGLISH, ("Team", "Stakeholders")), (PAIRS[1], ("チーム", "関係者"))):
        with visited(browser, staffed, way, place="stakeholders/") as page:
            rooms = page.locator("nav.rooms")
            for name in names:
                expect(rooms.get_by_role("link", name=name)).to_be_visible()
            here = rooms.locator("[aria-current=page]")
            expect(here).to_have_attribute("href", "/yamabiko/stakeholders/")
