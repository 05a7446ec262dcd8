"""The rows of a delivery that wait to be written, and the columns they have in files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import getitem
from typing import TYPE_CHECKING, Any

from jibungoto.engine.columns import SETTING, Labels
from jibungoto.engine.parquet import Coded, Column, Dictionary, Numbers, Packed, Rows
from jibungoto.engine.texts import Padded, Texts, joined, made_of_times, written
from jibungoto.gather.cells import NOTHING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OF_ALL_ACTIVITIES = {
    "setting": "i4",
    "actor": "i4",
    "towards": "i4",
    "mentioned": "i4",
    "hosts": "i4",
    "emoji": "i4",
    "happened_at": "i8",
    "day": "i4",
    "sequence": "i8",
    "length": "i4",
    "is_question": "i1",
    "text_hash": "i8",
    "content": "i8",
    "filed": "i4",
}
_TEXT = ""
HELD: dict[str, dict[str, str]] = {
    "record": {
        "key": _TEXT,
        "content": "i8",
        "is_tombstone": "i1",
        "is_counted": "i1",
        "filed": "i4",
    },
    "activity": {
        "key": _TEXT,
        "record": _TEXT,
        "thread": _TEXT,
        "in_reply_to": _TEXT,
        "url": _TEXT,
        **_OF_ALL_ACTIVITIES,
    },
    "stamped": {
        "before": "i4",
        "ending": "i4",
        "stamp": "i8",
        "thread": "i8",
        "parent": "i8",
        **_OF_ALL_ACTIVITIES,
    },
    "tie": {
        "key": _TEXT,
        "record": _TEXT,
        "turn": "i4",
        "from_actor": "i4",
        "to_actor": "i4",
        "happened_at": "i8",
        "day": "i4",
        "filed": "i4",
    },
}
"""The columns of each table of rows that wait, as narrow as they may be, or texts.

A value that recurs is the number of its label. ``stamped`` are activities whose keys are made of
times, which wait as numbers, too.
"""

WAITING = {"record": ("record",), "activity": ("stamped", "activity"), "tie": ("tie",)}
"""The tables in which the rows of each relation wait."""

_MOST_AT_ONCE = 120_000
"""How many rows of a month are made ready together: one row group of a file."""

_GAPPED = ("length", "is_question", "text_hash", "content")
_AS_THEY_ARE = ("sequence", "happened_at", "day", "filed")
_LABELS = ("actor", "towards", "mentioned", "hosts", "emoji")
_LABEL_OF = {"towards": "actor"}
_BY_TIME = {"thread": "thread", "in_reply_to": "parent"}


class Waiting:
    """Rows of one table: pieces that are in the order of their months, one after the other."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        self._columns = columns
        self._pieces: list[dict[str, NDArray[Any] | Texts | None]] = []
        self._filed: list[NDArray[np.int32]] = []

    def add(self, columns: Mapping[str, NDArray[Any]]) -> None:
        """Take in some rows in the order of their months; a column of no texts may be missing."""
        piece: dict[str, NDArray[Any] | Texts | None] = {}
        for name, width in self._columns.items():
            if width != _TEXT:
                piece[name] = columns[name].astype(width)
            else:
                piece[name] = Texts.of(columns[name].tolist()) if name in columns else None
        self._pieces.append(piece)
        self._filed.append(columns["filed"])

    def of_month(self, month: int) -> Iterator[dict[str, Any]]:
        """Return the rows of a month in groups: numbers as they wait, texts as in files."""
        some: list[tuple[int, int, int]] = []
        rows = 0
        for at, filed in enumerate(self._filed):
            low = int(filed.searchsorted(month))
            high = int(filed.searchsorted(month, side="right"))
            if some and rows + high - low > _MOST_AT_ONCE:
                yield self._together(some)
                some, rows = [], 0
            if high > low:
                some.append((at, low, high))
                rows += high - low
        if some:
            yield self._together(some)

    def _together(self, some: list[tuple[int, int, int]]) -> dict[str, Any]:
        import numpy as np

        rows: dict[str, Any] = {}
        for name, width in self._columns.items():
            pieces: list[Any] = [self._pieces[at][name] for at, _, _ in some]
            runs = [slice(low, high) for _, low, high in some]
            if width == _TEXT:
                rows[name] = joined(map(_texts_in, pieces, runs))
            else:
                rows[name] = np.concatenate([*map(getitem, pieces, runs)])
        return rows


