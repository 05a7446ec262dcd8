"""Sources, measures, the staff question and the beginning, seen in every way they will be."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from jibungoto.desk.house.begin import invitation
from tests.gather.slack_made import AN, BO, export, said
from tests.preloaded import Preloaded
from tests.web.conftest import Kept, serving_with_its_worker
from tests.web.seeing import (
    ENGLISH,
    LINKS_TOO,
    Looking,
    by_turns,
    opened,
    shot,
    signed_in,
    violations,
    visited,
    walked,
    without_script,
)
from tests.web.serving import Served

PLACES = {
    "sources": "sources/",
    "intake": "sources/1/",
    "undo": "sources/1/undo/",
    "measures": "measures/",
    "measure": "measures/stage_stock/",
    "rows": "measures/active/rows/",
    "seats": "measures/seats/",
    "staff": "staff/",
}
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def apart(
    commands: Preloaded, kept: Kept, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Serve a copy of the small community with its worker, for tests that change it."""
    home = shutil.copytree(kept.home, tmp_path_factory.mktemp("apart") / "home")
    with serving_with_its_worker(commands, home) as one:
        yield one


@pytest.mark.parametrize("way", by_turns(2), ids=lambda way: way.name)
def test_nothing_is_wrong_in_any_way_of_looking(
    browser: Browser, served: Served, way: Looking
) -> None:
    with signed_in(browser, served, way) as page:
        found = walked(page, way, addresses=served.all_at(PLACES), targets=LINKS_TOO)
    assert found == dict.fromkeys(PLACES, [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", by_turns(2), ids=lambda way: way.name)
def test_axe_finds_nothing_at_the_beginning(
    browser: Browser, live_server: LiveServer, way: Looking
) -> None:
    with opened(browser, way) as page:
        page.goto(f"{live_server.url}/begin/{invitation()}/")
        shot(page, f"begin-{way.name}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == way.size[0]
        page.locator("main form button").click()
        page.wait_for_selector(".wrong")
        shot(page, f"begin-wrong-{way.name}")
        assert violations(page) == []
        page.goto(f"{live_server.url}/begin/wrong/")
        assert violations(page) == []


@pytest.mark.django_db(transaction=True)
def test_the_beginning_proposes_the_zone_and_shows_the_passphrase_where_script_runs(
    browser: Browser, live_server: LiveServer
) -> None:
    complaints: list[str] = []
    context = browser.new_context(locale="en-GB", timezone_id="Europe/Berlin")
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{live_server.url}/begin/{invitation()}/")
    expect(page.get_by_label("Its time zone")).to_have_value("Europe/Berlin")
    passphrase = page.get_by_label("Passphrase", exact=True)
    expect(passphrase).to_have_attribute("type", "password")
    page.get_by_label("Show the passphrase").check()
    expect(passphrase).to_have_attribute("type", "text")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("Say what the community is called.")).to_be_visible()
    expect(page.get_by_label("Name of the community")).to_be_focused()
    expect(page.get_by_label("Its time zone")).to_have_value("Europe/Berlin")
    assert complaints == []
    context.close()


@pytest.mark.django_db(transaction=True)
def test_the_beginning_works_without_script(browser: Browser, live_server: LiveServer) -> None:
    context = browser.new_context(java_script_enabled=False, locale="ja-JP")
    page = context.new_page()
    page.goto(f"{live_server.url}/begin/{invitation()}/")
    expect(page.get_by_label("パスフレーズを表示する")).to_be_hidden()
    page.locator("main form button").click()
    expect(page.get_by_text("コミュニティの名前を入力してください。")).to_be_visible()
    context.close()


def test_a_file_goes_in_by_keyboard_and_the_page_follows_until_all_is_read(
    browser: Browser, apart: Served, tmp_path: Path
) -> None:
    file = tmp_path / "by-hand.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in export([said(AN, 10), said(BO, 20)]).items():
            archive.writestr(name, json.dumps(content))
    with visited(browser, apart, ENGLISH, place="sources/") as page:
        page.get_by_label("Drop files here, or choose them").focus()
        with page.expect_file_chooser() as asked:
            page.keyboard.press("Space")
        asked.value.set_files(str(file))
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Received: by-hand.zip")).to_be_visible()
        done = page.get_by_text("Everything that was handed in has been read")
        expect(done).to_be_visible(timeout=300_000)
        assert page.locator("#sources-live").get_attribute("hx-trigger") is None
        expect(page.get_by_role("link", name="by-hand.zip")).to_be_visible()


def test_the_staff_question_is_answered_with_the_keyboard_alone(
    browser: Browser, apart: Served
) -> None:
    with visited(browser, apart, ENGLISH, place="staff/") as page:
        tick = page.locator("input[name=staff]").first
        was = tick.is_checked()
        tick.focus()
        page.keyboard.press("Space")
        assert tick.is_checked() is not was
        page.get_by_role("button", name="These are staff").press("Enter")
        page.wait_for_url("**/yamabiko/today/")


def test_all_of_it_works_without_script(browser: Browser, apart: Served, tmp_path: Path) -> None:
    file = tmp_path / "no-export.zip"
    file.write_bytes(b"PK")
    with without_script(browser, apart) as page:
        page.goto(apart.at("sources/"))
        page.set_input_files("input[type=file]", str(file))
        page.get_by_role("button", name="Bring them in").click()
        expect(page.get_by_text("Received: no-export.zip")).to_be_visible()
        page.goto(apart.at("staff/"))
        page.get_by_label("Name", exact=True).fill("emi")
        page.get_by_role("button", name="Search").click()
        page.get_by_label("Emi").check()
        page.get_by_role("button", name="These are staff").click()
        page.wait_for_url("**/yamabiko/today/")


def test_a_measure_is_found_by_keyboard_and_its_kind_jumped_to(
    browser: Browser, served: Served
) -> None:
    with visited(browser, served, ENGLISH, place="measures/") as page:
        page.get_by_role("link", name="What events bring").press("Enter")
        heading = page.get_by_role("heading", name="What events bring")
        expect(heading).to_be_focused()
        expect(heading).to_be_in_viewport()
        field = page.get_by_label("Find a measure")
        field.press_sequentially("gini", delay=30)
        expect(page.locator("#found")).to_have_text("1 measure")
        expect(field).to_be_focused()
        page.get_by_role("link", name="Gini coefficient").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Gini coefficient")


def test_a_measure_is_found_without_script_too(browser: Browser, served: Served) -> None:
    with without_script(browser, served) as page:
        page.goto(served.at("measures/"))
        page.get_by_label("Find a measure").fill("gini")
        page.get_by_role("button", name="Search").click()
        expect(page.locator("#found")).to_have_text("1 measure")
