"""Organisations: proposed, written down, their people ticked, and found by them in the list."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from jibungoto.desk.acting import Acting
from jibungoto.desk.people.affiliations import belong
from jibungoto.desk.people.organisations import Called, _spread, found_organisation
from jibungoto.desk.people.segment_people import members
from jibungoto.records.models import HandleRow, OrganisationRow, PersonRow
from jibungoto.understand.segments import Segment
from tests.web.test_people import names
from tests.web.test_people import page_of as people_of

LIST = "/yamabiko/people/organisations/"


def number_of(name: str) -> int:
    return PersonRow.objects.get(name=name).number


def page_of(client: Client, address: str = LIST) -> str:
    answered = client.get(address)
    assert answered.status_code == 200
    return answered.content.decode()


@pytest.fixture(autouse=True)
def nothing_kept_of_another_test() -> None:
    _spread.cache_clear()  # every test's community has the same number and stamps


@pytest.fixture
def acme(acting: Acting) -> OrganisationRow:
    HandleRow.objects.filter(person__name__in=["Emi", "ベン"]).update(organisation="アクメ")
    return found_organisation(acting, Called(name_ja="アクメ", name_en="Acme"))


def test_a_proposal_becomes_an_organisation_whose_people_are_ticked(
    acting: Acting, manager: Client
) -> None:
    HandleRow.objects.filter(person__name__in=["Emi", "ベン"]).update(organisation="㈱アクメ")
    assert "㈱アクメ" in page_of(manager)
    sent = {"name_ja": "アクメ", "kind": "customer", "spellings": "㈱アクメ\n"}
    answered = manager.post(LIST, sent)
    row = OrganisationRow.objects.get()
    assert (row.kind, row.spellings) == ("customer", ["㈱アクメ"])
    assert answered.headers["Location"] == f"{LIST}{row.number}/"
    page = page_of(manager, f"{LIST}{row.number}/")
    for name in ("Emi", "ベン"):
        assert f'name="person" value="{number_of(name)}" checked' in page


def test_several_belong_at_once_and_the_list_of_people_finds_them(
    acting: Acting, manager: Client, acme: OrganisationRow
) -> None:
    address = f"{LIST}{acme.number}/"
    sent = {"step": "belong", "person": [number_of("Emi"), number_of("ベン")]}
    assert manager.post(address, sent).status_code == 302
    assert "2 people belong to it now." in page_of(manager, address)
    HandleRow.objects.update(organisation="")
    assert names(people_of(manager, "?organisation=Acme&kind=all")) == ["Emi", "ベン"]
    assert [
        one.person.name for one in members(acting, Segment(kind="all", organisation="あくめ"))
    ] == [
        "Emi",
        "ベン",
    ]
    told = b"".join(manager.get("/yamabiko/people.csv?organisation=acme&kind=all"))
    assert told.decode().count("Acme") == 2


def test_whoever_left_is_not_found_any_more(
    acting: Acting, manager: Client, acme: OrganisationRow
) -> None:
    HandleRow.objects.update(organisation="")
    belong(acting, acme.number, people=[number_of("Emi")], days=(None, date(2001, 1, 1)))
    assert names(people_of(manager, "?organisation=Acme&kind=all")) == []


def test_a_persons_page_says_and_changes_it(
    acting: Acting, manager: Client, acme: OrganisationRow
) -> None:
    emi = number_of("Emi")
    sent = {"organisation": str(acme.number), "since": "2026-04-01", "last": "2026-09-30"}
    answered = manager.post(f"/yamabiko/people/{emi}/belonging/", sent)
    assert answered.status_code == 302
    page = page_of(manager, f"/yamabiko/people/{emi}/")
    assert "Acme" in page and "2026-09-30" in page
    row = acme.affiliations.first()
    assert row is not None and row.to_day == date(2026, 10, 1)
    manager.post(f"/yamabiko/people/{emi}/belonging/", {"organisation": acme.number, "out": "1"})
    assert not acme.affiliations.exists()


@pytest.mark.parametrize(
    "sent",
    [{"since": "soon"}, {"since": "2026-09-30", "last": "2026-04-01"}],
    ids=["no day", "the wrong way"],
)
def test_days_nobody_can_read_are_said_and_change_nothing(
    manager: Client, acme: OrganisationRow, sent: dict[str, str]
) -> None:
    address = f"{LIST}{acme.number}/"
    answered = manager.post(address, {"step": "belong", "person": [number_of("Emi")], **sent})
    assert answered.status_code == 200
    assert 'role="alert"' in answered.content.decode() or "day" in answered.content.decode()
    assert not acme.affiliations.exists()


def test_a_name_is_needed_and_what_was_typed_stays(manager: Client) -> None:
    answered = manager.post(LIST, {"domains": "acme.co.jp"})
    page = answered.content.decode()
    assert answered.status_code == 200
    assert "The organisation has no name." in page and 'value="acme.co.jp"' in page


def test_the_list_is_a_file_too(acting: Acting, manager: Client, acme: OrganisationRow) -> None:
    belong(acting, acme.number, people=[number_of("Emi")])
    told = b"".join(manager.get("/yamabiko/people/organisations.csv")).decode()
    assert told.splitlines()[1].startswith("Acme,アクメ,Acme,other,,1,0")
    assert manager.get("/yamabiko/people/organisations.txt").status_code == 404


def test_an_organisation_of_nobody_is_not_there(manager: Client) -> None:
    assert manager.get(f"{LIST}99/").status_code == 404