def _texts_in(column: Texts | None, run: slice) -> tuple[bytes, NDArray[np.bool_]]:
    import numpy as np

    if column is None:
        return b"", np.zeros(run.stop - run.start, dtype=np.bool_)
    return column.between(run.start, run.stop)


class Shapes:
    """Gives waiting rows the columns they have in files; for the labels there are by now."""

    def __init__(self, labels: Mapping[str, Labels], *, source: str, intake: int) -> None:
        self._labels = {
            name: _dictionary(held.values()) for name, held in labels.items() if name != "setting"
        }
        self._befores = Padded(labels["before"].values())
        self._endings = Padded(labels["ending"].values())
        settings: Sequence[Any] = labels["setting"].values()
        self._settings = {
            field: _different(one[at] for one in settings) for at, field in enumerate(SETTING)
        }
        self._source, self._intake = Dictionary([source]), intake

    def of(self, table: str, rows: Mapping[str, Any]) -> tuple[int, Rows]:
        """Return how many rows there are, and their columns in a file."""
        import numpy as np

        count = len(rows["filed"])
        columns: dict[str, Column] = {
            "source": Coded(self._source, np.zeros(count, dtype=np.int8)),
            "intake": Numbers(np.full(count, self._intake)),
            "version": Numbers(np.ones(count, dtype=np.int32)),
            "month": Numbers(rows["filed"]),
        }
        columns |= {name: column for name, column in rows.items() if isinstance(column, Packed)}
        columns |= {
            name: Numbers(rows[name])
            for name in ("content", "is_tombstone", "is_counted", "happened_at", "day")
            if name in rows
        }
        if table == "tie":
            columns["kind"] = Coded(self._labels["turn"], rows["turn"])
            for name in ("from_actor", "to_actor"):
                columns[name] = Coded(self._labels["actor"], rows[name])
        elif table != "record":
            columns |= self._of_activities(rows)
        if table == "stamped":
            columns |= self._made_of_times(rows)
        return count, columns

    def _of_activities(self, rows: Mapping[str, Any]) -> dict[str, Column]:
        columns: dict[str, Column] = {"sequence": Numbers(rows["sequence"])}
        for name in _LABELS:
            columns[name] = Coded(self._labels[_LABEL_OF.get(name, name)], rows[name])
        for name in _GAPPED:
            columns[name] = Numbers(rows[name], rows[name] != NOTHING)
        for name, (dictionary, codes) in self._settings.items():
            columns[name] = Coded(dictionary, codes[rows["setting"]])
        return columns

    def _made_of_times(self, rows: Mapping[str, Any]) -> dict[str, Column]:
        """Return the columns of keys, whose records and threads begin as they do."""
        import numpy as np

        before, ending, times = rows["before"], rows["ending"], written(rows["stamp"])
        key = made_of_times(times, before=(self._befores, before), ending=(self._endings, ending))
        has_ending = ending != self._labels["ending"].nothing
        columns: dict[str, Column] = {
            "key": Packed(key),
            "url": Packed(b"", np.zeros(len(times), dtype=np.bool_)),
            "record": self._times_of(times[has_ending], before, there=has_ending),
        }
        for name, called in _BY_TIME.items():
            there = rows[called] != NOTHING
            columns[name] = self._times_of(written(rows[called][there]), before, there=there)
        return columns

    def _times_of(self, times: Any, before: Any, *, there: NDArray[np.bool_]) -> Packed:
        return Packed(made_of_times(times, before=(self._befores, before[there])), there)


def _dictionary(values: Iterable[object]) -> Dictionary:
    return Dictionary([None if one is None else str(one) for one in values])


def _different(values: Iterable[object]) -> tuple[Dictionary, NDArray[np.int32]]:
    """Return the different ones among values, and for each which of them it is."""
    import numpy as np

    numbers: dict[object, int] = {}
    codes = [numbers.setdefault(one, len(numbers)) for one in values]
    return _dictionary(numbers), np.array(codes, dtype=np.int32)
