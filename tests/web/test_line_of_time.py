"""One line of time: a row for each source, a bar for each month, and its numbers."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.utils import translation

from jibungoto.web.line_of_time import line_of_time

KINDS = frozenset({"message", "attendance", "article"})
LAST = date(2026, 4, 30)
TOLD = {
    "zoom": [(date(2026, 2, 12), "attendance", 1)],
    "slack": [(date(2026, 1, 5), "message", 9), (date(2026, 4, 2), "message", 1)],
    "discord": [(date(2026, 4, 3), "message", 3)],
    "connpass": [(date(2026, 2, 1), "registration", 1)],
}


def drawn(told: dict[str, list[tuple[date, str, int]]], language: str = "en") -> str:
    with translation.override(language):
        return str(line_of_time(told, kinds=KINDS, last=LAST))


def test_every_source_has_its_row_and_those_of_one_family_stand_together() -> None:
    names = re.findall(r'<text class="axis" x="0" y="\d+">([^<]+)</text>', drawn(TOLD))
    assert names == ["Discord", "Slack", "Zoom", "Jan 2026"]


def test_each_month_is_one_bar_and_more_is_higher() -> None:
    found = re.findall(
        r'class="stretch tone-(\d)" x="([\d.]+)%" y="[\d.]+" width="20.0%" height="([\d.]+)"',
        drawn(TOLD),
    )
    assert found == [
        ("1", "77.5", "18.5"),
        ("1", "2.5", "32.0"),
        ("1", "77.5", "10.7"),
        ("2", "27.5", "10.7"),
    ]


def test_the_table_has_a_column_for_every_source_and_months_with_something_only() -> None:
    page = html.unescape(drawn(TOLD))
    heads = re.findall(r'<th scope="col">([^<]*)</th>', page)
    rows = re.findall(r'<tr><th scope="row">([^<]*)</th>(.*?)</tr>', page)
    assert heads == ["Month", "Discord", "Slack", "Zoom"]
    assert [(name, re.findall(r">(\d+)<", cells)) for name, cells in rows] == [
        ("Jan 2026", ["0", "9", "0"]),
        ("Feb 2026", ["0", "0", "1"]),
        ("Apr 2026", ["3", "1", "0"]),
    ]


def test_two_families_have_a_legend_and_one_needs_none() -> None:
    page = drawn(TOLD)
    assert 'class="legend legend-stretch"' in page
    assert "Conversation" in page and "Events" in page
    assert "legend" not in drawn({"slack": TOLD["slack"]})


def test_what_is_none_of_the_kinds_is_not_drawn() -> None:
    assert drawn({"connpass": TOLD["connpass"]}) == drawn({}) == "None"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "On record in 3 sources, the last time on 3 April 2026. One bar is a month"),
        ("ja", "3種類のデータに記録があり、最後は2026年4月3日です。 棒は一か月"),
    ],
)
def test_it_begins_with_its_answer(language: str, words: str) -> None:
    assert words in html.unescape(drawn(TOLD, language))


def test_a_single_day_is_one_whole_month() -> None:
    page = drawn({"slack": [(LAST, "message", 1)]})
    assert page.count('class="stretch tone-1"') == 1 and 'width="80.0%"' in page
