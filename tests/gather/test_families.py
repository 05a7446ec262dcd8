"""Every source has a family, and a family has its place on pages."""

from __future__ import annotations

from jibungoto.gather.families import FAMILIES, Family, family_of
from jibungoto.gather.recognise import READERS
from jibungoto.ledger.source import SOURCE_NAMES


def test_every_source_that_can_be_read_has_a_family() -> None:
    assert set(FAMILIES) == set(SOURCE_NAMES) == {reader.source.key for reader in READERS}


def test_a_source_nobody_placed_counts_as_a_table() -> None:
    assert family_of("carrier_pigeon") is Family.TABLE
    assert [family.words.en for family in Family] == [
        "Conversation",
        "Events",
        "Works",
        "Other tables",
    ]
