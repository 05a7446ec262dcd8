"""Verdict, forecast and path of a victory condition are computed again from the package alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jibungoto.explain.briefs.brief import Brief, BriefKind
from jibungoto.explain.briefs.conditions import (
    Judgement,
    could_point_at,
    judged_again,
    range_words,
    without_course,
)
from jibungoto.explain.briefs.freeze import package_of
from jibungoto.explain.briefs.verify import Verdict, verify
from jibungoto.ledger.words import Words
from jibungoto.plan.facts import Point
from jibungoto.plan.standing import Standing
from tests.explain.brief_made import clinics, unanswered
from tests.explain.briefs.test_freeze import rewritten
from tests.explain.briefs.test_tampering import made

SECOND = Path(__file__).parent / "issued" / "format-2.zip"
MADE = made(BriefKind.MONTHLY)
Content = dict[str, Any]
Edit = Callable[[Content], object]


def changed(edit: Edit, *texts: tuple[str, str]) -> Verdict:
    """Verify the package after a change to its first condition, and to texts wherever they are."""

    def change(content: Content) -> None:
        edit(content["brief"]["conditions_kept"][0])
        told = json.dumps(content, ensure_ascii=False)
        for old, new in texts:
            assert old in told
            told = told.replace(old, new)
        content |= json.loads(told)

    return verify(rewritten(MADE, change))


def nothing(_: Content) -> None:
    return None


def test_every_condition_is_judged_again_and_printed_with_path_and_days() -> None:
    verdict = verify(package_of(MADE))
    assert [(one.name.en, one.is_equal) for one in verdict.judged] == [
        ("Left unanswered", True),
        ("Clinics held", True),
    ]
    assert verdict.judged[0].said == Words(
        "▲ 注意、予測 0%〜51%、道筋では 22.4%、残り150日",
        "▲ at risk; forecast 0% to 51%; 22.4% by the path; 150 days left",
    )


def test_a_range_that_ends_short_of_the_target_does_not_read_as_reaching_it() -> None:
    judged = Judgement(Standing.OFF, 0.18, 0.3, 0.4474, 0.37, 80)
    told = range_words(judged, unit="fraction", target=0.45)
    before = range_words(judged, unit="fraction")
    assert (told, before) == (Words("18%〜44.7%", "18% to 44.7%"), Words("18%〜45%", "18% to 45%"))


def test_what_is_typed_is_named_with_plan_version_day_and_digest() -> None:
    told = [one.en for one in verify(package_of(MADE)).not_recomputed]
    assert told[0] == (
        "target at most 10%, due 31 Mar 2027, baseline 40% of “Left unanswered” (typed in the plan "
        f"“Our plan”, version 2 of 2 Apr 2026, not recomputable; SHA-256 of the plan as YAML: "
        f"{'ab' * 32})"
    )
    assert "values of “Clinics held” (2, counted by hand)" in told
    assert not [one for one in told if "table “Objective" in one or "Victory condition" in one]


@pytest.mark.parametrize(
    ("edit", "texts"),
    [
        (lambda one: one["judged"].update(standing="on_track"), ()),
        (
            lambda one: one["judged"].update(standing="on_track"),
            (
                ("▲ at risk", "● on track"),
                ("▲ 注意", "● 順調"),
                ("1 on track, 1 at", "2 on track, 0"),
            ),
        ),
        (lambda one: one["judged"].update(high=0.3), (("0% to 51%", "0% to 30%"),)),
        (lambda one: one["judged"].update(days_left=15), ()),
        (lambda one: one["judged"].update(expected=0.3), ()),
        (lambda one: one["written"].update(due="2027-06-30"), (("31 Mar 2027", "30 Jun 2027"),)),
        (lambda one: one["written"].update(target=0.4), (("at most 10%", "at most 40%"),)),
        (lambda one: one["written"].update(baseline=0.2), ()),
        (lambda one: one["history"].pop(), ()),
        (lambda one: one["history"][3].update(value=0.9), ()),
        (lambda one: one["now"].update(value=0.2), ()),
        (lambda one: one["now"].update(high=0.9), ()),
        (lambda one: one.update(window=7), ()),
        (lambda one: one.update(today="2026-11-20"), ()),
        (lambda one: one.update(measure="active"), ()),
        (nothing, (("0% to 51%", "0% to 9%"),)),
        (nothing, (("at most 10%", "at most 40%"),)),
        (nothing, (("31 Mar 2027", "31 Mar 2029"),)),
        (lambda one: one["now"].update(value=1e308), ()),
        (lambda one: one["history"][0].update(day="0001-01-01"), ()),
    ],
)
def test_whatever_is_rewritten_of_a_condition_is_found(
    edit: Edit, texts: tuple[tuple[str, str], ...]
) -> None:
    assert changed(nothing).is_sound
    assert not changed(edit, *texts).is_sound


def test_a_target_rewritten_with_all_that_follows_is_told_as_typed_in_its_plan() -> None:
    first = unanswered()
    other = judged_again(replace(first, written=replace(first.written, target=0.12)))
    assert other.standing is Standing.AT_RISK  # so nothing else has to be rewritten

    def rewrite(one: Content) -> None:
        one["written"]["target"] = 0.12
        one["judged"]["expected"] = other.expected

    verdict = changed(rewrite, ("at most 10%", "at most 12%"), ("10%以下", "12%以下"))
    assert verdict.is_sound
    assert "target at most 12%" in verdict.not_recomputed[0].en
    assert "typed in the plan “Our plan”" in verdict.not_recomputed[0].en


def test_a_condition_left_out_of_the_package_or_of_the_table_is_found() -> None:
    fewer = replace(MADE.brief, conditions_kept=MADE.brief.conditions_kept[:1])
    assert not verify(package_of(replace(MADE, brief=fewer))).is_sound
    none = replace(MADE.brief, conditions_kept=())
    assert not verify(package_of(replace(MADE, brief=none))).is_sound


def test_a_course_that_stays_in_the_house_is_named_and_nothing_of_it_is_in_the_package() -> None:
    kept = without_course(unanswered())
    brief: Brief = replace(MADE.brief, conditions_kept=(kept, clinics()))
    verdict = verify(package_of(replace(MADE, brief=brief)))
    assert (verdict.is_sound, verdict.judged[0].is_equal) == (True, None)
    assert any("stays in the house" in one.en for one in verdict.not_recomputed)
    assert (kept.now, kept.history, kept.judged) == (None, (), unanswered().judged)


@pytest.mark.parametrize(("value", "is_few"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_count_of_one_to_four_people_could_point_at_them(value: float, is_few: bool) -> None:
    point = Point(date(2026, 10, 31), value)
    assert could_point_at(point, unit="persons") is is_few
    assert not could_point_at(point, unit="events")


def test_a_package_of_the_second_format_verifies_and_says_what_it_does_not_hold() -> None:
    verdict = verify(SECOND.read_bytes())
    assert (verdict.is_sound, verdict.judged) == (True, ())
    assert "verdicts and forecasts cannot be computed" in verdict.not_recomputed[0].en
