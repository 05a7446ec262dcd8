"""Numbers for outsiders: few cases, hidden cells, dashes with their reason."""

from __future__ import annotations

import pytest

from jibungoto.explain.printing import FEW_ASKED, NOTHING, PARTLY, percent, printed, quoted
from jibungoto.ledger.words import Words
from jibungoto.understand.reasons import DOUBTFUL, SMALL, SOME_CANNOT
from tests.explain.examples import count, hours, kinds, share, unknown


def test_below_ten_it_is_k_of_n_without_a_percentage() -> None:
    none, all_of_them = printed(share("act30", 0, 9)), printed(share("act30", 9, 9))
    assert (none.value, none.interval.en) == (Words("9人中0人", "0 of 9"), "-")
    assert (all_of_them.value, all_of_them.interval.en) == (Words("9人中9人", "9 of 9"), "-")


def test_below_thirty_the_interval_and_the_word_small_n_go_along() -> None:
    shown = printed(share("act30", 16, 29))
    assert shown.is_small
    assert shown.said == Words(
        "55%(29人中16人、95%区間38%〜72%、少数)", "55% (16 of 29, 95% interval 38% to 72%, small n)"
    )


def test_from_thirty_on_a_sentence_is_short() -> None:
    assert printed(share("welcome48", 15, 30)).said == Words("50%(30件中15件)", "50% (15 of 30)")


@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_a_small_count_is_hidden_with_everything_that_would_give_it_away(k: int) -> None:
    counted, shared = printed(count("starters", k)), printed(share("act30", k, 40))
    assert (counted.value, counted.interval.en) == (Words("5未満", "<5"), "-")
    assert (shared.value, shared.interval.en, shared.n.en) == (
        Words("40人中5人未満", "<5 of 40"),
        "-",
        "<5 / 40",
    )


@pytest.mark.parametrize("left", [1, 2, 3, 4])
@pytest.mark.parametrize("n", [18, 40])
def test_what_leaves_only_a_few_over_is_hidden_like_them(left: int, n: int) -> None:
    shown = printed(share("act30", n - left, n))
    assert (shown.value, shown.said) == (
        Words(f"{n}人中{n - 4}人以上", f"{n - 4} or more of {n}"),
        shown.value,
    )
    assert (shown.interval.en, shown.n.en, shown.is_hidden) == ("-", f"{n - 4}+ / {n}", True)


@pytest.mark.parametrize("n", range(5, 41))
def test_no_printed_share_gives_a_small_count_or_its_rest_away(n: int) -> None:
    ways: dict[str, list[int]] = {}
    for k in range(n + 1):
        shown = printed(share("act30", k, n))
        ways.setdefault(f"{shown.value.en} {shown.n.en}", []).append(k)
    for alike in ways.values():
        is_open = all(k in (0, n) or 5 <= k <= n - 5 for k in alike)
        assert is_open or len(alike) > 1 or printed(share("act30", alike[0], n)).why is not None


def test_a_share_that_leaves_five_over_is_printed() -> None:
    assert printed(share("act30", 13, 18)).value.en == "72%"


@pytest.mark.parametrize(("k", "text"), [(0, "0"), (5, "5"), (1234, "1,234")])
def test_none_and_five_are_no_small_cell(k: int, text: str) -> None:
    assert printed(count("new", k)).value == Words(text, text)


def test_fewer_than_five_cases_are_a_dash_with_the_reason() -> None:
    shown = printed(share("welcome48", 0, 3))
    assert (shown.value.ja, shown.why) == ("-", Words("対象が5件未満です。", "Fewer than 5 cases."))


def test_a_median_of_few_cases_is_a_dash_with_the_reason() -> None:
    assert (printed(hours(6.4, 9)).value.en, printed(hours(6.4, 9)).why) == ("-", FEW_ASKED)
    assert printed(hours(6.4, 10)).value == Words("6.4時間", "6.4 h")


def test_unknown_is_a_dash_with_the_reason_never_nought() -> None:
    why = Words("スレッドの記録がありません。", "No export tells threads.")
    shown = printed(unknown("welcome48", why))
    assert (shown.value.en, shown.why) == ("-", why)
    assert printed(None).why == NOTHING


@pytest.mark.parametrize(
    ("fraction", "text"),
    [(0.0, "0%"), (0.001, "0.1%"), (0.584, "58%"), (0.999, "99.9%"), (1.0, "100%")],
)
def test_only_none_and_all_read_as_none_and_all(fraction: float, text: str) -> None:
    assert percent(fraction) == text


@pytest.mark.parametrize("words", [*DOUBTFUL.values(), SMALL], ids=lambda words: words.en[:20])
def test_a_small_count_inside_a_reason_is_hidden_too(words: Words) -> None:
    shown = quoted(words.filled(n=3))
    assert "3" not in shown.ja + shown.en
    assert "5人未満" in shown.ja or "5件未満" in shown.ja
    assert quoted(words.filled(n=23)) == words.filled(n=23)


def test_a_reason_that_argues_is_not_quoted() -> None:
    assert quoted(Words("スタッフのおかげです。", "Thanks to staff.")) == PARTLY
    told = SOME_CANNOT.filled(sources="x")
    assert quoted(told) == told


def test_a_mean_of_kinds_is_said_as_one_says_it() -> None:
    shown = printed(kinds(0.74, 31))
    assert (shown.value, shown.said) == (
        Words("0.7種類", "0.7 kinds"),
        Words(
            "平均0.7種類の体験(行動×場所)(対象31人)",
            "0.7 kinds of experience (act × place) on average (n = 31)",
        ),
    )
