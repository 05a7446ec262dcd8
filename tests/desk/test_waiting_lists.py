"""An early list with people waiting and a later one with their seats, brought in in any order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.undo import undo
from jibungoto.records.models import InitiativeRow
from tests.desk.seeing import log_of

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn

EVENT = {
    "id": 4410,
    "title": "春の会",
    "hash_tag": "Yamabiko",
    "limit": 40,
    "started_at": "2026-04-19T19:00:00+09:00",
    "ended_at": "2026-04-19T21:00:00+09:00",
    "event_type": "participation",
    "place": "やまびこ会館",
    "address": "京都市下京区1-1",
}
HEADINGS = "参加枠名,ユーザー名,表示名,参加ステータス,出欠ステータス,更新日時,受付番号"


def answer(folder: Path) -> Path:
    found = {"results_returned": 1, "results_available": 1, "events": [EVENT]}
    path = folder / "events.json"
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def listed(folder: Path, name: str, *states: tuple[str, str, str]) -> Path:
    path = folder / name / "event_4410_participants.csv"
    path.parent.mkdir()
    rows = [
        f"現地参加,{who},{who},{state},{came},2026年4月18日 09時05分,{1_000 + number}"
        for number, (who, state, came) in enumerate(states)
    ]
    path.write_text("\r\n".join([HEADINGS, *rows, ""]), encoding="utf-8-sig")
    return path


def kinds(acting: Acting) -> list[str]:
    known = ("waiting", "registration", "attendance", "cancellation")
    return sorted(kind for row in log_of(acting)["activity"] for kind in known if kind in row)


@pytest.mark.parametrize("is_early_first", [True, False])
def test_that_somebody_waited_stays_known_until_the_early_list_is_taken_back(
    bring_in: BringIn, acting: Acting, tmp_path: Path, is_early_first: bool
) -> None:
    early = listed(tmp_path, "early", ("an", "参加", ""), ("bo", "補欠", ""))
    late = listed(tmp_path, "late", ("an", "参加", "出席"), ("bo", "参加", "出席"))
    bring_in(answer(tmp_path))
    if is_early_first:
        bring_in(early)
        assert kinds(acting) == ["registration", "waiting"]
        bring_in(late)
        assert kinds(acting) == ["attendance"] * 2 + ["registration"] * 2 + ["waiting"]
        return
    bring_in(late)
    before = log_of(acting)
    undo(acting, bring_in(early).number)
    assert log_of(acting) == before


def test_how_many_seats_an_event_has_and_its_tag_are_kept_and_taken_back(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    row = bring_in(answer(tmp_path))
    (event,) = InitiativeRow.objects.filter(community=acting.community)
    assert (event.capacity, event.hashtag) == (40, "yamabiko")
    undo(acting, row.number)
    assert not InitiativeRow.objects.filter(community=acting.community).exists()
