"""Who belongs to an organisation: by a person's word, for some days, and kept through an undo."""

from __future__ import annotations

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import _who
from jibungoto.desk.gather.decide import join, part
from jibungoto.desk.people.affiliations import (
    belong,
    leave_out,
    names_on,
    organisations_of,
    people_of,
    refuse,
    seem_to_belong,
)
from jibungoto.desk.people.organisations import (
    Called,
    _spread,
    change_organisation,
    drop_organisation,
    found_organisation,
    organisations,
    proposals,
)
from jibungoto.desk.people.staff import answer, staff_question
from jibungoto.ledger.organisation import OrganisationKind
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.records.models import AuditRow, HandleRow, PersonRow
from tests.desk.gather.telling import handle, told, untold

DAY = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def nothing_kept_of_another_test() -> None:
    _spread.cache_clear()  # every test's community has the same number and stamps


def number_of(actor: str) -> int:
    return HandleRow.objects.get(actor=actor).person.number


def who(acting: Acting) -> list[tuple[object, ...]]:
    """Return pseudonym, kind, days and organisation of every span."""
    return [(row[0], row[2], row[3], row[4], row[8]) for row in _who(acting.community)]


@pytest.fixture
def slack(acting: Acting) -> None:
    told(
        acting,
        "slack",
        [
            handle("a", "Aki", email="aki@acme.jp", organisation="アクメ"),
            handle("b", "Ben", email="ben@acme.jp"),
            handle("c", "Chi", email="chi@gmail.com", organisation="㈱アクメ"),
            handle("d", "Dan", email="info@acme.jp", typed_email="dan@acme.jp"),
        ],
    )


@pytest.fixture
def acme(acting: Acting, slack: None) -> int:
    (one,) = proposals(acting)
    called = Called(name_ja=one.name, domains=one.domains, spellings=one.spellings)
    return found_organisation(acting, called).number


def test_addresses_and_profiles_propose_and_shared_or_typed_ones_do_not(
    acting: Acting, acme: int
) -> None:
    assert proposals(acting) == []
    (listed,) = organisations(acting, DAY)
    seems = seem_to_belong(acting, listed.row)
    assert [one.person.name for one in seems] == ["Aki", "Ben", "Chi"]
    assert [len(one.reasons) for one in seems] == [2, 1, 1]
    assert (listed.now, listed.before, listed.waiting) == (0, 0, 3)


def test_several_people_belong_at_once_and_who_carries_it(acting: Acting, acme: int) -> None:
    belong(acting, acme, people=[number_of("a"), number_of("b")])
    refuse(acting, acme, people=[number_of("c")])
    (listed,) = organisations(acting, DAY)
    assert (listed.now, listed.waiting) == (2, 0)
    assert [row[4] for row in who(acting)] == [acme, acme, None, None]
    assert set(names_on(acting, DAY).values()) == {"アクメ"}


def test_days_cut_what_the_log_is_told(acting: Acting, acme: int) -> None:
    belong(acting, acme, people=[number_of("a")], days=(date(2025, 1, 1), DAY))
    assert who(acting)[:3] == [
        ("a", "member", None, date(2025, 1, 1), None),
        ("a", "member", date(2025, 1, 1), DAY, acme),
        ("a", "member", DAY, None, None),
    ]
    (listed,) = organisations(acting, DAY)
    assert (listed.now, listed.before) == (0, 1)


def test_later_days_stand_beside_and_the_same_days_give_way(acting: Acting, acme: int) -> None:
    aki = number_of("a")
    belong(acting, acme, people=[aki], days=(None, date(2024, 1, 1)))
    belong(acting, acme, people=[aki], days=(date(2025, 1, 1), None))
    person = PersonRow.objects.get(number=aki)
    assert [one.from_day for one in organisations_of(acting, person)] == [date(2025, 1, 1), None]
    belong(acting, acme, people=[aki])
    assert [(one.from_day, one.to_day) for one in organisations_of(acting, person)] == [
        (None, None)
    ]


def test_of_two_at_once_the_one_that_began_later_counts(acting: Acting, acme: int) -> None:
    other = found_organisation(acting, Called(name_en="Other")).number
    belong(acting, acme, people=[number_of("a")])
    belong(acting, other, people=[number_of("a")], days=(DAY, None))
    assert [row[4] for row in who(acting) if row[0] == "a"] == [acme, other]


def test_it_outlives_an_undo_and_comes_back_with_the_export(acting: Acting, acme: int) -> None:
    more = told(acting, "zoom", [handle("z", "Zoe")])
    belong(acting, acme, people=[number_of("z")])
    untold(more)
    (listed,) = organisations(acting, DAY)
    assert listed.now == 0
    told(acting, "zoom", [handle("z", "Zoe")])
    (listed,) = organisations(acting, DAY)
    assert [one.person.name for one in people_of(acting, listed.row)] == ["Zoe"]


