"""Whatever is done to an export, the sum holds, keys stay unique, and only Problems come out."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jibungoto.ledger.problems import Problem
from tests.gather.made import as_bytes, folder_of, gather, zip_of
from tests.gather.slack_made import AN, BO, BORN, CY, DAY, GENERAL, channel, export, said, ts

ODD: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["", "\x00", "-1", "1e309", "99999999999", "../../x", "=1+1", ts(1), AN, "é"]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)


def whole() -> dict[str, Any]:
    return export(
        [
            said(AN, 1, thread_ts=ts(1), reactions=[{"name": "+1", "users": [BO], "count": 1}]),
            said(BO, 2, f"<@{CY}> ですか", thread_ts=ts(1), parent_user_id=AN),
            said(BO, 3, subtype="thread_broadcast", thread_ts=ts(1), root={"user": AN}),
            said(CY, 4, subtype="channel_join"),
            said(CY, 5, subtype="tombstone"),
            {"subtype": "message_deleted", "ts": ts(6), "deleted_ts": ts(2)},
            {"subtype": "bot_message", "ts": ts(7), "bot_id": "B00000001", "text": "x"},
            {"subtype": "file_comment", "ts": ts(8), "comment": {"user": AN, "comment": "y"}},
        ],
        **{
            f"talk/{DAY}": [said(AN, 9), said(AN, 9), said(BO, 1)],
            f"lost/{DAY}": [said(AN, 9), said(CY, 1, thread_ts=ts(0))],
            f"D0000000001/{DAY}": [said(AN, 1)],
            "groups.json": [channel("G00000000P", "core", BORN)],
            f"core/{DAY}": [said(AN, 1)],
            "flat.json": [said(AN, 11), said(BO, 12)],
        },
    )


def spots_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value inside a value."""
    found = [path] if path else []
    if isinstance(value, dict):
        inside: list[tuple[Any, Any]] = list(value.items())
    else:
        inside = list(enumerate(value)) if isinstance(value, list) else []
    for key, one in inside:
        found += spots_in(one, (*path, key))
    return found


def put(value: Any, path: tuple[Any, ...], odd: Any) -> None:
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = odd


@st.composite
def mutilated(draw: st.DrawFn) -> dict[str, Any]:
    files = whole()
    for _ in range(draw(st.integers(1, 4))):
        spots = spots_in(files)
        put(files, draw(st.sampled_from(spots)), draw(ODD))
    for name in draw(st.lists(st.sampled_from(sorted(files)), max_size=2)):
        content = bytearray(as_bytes(files[name]))
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, max(len(content) - 1, 0)))
            content[at : at + 1] = draw(st.binary(max_size=4))
        files[name] = bytes(content[: draw(st.integers(0, len(content)))])
    return files


def check(path: Path) -> None:
    try:
        found = gather(path)
    except Problem as problem:
        assert problem.what.ja and problem.next_step.en
        return
    assert found.accounted == found.read
    keys = [activity.key for activity in found.activities]
    assert len(keys) == len(set(keys))
    records = [record.key for record in found.records]
    assert len(records) == len(set(records))
    assert {activity.record for activity in found.activities} <= set(records)
    known = {handle.actor for handle in found.handles}
    assert {a.actor for a in found.activities if a.actor} <= known
    assert {t.to_actor for t in found.ties if t.to_actor} <= known
    json.dumps([[a.key, a.emoji, a.hosts, a.place] for a in found.activities]).encode()
    assert all(0 <= a.happened_at < 1 << 33 for a in found.activities)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutilated())
def test_a_mutilated_export_is_read_as_far_as_it_goes(files: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check(folder_of(files, Path(folder)))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_mutilated_zip_is_read_as_far_as_it_goes(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = zip_of(whole(), Path(folder) / "export.zip")
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 6))):
            at = data.draw(st.integers(0, len(content) - 1))
            content[at] = data.draw(st.integers(0, 255))
        path.write_bytes(content[: data.draw(st.integers(0, len(content)) | st.none())])
        check(path)


def test_the_untouched_export_is_read_whole() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = gather(folder_of(whole(), Path(folder)))
    assert found.refusals == []
    assert {a.place for a in found.activities} == {GENERAL, "C00000000T", "name:lost", "name:flat"}
