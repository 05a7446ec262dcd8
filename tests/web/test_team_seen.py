"""The rooms of team and stakeholders as a browser shows them, and without script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.preloaded import Preloaded
from tests.web.conftest import Kept, made, serving
from tests.web.seeing import (
    ENGLISH,
    PAIRS,
    Looking,
    by_turns,
    signed_in,
    visited,
    walked,
    without_script,
)
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
def staffed(
    commands: Preloaded, kept: Kept, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Serve a copy of the small community that has a team."""
    home = shutil.copytree(kept.home, tmp_path_factory.mktemp("team") / "home")
    made(commands, "tests.web.making_team", home)
    with serving(commands, home) as one:
        yield one


@pytest.mark.parametrize("way", by_turns(2), ids=lambda way: way.name)
def test_nothing_is_wrong_in_any_way_of_looking(
    browser: Browser, staffed: Served, way: Looking
) -> None:
    with signed_in(browser, staffed, way) as page:
        found = walked(page, way, addresses=staffed.all_at(ROOMS))
    assert found == dict.fromkeys(ROOMS, [])


def test_a_talk_is_noted_without_script(browser: Browser, staffed: Served) -> None:
    with without_script(browser, staffed) as page:
        page.goto(staffed.at("stakeholders/"))
        page.get_by_label("Whom you talked to").fill("Ken")
        page.get_by_role("button", name="Note it").click()
        expect(page.get_by_role("status")).to_contain_text("The talk is noted.")
        page.get_by_role("button", name="Take back (Ken)").click()
        expect(page.get_by_role("status")).to_contain_text("The note is taken back.")


def test_the_cover_prints_without_navigation_and_buttons(browser: Browser, staffed: Served) -> None:
    with visited(browser, staffed, ENGLISH, place="team/") as page:
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", name="Who covers what")).to_be_visible()
        for hidden in (".sidebar-rail", ".page-actions", "form"):
            assert page.locator(hidden).first.is_hidden()


def test_the_rooms_stand_in_the_navigation_of_both_languages(
    browser: Browser, staffed: Served
) -> None:
    for way, names in (
        (ENGLISH, ("Team", "Stakeholders")),
        (PAIRS[1], ("チーム", "ステークホルダー")),
    ):
        with visited(browser, staffed, way, place="stakeholders/") as page:
            rooms = page.locator("nav.rooms")
            for name in names:
                expect(rooms.get_by_role("link", name=name)).to_be_visible()
            here = rooms.locator("[aria-current=page]")
            expect(here).to_have_attribute("href", "/yamabiko/stakeholders/")
