"""Runs one import, or its undoing, in a process that dies at the nth thing it does.

Called as ``python killed_import.py N HOME EXPORT`` (or ``N HOME undo``); things are done to disk or
database. N = 0 lets it live and prints how many such moments there were. Patches the operating
system's face, not ours.
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jibungoto.records.models import CommunityRow

die_at = int(sys.argv[1])
moments = itertools.count(1)


def moment() -> int:
    """One more thing is about to happen to disk or database; die here if it is the nth."""
    number = next(moments)
    if number == die_at:
        os._exit(9)
    return number


def before(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with a moment before and after it."""

    def run(*arguments: Any, **named: Any) -> Any:
        moment()
        answer = function(*arguments, **named)
        moment()
        return answer

    return run


def main() -> None:
    """Open the home, arm every moment, import."""
    from jibungoto.desk.house.open import open_home

    home, export = Path(sys.argv[2]), Path(sys.argv[3])
    open_home(home)
    from django.db import connection
    from django.db.backends.base.base import BaseDatabaseWrapper

    from jibungoto.desk.house.begin import Beginning, begin
    from jibungoto.records.models import CommunityRow

    community = CommunityRow.objects.first() or begin(Beginning("c", zone="UTC"))
    # Keys of reactions hold pseudonyms: with one key for all homes their logs can be compared.
    CommunityRow.objects.update(key="0" * 64)
    community.refresh_from_db()
    for name in ("fsync", "replace", "mkdir", "open"):
        setattr(os, name, before(getattr(os, name)))
    BaseDatabaseWrapper._commit = before(BaseDatabaseWrapper._commit)  # type: ignore[attr-defined]  # private, and the very moment meant

    def writes(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.lstrip().upper().startswith("SELECT"):
            moment()
        return execute(sql, *rest)

    with connection.execute_wrapper(writes):
        state = undone(community) if sys.argv[3] == "undo" else brought_in(community, export)
    print(moment() - 1, state)


def brought_in(community: CommunityRow, export: Path) -> str:
    """Bring the export in; return the state of its intake."""
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.gather.carry_out import carry_out
    from jibungoto.desk.gather.claim import claimed
    from jibungoto.desk.gather.queue import bring_in

    claim = claimed(bring_in(administrator(community), export))
    assert claim is not None
    return carry_out(claim).state


def undone(community: CommunityRow) -> str:
    """Ask for the first intake to be undone, as far as nobody has, and carry it out."""
    from jibungoto.desk.acting import administrator
    from jibungoto.desk.gather.change import forget_abandoned
    from jibungoto.desk.gather.undo import ask_to_undo, undo_next
    from jibungoto.records.models import IntakeState

    intake = community.intakes.get(number=1)
    if intake.state == IntakeState.IN:
        ask_to_undo(administrator(community), intake.number)
    undo_next()
    forget_abandoned()
    intake.refresh_from_db()
    return intake.state


if __name__ == "__main__":
    main()
