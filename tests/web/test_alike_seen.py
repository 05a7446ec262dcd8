"""The page of names that may be one person, as somebody sees it, and answers it without a mouse."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.preloaded import Preloaded
from tests.web.conftest import Kept, made, serving
from tests.web.seeing import ENGLISH, Looking, by_turns, signed_in, visited, walked
from tests.web.serving import Served

pytestmark = pytest.mark.browser
PLACE = "people/alike/"


@pytest.fixture(scope="module")
def asked(
    commands: Preloaded, kept: Kept, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Serve a copy of the small community in which five proposals wait."""
    home = shutil.copytree(kept.home, tmp_path_factory.mktemp("alike") / "home-of-its-own")
    made(commands, "tests.web.making_alike", home)
    with serving(commands, home) as one:
        yield one


def waiting(page: Page) -> int:
    return page.locator("#pairs > .pair").count()


@pytest.mark.parametrize("way", by_turns(3), ids=lambda way: way.name)
def test_nothing_is_wrong_in_any_way_of_looking(
    browser: Browser, asked: Served, way: Looking
) -> None:
    with signed_in(browser, asked, way) as page:
        assert walked(page, way, addresses={"alike": asked.at(PLACE)}) == {"alike": []}


def test_answering_by_key_alone(browser: Browser, asked: Served) -> None:
    with visited(browser, asked, ENGLISH, place=PLACE) as page:
        before = waiting(page)
        page.keyboard.press("j")
        first = page.evaluate("document.activeElement.id")
        page.keyboard.press("j")
        second = page.evaluate("document.activeElement.id")
        page.keyboard.press("k")
        assert page.evaluate("document.activeElement.id") == first != second
        page.keyboard.press("l")
        page.locator(f"#{first}.answered").wait_for()
        assert page.evaluate("document.activeElement.id") == second
        page.keyboard.press("r")
        page.locator(f"#{second}.answered").wait_for()
        assert waiting(page) == before - 2
        page.keyboard.press("u")
        page.locator(".message", has_text="Taken back.").wait_for()
        assert waiting(page) == before - 1


def test_keys_do_nothing_once_the_box_is_unticked(browser: Browser, asked: Served) -> None:
    with visited(browser, asked, ENGLISH, place=PLACE) as page:
        before = waiting(page)
        page.get_by_label("Answer by key").uncheck()
        page.keyboard.press("j")
        page.keyboard.press("a")
        page.reload()
        assert waiting(page) == before
        assert not page.get_by_label("Answer by key").is_checked()


def test_an_answer_by_mouse_changes_the_counts_and_can_be_undone(
    browser: Browser, asked: Served
) -> None:
    problems: list[str] = []
    with visited(browser, asked, ENGLISH, place=PLACE) as page:
        page.on(
            "console", lambda said: problems.append(said.text) if said.type == "error" else None
        )
        before = waiting(page)
        page.locator("#pairs > .pair").first.get_by_role("button", name="Two people").click()
        page.locator("#pairs > .answered").wait_for()
        count = page.locator("#alike-count").inner_text()
        assert count.startswith(str(waiting(page)))
        page.locator("#pairs > .answered").get_by_role("button").click()
        page.locator(".message", has_text="Taken back.").wait_for()
        assert waiting(page) == before
        assert problems == []
