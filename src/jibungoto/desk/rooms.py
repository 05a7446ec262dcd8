"""The rooms that Today asks what needs a decision; Today itself knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jibungoto.desk.acting import Acting
from jibungoto.desk.explain import rhythm
from jibungoto.desk.plan import due
from jibungoto.desk.sustain import alerts
from jibungoto.desk.understand.today import Decision

ASKED: tuple[Callable[[Acting], Iterable[Decision]], ...] = (
    due.decisions,
    alerts.decisions,
    rhythm.decisions,
)
"""In the order in which their answers stand on the page."""
