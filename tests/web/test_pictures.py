"""Pictures say what they show in words and numbers, and nothing in them is ever run."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import translation

from jibungoto.ledger.finding import Finding
from jibungoto.understand.catalogue import measure_of
from jibungoto.web.pictures import (
    TOP,
    Act,
    Caption,
    Series,
    line_picture,
    stacked_picture,
    story_picture,
)
from jibungoto.web.printing import printed
from jibungoto.web.scale import Span, scale_for, written

HOSTILE = """"><script>alert(1)</script><b onload='x'>"""
MONDAY = date(2026, 6, 1)
WEEKS = [MONDAY + timedelta(weeks=week) for week in range(4)]
TAG = re.compile(r"<(\w+)[^>]*>")


def _tree(picture: str) -> ElementTree.Element:
    """Parse a picture as XML: what is not escaped would not parse, or would add an element."""
    return ElementTree.fromstring(picture)


def _numbers(picture: str) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in _tree(picture).iter("tr")]


def _pictures(label: str) -> list[str]:
    caption = Caption(label, label)
    series = [Series(label, [1, None, 3, 4]), Series(label, [0, 0, 0, 0])]
    acts = [Act(MONDAY, "message"), Act(MONDAY, label)]
    kinds = {"message": label}
    return [
        line_picture(caption, series, days=WEEKS),
        stacked_picture(caption, series, days=WEEKS),
        story_picture(caption, acts, kinds=kinds, first=MONDAY, last=WEEKS[-1]),
    ]


@pytest.mark.parametrize("kind", range(3), ids=["line", "stacked", "story"])
def test_a_hostile_label_stays_a_label(kind: int) -> None:
    calm, hostile = _pictures("calm")[kind], _pictures(HOSTILE)[kind]
    assert TAG.findall(hostile) == TAG.findall(calm)
    assert [one.tag for one in _tree(hostile).iter()] == [one.tag for one in _tree(calm).iter()]
    title = _tree(hostile).find(".//title")
    assert title is not None and title.text == HOSTILE


@pytest.mark.parametrize("kind", range(3), ids=["line", "stacked", "story"])
def test_a_picture_names_itself_and_styles_nothing_inline(kind: int) -> None:
    tree = _tree(_pictures("Active")[kind])
    drawing = tree.find(".//svg[@role='img']")
    assert drawing is not None
    told = {one.get("id") for one in drawing if one.tag in {"title", "desc"}}
    assert told == set((drawing.get("aria-labelledby") or "").split())
    assert [one for one in tree.iter() if "style" in one.attrib] == []


def test_what_is_not_known_lifts_the_line() -> None:
    picture = line_picture(Caption("a"), [Series("a", [4, None, 2, 2])], days=WEEKS)
    path = _tree(picture).find(".//path")
    assert path is not None
    assert path.get("d") == "M0.0 0.0h0M666.67 88.0h0L1000.0 88.0"


def test_a_stepped_line_goes_across_before_it_goes_up() -> None:
    days = WEEKS[:2]
    picture = line_picture(Caption("a"), [Series("a", [2, 4])], days=days, stepped=True)
    path = _tree(picture).find(".//path")
    assert path is not None
    assert path.get("d") == "M0.0 88.0h0H1000.0V0.0"


@pytest.mark.parametrize(
    ("values", "below"),
    [([1, 2, 3, 4], False), ([1, 2, 6, 4], True), ([1, 2, 6, 0], False)],
    ids=["rises", "falls", "falls to the ground"],
)
def test_the_last_value_stands_clear_of_its_line(values: list[float], below: bool) -> None:
    picture = _tree(line_picture(Caption("a"), [Series("a", values)], days=WEEKS))
    path, said = picture.find(".//path"), picture.find(".//text[@class='end tone-1']")
    assert path is not None and said is not None
    end = float((path.get("d") or "").split()[-1]) + TOP
    assert (float(said.get("y") or 0) > end) is below


