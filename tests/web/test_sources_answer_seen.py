"""The questions of a file seen in every way they will be, and answered without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.desk.gather.lists import TABLE, participants
from tests.web.seeing import LINKS_TOO, OFTEN, signed_in, walked, without_script
from tests.web.serving import Served
from tests.web.test_sources_and_measures_seen import apart

__all__ = ["apart"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def asked(browser: Browser, apart: Served, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Hand in a list without its event and a table nobody knows, and wait for their questions."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "list.csv").write_text(TABLE, encoding="utf-8")
    with without_script(browser, apart) as page:
        page.goto(apart.at("sources/"))
        page.set_input_files(
            "input[type=file]", [str(participants(folder)), str(folder / "list.csv")]
        )
        page.get_by_role("button", name="Bring them in").click()
        for _ in range(600):
            if page.get_by_text("2 files wait for a word from you").count():
                break
            page.wait_for_timeout(500)
            page.reload()
    return apart


def test_nothing_is_wrong_in_any_way_of_looking(browser: Browser, asked: Served) -> None:
    places = {
        "waiting": "sources/",
        "event": "sources/2/",
        "columns": "sources/3/",
        "way": "sources/how/git/",
    }
    for way in OFTEN:
        with signed_in(browser, asked, way) as page:
            found = walked(page, way, addresses=asked.all_at(places), targets=LINKS_TOO)
        assert found == dict.fromkeys(places, [])


def test_both_questions_are_answered_without_script(
    browser: Browser, asked: Served, tmp_path: Path
) -> None:
    with without_script(browser, asked) as page:
        page.goto(asked.at("sources/2/"))
        expect(page.get_by_label("Its number, address or name")).to_have_value("connpass:4410")
        page.get_by_label("Day it began").fill("2026-04-19")
        page.get_by_label("Time it began").fill("19:00")
        page.get_by_role("button", name="Read it so").click()
        expect(page.get_by_text("is read again with what you said.")).to_be_visible()
        page.goto(asked.at("sources/3/"))
        page.get_by_label("だれ").select_option(label="whose it is: a name")
        page.get_by_role("button", name="Read it so").click()
        expect(page.get_by_text("list.csv is read again with what you said.")).to_be_visible()
        brought_in = page.locator("tbody tr").filter(has_text="brought in")
        for _ in range(600):
            if brought_in.count() == 3:
                break
            page.wait_for_timeout(500)
            page.reload()
        expect(brought_in).to_have_count(3)
