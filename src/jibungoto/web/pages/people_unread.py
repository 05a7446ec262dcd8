"""What an address asks of the list of people and no filter knows: it is said, not passed over."""

from __future__ import annotations

from django.http import QueryDict

from jibungoto.understand.segments import Segment
from jibungoto.web.pages.segments_filter import YES_OR_NO

_SHOWN = 40
_FREE = frozenset({"q", "segment", "source", "organisation", "page", "keep"})
"""What takes any words: who is not found by them is told as such."""


def unread(asked_for: QueryDict, *, more: Segment, **read: str) -> list[str]:
    """Return the parts of an address that narrow nothing, as they were written, each once.

    ``read`` is what was read of the filters of one value, ``more`` of all further ones.
    """
    taken = _further(asked_for, more)
    taken |= {name: (value,) for name, value in read.items()}
    parts = (
        f"{name}={value}"[:_SHOWN]
        for name, values in asked_for.lists()
        for value in values
        if value.strip() and name not in _FREE and value not in taken.get(name, ())
    )
    return list(dict.fromkeys(parts))


def _further(asked_for: QueryDict, more: Segment) -> dict[str, tuple[str, ...]]:
    """Return by the name of each further filter what was read of it, as the address writes it."""
    yes_or_no = {value: name for name, value in YES_OR_NO.items()}
    return {
        "stages": more.stages,
        "from": tuple(asked_for.getlist("from")) if more.seen_from else (),
        "before": tuple(asked_for.getlist("before")) if more.seen_before else (),
        "new": (str(more.new_days or ""),),
        "recent": (str(more.recent_days or ""),),
        "attended": ("" if more.attended is None else yes_or_no[more.attended],),
        "moved": (more.moved,),
        "came": (more.came_to,),
        "counted": (more.counted,),
        "started": ("" if more.started is None else yes_or_no[more.started],),
    }
