"""Any document as a page: its charts say their sentence and numbers, gaps stay gaps."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from playwright.sync_api import Browser

from jibungoto.explain.briefs.brief import Head
from jibungoto.explain.claims import Grade
from jibungoto.explain.document import Cell, Chart, ChartKind, Document, Section, Series, Table
from jibungoto.explain.formats.cleaning import clean
from jibungoto.explain.formats.html import PIES, render
from jibungoto.explain.formats.html_chart import figure
from jibungoto.explain.formats.patterns import patterned
from jibungoto.explain.formats.picture import every, runs, shortened, ticks, width_of
from jibungoto.ledger.words import Words
from tests.explain.documents import (
    ALL,
    HOSTILE,
    bare,
    hostile,
    line,
    quarterly,
    stacked,
    words,
)
from tests.web.seeing import BY_TURNS, WAYS, Looking, opened, violations


class Tags(HTMLParser):
    """The tags of a page and what they were given."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.named: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "aria-labelledby":
                self.named += (value or "").split()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("document", ALL.values(), ids=ALL)
def test_every_name_that_is_referred_to_is_there_once(document: Document, language: str) -> None:
    read = Tags(render(document, language))
    assert len(set(read.ids)) == len(read.ids)
    assert set(read.named) <= set(read.ids)


def test_hostile_texts_add_no_tag() -> None:
    read = Tags(render(hostile(), "ja"))
    assert {"script", "img", "a", "link", "iframe"} & set(read.tags) == set()
    assert "&lt;script&gt;" in render(hostile(), "ja")


def test_a_chart_breaks_where_there_is_no_value() -> None:
    made = figure(line(), "en", name="c")
    assert made.count("<polyline") == 2
    assert made.count('class="mark"') == 11
    assert "10/2025 91, 11/2025 -, 12/2025 -, 1/2026 95" in made


def test_a_chart_has_its_numbers_in_a_table() -> None:
    made = figure(stacked(), "en", name="c")
    assert '<tr><th scope="row">What&#x27;s New</th><td>20</td><td>140</td></tr>' in made
    assert "<td>-</td><td>9</td>" in made


def test_series_differ_in_shape_as_well_as_in_colour() -> None:
    names = tuple(Series(Words(n, n), (1.0, 2.0)) for n in "abcd")
    labels = (Words("x", "x"), Words("y", "y"))
    chart = Chart(Words("t", "t"), Words("s", "s"), ChartKind.LINE, labels, names)
    legend = re.search(r'<ul class="legend">.*?</ul>', figure(chart, "en", name="c"))
    assert legend is not None
    shapes = re.findall(r"<(circle|rect|polygon) ", legend.group())
    assert shapes == ["circle", "rect", "polygon", "polygon"]
    assert len(set(re.findall(r'fill="(#\w+)"', legend.group()))) == 4


def test_a_chart_without_any_value_says_so() -> None:
    nothing = Series(Words("s", "s"), (None,))
    chart = Chart(Words("t", "t"), Words("s", "s"), ChartKind.BARS, (Words("x", "x"),), (nothing,))
    assert "There is no value to draw." in figure(chart, "en", name="c")


def test_grades_have_a_shape_and_a_word() -> None:
    made = render(quarterly(), "ja")
    assert len(set(PIES.values())) == len(Grade)
    for grade in Grade:
        assert f"{grade.value} <span>{grade.words.ja}</span>" in made


def test_a_document_without_sections_says_so() -> None:
    assert "Nothing is written here yet." in render(bare(), "en")


@pytest.mark.parametrize(
    ("number", "pattern", "shown"),
    [
        (1234.5, "#,##0", "1,234"),
        (0.5534, "0%", "55%"),
        (0.5534, "0.0%", "55.3%"),
        (6.44, '0.0" h"', "6.4 h"),
        (-3.0, "0", "-3"),
        (12.0, "General", "12"),
        (0.25, "General", "0.25"),
        (1_000_000.0, '"¥"#,##0', "¥1,000,000"),
    ],
)
def test_a_number_follows_its_pattern(number: float, pattern: str, shown: str) -> None:
    assert patterned(number, pattern) == shown


def test_ticks_are_round_and_hold_every_value() -> None:
    assert ticks(121) == [0, 50, 100, 150]
    assert ticks(3, whole=True) == [0, 1, 2, 3]
    assert ticks(0.86) == [0, 0.25, 0.5, 0.75, 1.0]
    assert ticks(0) == [0, 0.25]
    assert ticks(8, bottom=-3)[0] <= -3


def test_runs_end_at_gaps() -> None:
    assert runs([(0, 1), None, (2, 3), (3, 4), None]) == [[(0, 1)], [(2, 3), (3, 4)]]
    assert every(13, 5) == 3


def test_a_long_text_ends_in_an_ellipsis() -> None:
    assert shortened("国際協働による地域防災", 6) == "国際協働に…"
    assert width_of(shortened("x" * 400, 20)) <= 20


def test_control_characters_and_turned_text_are_taken_out() -> None:
    kept = clean(HOSTILE + "\u2028a\ufffe\u200d")
    assert not set(kept) & set("\x00\x07\n\ud800\u202e\u2028\ufffe")
    assert "👩‍👩‍👧 مرحبا" in kept


def few_wide_columns() -> Document:
    """Return a document with a table of few columns that nothing may break."""
    cells = (
        Cell(words("起点", "Starting")),
        *(Cell(words("↑14% =の残り ↓<5"[:14])) for _ in "abc"),
    )
    heads = (words("段", "Stage"), *(words(f"2026年{n}月", f"Month {n}") for n in (8, 9, 10)))
    table = Table(words("月ごとの動き", "Per month"), heads, (cells,) * 3)
    section = replace(quarterly().sections[0], tables=(table,))
    return replace(bare(), sections=(section,))


@pytest.mark.browser
def test_a_table_of_few_wide_columns_scrolls_and_the_page_does_not(browser: Browser) -> None:
    way = next(one for one in WAYS if one.size[0] == 390)
    with opened(browser, way, for_axe=True) as seen:
        seen.set_content(render(few_wide_columns(), way.language))
        seen.add_style_tag(content="td { white-space: nowrap; min-width: 10rem }")
        assert seen.evaluate("document.documentElement.scrollWidth") == 390
        assert seen.evaluate("document.querySelector('.held').scrollWidth") > 390
        assert violations(seen) == []


def test_the_notes_have_no_heading_of_their_own_name_below_it() -> None:
    notes = Section(Head.NOTES.words, text=(words("出典", "Sources"),), is_note=True)
    page = render(replace(bare(), sections=(notes,)), "en")
    assert re.findall(r"<h[23][^>]*>([^<]*)<", page) == ["Notes"]


@pytest.mark.browser
@pytest.mark.parametrize("way", BY_TURNS, ids=lambda way: way.name)
def test_the_page_is_accessible_and_fits_its_screen(
    way: Looking, browser: Browser, tmp_path: object
) -> None:
    for document in (quarterly(), hostile()):
        with opened(browser, way, for_axe=True) as seen:
            seen.set_content(render(document, way.language))
            assert violations(seen) == []
            assert seen.evaluate("document.documentElement.scrollWidth") == way.size[0]
