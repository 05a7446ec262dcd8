"""What a reader hands out while it reads: records, and the activities and names in them."""

from __future__ import annotations

import msgspec

from jibungoto.ledger.accounting import LeftOut, Refusal
from jibungoto.ledger.activity import Activity, Tie
from jibungoto.ledger.initiative import Initiative
from jibungoto.ledger.person import Handle


class Record(msgspec.Struct, frozen=True, gc=False):
    """One record of an export that was read.

    ``content`` is a 63-bit digest of what the log keeps of it: equal digests mean unchanged.
    ``filed_at`` (UTC seconds) says under which month the record is filed. It must follow from
    ``key`` alone, so that a later version of the record is found in the same month.
    ``is_counted`` is False for facts that are no record of the export's own (a channel's
    creation in a list of channels). ``is_tombstone`` says: what was known under this key is gone.
    """

    key: str
    content: int
    filed_at: int
    is_counted: bool = True
    is_tombstone: bool = False


class Batch(msgspec.Struct):
    """What a reader found since its last batch.

    ``read`` counts the export's records of this batch; ``repeated`` those of them that are second
    copies inside this delivery. Counted records + repeated + left_out + refused = read.
    ``entries`` is how many of the export's files this batch finished, for progress.
    """

    read: int = 0
    repeated: int = 0
    entries: int = 0
    records: list[Record] = []
    activities: list[Activity] = []
    ties: list[Tie] = []
    handles: list[Handle] = []
    initiatives: list[Initiative] = []
    left_out: list[LeftOut] = []
    refusals: list[Refusal] = []
