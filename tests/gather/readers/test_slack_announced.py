"""What Slack counts and does not hold is written down without a name, and of nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jibungoto.ledger.activity import Activity, AtPrecision
from jibungoto.ledger.kinds import Kind
from tests.gather.made import folder_of, gather
from tests.gather.slack_made import AN, BO, BORN, CY, GENERAL, export, said, ts, user

ROOT = f"{GENERAL}/{ts(0)}"
BOT = user("U0000000BT", is_bot=True)


def nameless(tmp_path: Path, *messages: dict[str, Any], **more: Any) -> list[Activity]:
    """Return the activities of nobody, whether records are looked at together or alone."""
    people = [*export()["users.json"], BOT]
    found = []
    for name, own in (("together", {}), ("alone", {"is_hidden_by_limit": False})):
        written = [{**one, **own} for one in messages]
        files = export(written, **{"users.json": people}, **more)
        gathered = gather(folder_of(files, tmp_path / name))
        assert gathered.accounted == gathered.read
        found.append(sorted((a for a in gathered.activities if a.actor is None), key=repr))
    assert found[0] == found[1]
    return found[0]


def asked(count: int, users: list[str] | None = None, **more: Any) -> dict[str, Any]:
    told = {} if users is None else {"reply_users": users}
    return said(AN, 0, "how?", thread_ts=ts(0), reply_count=count, **told, **more)


def test_replies_outside_of_the_export_leave_one_row_that_says_so(tmp_path: Path) -> None:
    (row,) = nameless(tmp_path, asked(3, [BO], latest_reply=ts(90)))
    assert (row.kind, row.thread, row.in_reply_to) == (Kind.REPLY, ROOT, ROOT)
    assert (row.happened_at, row.at_precision) == (BORN, AtPrecision.NOT_BEFORE)
    assert (row.length, row.text_hash, row.towards) == (None, None, None)


def test_of_a_single_reply_it_is_known_when_it_came(tmp_path: Path) -> None:
    (row,) = nameless(tmp_path, asked(1, [BO], latest_reply=ts(90)))
    assert (row.happened_at, row.at_precision) == (BORN + 90, AtPrecision.EXACT)


def test_replies_that_came_leave_no_row_even_on_another_day(tmp_path: Path) -> None:
    later = {"general/2023-11-16.json": [said(BO, 86_400, thread_ts=ts(0))]}
    assert nameless(tmp_path, asked(2), said(CY, 5, thread_ts=ts(0)), **later) == []
    assert len(nameless(tmp_path, asked(3), said(CY, 5, thread_ts=ts(0)), **later)) == 1


@pytest.mark.parametrize("users", [[AN], [BOT["id"]], [AN, BOT["id"]]])
def test_only_the_author_and_bots_replied_so_nobody_else_did(
    tmp_path: Path, users: list[str]
) -> None:
    assert nameless(tmp_path, asked(2, users)) == []


def test_a_full_list_of_those_who_replied_may_leave_others_out(tmp_path: Path) -> None:
    assert len(nameless(tmp_path, asked(9, [AN, BOT["id"], AN, AN, AN]))) == 1


@pytest.mark.parametrize("count", [0, -1, "3", None, True, [3]])
def test_what_is_no_count_of_replies_says_nothing(tmp_path: Path, count: Any) -> None:
    rows = nameless(tmp_path, {**said(AN, 0), "thread_ts": ts(0), "reply_count": count})
    assert len(rows) == (count is True)


def test_reactions_of_people_who_are_counted_and_not_named_are_seen(tmp_path: Path) -> None:
    cut = [{"name": "+1", "users": [], "count": 3}]
    (row,) = nameless(tmp_path, said(AN, 0, reactions=cut), said(BO, 1, reactions=None))
    assert (row.kind, row.record, row.in_reply_to) == (Kind.REACTION, ROOT, ROOT)
    assert (row.at_precision, row.emoji) == (AtPrecision.NOT_BEFORE, None)


def test_reactions_all_of_whom_are_named_leave_no_row(tmp_path: Path) -> None:
    whole = [{"name": "+1", "users": [BO, CY], "count": 2}, {"name": "x", "users": [BO]}]
    assert nameless(tmp_path, said(AN, 0, reactions=whole)) == []


def test_what_was_deleted_shows_that_somebody_was_there(tmp_path: Path) -> None:
    gone = said("USLACKBOT", 9, "deleted", subtype="tombstone", thread_ts=ts(0))
    (row,) = nameless(tmp_path, asked(1), gone)
    assert (row.kind, row.place, row.thread) == (Kind.ADMIN, GENERAL, ROOT)
    assert (row.happened_at, row.at_precision) == (BORN + 9, AtPrecision.EXACT)


def huddle(*people: str) -> dict[str, Any]:
    room = {"participant_history": list(people)}
    return said("USLACKBOT", 9, "", subtype="huddle_thread", room=room)


def test_a_call_shows_that_somebody_was_there(tmp_path: Path) -> None:
    (row,) = nameless(tmp_path, said(AN, 0), huddle(BO, AN))
    assert (row.kind, row.place, row.happened_at) == (Kind.ADMIN, GENERAL, BORN + 9)
    assert len(nameless(tmp_path / "untold", said(AN, 0), huddle())) == 1


def test_who_was_alone_in_a_call_is_nobody_else(tmp_path: Path) -> None:
    assert nameless(tmp_path, said(AN, 0), huddle(AN)) == []


def test_bringing_the_missing_replies_in_later_changes_no_other_record(tmp_path: Path) -> None:
    before = gather(folder_of(export([asked(1)]), tmp_path / "before"))
    both = [asked(1), said(BO, 5, thread_ts=ts(0))]
    after = gather(folder_of(export(both), tmp_path / "after"))
    told = {record.key: record.content for record in before.counted}
    assert {r.key: r.content for r in after.counted if r.key in told} == told
