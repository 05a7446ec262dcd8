"""Journeys: where people go next, as a table, a picture and the way to the rows behind it."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.ledger.finding import Finding
from jibungoto.records.models import (
    AnswerRow,
    CommunityRow,
    FindingRow,
    InitiativeRow,
    MembershipRow,
)
from jibungoto.understand.answers import RowBehind
from jibungoto.understand.catalogue import measure_of
from jibungoto.understand.reasons import UNTOLD
from jibungoto.web.measure_rows import ShownRows
from jibungoto.web.printing import printed

JOURNEYS = "/yamabiko/measures/journeys/"
COUNTED = {
    "": (36, 120),
    "chat": (30, 80),
    "event_venue": (6, 40),
    "chat>event_venue": (26, 80),
    "chat>code": (4, 80),
    "event_venue>chat": (6, 40),
}


def shown(client: Client, address: str = JOURNEYS) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def told(page: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))


@pytest.fixture
def moved(community: CommunityRow) -> CommunityRow:
    """Return the small community as if its people had acted in several kinds of place."""
    answer = AnswerRow.objects.get(community=community)
    FindingRow.objects.filter(answer=answer, measure="transition", as_of=answer.as_of).delete()
    for part, (k, n) in COUNTED.items():
        FindingRow.objects.create(
            answer=answer,
            measure="transition",
            as_of=answer.as_of,
            part=part,
            value=k / n,
            numerator=k,
            denominator=n,
            n=n,
            quality="ok",
        )
    return community


def test_every_pair_stands_in_the_table_and_leads_to_its_rows(
    moved: CommunityRow, manager: Client
) -> None:
    linked = re.findall(r'href="[^"]*/transition/rows/\?part=([^"]+)">(\d+)</a>', shown(manager))
    pairs = {part: k for part, (k, _) in COUNTED.items() if ">" in part}
    assert {part.replace("%3E", ">"): int(k) for part, k in linked} == pairs


def test_the_picture_has_a_band_for_each_pair_and_its_numbers_as_a_table(
    moved: CommunityRow, manager: Client
) -> None:
    page = shown(manager)
    widths = re.findall(r'class="flow" stroke-width="([\d.]+)"', page)
    assert [float(width) for width in widths] == [26.0, 4.0, 6.0]
    assert "The numbers as a table" in told(page)


def test_the_widest_way_is_said_in_a_sentence(moved: CommunityRow, manager: Client) -> None:
    sentence = "Most went from chat to events, at the venue: 26 of the 80 who came to chat."
    assert sentence in told(shown(manager))


def test_a_log_of_one_kind_of_place_says_why_there_are_no_ways(manager: Client) -> None:
    page = shown(manager)
    assert UNTOLD["transition"].en in told(page)
    assert 'class="flow"' not in page


def test_how_many_names_are_joined_stands_beside_it_and_the_gap_is_an_association(
    manager: Client,
) -> None:
    words = told(shown(manager))
    assert "Acts by people known across sources:" in words
    assert "Gap by how widely one began (association)" in words
    assert "An association, not an effect." in words


@pytest.mark.parametrize("key", ["transition", "bridge_gap", "entry_mix", "identity_coverage"])
def test_the_page_leads_to_its_measures_and_they_lead_back(manager: Client, key: str) -> None:
    assert f'href="/yamabiko/measures/{key}/"' in shown(manager)
    assert f'href="{JOURNEYS}"' in shown(manager, "/yamabiko/measures/")


def test_the_page_of_the_measure_shows_places_and_leaves_pairs_to_the_table(
    moved: CommunityRow, manager: Client
) -> None:
    page = shown(manager, "/yamabiko/measures/transition/")
    assert "on from chat" in told(page)
    assert "chat → code" not in told(page)
    assert f'href="{JOURNEYS}"' in page


def test_before_any_export_it_says_what_to_do(manager: Client) -> None:
    user = MembershipRow.objects.get().user
    community = begin(Beginning("空", slug="empty"))
    MembershipRow.objects.create(user=user, community=community, role="manager")
    assert "Nothing has been brought in yet" in shown(manager, "/empty/measures/journeys/")


@pytest.mark.parametrize("key", ["multi_share", "entry_mix", "transition", "bridge_gap"])
def test_each_measure_across_sources_says_how_much_of_them_is_known(
    moved: CommunityRow, manager: Client, key: str
) -> None:
    coverage = "Acts by people known across sources"
    assert f"{coverage}: " in told(shown(manager, f"/yamabiko/measures/{key}/"))
    assert coverage not in told(shown(manager, "/yamabiko/measures/active/"))


def test_more_ways_cost_no_more_queries(moved: CommunityRow, manager: Client) -> None:
    with CaptureQueriesContext(connection) as many:
        shown(manager)
    FindingRow.objects.filter(measure="transition", part__contains=">").delete()
    with CaptureQueriesContext(connection) as none:
        shown(manager)
    assert len(many) == len(none)


def test_a_row_about_nobody_names_its_event(community: CommunityRow, acting: object) -> None:
    InitiativeRow.objects.create(
        community=community,
        key="meetup:7",
        source="meetup",
        kind="event",
        name="春の会",
        starts_at="2026-04-19T10:00:00Z",
    )
    measure = measure_of("events_held")
    assert measure is not None
    behind = [RowBehind("", None, "meetup", "meetup:7")]
    (row,) = ShownRows(acting, measure, behind=behind).every()  # type: ignore[arg-type]  # one
    assert (row.name, row.place, row.source) == ("", "春の会", "Meetup")
    assert row.at is not None and row.at.isoformat() == "2026-04-19T19:00:00+09:00"


@pytest.mark.parametrize(
    ("key", "value", "texts"),
    [
        ("events_held", 1.0, ("1 event", "1回")),
        ("event_gap", 28.0, ("28 days", "28日")),
        ("ef50", 2.0, ("2 organisations", "2組織")),
        ("bridge_gap", -10.2, ("-10.2 points (association)", "-10.2ポイント(関連)")),
    ],
)
def test_each_new_unit_has_words_in_both_languages(
    key: str, value: float, texts: tuple[str, str]
) -> None:
    one = measure_of(key)
    assert one is not None
    told_in = []
    for language in ("en", "ja"):
        with translation.override(language):
            told_in.append(printed(one, Finding(key, date(2026, 6, 30), value=value, n=40)).text)
    assert tuple(told_in) == texts
