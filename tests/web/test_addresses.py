"""No address escapes the measuring of pages: its list is read from the table of addresses."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from addresses import Address, addresses, table
from jibungoto.records.models import CommunityRow
from jibungoto.web.navigation import ROOMS
from pages import Visits, visited


def test_every_parameter_of_every_address_has_values(community: CommunityRow) -> None:
    told = {one.name: addresses(one, community) for one in table()}
    assert told["today"] == ["/yamabiko/today/"]
    assert "/yamabiko/measures/active/" in told["measures_one"]
    assert told["people_person"][:2] == ["/yamabiko/people/1/", "/yamabiko/people/2/"]
    assert told["sign_in"] == ["/sign-in/"]


def test_a_parameter_nobody_has_spoken_of_is_told(community: CommunityRow) -> None:
    new = Address("new_page", "<str:community>/new/<int:number>/")
    with pytest.raises(LookupError, match="Say in HELD what a home may hold for new/<int:number>"):
        addresses(new, community)


def test_every_page_is_visited_or_named_among_those_that_are_not(
    community: CommunityRow, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    first, then = visited(community, requests=3)
    where = (first.pages, first.files, first.lead_on, first.never_read, first.nothing_held)
    assert sorted(name for names in where for name in names) == sorted(one.name for one in table())
    assert {room.view for room in ROOMS} <= set(first.pages)
    assert (then.requests, then.files) == (3, {})
    assert all(took.queries and took.cpu > 0 for took in first.pages["today"])


def test_an_answer_nobody_expects_ends_the_visit(community: CommunityRow) -> None:
    from django.http import HttpResponse

    from pages import Took

    with pytest.raises(SystemExit, match="/yamabiko/today/ answers 500"):
        Visits().keep(
            "today",
            "/yamabiko/today/",
            answer=HttpResponse(status=500),
            took=Took(1.0, 1.0, 1),
        )
