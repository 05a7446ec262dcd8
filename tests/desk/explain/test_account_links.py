"""Who belongs to an account: all accounts are looked up together, whatever was said of each."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain.account_links import Link, members_of, say
from jibungoto.records.models import HandleRow, PersonKindRow, PersonRow


def somebody(acting: Acting, number: int, *, email: str = "", **more: object) -> PersonRow:
    """Make a person with one name; further fields are the name's."""
    person = PersonRow.objects.create(
        community=acting.community, number=number, name=f"Person {number}"
    )
    HandleRow.objects.create(
        community=acting.community,
        person=person,
        source="slack",
        actor=f"{number:032x}",
        outside_id=f"U{number}",
        email=email,
        **more,
    )
    return person


@pytest.fixture
def people(acting: Acting) -> dict[int, PersonRow]:
    return {
        1: somebody(acting, 1, email="a@Corp.example"),
        2: somebody(acting, 2, email="b@shop.example"),
        3: somebody(acting, 3),
        4: somebody(acting, 4, email="d@corp.example", is_bot=True),
        5: somebody(acting, 5, email="e@corp.example.org"),
    }


def test_domains_and_numbers_count_together_and_bots_do_not(
    acting: Acting, people: dict[int, PersonRow]
) -> None:
    say(acting, Link("Corp", domains=("corp.example",), people=(1, 3)))
    say(acting, Link("Shop", domains=("shop.example",), people=(3,)))
    say(acting, Link("Quiet", domains=("quiet.example",)))
    assert members_of(acting) == {"corp": 2, "shop": 2, "quiet": 0}


def test_a_number_stands_for_the_person_it_became(
    acting: Acting, people: dict[int, PersonRow]
) -> None:
    say(acting, Link("Corp", people=(3,)))
    people[3].merged_into = people[2]
    people[3].save()
    HandleRow.objects.filter(person=people[3]).update(person=people[2])
    assert members_of(acting) == {"corp": 2}


def test_staff_and_who_asked_not_to_be_counted_are_left_out_under_every_name(
    acting: Acting, people: dict[int, PersonRow]
) -> None:
    say(acting, Link("Corp", domains=("corp.example", "shop.example"), people=(3,)))
    PersonKindRow.objects.create(person=people[1], kind="staff")
    people[3].merged_into = people[2]
    people[3].opted_out_at = timezone.now()
    people[3].save()
    assert members_of(acting) == {"corp": 0}


def test_a_hundred_accounts_ask_no_more_than_one(
    acting: Acting, people: dict[int, PersonRow]
) -> None:
    say(acting, Link("Corp", domains=("corp.example",), people=(3,)))
    members_of(acting)  # everybody's addresses are read once
    with CaptureQueriesContext(connection) as for_one:
        members_of(acting)
    for number in range(100):
        say(acting, Link(f"Shop {number}", domains=(f"shop{number}.example",), people=(2,)))
    with CaptureQueriesContext(connection) as for_many:
        members_of(acting)
    assert len(for_many) == len(for_one)
