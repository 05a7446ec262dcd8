"""Unanswered accuses people, so it is exact: whatever hides an answer, nobody is called silent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.erasing.erase import erase
from jibungoto.desk.people.opt_out import opt_out
from jibungoto.desk.people.staff import answer
from jibungoto.desk.understand.measures import measured
from jibungoto.desk.understand.refresh import refresh
from jibungoto.desk.understand.today import today
from jibungoto.ledger.finding import Quality
from jibungoto.records.models import HandleRow, PersonRow
from jibungoto.understand.today import Reason
from tests.desk.memory import Memory
from tests.gather.slack_made import ADMIN, AN, BO, DAY, export, said, ts, user

if TYPE_CHECKING:
    from tests.desk.conftest import BringIn

LATER = 3 * 86_400
MIDNIGHT = 60_400
"""So many seconds after the workspace was made a day begins in Tokyo."""
JOINED = said(AN, 60, "joined", subtype="channel_join")
ASKED = said(AN, 100, "where do I start?")
ANSWER = said(BO, 200, "here", thread_ts=ts(100), parent_user_id=AN)
THREAD = [
    said(ADMIN, 20, "a thread", thread_ts=ts(20)),
    said(BO, 30, "its answer", thread_ts=ts(20), parent_user_id=ADMIN),
]
Messages = list[dict[str, Any]]


def written(
    folder: Path, talk: Messages, *, end: int = LATER, people: Messages | None = None
) -> Path:
    """Write an export: a thread in #general, what is said in #talk, and a last record."""
    files = export([*THREAD, JOINED], **{f"talk/{DAY}": talk})
    files["general/2023-11-18.json"] = [said(ADMIN, end, "the last record")]
    if people is not None:
        files["users.json"] = people
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(content))
    return folder


def accused(acting: Acting) -> list[str]:
    """Return whom Today names, after everything was worked out."""
    refresh(acting.community)
    return shown(acting)


def shown(acting: Acting) -> list[str]:
    """Return whose first post Today shows as unanswered, as it is."""
    first_post = Reason.UNANSWERED_FIRST_POST
    return [one.person.name for one in today(acting).suggestions if one.reason is first_post]


def number_of(outside_id: str) -> int:
    return HandleRow.objects.get(outside_id=outside_id).person.number


@pytest.fixture
def asked(bring_in: BringIn, acting: Acting, tmp_path: Path, memory: Memory, home: Path) -> Acting:
    """Return the administrator of a community in which a first post has no answer."""

    def make() -> None:
        bring_in(written(tmp_path, [ASKED]))
        refresh(acting.community)

    memory.made(acting, home, make)
    return acting


def test_a_first_post_without_an_answer_is_named(asked: Acting) -> None:
    assert accused(asked) == ["an"]


