"""A stage reads "or higher" wherever a higher one may hide behind what no source tells."""

from __future__ import annotations

import pytest
from django.test import Client

from jibungoto.desk.people.reach import may_stand_higher
from jibungoto.records.models import CommunityRow, IntakeRow, StandingRow

BLIND = frozenset({"slack"})


@pytest.mark.parametrize(
    ("stage", "unknown", "without_help", "wanted"),
    [
        (0, ["help", "start"], BLIND, False),
        (2, [], frozenset(), False),
        (2, ["help"], frozenset(), True),
        (3, ["start"], frozenset(), True),
        (3, [], BLIND, True),
        (4, [], frozenset(), False),
        (4, [], BLIND, True),
        (4, [], frozenset({"elsewhere"}), False),
        (5, ["prompted"], BLIND, False),
    ],
)
def test_a_stage_is_only_the_least_where_help_or_starts_are_untold(
    community: CommunityRow,
    stage: int,
    unknown: list[str],
    without_help: frozenset[str],
    wanted: bool,
) -> None:
    standing = StandingRow.objects.get(person__name="Emi")
    standing.stage, standing.unknown, standing.is_at_least = stage, unknown, False
    assert may_stand_higher(standing, without_help) is wanted


def test_who_started_something_reads_or_higher_where_no_source_tells_replies(
    manager: Client,
) -> None:
    StandingRow.objects.update(is_at_least=False)
    standing = StandingRow.objects.get(person__name="髙橋 亜紀")
    places = [
        f"/yamabiko/people/{standing.person.number}/",
        "/yamabiko/people/?stage=starting",
        "/yamabiko/people.csv?stage=starting",
    ]

    def page(address: str) -> str:
        answer = manager.get(address)
        whole = answer.getvalue()
        return whole.decode("utf-8-sig")

    assert ["or higher" in page(place) for place in places] == [False] * 3
    intake = IntakeRow.objects.get()
    intake.can_tell = {**intake.can_tell, "threads": False}
    intake.save()
    assert ["Starting or higher" in page(place) for place in places] == [True] * 3
    assert "whom they helped stays unseen" in page(places[0])
