"""Beginning: an address that leads in once, and communities with names of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user_model

from jibungoto.desk.house.begin import Beginning, accept, admit, begin, invitation, is_open
from jibungoto.ledger.problems import InvalidChoice, NotAllowed
from jibungoto.records.models import CommunityRow, InvitationRow, MembershipRow

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

PHRASE = "yamabiko no koe ga kikoeru"


@pytest.fixture(autouse=True)
def empty(transactional_db: None, settings: Settings, home: Path) -> None:
    settings.HOME = home


def test_the_address_leads_in_once() -> None:
    token = invitation()
    assert is_open(token) and not is_open(token + "x")
    accept(token, Beginning("やまびこ"), name="hana", passphrase=PHRASE)
    assert not is_open(token)
    with pytest.raises(NotAllowed, match="no longer valid"):
        accept(token, Beginning("また"), name="ren", passphrase=PHRASE)
    assert CommunityRow.objects.get().name == "やまびこ"


def test_a_later_address_replaces_an_unused_one() -> None:
    first, second = invitation(), invitation()
    assert (is_open(first), is_open(second)) == (False, True)
    assert InvitationRow.objects.count() == 1


def test_only_the_hash_of_the_address_is_kept() -> None:
    token = invitation()
    assert token not in str(list(InvitationRow.objects.values()))


def test_a_weak_passphrase_uses_nothing_up() -> None:
    token = invitation()
    with pytest.raises(InvalidChoice, match="too weak"):
        accept(token, Beginning("やまびこ"), name="hana", passphrase="password1234")
    assert is_open(token)
    assert not CommunityRow.objects.exists() and not get_user_model().objects.exists()


def test_a_community_that_came_in_by_the_command_line_is_taken_over() -> None:
    begin(Beginning("export", zone="UTC"))
    accept(invitation(), Beginning("another"), name="hana", passphrase=PHRASE)
    assert MembershipRow.objects.get().community.name == "export"


def test_the_same_name_twice_gets_a_number() -> None:
    slugs = [begin(Beginning("My Community")).slug for _ in range(3)]
    assert slugs == ["my-community", "my-community-2", "my-community-3"]
    assert begin(Beginning("やまびこ")).slug == "やまびこ"
    assert begin(Beginning("!?")).slug == "community"


def test_a_zone_that_does_not_exist_makes_nothing() -> None:
    with pytest.raises(InvalidChoice, match="no time zone"):
        begin(Beginning("x", zone="Mars/Crater"))
    assert not CommunityRow.objects.exists()


def test_a_name_is_given_to_one_user() -> None:
    community = begin(Beginning("x"))
    admit(community, "hana", passphrase=PHRASE)
    with pytest.raises(InvalidChoice, match="taken"):
        admit(community, "hana", passphrase=PHRASE)
