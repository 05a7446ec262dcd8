"""The page itself: escaped, whole in both languages, one sheet, readable on a phone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from jibungoto.explain.claims import causal_words_in
from jibungoto.explain.facts import ReportFacts, SourceFacts
from jibungoto.explain.formats.html import render, style_source
from jibungoto.explain.report.as_document import document_of_report
from jibungoto.explain.report.report import report_from
from jibungoto.ledger.words import Words
from tests.explain.examples import LAST_DAY, crowded, empty, lively, without_threads
from tests.web.seeing import BY_TURNS, WAYS, Looking, opened, violations

ALL = {"lively": lively(), "without threads": without_threads(), "empty": empty()}
HOSTILE = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;"
DRAWN = (lively(), without_threads())
DARK = [way for way in WAYS if way.scheme == "dark" and way.size[0] > 1000]
KANA = re.compile(r"[\u3040-\u30ff]")


class Reading(HTMLParser):
    """The tags of a page, and its text without the style sheet."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.given: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.given += attrs

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] != "style":
            self.text += data + "\n"


def page(facts: ReportFacts, language: str) -> str:
    return render(document_of_report(report_from(facts)), language)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("facts", ALL.values(), ids=ALL)
def test_no_text_claims_a_cause(facts: ReportFacts, language: str) -> None:
    assert causal_words_in(Reading(page(facts, language)).text) == []


@pytest.mark.parametrize("facts", ALL.values(), ids=ALL)
def test_the_english_page_holds_no_japanese_and_the_other_way_round(facts: ReportFacts) -> None:
    named = replace(facts, community="Harbour")
    assert KANA.search(Reading(page(named, "en")).text) is None
    sentences = re.findall(r"[A-Za-z]{3,} [a-z]{3,} [a-z]{3,}", Reading(page(named, "ja")).text)
    assert sentences == []


@pytest.mark.parametrize("facts", ALL.values(), ids=ALL)
def test_both_languages_have_the_same_parts(facts: ReportFacts) -> None:
    assert Reading(page(facts, "ja")).tags == Reading(page(facts, "en")).tags


@pytest.mark.parametrize("language", ["ja", "en", "ja-JP", "en-GB", "fr"])
def test_the_page_names_its_language(language: str) -> None:
    wanted = "ja" if language.startswith("ja") else "en"
    assert page(lively(), language).startswith(f'<!doctype html>\n<html lang="{wanted}">')


def test_a_hostile_name_is_only_text() -> None:
    source = SourceFacts(HOSTILE, LAST_DAY, LAST_DAY, (Words(HOSTILE, HOSTILE),))
    made = page(lively(community=HOSTILE, sources=[source]), "en")
    plain = page(lively(sources=[SourceFacts("x", LAST_DAY, LAST_DAY)]), "en")
    assert Reading(made).tags == Reading(plain).tags
    assert Reading(made).text.count(HOSTILE) == 4


def test_nothing_is_fetched_and_nothing_runs() -> None:
    read = Reading(page(lively(), "ja"))
    assert {"script", "link", "img", "iframe", "form"} & set(read.tags) == set()
    assert {"src", "href", "style", "onclick"} & {name for name, _ in read.given} == set()
    assert ("content", f"default-src 'none'; style-src {style_source()}") in read.given


def test_the_health_strip_reads_as_a_table() -> None:
    made = page(lively(), "en")
    row = re.search(r'<tr role="row"><th[^>]*>Left unanswered</th>.*?</tr>', made)
    assert row is not None
    assert re.sub(r'<svg.*</svg>|title="[^"]*"', "", row.group()) == (
        '<tr role="row"><th scope="row" role="rowheader" >Left unanswered</th>'
        '<td role="cell" class="number short" data-head="Value">30%</td>'
        '<td role="cell" class="short" data-head="95% interval">21% to 40%</td>'
        '<td role="cell" class="short" data-head="Count / n">24 / 81</td>'
        '<td role="cell" class="short" data-head="Against own past">'
        '<span class="tone worse">▲ up</span> <span class="then">11% (31 Jul 2026)</span></td>'
        '<td role="cell" data-head="Trend"></td></tr>'
    )


def test_a_small_line_says_its_numbers() -> None:
    made = page(lively(), "ja")
    told = re.search(r"<title[^>]*>起点となった人の推移</title><desc[^>]*>(.*?)</desc>", made)
    assert told is not None
    assert told.group(1).endswith("年8月: 7, 2026年9月: 8, 2026年10月: 8")


def test_a_hidden_count_is_nowhere_on_the_page_not_even_in_a_picture() -> None:
    made = page(without_threads(), "en")
    assert "Starters over time" not in made
    assert "Registered over time" in made
    assert "&lt;5 of 7" in made
    assert "3 of 7" not in made


def kept(folder: Path, facts: ReportFacts, language: str) -> str:
    path = folder / "report.html"
    path.write_text(page(facts, language), encoding="utf-8")
    return path.as_uri()


def overheard(said: list[str], line: ConsoleMessage) -> None:
    said.append(line.text)


@pytest.mark.browser
@pytest.mark.parametrize("way", BY_TURNS, ids=lambda way: way.name)
def test_the_page_is_accessible_and_fits_its_screen(
    way: Looking, browser: Browser, tmp_path: Path
) -> None:
    for facts in DRAWN:
        with opened(browser, way, for_axe=True) as seen:
            seen.goto(kept(tmp_path, facts, way.language))
            assert violations(seen) == []
            assert seen.evaluate("document.documentElement.scrollWidth") == way.size[0]


@pytest.mark.browser
@pytest.mark.parametrize("way", DARK, ids=lambda way: way.name)
def test_the_page_prints_light_and_what_has_no_room_in_front_goes_on_the_back(
    way: Looking, browser: Browser, tmp_path: Path
) -> None:
    said: list[str] = []
    with opened(browser, way) as seen:
        seen.on("console", partial(overheard, said))
        for facts in (*ALL.values(), crowded()):
            seen.emulate_media(media="null")
            seen.goto(kept(tmp_path, facts, way.language))
            sheets = re.findall(rb"/Type\s*/Page\b", seen.pdf(prefer_css_page_size=True))
            seen.emulate_media(media="print")
            ground = seen.evaluate("getComputedStyle(document.body).backgroundColor")
            assert (ground, said) == ("rgb(255, 255, 255)", [])
            assert len(sheets) <= (2 if len(facts.findings) else 1)
