"""Small looks behind a page: who an actor is, and what was noted today."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from jibungoto.desk.acting import Acting
from jibungoto.records.models import HandleRow, PersonRow, TouchRow


def people_behind(acting: Acting, actors: Collection[str]) -> dict[str, PersonRow]:
    """Return the person behind each of these actors of the log."""
    handles = HandleRow.objects.filter(community=acting.community, actor__in=actors)
    return {handle.actor: handle.person for handle in handles.select_related("person")}


def noted_on(acting: Acting, day: date) -> tuple[TouchRow, ...]:
    """Return what the team noted on one day, the newest first."""
    rows = TouchRow.objects.filter(person__community=acting.community, day=day)
    return tuple(rows.select_related("person", "by").order_by("-at", "-pk"))
