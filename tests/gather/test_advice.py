"""What to bring next follows from what is held, by a rule anybody can follow."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from jibungoto.gather.advice import Advice, EventHeld, Held, Lack, bring_next

SPRING = EventHeld("Spring", date(2026, 4, 19))
SUMMER = EventHeld("Summer", date(2026, 7, 1))
AUTUMN = EventHeld("Autumn", date(2026, 9, 1))
WINTER = EventHeld("Winter", date(2026, 12, 1))


def listed(event: EventHeld, *, came: bool = True) -> EventHeld:
    return EventHeld(event.name, event.day, has_registrations=True, has_attendance=came)


def lacks(*events: EventHeld, talk: bool = True, works: bool = True) -> list[Lack]:
    return [one.lack for one in bring_next(Held(events, has_talk=talk, has_works=works))]


def only(*events: EventHeld) -> Advice:
    (one,) = bring_next(Held(events, has_talk=True, has_works=True))
    return one


def test_where_nothing_is_held_nothing_is_asked_for() -> None:
    assert bring_next(Held()) == []


def test_where_all_is_held_nothing_is_lacking() -> None:
    assert lacks(listed(SPRING), listed(SUMMER)) == []


def test_events_without_any_list_are_counted_and_the_newest_named() -> None:
    one = only(SPRING, AUTUMN, WINTER, SUMMER)
    assert (one.lack, one.events) == (Lack.LISTS, ("Winter", "Autumn", "Summer"))
    assert one.what.en == "4 events without a list of participants"
    assert one.what.ja == "参加者リストのないイベントが4件あります"


def test_a_list_older_than_the_newest_event_is_the_one_to_renew() -> None:
    one = only(SPRING, listed(SUMMER), AUTUMN)
    assert (one.lack, one.events) == (Lack.NEWER_LISTS, ("Autumn",))
    assert one.what.en == "1 event newer than the newest list"


def test_gaps_before_the_newest_list_are_asked_for_after_that() -> None:
    assert lacks(SPRING, listed(SUMMER)) == [Lack.LISTS]


def test_registrations_without_attendance_are_said_apart() -> None:
    one = only(listed(SPRING, came=False), listed(SUMMER))
    assert (one.lack, one.events) == (Lack.ATTENDANCE, ("Spring",))


def test_attendance_without_registrations_is_a_list() -> None:
    assert lacks(EventHeld("Spring", date(2026, 4, 19), has_attendance=True)) == []


def test_whole_families_that_are_missing_come_last() -> None:
    assert lacks(talk=True, works=False) == [Lack.EVENTS, Lack.WORKS]
    assert lacks(SPRING, talk=False) == [Lack.LISTS, Lack.TALK]


@given(
    st.lists(
        st.builds(EventHeld, st.text(), st.dates(), has_registrations=st.booleans()), max_size=9
    ),
    st.booleans(),
    st.booleans(),
)
def test_nothing_is_asked_for_twice_and_always_in_the_same_order(
    events: list[EventHeld], talk: bool, works: bool
) -> None:
    found = lacks(*events, talk=talk, works=works)
    assert len(found) == len(set(found))
    assert found == sorted(found, key=[*Lack].index)
    assert found == lacks(*events[::-1], talk=talk, works=works)


def test_what_has_grown_old_is_asked_for_first_by_its_name() -> None:
    held = Held((SPRING,), has_talk=True, has_works=True, stale=("slack", "feed"))
    old, lists = bring_next(held)
    assert (old.lack, old.sources, lists.lack) == (Lack.STALE, ("slack", "feed"), Lack.LISTS)
    assert old.what.en == "Grown old: Slack, Blogs (RSS, Atom)"
    assert old.what.ja == "古くなっているデータがあります: Slack、ブログ(RSS・Atom)"
