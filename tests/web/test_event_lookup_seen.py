"""Many events, and where people go next, seen in every way; one event is found by key alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.desk.gather.lists import participants
from tests.web.seeing import OFTEN, signed_in, walked, without_script
from tests.web.serving import Served
from tests.web.test_sources_and_measures_seen import apart

__all__ = ["apart"]
pytestmark = pytest.mark.browser
PLACES = {"many-events": "sources/2/", "looked-up": "sources/2/?find=evening+7"}
LOOKED_AT = {**PLACES, "journeys": "measures/journeys/"}


def archive(folder: Path) -> Path:
    """Write an archive of sixty events as Meetup describes them."""
    events = [
        {
            "id": str(1_000 + number),
            "title": f"Evening {number}",
            "status": "PAST",
            "dateTime": f"2025-{1 + number % 12:02d}-{1 + number // 12:02d}T19:00:00+09:00",
            "eventUrl": f"https://www.meetup.com/yamabiko/events/{1_000 + number}/",
            "rsvps": {"yesCount": 10 + number, "waitlistCount": 0},
            "group": {"name": "Yamabiko", "urlname": "yamabiko"},
        }
        for number in range(60)
    ]
    path = folder / "events.json"
    path.write_text(json.dumps(events), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def asked(browser: Browser, apart: Served, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Hand in a list without its event, then an archive of sixty, and wait for the question."""
    folder = tmp_path_factory.mktemp("asked")
    with without_script(browser, apart) as page:
        for path, told in (
            (participants(folder), "1 file waits for a word from you"),
            (archive(folder), "events.json"),
        ):
            page.goto(apart.at("sources/"))
            page.set_input_files("input[type=file]", str(path))
            page.get_by_role("button", name="Bring them in").click()
            for _ in range(600):
                if page.get_by_text(told).count():
                    break
                page.wait_for_timeout(500)
                page.reload()
        page.goto(apart.at("sources/2/"))
        for _ in range(600):
            if page.get_by_label("Look up an event").count():
                break
            page.wait_for_timeout(500)
            page.reload()
    return apart


def test_nothing_is_wrong_in_any_way_of_looking(browser: Browser, asked: Served) -> None:
    for way in OFTEN:
        with signed_in(browser, asked, way) as page:
            found = walked(page, way, addresses=asked.all_at(LOOKED_AT))
        assert found == dict.fromkeys(LOOKED_AT, [])


def test_an_event_is_looked_up_and_chosen_by_key_and_without_script(
    browser: Browser, asked: Served
) -> None:
    with without_script(browser, asked) as page:
        page.goto(asked.at("sources/2/"))
        expect(page.get_by_label("Event", exact=True).locator("option")).to_have_count(41)
        page.get_by_label("Look up an event").focus()
        page.keyboard.type("evening 7 2025-08")
        page.keyboard.press("Enter")
        expect(page.get_by_text("1 event fits “evening 7 2025-08”.")).to_be_visible()
        page.get_by_label("Event", exact=True).focus()
        page.keyboard.press("ArrowDown")
        page.get_by_role("button", name="Read it so").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("is read again with what you said.")).to_be_visible()
