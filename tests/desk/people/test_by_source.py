"""What a person did is told source by source, the same with and without rollups."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather import queue
from jibungoto.desk.gather.carry_out import carry_out
from jibungoto.desk.gather.claim import claimed
from jibungoto.desk.people.by_source import days_by_source
from jibungoto.desk.people.look_up import story
from jibungoto.desk.understand.refresh import refresh
from jibungoto.gather.reader import Said
from jibungoto.records.home import log_folder
from jibungoto.records.models import HandleRow
from tests.desk.conftest import BringIn
from tests.desk.gather.lists import participants
from tests.desk.making import maps_export, post


def test_each_source_has_its_own_days(acting: Acting, bring_in: BringIn, tmp_path: Path) -> None:
    bring_in(maps_export(tmp_path / "slack", [post("1776600000.000100")]))
    said = Said("connpass:4410 2026-04-19 19:00")
    claim = claimed(queue.bring_in(acting, participants(tmp_path), said=said))
    assert claim is not None and carry_out(claim).state == "in"
    person = HandleRow.objects.get(source="slack", outside_id="U1").person
    HandleRow.objects.filter(source="connpass", outside_id="hana").update(person=person)
    refresh(acting.community)

    told = story(acting, person.number)
    wanted = {
        "connpass": [
            (date(2026, 4, 19), "attendance", 1),
            (date(2026, 4, 19), "registration", 1),
        ],
        "slack": [(date(2020, 9, 13), "start", 1), (date(2026, 4, 19), "message", 1)],
    }
    assert {key: list(days) for key, days in days_by_source(acting, told).items()} == wanted
    shutil.rmtree(log_folder(acting.community.slug) / "rollups")
    assert {key: list(days) for key, days in days_by_source(acting, told).items()} == wanted
