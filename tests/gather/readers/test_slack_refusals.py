"""What cannot be read is named by file and record, and everything else is in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jibungoto.gather.readers import slack_files
from jibungoto.gather.readers import slack_words as words
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.words import Words
from tests.gather.made import Gathered, as_bytes, folder_of, gather, zip_of
from tests.gather.slack_made import AN, BO, DAY, GENERAL, export, said, ts

FILE = f"general/{DAY}"


def read(content: Any, tmp_path: Path) -> Gathered:
    files = export(**{FILE: content, "general/2023-11-16.json": [said(BO, 90_000)]})
    found = gather(folder_of(files, tmp_path / "export"))
    assert found.accounted == found.read
    assert found.of_kind(Kind.MESSAGE)[-1].key == f"{GENERAL}/{ts(90_000)}"
    return found


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"user": AN, "text": "no ts"}, words.NO_DATE),
        ({"user": AN, "ts": "yesterday"}, words.NO_DATE),
        ({"user": AN, "ts": ["1"]}, words.NO_DATE),
        ({"user": AN, "ts": None}, words.NO_DATE),
        ({"user": AN, "ts": "99999999999.000000"}, words.ABSURD_DATE),
        ({"user": AN, "ts": "20000000000.000000"}, words.ABSURD_DATE),
        ({"user": AN, "ts": 20000000000.5}, words.ABSURD_DATE),
        ({"user": AN, "ts": "12.5"}, words.ABSURD_DATE),
        ({"user": AN, "ts": -1e300}, words.ABSURD_DATE),
        ({"user": AN, "ts": ts(1), "thread_ts": "x"}, words.NO_DATE),
        ({"ts": ts(1), "text": "by nobody"}, words.NO_AUTHOR),
        ({"user": "<script>", "ts": ts(1)}, words.NO_AUTHOR),
        ({"user": {"id": AN}, "ts": ts(1)}, words.NOT_A_RECORD),
        ({"user": AN, "ts": ts(1), "reactions": "many"}, words.NOT_A_RECORD),
        ("a text", words.NOT_A_RECORD),
        (None, words.NOT_A_RECORD),
        ([[]], words.NOT_A_RECORD),
    ],
)
def test_a_broken_record_is_refused_and_its_neighbours_are_in(
    tmp_path: Path, broken: object, reason: Words
) -> None:
    found = read([said(AN, 1), broken, said(BO, 2)], tmp_path)
    assert [(one.place, one.reason, one.records) for one in found.refusals] == [
        (f"{FILE}, record 2", reason, 1)
    ]
    assert len(found.counted) == 3


def test_a_ts_that_is_a_number_is_read(tmp_path: Path) -> None:
    found = read([{"user": AN, "ts": 1700000001.5, "text": "x"}], tmp_path)
    assert found.counted[0].key == f"{GENERAL}/1700000001.500000"


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b'{"ok": false}', b"[", b"[" * 500_000, b"\xff\xfe[\x00"]
)
def test_a_file_of_which_nothing_is_readable_is_one_refusal(tmp_path: Path, content: bytes) -> None:
    found = read(content, tmp_path)
    assert [(one.place, one.records) for one in found.refusals] == [(FILE, 1)]
    assert found.refusals[0].reason is words.NOT_A_LIST


def test_of_a_file_that_was_cut_off_what_stands_before_is_in(tmp_path: Path) -> None:
    whole = as_bytes([said(AN, 1), said(BO, 2), said(AN, 3)])
    found = read(whole[:-40], tmp_path)
    assert [record.key for record in found.counted[:2]] == [
        f"{GENERAL}/{ts(1)}",
        f"{GENERAL}/{ts(2)}",
    ]
    assert [(one.place, one.reason) for one in found.refusals] == [
        (f"{FILE}, record 3", words.CUT_OFF)
    ]


def test_a_stray_quote_costs_the_message_it_stands_in_alone(tmp_path: Path) -> None:
    content = as_bytes([said(AN, 1), said(BO, 2, "HERE then"), said(AN, 3), said(BO, 4)])
    found = read(content.replace(b"HERE", b'"'), tmp_path)
    kept = {f"{GENERAL}/{ts(second)}" for second in (1, 3, 4)}
    assert kept <= {record.key for record in found.counted}
    assert [(one.place, one.reason) for one in found.refusals] == [
        (f"{FILE}, record 2", words.NOT_A_RECORD)
    ]


def test_a_record_that_is_not_utf8_is_refused_alone(tmp_path: Path) -> None:
    content = as_bytes([said(AN, 1), said(AN, 2, "HERE"), said(AN, 3)])
    found = read(content.replace(b"HERE", "こんにちは".encode("cp932")), tmp_path)
    assert [(one.place, one.reason) for one in found.refusals] == [
        (f"{FILE}, record 2", words.NOT_UTF8)
    ]


def test_a_byte_order_mark_half_a_surrogate_and_nul_are_no_reason_to_refuse(
    tmp_path: Path,
) -> None:
    content = b'\xef\xbb\xbf[{"user": "%s", "ts": "%s", "text": "a\\ud83d b\\u0000"}]'
    found = read(content % (AN.encode(), ts(1).encode()), tmp_path)
    assert found.refusals == []
    assert len(found.counted) == 2


def test_many_broken_records_are_counted_and_only_the_first_are_named(tmp_path: Path) -> None:
    found = read([{"user": AN}] * 1_000, tmp_path)
    assert sum(one.records for one in found.refusals) == 1_000
    assert len(found.refusals) == 51
    assert (found.refusals[-1].place, found.refusals[-1].records) == (FILE, 950)


def test_broken_users_and_channels_are_refused_and_the_others_are_in(tmp_path: Path) -> None:
    files = export([said(AN, 1)])
    files["users.json"] += [{"name": "no id"}, {"id": "<b>"}]
    files["channels.json"] += [{"id": 5}, {"id": "../../etc"}]
    found = gather(folder_of(files, tmp_path))
    assert found.accounted == found.read == 5
    assert sorted(one.place for one in found.refusals) == [
        "channels.json",
        "channels.json, record 3",
        "users.json",
        "users.json, record 5",
    ]


def test_a_damaged_entry_of_a_zip_is_one_refusal_and_the_rest_is_in(tmp_path: Path) -> None:
    files = export([said(AN, 1)], **{f"talk/{DAY}": [said(BO, 2, "MARK")]})
    path = zip_of(files, tmp_path / "e.zip", method=0)
    path.write_bytes(path.read_bytes().replace(b"MARK", b"BARK"))
    found = gather(path)
    assert found.accounted == found.read == 2
    assert [one.place for one in found.refusals] == [f"talk/{DAY}"]
    assert [one.key for one in found.of_kind(Kind.MESSAGE)] == [f"{GENERAL}/{ts(1)}"]


def test_a_very_large_file_is_read_as_a_stream_with_the_same_outcome(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = [said(AN, 1), {"user": AN}, said(BO, 2, thread_ts=ts(1))]
    whole = read(content, tmp_path / "1")
    monkeypatch.setattr(slack_files, "LARGEST_WHOLE", 10)
    streamed = read(content, tmp_path / "2")
    assert streamed.counted == whole.counted
    assert streamed.activities == whole.activities
    assert streamed.refusals == whole.refusals
    zipped = gather(zip_of(export(content), tmp_path / "e.zip"))
    assert zipped.counted == whole.counted[:2]
