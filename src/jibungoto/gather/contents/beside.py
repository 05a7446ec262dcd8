"""Files that lie beside an export: each is named, and none of them is a record of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jibungoto.gather.batch import Batch
from jibungoto.gather.shelves.complaints import spelled
from jibungoto.ledger.accounting import LeftOut
from jibungoto.ledger.words import Words

_MOST_NAMED = 50
_ABOUT_ITSELF = re.compile(r"(?:\.|readme|licen[cs]e|thumbs\.db|desktop\.ini)", re.IGNORECASE)

ANOTHERS = Words(
    "ほかのファイルと同じデータ元のものではないため読み取りません。必要なら単独で渡してください。",
    "It is not of the same source as the other files, so it is not read. "
    "If it should be, hand it in alone.",
)
_MORE_OF_THEM = Words(
    "ほかにも {count:,} 個のファイルを、このデータ元のものではないため読み取りません。",
    "{count:,} more files are not of this source, so they are not read.",
)


def put_beside(batch: Batch, paths: Sequence[str]) -> None:
    """Name files that lie beside an export and hold none of its records; they count as none."""
    named = [path for path in paths if not _ABOUT_ITSELF.match(path.rpartition("/")[2])]
    for path in named[:_MOST_NAMED]:
        batch.left_out.append(LeftOut(spelled(path), ANOTHERS, 0))
    more = named[_MOST_NAMED:]
    if more:
        reason = _MORE_OF_THEM.filled(count=len(more))
        batch.left_out.append(LeftOut(f"{spelled(more[0])} …", reason, 0))
