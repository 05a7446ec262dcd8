"""Read small exports with one reader, and hold what holds for every reader."""

from __future__ import annotations

import json
from pathlib import Path

from jibungoto.gather.reader import Choices, Reader, Reading
from jibungoto.gather.shelves.export import open_export
from jibungoto.ledger.kinds import Kind
from jibungoto.ledger.problems import Problem
from tests.gather.made import Files, Gathered, concealed, folder_of


def read_with(reader: Reader, path: Path, choices: Choices | None = None) -> Gathered:
    """Read what stands at a path to its end with this reader, which must recognise it."""
    gathered = Gathered(Reading())
    with open_export(path) as export:
        assert reader.recognises(export)
        gathered.batches.extend(
            reader.read(
                export,
                conceal=concealed,
                choices=choices or Choices(),
                reading=gathered.reading,
            )
        )
    return gathered


def recognised_by(reader: Reader, path: Path) -> bool:
    with open_export(path) as export:
        return reader.recognises(export)


def read_files(
    reader: Reader, files: Files, folder: Path, choices: Choices | None = None
) -> Gathered:
    """Read files as a folder, and hold what holds for every delivery."""
    found = read_with(reader, folder_of(files, folder), choices)
    check(found)
    return found


def check(found: Gathered) -> None:
    """Hold the accounting sum, the uniqueness of keys, and that everybody is named."""
    assert found.accounted == found.read
    keys = [activity.key for activity in found.activities]
    assert len(keys) == len(set(keys))
    records = {record.key: record for record in found.records}
    assert len(records) == len(found.records)
    known = {handle.actor for handle in found.handles}
    assert len(known) == len(found.handles)
    for act in found.activities:
        assert act.record in records
        filed = act.happened_at if act.filed_at is None else act.filed_at
        assert filed == records[act.record].filed_at
        is_nobodys = act.actor is None and act.kind in {Kind.SPELL, Kind.TAG}
        assert act.actor in known or is_nobodys
        assert 0 <= act.happened_at < 1 << 33
    for tie in found.ties:
        filed = tie.happened_at if tie.filed_at is None else tie.filed_at
        assert filed == records[tie.record].filed_at
        assert {tie.from_actor, tie.to_actor or tie.from_actor} <= known
        assert tie.from_actor != tie.to_actor
    places = {activity.initiative for activity in found.activities if activity.initiative}
    assert places <= {one.key for one in found.initiatives}
    shown = [[a.key, a.place, a.thread, a.in_reply_to, a.hosts, a.url] for a in found.activities]
    shown_names = [[h.name, h.display_name, h.outside_id] for h in found.handles]
    json.dumps([shown, shown_names], ensure_ascii=False).encode()


def check_whatever_it_is(reader: Reader, path: Path, choices: Choices | None = None) -> None:
    """Read what may be anything: only Problems may come out, and the sum must hold."""
    gathered = Gathered(Reading())
    try:
        with open_export(path) as export:
            reader.recognises(export)
            gathered.batches.extend(
                reader.read(
                    export,
                    conceal=concealed,
                    choices=choices or Choices(),
                    reading=gathered.reading,
                )
            )
    except Problem as problem:
        assert problem.what.ja and problem.next_step.en
        return
    check(gathered)


def keys_of(found: Gathered) -> dict[str, int]:
    """Return the keys of everything that was read, and what was kept of each."""
    return {record.key: record.content for record in found.records}
