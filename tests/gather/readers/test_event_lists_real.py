"""What event services and a real archive hold, as they were published: the figures hold exactly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jibungoto.gather.readers.connpass import ConnpassReader
from jibungoto.gather.readers.doorkeeper import DoorkeeperReader
from jibungoto.gather.readers.luma import LumaReader
from jibungoto.gather.readers.meetup import MeetupReader
from jibungoto.gather.readers.peatix import PeatixReader
from jibungoto.ledger.initiative import InitiativeKind, Mode
from jibungoto.ledger.kinds import Kind
from tests.gather.lists_made import CHOSEN, read_with, told
from tests.gather.made import Gathered

pytestmark = pytest.mark.real_inputs


def real(name: str) -> Path:
    return Path(os.environ["JIBUNGOTO_REAL_INPUTS"]) / name


@pytest.fixture(scope="module")
def archive() -> Gathered:
    return read_with(MeetupReader(), real("meetup-rladies"))


def test_the_archive_of_chapters_is_in_whole(archive: Gathered) -> None:
    assert (archive.read, len(archive.counted), archive.repeated) == (1_123, 1_123, 0)
    assert (archive.refusals, archive.left_out, archive.activities) == ([], [], [])
    events = [one for one in archive.initiatives if one.kind is InitiativeKind.EVENT]
    assert (len(events), sum(one.is_cancelled for one in events)) == (1_123, 39)
    groups = {one.key for one in archive.initiatives if one.kind is InitiativeKind.SERIES}
    assert {one.series for one in events} == groups
    assert len(groups) == 106


def test_the_archives_head_counts_and_days(archive: Gathered) -> None:
    events = [one for one in archive.initiatives if one.kind is InitiativeKind.EVENT]
    assert sum(one.counts.registered or 0 for one in events) == 24_682
    assert sum(one.counts.waiting or 0 for one in events) == 1_055
    assert sum(one.mode is Mode.ONLINE for one in events) == 2
    assert min(one.starts_at or 0 for one in events) == 1_351_731_600
    assert str(archive.reading.covered_until) == "2018-12-24"


def test_connpass_answers_are_in_whole() -> None:
    found = read_with(ConnpassReader(), real("formats/connpass_api_v2"))
    assert (found.read, len(found.counted), found.repeated) == (7, 4, 3)
    assert [act.kind for act in found.activities] == [Kind.ARTICLE, Kind.START]
    assert (len(found.handles), found.refusals) == (1, [])


def test_doorkeepers_answers_are_in_whole() -> None:
    found = read_with(DoorkeeperReader(), real("formats/doorkeeper_api"))
    assert (found.read, found.repeated, found.refusals) == (37, 4, [])
    events = [one for one in found.initiatives if one.kind is InitiativeKind.EVENT]
    assert sum(one.mode is Mode.ONLINE for one in events) == 21
    assert all(one.counts.registered is not None for one in events)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("connpass_gen1_2019_shift_jis_2004.csv", 1),
        ("connpass_gen2_2023_header_only_cp932.csv", 0),
        ("connpass_gen3_2025_header_prefix_utf8.csv", 0),
    ],
)
def test_the_headings_of_three_generations_of_connpass(name: str, read: int) -> None:
    found = read_with(ConnpassReader(), real("formats/transcribed") / name)
    assert (found.read, len(found.counted), found.refusals) == (read, read, [])


@pytest.mark.parametrize(
    "name", ["luma_guests_header_2025_utf8sig.csv", "luma_guests_header_2026_utf8.csv"]
)
def test_the_headings_of_two_generations_of_luma(name: str) -> None:
    assert read_with(LumaReader(), real("formats/transcribed") / name).read == 0


@pytest.mark.parametrize(
    "name", ["meetup_event_attendees_header.tsv", "meetup_member_list_header.xls_is_tsv.tsv"]
)
def test_the_headings_of_meetups_lists(name: str) -> None:
    assert read_with(MeetupReader(), real("formats/transcribed") / name).read == 0


def test_a_list_close_to_peatixs_own() -> None:
    name = "formats/transcribed/peatix_attendee_list_from_public_test_utf8.csv"
    found = read_with(PeatixReader(), real(name), CHOSEN)
    assert told(found) == [("registration", "u1"), ("registration", "u2")]
