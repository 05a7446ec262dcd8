"""Measures of a segment: which can be taken of some of the people alone, and what that means."""

from __future__ import annotations

from jibungoto.ledger.words import Words
from jibungoto.understand.catalogue import CATALOGUE

WHOLE_ONLY = frozenset(
    {
        *("identity_coverage", "staff_share", "staff_start_share", "reach_total"),
        *("events_held", "event_gap", "rsvps", "rsvps_per_event", "seat_use"),
    }
)
"""Measures that speak of sources, of staff, of events, or of heads nobody has a name for."""

MEANING = Words(
    "今このセグメントに当てはまる人だけを数えた値です。過去の月も、同じ人たちについて数えています。"
    "返信した相手や集まった人には、セグメントの外の人も含みます。",
    "Only the people who fit the segment today are counted, and of earlier months the same "
    "people. Whom they answered or drew in may be anybody.",
)
"""What a page says beside a value of a segment."""

WHOLE_WHY = Words(
    "この指標は、データ元・スタッフ・イベント・名前の分からない人数についての値です。一部の人だけには"
    "絞れないので、全体の値を示します。",
    "This measure speaks of sources, of staff, of events, or of heads nobody has a name for. It "
    "cannot be taken of some of the people, so this is the value of the whole community.",
)
"""Why a measure is shown of the whole all the same."""


def may_be_scoped(key: str) -> bool:
    """Say whether a measure can be taken of the people of a segment alone."""
    return key not in WHOLE_ONLY and any(measure.key == key for measure in CATALOGUE)
