"""The pages of evidence as a browser shows them: both languages, light and dark, any width."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.explain.studies.made import Making, as_csv, made
from tests.web.conftest import ROOT, Kept
from tests.web.seeing import BY_TURNS, ENGLISH, NARROW, Looking, shot, violations, visited
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
def apart(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a copy of the small community and let its worker work, for tests that change it."""
    home = shutil.copytree(kept.home, tmp_path_factory.mktemp("apart") / "home")
    serving = [sys.executable, "-m", "tests.web.serving", str(home)]
    working = [sys.executable, "-m", "jibungoto.work", str(home)]
    with (
        subprocess.Popen(serving, cwd=ROOT, stdout=subprocess.PIPE, text=True) as served,
        subprocess.Popen(working, cwd=ROOT, stdin=subprocess.PIPE) as worker,
    ):
        assert served.stdout is not None
        port, key = served.stdout.readline().split()
        yield Served(f"http://127.0.0.1:{port}", key)
        served.kill()
        worker.kill()


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
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    context.add_cookies([{"name": "sessionid", "value": apart.session, "url": apart.address}])
    page = context.new_page()
    for name in ("売上", "活動した利用者の割合"):
        page.goto(f"{apart.address}/yamabiko/evidence/new/")
        page.get_by_label("Objective").fill("更新してもらう")
        page.get_by_label("Outcome, as the records call it").fill(name)
        page.get_by_label("Counted in").select_option("yen")
        page.get_by_label("First period").fill("2025年1月")
        page.get_by_label("Last period").fill("2026-06")
        page.get_by_role("button", name="Register").click()
    page.goto(f"{apart.address}/yamabiko/evidence/1/")
    page.get_by_label("File").set_input_files(outcome)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator(".messages")).to_contain_text("Received.")
    worked_out(page, f"{apart.address}/yamabiko/evidence/1/")
    expect(page.get_by_role("main")).to_contain_text("2 put aside")
    page.goto(f"{apart.address}/yamabiko/evidence/money/answers/")
    for label, number in {"Answers a month": 300, "Value of an answer": 1500}.items():
        page.get_by_label(f"{label}: Base").fill(str(number))
    page.get_by_label("Successful searches a month: Base").fill("4000")
    page.get_by_label("Cost in a year: Base").fill("20000000")
    page.get_by_role("button", name="Keep and work out").click()
    expect(page.locator(".messages")).to_have_text("Kept.")
    for place in PLACES.values():
        worked_out(page, f"{apart.address}/yamabiko/{place}")
    context.close()
    return apart


def _write(outcome: Path) -> None:
    rows = as_csv(made(3, Making(accounts=300, change=2.0)), above=1_000)
    rows += f"{LONG},2025-01,約三万円,区分0,\n{LONG},2025-03,,区分0,\n{LONG},2025-04,1,区分0,\n"
    rows += f"{LONG},2025-07,1,区分0,\n"
    outcome.write_text(rows, encoding="cp932")


@pytest.mark.parametrize("way", BY_TURNS, ids=lambda way: way.name)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, asked: Served, way: Looking
) -> None:
    found: dict[str, object] = {}
    for name, place in PLACES.items():
        with visited(browser, asked, way, place=place, for_axe=True) as page:
            shot(page, f"{name}-{way.name}")
            wide = page.evaluate("document.documentElement.scrollWidth")
            found[name] = (wide, violations(page))
    assert found == dict.fromkeys(PLACES, (way.size[0], []))


def test_the_policy_blocks_nothing_of_ours(browser: Browser, asked: Served) -> None:
    complaints: list[str] = []
    with visited(browser, asked, ENGLISH, place="evidence/") as page:
        page.on("console", lambda message: complaints.append(message.text))
        for place in PLACES.values():
            page.goto(f"{asked.address}/yamabiko/{place}", wait_until="networkidle")
    assert complaints == []


def test_every_target_is_24_pixels_or_more(browser: Browser, asked: Served) -> None:
    found: dict[str, list[str]] = {}
    with visited(browser, asked, Looking("ja", "light", NARROW), place="evidence/") as page:
        for name, place in PLACES.items():
            page.goto(f"{asked.address}/yamabiko/{place}")
            page.evaluate("document.fonts.ready.then(() => true)")
            found[name] = page.evaluate(
                "() => [...document.querySelectorAll("
                "'main :is(button, input, select, .btn, .tick)')]"
                ".filter(e => e.type !== 'hidden' && e.type !== 'checkbox')"
                ".map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])"
                ".filter(([, box]) => box.width < 24 || box.height < 24)"
                ".map(([text]) => text)"
            )
    assert found == dict.fromkeys(PLACES, [])
