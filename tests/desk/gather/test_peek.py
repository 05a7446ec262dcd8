"""What is looked at of an export before it comes in: in which time zone its people live."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather import queue
from jibungoto.desk.gather.carry_out import carry_out
from jibungoto.desk.gather.claim import claimed
from jibungoto.desk.gather.peek import zone_of, zones_told
from jibungoto.gather.batch import Batch
from jibungoto.gather.reader import Choices, Conceal, Reading
from jibungoto.gather.shelves.export import Export, open_export
from jibungoto.ledger.source import SourceKind
from jibungoto.ledger.words import Words
from tests.desk.making import ROOT, maps_export, post
from tests.gather import discord_made, zulip_made
from tests.gather.made import folder_of


class Endless:
    """A reader of an export without end, whose people live nowhere."""

    source = SourceKind("endless", Words("果てしない", "Endless"))

    def recognises(self, export: Export) -> bool:
        return True

    def read(
        self, export: Export, *, conceal: Conceal, choices: Choices, reading: Reading
    ) -> Iterator[Batch]:
        while True:
            yield Batch(read=1)


def test_a_list_of_people_says_where_they_live(tmp_path: Path) -> None:
    folder = folder_of(zulip_made.export(zulip_made.said(1, zulip_made.AN)), tmp_path / "zulip")
    with open_export(folder) as export:
        assert zone_of(export) == "Asia/Tokyo"


def test_where_nobody_says_it_the_machine_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Oslo")
    channel = discord_made.channel(discord_made.said(1, discord_made.AN))
    with open_export(folder_of({"hall.json": channel}, tmp_path / "discord")) as export:
        assert zone_of(export) == "Europe/Oslo"


def test_to_know_it_an_export_is_not_read_to_its_end(tmp_path: Path) -> None:
    with open_export(maps_export(tmp_path / "any", [])) as export:
        assert zones_told(Endless(), export) == {}


def test_an_export_that_was_looked_at_comes_in_without_being_opened_again(
    acting: Acting, tmp_path: Path
) -> None:
    folder = maps_export(tmp_path / "maps", [post(ROOT)])
    with open_export(folder) as export:
        assert zone_of(export)
        late = json.dumps([post("1700092800.000000")])
        (folder / "maps" / "2023-11-15.json").write_text(late)  # opened again, it would be found
        claim = claimed(queue.bring_in(acting, folder))
        assert claim is not None
        row = carry_out(claim, opened=export)
    assert (row.state, row.read) == ("in", 1)
