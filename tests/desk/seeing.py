"""What a community's log and names look like, without numbers that only count intakes."""

from __future__ import annotations

from jibungoto.desk.acting import Acting
from jibungoto.desk.gather.current import current_log
from jibungoto.engine import relations
from jibungoto.engine.log import opened
from jibungoto.records.models import HandleRow, InitiativeRow

Row = tuple[object, ...]


def log_of(acting: Acting) -> dict[str, list[Row]]:
    """Return all rows of the current log, sorted; an undone log and an empty one are equal."""
    current = current_log(acting.community)
    if current is None:
        return {"activity": [], "tie": []}
    rows = {}
    with opened(current[1]) as con:
        for name, columns in (("activity", relations.ACTIVITY), ("tie", relations.TIE)):
            named = ", ".join(f'"{column}"' for column in columns if column != "intake")
            found: list[Row] = con.execute(f"select {named} from {name}").fetchall()
            rows[name] = sorted(found, key=repr)
    return rows


def names_of(acting: Acting) -> dict[str, list[Row]]:
    """Return all handles and initiatives, sorted."""
    handles = HandleRow.objects.filter(community=acting.community).values_list(
        "source", "actor", "name", "display_name", "email", "is_bot", "is_deleted", "person__name"
    )
    initiatives = InitiativeRow.objects.filter(community=acting.community).values_list(
        "key", "name", "kind", "started_by", "started_at", "is_default", "tag"
    )
    return {
        "handles": sorted((tuple(row) for row in handles), key=repr),
        "initiatives": sorted((tuple(row) for row in initiatives), key=repr),
    }
