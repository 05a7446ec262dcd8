"""The demo's team: covered, with one gap, one single key, four who ask and one decision."""

from __future__ import annotations

import pytest

from jibungoto.cli.demo_team import write_team
from jibungoto.desk.acting import Acting, administrator
from jibungoto.desk.house.begin import Beginning, begin
from jibungoto.desk.sustain.alerts import standings
from jibungoto.desk.sustain.cover import cover_facts, stakeholder_facts
from jibungoto.records.models import AccountRow, AlertRow, AuditRow, DeliveryRow


@pytest.fixture
def acting(db: None) -> Acting:
    """Return the administrator of a fresh community."""
    return administrator(begin(Beginning("やまびこ", slug="yamabiko")))


def test_it_is_covered_with_one_gap_and_one_single_key(acting: Acting) -> None:
    write_team(acting)
    facts = cover_facts(acting)
    assert {one.state.value for one in facts.abilities} == {"covered"}
    assert [one.en for one in facts.gaps] == [
        "Nobody can explain the community upward when 青葉 みのり is on leave."
    ]
    firing = {one.rule.key for one in standings(acting) if one.verdict.fires}
    assert firing == {"P-3", "S-5"}
    assert AlertRow.objects.filter(rule="I-1", state="open").count() == 1


def test_four_people_ask_and_one_has_decided(acting: Acting) -> None:
    write_team(acting)
    assert len(stakeholder_facts(acting)) == 4
    assert DeliveryRow.objects.exclude(decision="").count() == 1


def test_writing_it_again_changes_nothing(acting: Acting) -> None:
    write_team(acting)
    before = (AuditRow.objects.count(), AccountRow.objects.count())
    write_team(acting)
    assert (AuditRow.objects.count(), AccountRow.objects.count()) == before
