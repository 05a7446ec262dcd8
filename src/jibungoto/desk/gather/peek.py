"""Looking at an export before it comes in: which source it is, and where its people live."""

from __future__ import annotations

import os
from contextlib import suppress

from jibungoto.gather.reader import Choices, Reader, Reading, TellsZones
from jibungoto.gather.recognise import recognise
from jibungoto.gather.shelves.export import Export
from jibungoto.ledger.problems import Undecided


def zone_of(export: Export) -> str:
    """Return the commonest time zone of an export's people, else the machine's, else UTC."""
    reader = recognise(export)
    zones = (
        reader.zones_in(export) if isinstance(reader, TellsZones) else zones_told(reader, export)
    )
    return max(sorted(zones), key=lambda zone: zones[zone]) if zones else _zone_of_machine()


def zones_told(reader: Reader, export: Export) -> dict[str, int]:
    """Return the zones that a list of people states; it is read before the first batch is out."""
    reading = Reading()
    batches = reader.read(
        export, conceal=lambda outside_id: outside_id, choices=Choices(), reading=reading
    )
    with suppress(Undecided):  # a person is asked when it comes in; nobody's zone is known by then
        next(batches, None)
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