def test_the_months_under_the_outer_bars_stay_inside_the_picture() -> None:
    picture = _tree(stacked_picture(Caption("a"), [Series("a", [1, 2, 3, 4])], days=WEEKS))
    months = [(one.get("x"), one.get("text-anchor")) for one in picture.iter("text")]
    assert ("0.0%", "start") in months and ("100.0%", "end") in months


def test_the_table_says_not_known_where_the_line_has_a_gap() -> None:
    with translation.override("en"):
        picture = line_picture(
            Caption("Share"), [Series("share", [0.5, None, 0.125, 1])], days=WEEKS, percent=True
        )
        assert _numbers(picture) == [
            ["Date", "share"],
            ["1 June 2026", "50%"],
            ["8 June 2026", "not known"],
            ["15 June 2026", "12%"],
            ["22 June 2026", "100%"],
        ]


def test_the_bands_of_a_bar_stand_on_each_other() -> None:
    picture = stacked_picture(
        Caption("a"), [Series("a", [1]), Series("b", [None]), Series("c", [3])], days=WEEKS[:1]
    )
    bars = [
        (bar.get("class"), bar.get("y"), bar.get("height")) for bar in _tree(picture).iter("rect")
    ]
    assert bars == [("band tone-1", "154.0", "44.0"), ("band tone-3", "22.0", "132.0")]


def test_a_story_counts_by_week_and_leaves_out_what_lies_outside() -> None:
    acts = [
        Act(MONDAY, "message"),
        Act(MONDAY + timedelta(days=6), "message"),
        Act(MONDAY + timedelta(days=7), "reply"),
        Act(MONDAY - timedelta(days=1), "message"),
        Act(MONDAY, "leave"),
    ]
    with translation.override("ja"):
        picture = story_picture(
            Caption("歩み"),
            acts,
            kinds={"message": "投稿", "reply": "返信"},
            first=MONDAY,
            last=WEEKS[-1],
        )
        assert _numbers(picture) == [
            ["週の始まり", "投稿", "返信"],
            ["2026年6月1日", "2", "0"],
            ["2026年6月8日", "0", "1"],
        ]
    assert [dot.get("r") for dot in _tree(picture).iter("circle")] == ["6", "4"]


def test_nothing_known_is_still_a_picture() -> None:
    for picture in (
        line_picture(Caption("a"), [Series("a", [None])], days=[MONDAY]),
        line_picture(Caption("a"), [Series("a", [])], days=[]),
        stacked_picture(Caption("a"), [], days=[]),
        story_picture(Caption("a"), [], kinds={}, first=MONDAY, last=MONDAY),
    ):
        assert _tree(picture).tag == "figure"


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (66, [0, 20, 40, 60, 80]),
        (100, [0, 50, 100]),
        (1012, [0, 500, 1000, 1500]),
    ],
)
def test_a_scale_marks_round_numbers(highest: float, ticks: list[float]) -> None:
    scale = scale_for([None, highest], height=100)
    assert scale.ticks() == ticks
    assert scale.y(0) == 100


def test_numbers_are_written_with_separators() -> None:
    with translation.override("en"):
        assert [written(1234.0, percent=False), written(0.25, percent=True)] == ["1,234", "25%"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(4.986, "5"), (4.94, "4.9"), (4.96, "5"), (0.75, "0.8"), (123.6, "124"), (7, "7")],
)
def test_numbers_are_rounded_and_never_cut(value: float, text: str) -> None:
    with translation.override("en"):
        assert written(value, percent=False) == text


@pytest.mark.parametrize("value", [4.986, 4.94, 0.75, 12.25, 33.349])
def test_a_picture_and_a_card_write_the_same(value: float) -> None:
    hours = measure_of("ttfr")
    assert hours is not None
    with translation.override("en"):
        card = printed(hours, Finding("ttfr", MONDAY, value, n=40))
        assert card.value == written(value, percent=False)


def test_a_single_day_lies_in_the_middle() -> None:
    assert Span(MONDAY, MONDAY).place(MONDAY) == 50
