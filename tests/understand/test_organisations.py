"""Organisations are proposed from proven addresses and profiles, and from nothing else."""

from __future__ import annotations

import pytest

from jibungoto.ledger.organisation import OrganisationKind
from jibungoto.understand.organisations import (
    Named,
    OrganisationProposal,
    domain_of,
    employer_in,
    likely_kind,
    organisation_proposals,
    spread_of,
)


def proposed(
    *named: Named, domains: tuple[str, ...] = (), names: tuple[str, ...] = ()
) -> list[OrganisationProposal]:
    return organisation_proposals(spread_of(named), domains=domains, names=names)


@pytest.mark.parametrize(
    "email",
    ["a@gmail.com", "info@acme.jp", "noreply@acme.jp", "a@localhost", "a@x.local", "", "acme.jp"],
)
def test_an_address_that_is_nobodys_own_names_no_employer(email: str) -> None:
    assert domain_of(email) == ""


@pytest.mark.parametrize("written", ["フリーランス", "なし", "-", "Freelance", "学生", ""])
def test_a_profile_that_names_nobody_names_no_employer(written: str) -> None:
    assert employer_in(written) == ""


def test_two_addresses_on_one_domain_make_a_proposal_and_one_does_not() -> None:
    (one,) = proposed(
        Named(1, "a@acme.co.jp"), Named(2, "B@Acme.co.jp"), Named(3, "c@alone.example.jp")
    )
    assert (one.name, one.domains) == ("acme.co.jp", ("acme.co.jp",))
    assert one.people == {1, 2}


def test_a_domain_and_the_company_its_people_name_are_one_organisation() -> None:
    (one,) = proposed(
        Named(1, "a@acme.co.jp", "株式会社アクメ"),
        Named(2, "b@acme.co.jp", "㈱アクメ"),
        Named(3, organisation="アクメ"),
        Named(4, "d@acme.co.jp"),
    )
    assert one.domains == ("acme.co.jp",)
    assert set(one.spellings) == {"株式会社アクメ", "㈱アクメ", "アクメ"}
    assert one.people == {1, 2, 3, 4}


def test_what_is_written_down_already_is_not_proposed_again() -> None:
    named = [Named(1, "a@acme.jp", "アクメ"), Named(2, "b@acme.jp", "アクメ")]
    assert proposed(*named, domains=("acme.jp",)) == []
    assert proposed(*named, names=("あくめ",)) == []


def test_one_person_under_two_names_is_one() -> None:
    assert proposed(Named(1, "a@acme.jp"), Named(1, "a.b@acme.jp")) == []


@pytest.mark.parametrize(
    ("name", "domains", "kind"),
    [
        ("高知大学", (), OrganisationKind.SCHOOL),
        ("x", ("x.ac.jp",), OrganisationKind.SCHOOL),
        ("x", ("city.x.lg.jp",), OrganisationKind.PUBLIC),
        ("一般社団法人やまびこ", (), OrganisationKind.NONPROFIT),
        ("アクメ", ("acme.co.jp",), OrganisationKind.OTHER),
    ],
)
def test_a_kind_is_guessed_where_name_or_domain_says_it(
    name: str, domains: tuple[str, ...], kind: OrganisationKind
) -> None:
    assert likely_kind(name, domains) is kind
