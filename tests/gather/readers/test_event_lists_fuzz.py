"""Whatever is done to an event service's files, the sum holds and only Problems come out."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jibungoto.gather.reader import Choices, Reader, Reading
from jibungoto.gather.readers.connpass import ConnpassReader
from jibungoto.gather.readers.doorkeeper import DoorkeeperReader
from jibungoto.gather.readers.luma import LumaReader
from jibungoto.gather.readers.meetup import MeetupReader
from jibungoto.gather.readers.peatix import PeatixReader
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.problems import Problem
from tests.gather.lists_made import CHOSEN, SPRING, table_of, workbook_of
from tests.gather.made import Gathered, as_bytes, concealed, folder_of
from tests.gather.readers import test_connpass as connpass
from tests.gather.readers import test_connpass_api as connpass_api
from tests.gather.readers import test_doorkeeper as doorkeeper
from tests.gather.readers import test_luma as luma
from tests.gather.readers import test_meetup as meetup
from tests.gather.readers import test_peatix as peatix

PRESENTATION = {
    "presenter": {"nickname": "taro"},
    "url": "https://slides.example.jp/1",
    "presentation_type": "slide",
    "created_at": "2026-04-20T10:00:00+09:00",
}
EXPORTS: dict[str, tuple[Reader, dict[str, Any]]] = {
    "connpass": (
        ConnpassReader(),
        {
            "event_4410_participants.csv": connpass.listed(
                connpass.HANA, connpass.TARO, connpass.KEN
            ).encode("cp932"),
            "event_7_participants.csv": connpass.listed(connpass.HANA, connpass.KEN).encode(),
            "events.json": connpass_api.answer("events", connpass_api.event(7)),
            "groups.json": connpass_api.answer("groups", connpass_api.GROUP),
            "people.json": connpass_api.answer("users", {"nickname": "hana"}),
            "event_7_presentations.json": connpass_api.answer("presentations", PRESENTATION),
        },
    ),
    "doorkeeper": (
        DoorkeeperReader(),
        {
            "events.json": [doorkeeper.event(), doorkeeper.event(7)],
            "x-tickets-7.xlsx": doorkeeper.sheet(doorkeeper.HANA, doorkeeper.TARO),
        },
    ),
    "luma": (LumaReader(), {"guests.csv": luma.listed(luma.HANA, luma.TARO).encode()}),
    "meetup": (
        MeetupReader(),
        {
            "events.json": [meetup.event(), meetup.event("2")],
            "Spring_85320382.xls": meetup.tabbed(
                meetup.ATTENDEES, meetup.attendee("Ann", "101", "Yes", "Y")
            ),
            "members.xls": meetup.tabbed(meetup.MEMBERS, meetup.ANN, meetup.BOB),
        },
    ),
    "peatix": (
        PeatixReader(),
        {
            "list.csv": table_of(peatix.HEADINGS, peatix.HANA, peatix.TARO).encode(),
            "list.xlsx": workbook_of({"x": [peatix.HEADINGS, peatix.HANA]}),
        },
    ),
}
BY_NAME = pytest.mark.parametrize("name", sorted(EXPORTS))
PIECES = st.sampled_from(
    [
        b'"',
        b",",
        b"\n",
        b"\r",
        b"\t",
        b"\0",
        b"\xff",
        b"{",
        b"]",
        b"null",
        b"-1",
        b"1e309",
        b"\\ud800",
    ]
) | st.binary(min_size=1, max_size=4)


@st.composite
def mutilated(draw: st.DrawFn, files: dict[str, Any]) -> dict[str, bytes]:
    """Return an export of which some files have lost, changed or gained some bytes."""
    made = {name: as_bytes(content) for name, content in files.items()}
    for name in draw(st.lists(st.sampled_from(sorted(made)), min_size=1, max_size=3)):
        content = bytearray(made[name])
        for _ in range(draw(st.integers(0, 6))):
            at = draw(st.integers(0, max(len(content) - 1, 0)))
            content[at : at + draw(st.integers(0, 3))] = draw(PIECES)
        end = draw(st.one_of(st.none(), st.integers(0, len(content))))
        made[name] = bytes(content[:end])
    return made


def check(reader: Reader, path: Path, choices: Choices) -> None:
    found = Gathered(Reading())
    try:
        with open_export(path) as export:
            reader.recognises(export)
            found.batches.extend(
                reader.read(export, conceal=concealed, choices=choices, reading=found.reading)
            )
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
    assert {act.actor for act in found.activities if act.actor} <= known
    assert found.entries == len(list(path.iterdir()))
    json.dumps([[act.key, act.place, act.url] for act in found.activities]).encode()
    json.dumps([[one.outside_id, one.name] for one in found.handles]).encode()
    assert all(0 <= act.happened_at < 1 << 33 for act in found.activities)


@BY_NAME
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_mutilated_export_is_read_as_far_as_it_goes(name: str, data: st.DataObject) -> None:
    reader, files = EXPORTS[name]
    choices = replace(CHOSEN, events={SPRING.key: SPRING})
    with tempfile.TemporaryDirectory() as folder:
        made = data.draw(mutilated(files))
        check(reader, folder_of(made, Path(folder) / "export"), choices)


@BY_NAME
def test_the_untouched_export_is_read_whole(name: str) -> None:
    reader, files = EXPORTS[name]
    choices = Choices(events={SPRING.key: SPRING})
    choices = choices if name in {"connpass", "doorkeeper", "meetup"} else CHOSEN
    with tempfile.TemporaryDirectory() as folder:
        path = folder_of(files, Path(folder) / "export")
        found = Gathered(Reading())
        with open_export(path) as export:
            assert [one for one, (other, _) in EXPORTS.items() if other.recognises(export)] == [
                name
            ]
            if name == "peatix":  # Two lists at once would each need an event of their own.
                return
            found.batches.extend(
                reader.read(export, conceal=concealed, choices=choices, reading=found.reading)
            )
        assert (found.refusals, found.left_out) == ([], [])
