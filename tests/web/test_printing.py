"""How values are printed: the rules for few, small, unknown and certain numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from jibungoto.ledger.finding import Finding, Interval, Quality
from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import CATALOGUE, Direction, Measure, measure_of
from jibungoto.web.measure_rows import row_part_name
from jibungoto.web.printing import (
    OnPage,
    direction_words,
    is_few,
    part_name,
    printed,
    window_words,
)

DAY = date(2026, 11, 21)


def measure(key: str) -> Measure:
    found = measure_of(key)
    assert found is not None
    return found


def share(k: int, n: int, **more: object) -> Finding:
    told = Finding(
        "act7",
        DAY,
        value=k / n if n else None,
        numerator=k,
        denominator=n,
        interval=Interval(0.1234, 0.5678) if n else None,
        n=n,
    )
    return replace(told, **more)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("language", "text"), [("en", "3 of 8"), ("ja", "8人中3人")], ids=["en", "ja"]
)
def test_below_ten_there_is_no_percentage(language: str, text: str) -> None:
    with translation.override(language):
        shown = printed(measure("act7"), share(3, 8))
    assert (shown.value, shown.unit, shown.spread, shown.size) == (text, "", "", "")
    assert shown.caution


def test_posts_are_counted_as_posts() -> None:
    with translation.override("ja"):
        assert printed(measure("unanswered72"), share(3, 8)).value == "8件中3件"


def test_from_ten_to_thirty_the_interval_and_the_word_stand_beside_the_percentage() -> None:
    with translation.override("en"):
        shown = printed(measure("act7"), share(5, 10))
    assert shown == OnPage(
        "50",
        "%",
        text="50%",
        spread="95%: 12%–57%",
        size="n = 10",
        caution="small n",
        tone="outline",
    )


@pytest.mark.parametrize(("n", "word"), [(29, "small n"), (30, "")])
def test_thirty_is_enough(n: int, word: str) -> None:
    with translation.override("en"):
        assert printed(measure("act7"), share(3, n)).caution == word


@pytest.mark.parametrize("n", [9, 10])
def test_ten_is_no_longer_few(n: int) -> None:
    assert is_few(measure("act7"), share(1, n)) is (n == 9)


@pytest.mark.parametrize(("language", "word"), [("en", "cannot be told"), ("ja", "分かりません")])
def test_what_is_not_known_is_a_dash_with_its_reason(language: str, word: str) -> None:
    reason = Words("スレッドの記録がありません。", "No export tells threads.")
    told = Finding("ttfr", DAY, value=None, quality=Quality.UNKNOWN, reason=reason)
    with translation.override(language):
        shown = printed(measure("ttfr"), told)
    assert (shown.value, shown.caution, shown.reason) == ("-", word, reason.said_in(language))
    assert not shown.is_known


def test_a_share_of_nobody_is_a_dash_and_never_zero() -> None:
    assert printed(measure("act7"), share(0, 0, quality=Quality.UNKNOWN)).value == "-"


def test_zero_of_many_is_zero() -> None:
    assert printed(measure("act7"), share(0, 40)).value == "0"


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [(1.0, "en", "1 person"), (1382.0, "en", "1,382 people"), (1382.0, "ja", "1,382人")],
)
def test_a_count_carries_its_unit(value: float, language: str, text: str) -> None:
    told = Finding("active", DAY, value=value, n=int(value), interval=Interval(1.5, 12.25))
    with translation.override(language):
        shown = printed(measure("active"), told)
    assert (shown.text, shown.size) == (text, "")
    assert shown.spread.startswith("95%: 1.5–12.")


def test_a_median_says_on_how_many_it_rests() -> None:
    told = Finding("ttfr", DAY, value=4.04, n=271, interval=Interval(3.2, 6.9))
    with translation.override("en"):
        shown = printed(measure("ttfr"), told)
    assert (shown.text, shown.spread, shown.size) == ("4 hours", "95%: 3.2–6.9", "n = 271")


@pytest.mark.parametrize(
    ("quality", "word"), [(Quality.PARTIAL_SOURCE, "only a part"), (Quality.STALE, "old")]
)
def test_what_is_partial_or_old_says_so(quality: Quality, word: str) -> None:
    with translation.override("en"):
        assert printed(measure("act7"), share(3, 40, quality=quality)).caution == word


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.key)
def test_every_part_window_and_direction_has_words(one: Measure) -> None:
    with translation.override("en"):
        english = [part_name(one, part) for part in ["", *one.parts]]
        assert all(english) and window_words(one)
    with translation.override("ja"):
        assert [part_name(one, part) for part in ["", *one.parts]] != english
    assert direction_words(one.direction)


def test_a_part_for_a_source_has_the_sources_name() -> None:
    assert part_name(measure("registered"), "source:slack") == "Slack"


def test_each_direction_has_words_of_its_own() -> None:
    assert len({direction_words(one) for one in Direction}) == 3


@pytest.mark.parametrize(
    ("key", "value", "texts"),
    [
        ("entries_total", 12.0, ("12 registrations", "12件")),
        ("stay", 45.0, ("45 minutes", "45分")),
        ("outputs", 1.0, ("1 output", "1件")),
        ("heat", 30.0, ("30 for every 100 attendances", "30件(参加100件あたり)")),
    ],
)
def test_what_is_no_person_has_a_unit_of_its_own(
    key: str, value: float, texts: tuple[str, str]
) -> None:
    found = Finding(key, DAY, value=value, n=40)
    shown = []
    for language in ("en", "ja"):
        with translation.override(language):
            shown.append(printed(measure(key), found))
    assert tuple(each.text for each in shown) == texts
    is_count = key in ("entries_total", "outputs")
    assert {each.size for each in shown} == ({""} if is_count else {"n = 40"})


def test_an_index_is_a_number_of_two_places_and_no_share() -> None:
    told = Finding("gini", DAY, value=0.4849, n=12, interval=Interval(0.3, 0.6))
    with translation.override("en"):
        shown = printed(measure("gini"), told)
    assert (shown.text, shown.spread, shown.size) == ("0.48", "95%: 0.30–0.60", "n = 12")


def test_a_quarterly_measure_says_which_days_it_looks_at() -> None:
    with translation.override("en"):
        assert window_words(measure("caf50")) == "the last complete quarter"


def test_those_who_did_not_come_back_have_a_name_beside_those_who_did() -> None:
    with translation.override("en"):
        named = row_part_name(measure("ret_k"), "k1.no")
    assert named == "days 30 to 59 after joining: counted, without it"
