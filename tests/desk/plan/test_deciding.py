"""Deciding on plans: checked, agreed, in force, looked at again, ended, and copied only then."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar
from msgspec import structs

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.plan import begin, feed
from jibungoto.desk.plan.count import count_by_hand
from jibungoto.desk.plan.decide import (
    Agreement,
    Blocked,
    InForce,
    acknowledge,
    check,
    close,
    looked_over,
    put_in_force,
    review,
)
from jibungoto.desk.plan.facts import facts_for
from jibungoto.desk.plan.look import opened
from jibungoto.desk.plan.score import scorecard
from jibungoto.ledger.problems import InvalidChoice, NotAllowed
from jibungoto.plan.states import Outcome, State
from jibungoto.plan.stored import to_stored
from jibungoto.plan.text import Text
from jibungoto.plan.victory import Baseline
from jibungoto.records.models import AuditRow, HandCountRow, PlanVerdictRow, PlanVersionRow
from tests.desk.plan.at_work import COUNTED, SOUND, Desk, ending

HOLLOW = structs.replace(SOUND, objective=structs.replace(SOUND.objective, victory=()))
BOSS = Agreement("部長", 3)


def test_a_sound_draft_becomes_valid_and_a_change_makes_it_a_draft_again(desk: Desk) -> None:
    checked = check(desk.acting, desk.key)
    assert [one.rule for one in checked.issues] == ["V19"]
    assert checked.is_valid and not checked.is_how_locked
    assert desk.version().state is State.VALID
    assert desk.saved(structs.replace(SOUND, owner="Mio")).state is State.DRAFT


def test_a_hollow_draft_stays_one_and_cannot_be_put_in_force(desk: Desk) -> None:
    desk.saved(HOLLOW)
    checked = check(desk.acting, desk.key)
    assert checked.is_how_locked
    assert desk.version().state is State.DRAFT
    done = put_in_force(desk.acting, desk.key, number=1)
    assert isinstance(done, Blocked)
    assert "V01" in [one.rule for one in done.issues]
    assert opened(desk.acting, desk.key).in_force is None


def test_looking_over_a_text_writes_nothing(desk: Desk) -> None:
    before = AuditRow.objects.count()
    assert looked_over(desk.acting, desk.version(), plan=HOLLOW).is_how_locked
    assert looked_over(desk.acting, desk.version()).is_valid
    assert AuditRow.objects.count() == before
    assert desk.version().state is State.DRAFT


def test_a_stakeholder_of_weight_makes_it_acknowledged(desk: Desk) -> None:
    check(desk.acting, desk.key)
    of_little = Agreement("同僚", 1)
    assert acknowledge(desk.acting, desk.key, number=1, agreement=of_little).state is State.VALID
    agreed = acknowledge(desk.acting, desk.key, number=1, agreement=BOSS)
    assert agreed.state is State.ACKNOWLEDGED
    assert check(desk.acting, desk.key).issues == ()
    assert desk.version().state is State.ACKNOWLEDGED


def test_the_same_stakeholder_agrees_once(desk: Desk) -> None:
    check(desk.acting, desk.key)
    for comment in ("よい", "とてもよい"):
        told = Agreement(" 部長 ", 3, comment=comment, stakeholder=7)
        acknowledge(desk.acting, desk.key, number=1, agreement=told)
    (row,) = desk.version().row.acknowledgements.all()
    assert (row.stakeholder, row.comment, row.stakeholder_number) == ("部長", "とてもよい", 7)
    assert row.day == today_in(desk.acting)


def test_nobody_agrees_to_a_draft_or_without_a_name(desk: Desk) -> None:
    with pytest.raises(InvalidChoice, match="draft"):
        acknowledge(desk.acting, desk.key, number=1, agreement=BOSS)
    check(desk.acting, desk.key)
    for wrong in (Agreement(" ", 3), Agreement("部長", 0), Agreement("部長", 4)):
        with pytest.raises(InvalidChoice, match="who agrees"):
            acknowledge(desk.acting, desk.key, number=1, agreement=wrong)


def test_one_version_is_in_force_and_the_one_before_stays_as_it_was(desk: Desk) -> None:
    desk.in_force()
    begin.revise(desk.acting, desk.key)
    desk.saved(structs.replace(SOUND, owner="Mio"), number=2)
    desk.in_force(2)
    seen = opened(desk.acting, desk.key)
    assert seen.in_force is not None
    assert (seen.in_force.row.number, seen.in_force.plan.owner) == (2, "Mio")
    assert [(one.row.number, one.plan) for one in seen.ended] == [(1, SOUND)]
    assert PlanVersionRow.objects.filter(state=State.ACTIVE).count() == 1


def test_putting_it_in_force_twice_changes_nothing(desk: Desk) -> None:
    first = desk.in_force()
    lines = AuditRow.objects.count()
    assert desk.in_force().row.in_force_at == first.row.in_force_at
    assert AuditRow.objects.count() == lines


def test_what_changed_meanwhile_is_not_put_in_force(desk: Desk) -> None:
    read = desk.version().row.stamp
    desk.saved(structs.replace(SOUND, owner="Mio"))
    with pytest.raises(InvalidChoice, match="changed while you looked"):
        put_in_force(desk.acting, desk.key, number=1, stamp=read)
    assert desk.version().state is State.DRAFT


def test_a_failed_swap_leaves_the_one_in_force_where_it_was(desk: Desk) -> None:
    desk.in_force()
    begin.revise(desk.acting, desk.key)
    PlanVersionRow.objects.filter(number=2).update(dropped_at=timezone.now())
    with pytest.raises(InvalidChoice):
        put_in_force(desk.acting, desk.key, number=2)
    assert desk.version(1).state is State.ACTIVE


def test_reviews_and_verdicts_are_of_what_is_in_force(desk: Desk) -> None:
    for early in (
        lambda: review(desk.acting, desk.key, seen="x", decided="y"),
        lambda: close(desk.acting, desk.key, outcome=Outcome.WON, lesson="x"),
    ):
        with pytest.raises(InvalidChoice, match="not in force"):
            early()
    desk.in_force()
    review(desk.acting, desk.key, seen="放置が減った", decided="続ける", day=date(2026, 6, 30))
    facts = facts_for(desk.acting, desk.version())
    assert facts.last_reviewed == date(2026, 6, 30)
    assert [row.decided for row in desk.version().row.reviews.all()] == ["続ける"]


def test_a_plan_ends_with_a_verdict_a_lesson_and_its_numbers(desk: Desk) -> None:
    desk.in_force()
    count_by_hand(desk.acting, desk.key, victory="left", value=4, day=date(2026, 5, 1))
    with pytest.raises(InvalidChoice, match="learnt"):
        close(desk.acting, desk.key, outcome=Outcome.WON, lesson=" ")
    ended = close(desk.acting, desk.key, outcome=Outcome.WON, lesson="早い返信が効いた")
    assert ended.state is State.CLOSED
    verdict = PlanVerdictRow.objects.get(version=ended.row)
    assert (verdict.outcome, verdict.lesson) == ("won", "早い返信が効いた")
    (card,) = verdict.cards
    assert (card["value"], card["target"], card["day"]) == (4.0, 3.0, "2026-05-01")
    with pytest.raises(InvalidChoice, match="not in force"):
        close(desk.acting, desk.key, outcome=Outcome.LOST, lesson="x")


def test_a_plan_that_is_over_is_copied_only_after_its_verdict(desk: Desk) -> None:
    yesterday = today_in(desk.acting) - timedelta(days=1)
    desk.in_force()
    over = to_stored(ending(yesterday))  # the same, after its last day has passed
    PlanVersionRow.objects.filter(plan__key=desk.key).update(value=over)
    with pytest.raises(InvalidChoice, match="Verdict needed") as caught:
        begin.copy(desk.acting, desk.key)
    assert caught.value.what.ja == "結果の記録が必要。"
    close(desk.acting, desk.key, outcome=Outcome.VOID, lesson="数えられなかった")
    again = begin.copy(desk.acting, desk.key, first=date(2027, 1, 1))
    assert again.row.plan.key != desk.key
    assert again.plan.period.first == date(2027, 1, 1)
    assert again.plan.objective.victory[0].baseline == Baseline()
    assert again.state is State.DRAFT


def test_a_number_counted_by_hand_is_what_the_scorecard_shows(desk: Desk) -> None:
    (card,) = scorecard(desk.acting, desk.key).cards
    assert card.now is None and card.reason is not None
    assert card.reason.en == "Nobody has counted it yet."
    for value in (1, 2):
        count_by_hand(desk.acting, desk.key, victory="left", value=value, day=date(2026, 5, 1))
    count_by_hand(desk.acting, desk.key, victory="left", value=3, day=date(2026, 6, 1))
    (card,) = scorecard(desk.acting, desk.key, today=date(2026, 6, 2)).cards
    assert card.now is not None and card.now.value == 3.0
    assert [point.value for point in card.history] == [2.0, 3.0]
    assert card.name.ja == "話した人"
    assert HandCountRow.objects.count() == 2


def test_only_what_is_counted_by_hand_is_counted_by_hand(desk: Desk) -> None:
    tomorrow = today_in(desk.acting) + timedelta(days=1)
    for victory, value, day in (
        ("other", 1.0, date(2026, 5, 1)),
        ("left", float("nan"), date(2026, 5, 1)),
        ("left", 1.0, tomorrow),
    ):
        with pytest.raises(InvalidChoice):
            count_by_hand(desk.acting, desk.key, victory=victory, value=value, day=day)
    assert not HandCountRow.objects.exists()


def test_the_feed_shows_only_what_is_in_force_to_who_knows_its_address(desk: Desk) -> None:
    token = desk.version().row.plan.feed_token
    assert len(token) >= 43
    draft = feed.calendar_by_token(token)
    assert draft is not None and Calendar.from_ical(draft).walk("VEVENT") == []
    desk.in_force()
    told = feed.calendar_by_token(token)
    assert told == feed.calendar(desk.acting, desk.key, language="ja")
    assert b"due-left.new-plan.yamabiko.jibungoto" in (told or b"")
    for wrong in ("", "x", token[:-1], f"{token}x", token.swapcase()):
        assert feed.calendar_by_token(wrong) is None


def test_a_renewed_feed_ends_the_old_address(desk: Desk) -> None:
    old = desk.version().row.plan.feed_token
    new = feed.renew(desk.acting, desk.key)
    assert feed.calendar_by_token(old) is None
    assert feed.calendar_by_token(new) is not None
    begin.drop(desk.acting, desk.key)
    assert feed.calendar_by_token(new) is None


def test_the_other_plans_in_force_are_neighbours(desk: Desk) -> None:
    other = Desk(desk.acting, begin.new(desk.acting, Text(ja="次")).row.plan.key)
    other.saved(SOUND)
    assert facts_for(desk.acting, desk.version()).neighbours == ()
    other.in_force()
    assert facts_for(desk.acting, desk.version()).neighbours == (SOUND,)
    assert facts_for(desk.acting, other.version()).neighbours == ()


def test_nobody_without_the_right_decides(desk: Desk) -> None:
    guest = Acting(desk.acting.community, "guest")  # type: ignore[arg-type]
    for write in (
        lambda: check(guest, desk.key),
        lambda: put_in_force(guest, desk.key, number=1),
        lambda: acknowledge(guest, desk.key, number=1, agreement=BOSS),
        lambda: review(guest, desk.key, seen="", decided=""),
        lambda: close(guest, desk.key, outcome=Outcome.WON, lesson="x"),
        lambda: count_by_hand(guest, desk.key, victory=COUNTED.key, value=1),
        lambda: feed.renew(guest, desk.key),
    ):
        with pytest.raises(NotAllowed):
            write()
    assert isinstance(put_in_force(desk.acting, desk.key, number=1), InForce)
