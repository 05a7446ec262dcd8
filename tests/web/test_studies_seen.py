"""The pages of evidence as a browser shows them: both languages, light and dark, any width."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.explain.studies.made import Making, as_csv, made
from tests.preloaded import Preloaded
from tests.web.conftest import Kept, serving_with_its_worker
from tests.web.seeing import Looking, by_turns, signed_in, walked, without_script
from tests.web.serving import Served

PLACES = {
    "evidence": "evidence/",
    "evidence_new": "evidence/new/",
    "evidence_study": "evidence/1/",
    "evidence_empty": "evidence/2/",
    "evidence_file": "evidence/files/1/",
    "evidence_links": "evidence/accounts/",
    "evidence_money": "evidence/money/answers/",
    "evidence_incremental": "evidence/money/incremental/",
}
LONG = (
    "株式会社とても長い名前のコミュニティマーケティング研究所ホールディングス東日本営業本部第三課"
)
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def apart(
    commands: Preloaded, kept: Kept, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Serve a copy of the small community and let its worker work, for tests that change it."""
    home = shutil.copytree(kept.home, tmp_path_factory.mktemp("apart") / "home")
    with serving_with_its_worker(commands, home) as one:
        yield one


def worked_out(page: Page, address: str) -> None:
    """Ask for a page until the worker has done what it waits for."""
    for _ in range(600):
        page.goto(address)
        if not page.locator('.note[role="status"]').count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{address} was never worked out")


@pytest.fixture(scope="module")
def asked(browser: Browser, apart: Served, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Register two questions and bring in the outcome of the first, without a script."""
    outcome = tmp_path_factory.mktemp("records") / "売上.csv"
    _write(outcome)
    with without_script(browser, apart) as page:
        for name in ("売上", "活動した利用者の割合"):
            page.goto(apart.at("evidence/new/"))
            page.get_by_label("Objective").fill("更新してもらう")
            page.get_by_label("Outcome, as the records call it").fill(name)
            page.get_by_label("Counted in").select_option("yen")
            page.get_by_label("First period").fill("2025年1月")
            page.get_by_label("Last period").fill("2026-06")
            page.get_by_role("button", name="Register").click()
        page.goto(apart.at("evidence/1/"))
        page.get_by_label("File").set_input_files(outcome)
        page.get_by_role("button", name="Bring it in").click()
        expect(page.locator(".messages")).to_contain_text("Received.")
        worked_out(page, apart.at("evidence/1/"))
        expect(page.get_by_role("main")).to_contain_text("2 put aside")
        page.goto(apart.at("evidence/money/answers/"))
        for label, number in {"Answers a month": 300, "Value of an answer": 1500}.items():
            page.get_by_label(f"{label}: Base").fill(str(number))
        page.get_by_label("Successful searches a month: Base").fill("4000")
        page.get_by_label("Cost in a year: Base").fill("20000000")
        page.get_by_role("button", name="Keep and work out").click()
        expect(page.locator(".messages")).to_have_text("Kept.")
        for place in PLACES.values():
            worked_out(page, apart.at(place))
    return apart


def _write(outcome: Path) -> None:
    rows = as_csv(made(3, Making(accounts=300, change=2.0)), above=1_000)
    rows += f"{LONG},2025-01,約三万円,区分0,\n{LONG},2025-03,,区分0,\n{LONG},2025-04,1,区分0,\n"
    rows += f"{LONG},2025-07,1,区分0,\n"
    outcome.write_text(rows, encoding="cp932")


@pytest.mark.parametrize("way", by_turns(2), ids=lambda way: way.name)
def test_nothing_is_wrong_in_any_way_of_looking(
    browser: Browser, asked: Served, way: Looking
) -> None:
    with signed_in(browser, asked, way) as page:
        found = walked(page, way, addresses=asked.all_at(PLACES))
    assert found == dict.fromkeys(PLACES, [])
