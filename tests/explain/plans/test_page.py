"""The plan on one page: every example on one sheet and one slide, in both languages, unnamed."""

from __future__ import annotations

import io
import re
import time
from datetime import date
from functools import cache
from typing import Any

import pytest
from msgspec import structs
from pptx import Presentation

from jibungoto.explain.formats.pdf import page_count
from jibungoto.explain.formats.pptx_text import lines_of
from jibungoto.explain.plans.columns import PlanShown, columns_of
from jibungoto.explain.plans.page import MEASURES, PDF_SIZES, plan_html, plan_pdf, plan_pptx
from jibungoto.ledger.words import Words
from jibungoto.plan.owwh import Assumption, How, Plan, Who
from jibungoto.plan.states import State
from jibungoto.plan.templates import KEYS, template_of
from jibungoto.plan.text import Text, same

INCH = 914_400
HOSTILE = "<script>alert(1)</script>\x00{title}"


def shown(plan: Plan, **more: Any) -> PlanShown:
    return PlanShown(plan, "瀬戸内ものづくり広場", 3, State.ACTIVE, date(2026, 9, 30), **more)


@cache
def example(key: str) -> PlanShown:
    return shown(template_of(key).plan)


def crowded() -> PlanShown:
    """Return a plan with far more to say than a page has room for."""
    plan = template_of(KEYS[0]).plan
    deeds = tuple(
        structs.replace(plan.how[0], key=f"h{n}", title=same("長い名前の取り組み" * 6))
        for n in range(14)
    )
    return shown(structs.replace(plan, how=deeds))


def slide(of: PlanShown, language: str) -> Any:
    deck = Presentation(io.BytesIO(plan_pptx(of, language)))
    assert len(deck.slides) == 1
    return deck.slides[0]


def test_the_columns_stand_in_the_order_of_the_plan() -> None:
    columns = columns_of(example("whats-new"), "en")
    assert [each.letter for each in columns] == ["O", "W", "W", "H"]
    assert [each.name.en for each in columns] == ["Objective and victory", "Who", "What", "How"]
    labels = [block.label for block in columns[0].blocks]
    assert labels[-2:] == ["Victory condition 1", "Victory condition 2"]
    victory = columns[0].blocks[-1]
    assert victory.head.endswith(": at least 40% by 30 Sep 2026")
    assert columns[3].blocks[0].lines[0] == "For What 1 / Victory condition 1, Victory condition 2"


def test_the_present_value_stands_beside_the_target() -> None:
    plan = template_of("whats-new").plan
    columns = columns_of(shown(plan, now={"stayed": Words("52%", "52%")}), "ja")
    assert columns[0].blocks[-2].lines == ("基準値が入っていません", "いま 52%")


def test_people_asked_first_are_counted_unless_their_names_are_asked_for() -> None:
    plan = Plan(who=(Who(key="a", interest_axis=same("x"), first_pins=("山田", "佐藤")),))
    assert columns_of(shown(plan), "ja")[1].blocks[0].lines == ("1番ピン 2人",)
    named = columns_of(shown(plan, with_names=True), "ja")[1].blocks[0].lines
    assert named == ("1番ピン: 山田、佐藤",)


def test_ideas_are_counted_and_not_shown_as_deeds() -> None:
    plan = Plan(how=(How(key="i", title=same("懇親会")),))
    assert [block.head for block in columns_of(shown(plan), "ja")[3].blocks] == [
        "勝利条件につながっていない案 1件"
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_every_example_fits_one_slide_with_its_words_whole(key: str, language: str) -> None:
    for shape in slide(example(key), language).shapes:
        if shape.has_text_frame:
            assert "…" not in shape.text_frame.text
            assert _tall(shape) <= shape.height / INCH + 0.06, shape.name


def test_an_example_prints_on_one_sheet_in_landscape() -> None:
    raw = plan_pdf(example("hybrid-summit"), "ja")
    assert raw.startswith(b"%PDF-")
    assert page_count(plan_html(example("hybrid-summit"), "ja", size=PDF_SIZES[-1])) == 1


def long_winded() -> PlanShown:
    """Return a plan of fourteen Hows, each of which says at length what could be said in a word."""
    plan, words = template_of(KEYS[0]).plan, same("とても長い説明が続きます。" * 14)
    more = {"stop_rule": words, "cadence": words, "owner": "x" * 400}
    deeds = tuple(structs.replace(plan.how[0], key=f"h{n}", title=words, **more) for n in range(14))
    who = tuple(structs.replace(plan.who[0], key=f"w{n}", interest_axis=words) for n in range(9))
    assumptions = tuple(Assumption(key=f"a{n}", text=words, test=words) for n in range(30))
    return shown(structs.replace(plan, title=words, how=deeds, who=who, assumptions=assumptions))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_plan_with_far_too_much_prints_on_one_sheet_in_readable_type(language: str) -> None:
    began = time.process_time()
    raw = plan_pdf(long_winded(), language)
    assert time.process_time() - began < 6.0, "CPU seconds, in the request, on crowded cores"
    assert raw.startswith(b"%PDF-")
    pages = [plan_html(long_winded(), language, fill=fill) for fill in MEASURES]
    page = next(one for one in pages if page_count(one) == 1)
    left = re.search(r"ほか(\d+)件の How" if language == "ja" else r"And (\d+) more Hows", page)
    assert left is not None and 1 <= int(left[1]) < 14
    assert min(PDF_SIZES) * 0.85 >= 8


@pytest.mark.parametrize("fill", MEASURES)
def test_no_more_layouts_are_tried_than_there_are_measures(fill: float) -> None:
    assert len(MEASURES) == 3
    page = plan_html(long_winded(), "ja", fill=fill)
    assert page.count("How 1</p>") == 1 and "…" in page


def test_what_has_no_room_stands_in_the_notes() -> None:
    made = slide(crowded(), "ja")
    texts = "\n".join(shape.text_frame.text for shape in made.shapes if shape.has_text_frame)
    told = re.search(r"ほか(\d+)件の How は、計画のページとYAMLにあります。", texts)
    assert told is not None
    assert texts.count("長い名前の取り組み") and len(re.findall(r"How \d+", texts)) == 14 - int(
        told[1]
    )
    assert made.notes_slide.notes_text_frame.text.count("長い名前の取り組み") == 14 * 6


def test_an_empty_plan_says_so_in_every_column() -> None:
    made = plan_html(shown(Plan()), "en")
    assert made.count("Not written yet.") == 4
    assert slide(shown(Plan()), "ja").shapes.title.text_frame.text == "計画"


def test_a_hostile_plan_is_only_text() -> None:
    evil = Text(ja=HOSTILE, en=HOSTILE)
    plan = Plan(title=evil, how=(How(key="h", title=evil, owner=HOSTILE),))
    made = plan_html(shown(plan), "en")
    assert "<script>" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{title}" in made
    assert slide(shown(plan), "en").shapes.title.text_frame.text == HOSTILE.replace("\x00", "")


def _tall(shape: Any) -> float:
    tall = 0.0
    for each in shape.text_frame.paragraphs:
        sizes = [run.font.size.pt for run in each.runs] or [9.0]
        lines = lines_of(each.text, size=sizes[-1], width=shape.width / INCH)
        tall += lines * sizes[-1] * 1.32 / 72
    return tall
