"""The tables in which the rows of a delivery wait to be written, and how files are made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jibungoto.engine.relations import STORED, STORED_ACTIVITY

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OF_ALL_ACTIVITIES = {
    "setting": "integer",
    "actor": "integer",
    "towards": "integer",
    "mentioned": "integer",
    "hosts": "integer",
    "emoji": "integer",
    "happened_at": "bigint",
    "day": "integer",
    "sequence": "bigint",
    "length": "integer",
    "is_question": "tinyint",
    "text_hash": "bigint",
    "content": "bigint",
    "filed": "integer",
}
HELD: dict[str, dict[str, str]] = {
    "record": {
        "key": "varchar",
        "content": "bigint",
        "is_tombstone": "bigint",
        "is_counted": "bigint",
        "filed": "integer",
    },
    "activity": {
        "key": "varchar",
        "record": "varchar",
        "thread": "varchar",
        "in_reply_to": "varchar",
        "url": "varchar",
        **_OF_ALL_ACTIVITIES,
    },
    "stamped": {
        "before": "integer",
        "ending": "integer",
        "stamp": "bigint",
        "thread": "bigint",
        "parent": "bigint",
        **_OF_ALL_ACTIVITIES,
    },
    "tie": {
        "key": "varchar",
        "record": "varchar",
        "kind": "varchar",
        "from_actor": "integer",
        "to_actor": "integer",
        "happened_at": "bigint",
        "day": "integer",
        "filed": "integer",
    },
}
"""The columns of each table of rows that wait; a value that recurs is the number of its label.

``stamped`` are activities whose keys are made of times, which wait as numbers, too.
"""

_TERMS = {
    "source": "'{source}'",
    "intake": "{intake}",
    "version": "1",
    "month": "filed",
    "happened_at": "make_timestamp(held.happened_at * 1000000)",
    "day": "date '1970-01-01' + held.day",
}
_ACTIVITY = _TERMS | {
    "record": "nullif(held.record, held.key)",
    "kind": "setting.kind",
    "at_precision": "setting.at_precision",
    "place": "setting.place",
    "initiative": "setting.initiative",
    "visibility": "setting.visibility",
    "actor": "actor.actor",
    "towards": "towards.actor",
    "mentioned": "mentioned.mentioned",
    "hosts": "hosts.hosts",
    "emoji": "emoji.emoji",
    "length": "nullif(held.length, -1)",
    "is_question": "nullif(held.is_question, -1)",
    "text_hash": "nullif(held.text_hash, -1)",
    "content": "nullif(held.content, -1)",
}


def _stamped(time: str) -> str:
    """Return SQL for the pieces of a key that a time makes, without its ending."""
    digits = f"cast(held.{time} as varchar)"
    return f"before.before, left({digits}, 10), '.', right({digits}, 6)"


_STAMPED = _ACTIVITY | {
    "key": f"concat({_stamped('stamp')}, ending.ending)",
    "record": f"case when ending.ending is not null then concat({_stamped('stamp')}) end",
    "thread": f"case when held.thread >= 0 then concat({_stamped('thread')}) end",
    "in_reply_to": f"case when held.parent >= 0 then concat({_stamped('parent')}) end",
    "url": "null",
}
_LABELS = (
    " join label_setting as setting on setting.number = held.setting"
    " join label_actor as actor on actor.number = held.actor"
    " join label_actor as towards on towards.number = held.towards"
    " join label_mentioned as mentioned on mentioned.number = held.mentioned"
    " join label_hosts as hosts on hosts.number = held.hosts"
    " join label_emoji as emoji on emoji.number = held.emoji"
)
_TIE = _TERMS | {"from_actor": "one.actor", "to_actor": "other.actor"}


def _selection(columns: dict[str, str], terms: dict[str, str], *, joins: str) -> str:
    """Return SQL for the rows of some months, in the columns of a relation's files."""
    named = (
        f'cast({terms.get(name, f"held.{name}")} as {kind}) as "{name}"'
        for name, kind in columns.items()
    )
    chosen = "held.filed between {first} and {last}"
    return f"select {', '.join(named)}, held.filed as filed from {joins} where {chosen}"


SELECTED: dict[str, str] = {
    "record": _selection(STORED["record"], _TERMS, joins="record as held"),
    "activity": _selection(
        STORED_ACTIVITY,
        _ACTIVITY,
        joins=f"activity as held{_LABELS}",
    ),
    "stamped": _selection(
        STORED_ACTIVITY,
        _STAMPED,
        joins=f"stamped as held{_LABELS}"
        " join label_before as before on before.number = held.before"
        " join label_ending as ending on ending.number = held.ending",
    ),
    "tie": _selection(
        STORED["tie"],
        _TIE,
        joins="tie as held"
        " join label_actor as one on one.number = held.from_actor"
        " join label_actor as other on other.number = held.to_actor",
    ),
}
"""SQL for the rows of some months of each table, with their month as ``filed``; it wants to be
told source, intake, and the first and the last of the months."""

WAITING = {"record": ("record",), "activity": ("activity", "stamped"), "tie": ("tie",)}
"""The tables in which the rows of each relation wait."""


_WIDTHS = {"integer": "i4", "bigint": "i8", "tinyint": "i1"}


class Waiting:
    """Rows that are nothing but numbers, on their way to files: DuckDB sees them where they are."""

    def __init__(self, columns: dict[str, str]) -> None:
        self._pieces: dict[str, list[NDArray[Any]]] = {name: [] for name in columns}
        self._widths = {name: _WIDTHS[kind] for name, kind in columns.items()}
        self._sorted: dict[str, NDArray[Any]] = {}

    def __len__(self) -> int:
        """Return how many rows have been brought in their order."""
        return len(self._sorted["filed"]) if self._sorted else 0

    def add(self, columns: dict[str, NDArray[Any]]) -> None:
        """Take in the columns of some rows, each as narrow as it may be."""
        for name, pieces in self._pieces.items():
            pieces.append(columns[name].astype(self._widths[name]))

    def sort(self) -> None:
        """Bring all rows in the order of their months, one column after the other."""
        import numpy as np

        if not self._pieces["filed"]:
            return
        order = np.concatenate(self._pieces["filed"]).argsort(kind="stable")
        for name, pieces in self._pieces.items():
            self._sorted[name] = np.concatenate(pieces)[order]
            pieces.clear()

    def between(self, first: int, last: int) -> dict[str, NDArray[Any]]:
        """Return the rows of some months, as they stand."""
        filed: NDArray[np.int32] = self._sorted["filed"]
        low, high = filed.searchsorted(first), filed.searchsorted(last, side="right")
        return {name: column[low:high] for name, column in self._sorted.items()}
