"""The map, the talks and the deliveries: kept once, taken back, and never across communities."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.days import today_in
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.sustain.deliveries import (
    Sent,
    decide,
    deliver,
    drop_delivery,
    mark_opened,
    mark_replied,
)
from jibungoto.desk.sustain.facts import facts_of
from jibungoto.desk.sustain.stakeholders import (
    ContactWish,
    StakeholderWish,
    drop_contact,
    drop_stakeholder,
    keep_stakeholder,
    note_contact,
)
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.records.models import (
    AuditRow,
    ContactKind,
    ContactRow,
    DeliveryRow,
    StakeholderRow,
)
from jibungoto.sustain.askers import AskerKind, Interest
from tests.desk.sustain.written import ago, aoi

WISH = StakeholderWish("Aoi", AskerKind.CFO, Interest.COST, influence=2, stance=0)


@pytest.fixture
def elsewhere(acting: Acting) -> Acting:
    """Return the administrator of another community of another client."""
    return administrator(begin(Beginning("Elsewhere", slug="elsewhere")))


def test_a_stakeholder_is_kept_once_and_moved_on_the_map(acting: Acting) -> None:
    number = aoi(acting)
    keep_stakeholder(acting, replace(WISH, number=number))
    assert AuditRow.objects.filter(verb="keep stakeholder").count() == 1
    keep_stakeholder(acting, replace(WISH, stance=2, number=number))
    assert StakeholderRow.objects.get().stance == 2


@pytest.mark.parametrize(
    "wish",
    [
        replace(WISH, influence=0),
        replace(WISH, influence=4),
        replace(WISH, stance=3),
        replace(WISH, name=""),
        replace(WISH, department="x" * 201),
    ],
    ids=["no weight", "too much weight", "beyond us", "no name", "too long"],
)
def test_what_lies_outside_of_the_map_is_refused(acting: Acting, wish: StakeholderWish) -> None:
    with pytest.raises(InvalidChoice):
        keep_stakeholder(acting, wish)
    assert StakeholderRow.objects.count() == 0


def test_a_talk_is_with_a_stakeholder_or_with_a_peer_and_never_with_both(acting: Acting) -> None:
    talk = ContactWish(ago(acting, 1), ContactKind.TALK)
    for wrong in (talk, replace(talk, stakeholder=aoi(acting), peer="Ken")):
        with pytest.raises(InvalidChoice):
            note_contact(acting, wrong)
    note_contact(acting, replace(talk, peer="Ken"))
    assert [(one.stakeholder, one.name) for one in facts_of(acting).contacts] == [(None, "Ken")]


@pytest.mark.parametrize("minutes", [-1, 1_441])
def test_a_talk_lasts_no_longer_than_a_day(acting: Acting, minutes: int) -> None:
    talk = ContactWish(ago(acting, 1), ContactKind.TALK, peer="Ken", minutes=minutes)
    with pytest.raises(InvalidChoice):
        note_contact(acting, talk)


def test_a_talk_to_come_is_no_talk(acting: Acting) -> None:
    tomorrow = today_in(acting) + timedelta(days=1)
    with pytest.raises(InvalidChoice):
        note_contact(acting, ContactWish(tomorrow, ContactKind.TALK, peer="Ken"))
    assert ContactRow.objects.count() == 0


def test_a_delivery_is_noted_once_and_its_first_opening_stays(acting: Acting) -> None:
    sent = Sent("brief-3", "October", aoi(acting), ago(acting, 9), outcome=("power",))
    row = deliver(acting, sent)
    assert deliver(acting, sent) == row
    for days in (7, 2):
        mark_opened(acting, row.pk, day=ago(acting, days))
    mark_replied(acting, row.pk, day=ago(acting, 1))
    decide(acting, row.pk, decision="Go on for a year", day=ago(acting, 1))
    row.refresh_from_db()
    assert (row.opened, row.replied) == (ago(acting, 7), ago(acting, 1))
    assert (row.decision, row.decided) == ("Go on for a year", ago(acting, 1))
    assert AuditRow.objects.filter(verb="deliver").count() == 1


def test_an_answer_means_it_was_opened_and_comes_after_the_sending(acting: Acting) -> None:
    row = deliver(acting, Sent("b", "October", aoi(acting), ago(acting, 9)))
    with pytest.raises(InvalidChoice):
        mark_replied(acting, row.pk, day=ago(acting, 10))
    assert mark_replied(acting, row.pk, day=ago(acting, 8)).opened == ago(acting, 8)


def test_the_same_paper_handed_over_twice_is_two_deliveries(acting: Acting) -> None:
    whom = aoi(acting)
    for days in (40, 9):
        deliver(acting, Sent("", "One page", whom, ago(acting, days)))
    assert DeliveryRow.objects.count() == 2


def test_nothing_of_another_community_is_reached(acting: Acting, elsewhere: Acting) -> None:
    whom = aoi(elsewhere)
    talk = note_contact(elsewhere, ContactWish(ago(acting, 1), ContactKind.TALK, stakeholder=whom))
    sent = deliver(elsewhere, Sent("b", "October", whom, ago(acting, 9)))
    day = today_in(acting)
    for touch in (
        lambda: keep_stakeholder(acting, replace(WISH, number=whom)),
        lambda: drop_stakeholder(acting, whom),
        lambda: note_contact(acting, ContactWish(day, ContactKind.TALK, stakeholder=whom)),
        lambda: drop_contact(acting, talk.pk),
        lambda: deliver(acting, Sent("c", "November", whom, day)),
        lambda: mark_opened(acting, sent.pk, day=day),
        lambda: mark_replied(acting, sent.pk, day=day),
        lambda: decide(acting, sent.pk, decision="Stop", day=day),
        lambda: drop_delivery(acting, sent.pk),
    ):
        with pytest.raises(UnknownName):
            touch()
    assert facts_of(acting).contacts == () and facts_of(acting).deliveries == ()
    sent.refresh_from_db()
    assert (sent.opened, sent.decision) == (None, "")


def test_taking_somebody_off_the_map_takes_their_notes_too(acting: Acting) -> None:
    whom = aoi(acting)
    talk = note_contact(acting, ContactWish(ago(acting, 1), ContactKind.TALK, stakeholder=whom))
    drop_contact(acting, talk.pk)
    note_contact(acting, ContactWish(ago(acting, 1), ContactKind.TALK, stakeholder=whom))
    row = deliver(acting, Sent("b", "October", whom, ago(acting, 9)))
    drop_delivery(acting, row.pk)
    drop_stakeholder(acting, whom)
    assert (ContactRow.objects.count(), DeliveryRow.objects.count()) == (0, 0)
