"""Looking at an export before it comes in: which source it is, and where its people live."""

from __future__ import annotations

import os
from pathlib import Path

from jibungoto.gather.reader import Choices, Reader, Reading, TellsZones
from jibungoto.gather.recognise import recognise
from jibungoto.gather.shelves.export import Export, open_export
from jibungoto.ledger.problems import Undecided


def zone_of(path: Path) -> str:
    """Return the commonest time zone of an export's people, else the machine's, else UTC."""
    with open_export(path) as export:
        reader = recognise(export)
        if isinstance(reader, TellsZones):
            zones = reader.zones_in(export)
        else:
            zones = _zones_met(reader, export)
    if zones:
        return max(sorted(zones), key=lambda zone: zones[zone])
    return _zone_of_machine()


def _zones_met(reader: Reader, export: Export) -> dict[str, int]:
    """Return the zones a reader meets until it names some."""
    reading = Reading()
    batches = reader.read(
        export, conceal=lambda outside_id: outside_id, choices=Choices(), reading=reading
    )
    try:
        for _ in batches:
            if reading.zones:
                break
    except Undecided:  # a person is asked when it comes in; until then nobody's zone is known
        pass
    return reading.zones


def _zone_of_machine() -> str:
    named = os.environ.get("TZ", "").lstrip(":")
    if named:
        return named
    try:
        target = os.readlink("/etc/localtime")
    except OSError:
        return "UTC"
    return target.partition("zoneinfo/")[2] or "UTC"
