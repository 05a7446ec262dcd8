"""A plan as a calendar: entries that stay the same, move with their dates, and read anywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime

from icalendar import Calendar
from msgspec import structs

from jibungoto.plan.calendar import Issued, calendar_of, days_of
from jibungoto.plan.owwh import Assumption, AssumptionState, Period, Plan, ReviewRhythm
from jibungoto.plan.text import Text, same
from tests.plan.made import PLAN, won_by

MADE = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
TESTED = structs.replace(
    PLAN,
    assumptions=(
        Assumption(key="a", text=same("早いほどよい"), test=same("比べる"), due=date(2026, 6, 1)),
        Assumption(key="b", due=date(2026, 6, 2), state=AssumptionState.HELD),
    ),
)


def entries(plan: Plan, *, version: int = 1, language: str = "ja") -> dict[str, tuple[object, ...]]:
    issued = Issued("left.yamabiko.jibungoto", version, MADE)
    read = Calendar.from_ical(calendar_of(plan, issued, language=language))
    return {
        str(one["uid"]): (
            one.decoded("dtstart"),
            one.decoded("sequence"),
            str(one["summary"]),
        )
        for one in read.walk("VEVENT")
    }


def test_due_dates_tests_reviews_and_the_end_are_in_it() -> None:
    assert entries(TESTED) == {
        "test-a.left.yamabiko.jibungoto": (date(2026, 6, 1), 1, "仮説を確かめる: 比べる"),
        "review-1.left.yamabiko.jibungoto": (
            date(2026, 6, 30), 1, "計画の見直し: 質問が残らない場所",
        ),
        "review-2.left.yamabiko.jibungoto": (
            date(2026, 9, 28), 1, "計画の見直し: 質問が残らない場所",
        ),
        "due-left.left.yamabiko.jibungoto": (
            date(2026, 9, 30), 1, "期日: 放置率(質問が残らない場所)",
        ),
        "end.left.yamabiko.jibungoto": (
            date(2026, 9, 30), 1, "計画の終わり: 質問が残らない場所(結果と学びを記録)",
        ),
    }  # fmt: skip


def test_a_new_version_moves_its_entries_instead_of_doubling_them() -> None:
    uid = "due-left.left.yamabiko.jibungoto"
    moved = entries(won_by(due=date(2026, 8, 31)), version=2)
    assert set(moved) == set(entries(PLAN))
    assert moved[uid][:2] == (date(2026, 8, 31), 2)


def test_it_speaks_the_language_asked_for() -> None:
    assert entries(TESTED, language="en")["test-a.left.yamabiko.jibungoto"][2] == "Test: 比べる"


def test_no_line_is_longer_than_75_bytes_and_all_end_as_the_standard_says() -> None:
    plan = structs.replace(PLAN, title=Text(ja="とても長い名前の計画" * 12, en="x\n,;\\"))
    told = calendar_of(plan, Issued("a", 1, MADE), language="ja")
    lines = told.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    title = "とても長い名前の計画" * 12
    assert title in str(entries(plan)["end.left.yamabiko.jibungoto"][2])


def test_the_same_version_gives_the_same_bytes() -> None:
    one, other = (calendar_of(PLAN, Issued("a", 1, MADE), language="ja") for _ in range(2))
    assert one == other


def test_reviews_end_with_the_plan_and_never_go_on_for_ever() -> None:
    def reviews(rhythm: ReviewRhythm, last: date | None) -> int:
        plan = Plan(period=Period(last=last), review=rhythm)
        return sum(one.key.startswith("review") for one in days_of(plan))

    daily = ReviewRhythm(every_days=1, next=date(2026, 1, 1))
    assert reviews(daily, date(9999, 12, 31)) == 24
    assert reviews(daily, date(2026, 1, 3)) == 3
    assert reviews(daily, None) == 1
    assert reviews(ReviewRhythm(every_days=-5, next=date(2026, 1, 1)), date(2027, 1, 1)) == 1
    assert reviews(ReviewRhythm(every_days=30), date(2027, 1, 1)) == 0
