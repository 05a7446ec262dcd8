"""Who is proposed as staff: administrators, and addresses that name the host."""

from __future__ import annotations

import pytest

from jibungoto.understand.staff import Colleague, company_domains, proposals, spread_of

ADMINS = (
    Colleague(1, "An", is_admin=True, is_bot=False, emails=("an@host.example.com",)),
    Colleague(2, "Bo", is_admin=True, is_bot=False, emails=("bo@Host.Example.com",)),
)
BOT = Colleague(3, "Bot", is_admin=True, is_bot=True, emails=("bot@host.example.com",))


def member(number: int, *emails: str) -> Colleague:
    return Colleague(number, f"member {number}", is_admin=False, is_bot=False, emails=emails)


def outside(count: int) -> list[Colleague]:
    """Return members who each have an address on a domain of their own."""
    return [member(100 + n, f"m@m{n}.example.org") for n in range(count)]


def test_a_domain_two_administrators_share_is_the_companys() -> None:
    assert company_domains([*ADMINS, *outside(3)]) == ("host.example.com",)


def test_a_domain_of_one_of_two_administrators_is_not() -> None:
    other = Colleague(2, "Bo", is_admin=True, is_bot=False, emails=("bo@other.example.com",))
    assert company_domains([ADMINS[0], other, *outside(3)]) == ()


def test_the_domain_of_the_only_administrator_is() -> None:
    assert company_domains([ADMINS[0], *outside(3)]) == ("host.example.com",)


@pytest.mark.parametrize("domain", ["gmail.com", "GMAIL.com", "docomo.ne.jp", "yahoo.co.jp"])
def test_free_mail_names_no_company(domain: str) -> None:
    admins = [
        Colleague(n, "A", is_admin=True, is_bot=False, emails=(f"a@{domain}",)) for n in (1, 2)
    ]
    assert company_domains([*admins, *outside(3)]) == ()
    assert [one.person for one in proposals([*admins, member(9, f"b@{domain}")], [domain])] == [
        1,
        2,
    ]


def test_a_domain_most_people_have_names_the_community_and_not_the_host() -> None:
    everybody = [member(10 + n, f"m{n}@host.example.com") for n in range(3)]
    assert company_domains([*ADMINS, *everybody, *outside(4)]) == ()
    assert company_domains([*ADMINS, *everybody, *outside(5)]) == ("host.example.com",)


def test_a_bot_is_never_proposed_and_its_address_counts_for_nothing() -> None:
    assert company_domains([BOT, *outside(3)]) == ()
    assert proposals([BOT], ["host.example.com"]) == []


def test_the_reasons_are_told_and_the_rest_of_the_community_left_alone() -> None:
    found = proposals([*ADMINS, member(4, "x@host.example.com"), *outside(2)], ["HOST.example.com"])
    assert {one.person: [reason.en for reason in one.reasons] for one in found} == {
        1: ["administers the workspace", "has an address at host.example.com"],
        2: ["administers the workspace", "has an address at host.example.com"],
        4: ["has an address at host.example.com"],
    }


def test_what_only_looks_like_the_domain_is_another() -> None:
    near = [member(5, "x@nothost.example.com"), member(6, "x@host.example.com.example.org")]
    assert proposals(near, ["host.example.com"]) == []


def test_the_administrators_and_a_count_of_everybody_say_as_much_as_everybody() -> None:
    for more in (outside(3), [*everybody_at_host(5), *outside(4)], [*everybody_at_host(5)]):
        everybody = [*ADMINS, *more]
        counted = company_domains(ADMINS, spread_of(everybody))
        assert counted == company_domains(everybody)


def everybody_at_host(count: int) -> list[Colleague]:
    return [member(100 + n, f"m{n}@host.example.com") for n in range(count)]