def test_an_answer_stays_known_when_who_gave_it_is_erased(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(written(tmp_path / "a", [ASKED, ANSWER]))
    erase(acting, number_of(BO), said={})
    assert accused(acting) == []
    bring_in(written(tmp_path / "b", [ASKED, ANSWER, said(AN, 300, "thanks", thread_ts=ts(100))]))
    assert accused(acting) == []
    assert not HandleRow.objects.filter(outside_id=BO).exists()


def test_an_answer_stays_known_when_who_gave_it_opts_out(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    bring_in(written(tmp_path, [ASKED, ANSWER]))
    opt_out(acting, number_of(BO))
    assert accused(acting) == []


@pytest.mark.parametrize(
    "answered",
    [
        [ASKED, ANSWER],
        [ASKED, said(BO, 200, f"welcome <@{AN}>", thread_ts=ts(100))],
        [{**ASKED, "reactions": [{"name": "wave", "users": [BO], "count": 1}]}],
        [ASKED, said(BO, 200, "somebody else is here")],
    ],
    ids=["a reply", "a mention", "a reaction", "written in the same place"],
)
def test_what_comes_in_after_somebody_opted_out_still_answers_others(
    bring_in: BringIn, acting: Acting, tmp_path: Path, answered: Messages
) -> None:
    bring_in(written(tmp_path / "a", []))
    opt_out(acting, number_of(BO))
    row = bring_in(written(tmp_path / "b", answered))
    assert row.left_out == len([one for one in answered if one["user"] == BO]) + 1
    assert row.read == (
        row.new + row.updated + row.unchanged + row.repeated + row.left_out + row.refused
    )
    assert accused(acting) == []


@pytest.mark.parametrize(
    "hidden",
    [
        {"thread_ts": ts(100), "reply_count": 3, "reply_users": [BO], "latest_reply": ts(400)},
        {"reactions": [{"name": "eyes", "users": [], "count": 3}]},
    ],
    ids=["replies", "reactions"],
)
def test_what_slack_counts_and_does_not_hold_is_an_answer(
    bring_in: BringIn, acting: Acting, tmp_path: Path, hidden: dict[str, Any]
) -> None:
    bring_in(written(tmp_path, [{**ASKED, **hidden}]))
    assert accused(acting) == []


def test_announced_answers_are_left_out_of_the_measures_and_said_so(
    bring_in: BringIn, acting: Acting, tmp_path: Path
) -> None:
    told = {"thread_ts": ts(100), "reply_count": 3}
    bring_in(written(tmp_path, [{**ASKED, **told}], end=4 * 86_400))
    refresh(acting.community)
    asked, welcomed = (
        told.now[""] for told in measured(acting, keys=("unanswered72", "welcome48"))
    )
    assert (asked.value, asked.quality) == (None, Quality.UNKNOWN)
    assert (welcomed.n, welcomed.quality) == (2, Quality.PARTIAL_SOURCE)
    for found in (asked, welcomed):
        assert found.reason is not None
        assert "not in the data" in found.reason.en


@pytest.mark.parametrize(
    "presence",
    [
        said(BO, 300, "pinned", subtype="pinned_item"),
        said("USLACKBOT", 300, "", subtype="huddle_thread"),
        said("USLACKBOT", 300, "gone", subtype="tombstone", thread_ts=ts(100)),
    ],
    ids=["a pin", "a call", "a deleted answer"],
)
def test_where_somebody_else_was_nobody_is_called_unanswered(
    bring_in: BringIn, acting: Acting, tmp_path: Path, presence: dict[str, Any]
) -> None:
    bring_in(written(tmp_path, [ASKED, presence]))
    assert accused(acting) == []


@pytest.mark.parametrize(
    ("watched_for", "named"), [(35 * 60, []), (86_400 - 1, []), (86_400, ["an"])]
)
def test_a_post_is_as_old_as_the_export_went_on_after_it(
    bring_in: BringIn, acting: Acting, tmp_path: Path, watched_for: int, named: list[str]
) -> None:
    end = MIDNIGHT + 2 * 86_400 + 300
    bring_in(written(tmp_path, [said(AN, end - watched_for, "hello?")], end=end))
    assert accused(acting) == named


def test_who_opted_out_or_was_marked_is_not_named_before_anything_is_worked_out_anew(
    asked: Acting,
) -> None:
    assert shown(asked) == ["an"]
    answer(asked, [number_of(AN)])
    assert shown(asked) == []
    answer(asked, [])
    assert shown(asked) == ["an"]
    opt_out(asked, number_of(AN))
    assert shown(asked) == []


def test_who_is_erased_is_not_named_before_anything_is_worked_out_anew(asked: Acting) -> None:
    assert shown(asked) == ["an"]
    erase(asked, number_of(AN), said={})
    assert shown(asked) == []
    assert not PersonRow.objects.filter(community=asked.community, name="an").exists()


@pytest.mark.parametrize("is_guest", [True, False])
def test_a_guest_is_named_as_a_guest(
    bring_in: BringIn, acting: Acting, tmp_path: Path, is_guest: bool
) -> None:
    people = [user(AN, is_restricted=is_guest), user(BO), user(ADMIN)]
    bring_in(written(tmp_path, [ASKED], people=people))
    refresh(acting.community)
    told = {one.person.name: one.is_guest for one in today(acting).suggestions}
    assert told == {"an": is_guest, "dm": False}