def test_it_holds_for_whoever_is_joined_and_stays_when_parted(acting: Acting, acme: int) -> None:
    told(acting, "zoom", [handle("z", "Zoe")])
    zoe = number_of("z")
    belong(acting, acme, people=[number_of("b")])
    join(acting, number_of("b"), other=zoe)
    assert {row[0] for row in who(acting) if row[4] == acme} == {"b", "z"}
    part(acting, zoe)
    assert {row[0] for row in who(acting) if row[4] == acme} == {"b"}


def test_doing_it_twice_changes_nothing(acting: Acting, acme: int) -> None:
    belong(acting, acme, people=[number_of("a")])
    acting.community.refresh_from_db()
    before = (acting.community.facts_stamp, AuditRow.objects.count(), who(acting))
    belong(acting, acme, people=[number_of("a")])
    acting.community.refresh_from_db()
    assert (acting.community.facts_stamp, AuditRow.objects.count(), who(acting)) == before


def test_taking_it_back_is_as_before(acting: Acting, acme: int) -> None:
    before = who(acting)
    belong(acting, acme, people=[number_of("a")])
    leave_out(acting, acme, people=[number_of("a")])
    assert who(acting) == before
    (listed,) = organisations(acting, DAY)
    assert listed.waiting == 3


def test_the_audit_line_names_no_member(acting: Acting, acme: int) -> None:
    belong(acting, acme, people=[number_of("a")])
    assert [row.about for row in AuditRow.objects.filter(verb="belong")] == ["アクメ: 1"]


@pytest.mark.parametrize(
    ("kind", "capacity"), [(OrganisationKind.OWN, "staff"), (OrganisationKind.PARTNER, "partner")]
)
def test_our_own_people_are_staff_and_partners_partners_for_those_days(
    acting: Acting, acme: int, kind: OrganisationKind, capacity: str
) -> None:
    change_organisation(acting, acme, called=Called(name_ja="アクメ", kind=kind))
    belong(acting, acme, people=[number_of("a")], days=(None, DAY))
    assert [row[1] for row in who(acting) if row[0] == "a"] == [capacity, "member"]


def test_a_word_about_somebody_counts_before_what_follows_from_their_organisation(
    acting: Acting, acme: int
) -> None:
    change_organisation(acting, acme, called=Called(name_ja="アクメ", kind=OrganisationKind.OWN))
    belong(acting, acme, people=[number_of("a"), number_of("b")], days=(date(2025, 1, 1), None))
    marked = [person.name for person in staff_question(acting).marked]
    assert marked == ["Aki", "Ben"]
    answer(acting, [number_of("a")])
    assert {row[1] for row in who(acting) if row[0] == "b"} == {"member"}
    assert [row[1] for row in who(acting) if row[0] == "a"] == ["member", "staff"]
    answer(acting, [number_of("a"), number_of("b")])
    assert [row[1] for row in who(acting) if row[0] == "b"] == ["member", "staff"]


@pytest.mark.parametrize(
    "called",
    [
        Called(),
        Called(name_ja="x", domains=("gmail.com",)),
        Called(name_ja="x", domains=("not a domain",)),
        Called(name_ja="x", domains=("acme.jp",)),
    ],
    ids=["no name", "free mail", "no domain", "taken"],
)
def test_what_cannot_be_kept_is_said(acting: Acting, acme: int, called: Called) -> None:
    with pytest.raises(InvalidChoice):
        found_organisation(acting, called)


def test_an_organisation_with_people_stays_on_the_list(acting: Acting, acme: int) -> None:
    belong(acting, acme, people=[number_of("a")])
    with pytest.raises(InvalidChoice):
        drop_organisation(acting, acme)
    leave_out(acting, acme, people=[number_of("a")])
    drop_organisation(acting, acme)
    assert organisations(acting, DAY) == []


def test_somebody_of_elsewhere_and_days_the_wrong_way_are_refused(
    acting: Acting, acme: int
) -> None:
    with pytest.raises(UnknownName):
        belong(acting, acme, people=[number_of("a"), 999])
    with pytest.raises(InvalidChoice):
        belong(acting, acme, people=[number_of("a")], days=(DAY, DAY))
    assert people_of(acting, organisations(acting, DAY)[0].row) == []


def test_the_list_asks_the_database_no_more_for_more_people(acting: Acting, acme: int) -> None:
    from django.db import connection

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            organisations(acting, DAY)
        return len(queries)

    belong(acting, acme, people=[number_of("a")])
    one = asked()
    belong(acting, acme, people=[number_of("b"), number_of("c")])
    assert asked() == one
