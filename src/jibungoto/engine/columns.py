"""Rows of a reader as NumPy columns that DuckDB takes in; values that recur become numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from jibungoto.engine.calendar import filing_months, local_days
from jibungoto.gather.batch import Columns as Made
from jibungoto.gather.batch import Like, Sheet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SETTING = ("kind", "at_precision", "place", "initiative", "visibility")
"""What many activities have in common, taken together: there are few different ones."""

_TEXTS = frozenset({"key", "record", "thread", "in_reply_to", "url"})
_LABELLED = {
    "actor": "actor",
    "towards": "actor",
    "from_actor": "actor",
    "to_actor": "actor",
    "mentioned": "mentioned",
    "hosts": "hosts",
    "emoji": "emoji",
}
_NOTHING = -1
"""Stands for None in a column of numbers none of which is below zero."""


class Labels:
    """Different values, each kept once and known by its number."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self._numbers = _Numbers()

    def number_of(self, value: object) -> int:
        """Return the number of a value; a new value gets the next one."""
        return self._numbers[value]

    def numbers_of(self, values: Sequence[object]) -> NDArray[np.int32]:
        """Return the number of each of many values."""
        import numpy as np

        found = map(self._numbers.__getitem__, values)
        return np.fromiter(found, dtype=np.int32, count=len(values))

    def columns(self) -> dict[str, Any]:
        """Return all values by their numbers, for DuckDB; tuples as one column for each name."""
        import numpy as np

        columns = {"number": np.arange(len(self._numbers), dtype=np.int32)}
        values = list(self._numbers)
        parts: Any = zip(*values, strict=True) if len(self.names) > 1 else (values,)
        if not values:
            parts = ((),) * len(self.names)
        for name, part in zip(self.names, parts, strict=True):
            columns[name] = np.fromiter(part, dtype=object, count=len(values))
        return columns


class _Numbers(dict[object, int]):
    """A mapping that numbers whatever it is asked for."""

    def __missing__(self, value: object) -> int:
        number = self[value] = len(self)
        return number


class Columns:
    """Turns sheets into columns; one for each delivery, so that numbers stay what they are."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        names = sorted({*_LABELLED.values()})
        self.labels = {name: Labels(name) for name in names} | {"setting": Labels(*SETTING)}

    def of(self, sheets: Sequence[Sheet[Any]]) -> dict[str, Any]:
        """Return the rows of sheets of one kind as columns, with their local day and month.

        They are in the order of their months, so that one month's rows are found together. Texts
        that are None in all rows have no column.
        """
        import numpy as np

        found = [self._of_one(sheet) for sheet in sheets]
        columns = {}
        for name in found[0]:
            pieces = [piece for one in found if (piece := one[name]) is not None]
            if len(pieces) == len(found):
                columns[name] = np.concatenate(pieces)
            elif pieces:
                columns[name] = np.concatenate([_filled(one, name) for one in found])
        columns["filed"] = filing_months(columns.pop("filed_at"))
        if "happened_at" in columns:
            columns["day"] = local_days(columns["happened_at"], self._zone)
        order = columns["filed"].argsort(kind="stable")
        return {name: column[order] for name, column in columns.items()}

    def _of_one(self, sheet: Sheet[Any]) -> dict[str, Any]:
        columns = {}
        for name in sheet.kind.__struct_fields__:
            if name in _TEXTS:
                columns[name] = _text(sheet, name)
            elif name in _LABELLED:
                columns[name] = self._labelled(sheet, name)
            elif name not in SETTING:
                columns[name] = _number(sheet, name)
        if "place" in sheet.kind.__struct_fields__:
            columns["setting"] = self._settings(sheet)
        elif "kind" in sheet.kind.__struct_fields__:
            columns["kind"] = _text(sheet, "kind")
        return columns

    def _labelled(self, sheet: Sheet[Any], name: str) -> NDArray[np.int32]:
        import numpy as np

        labels = self.labels[_LABELLED[name]]
        if name in sheet.fields:
            return labels.numbers_of(sheet.column(name))
        return np.full(len(sheet), labels.number_of(sheet.same[name]), dtype=np.int32)

    def _settings(self, sheet: Sheet[Any]) -> NDArray[np.int32]:
        import numpy as np

        labels = self.labels["setting"]
        different = [name for name in SETTING if name in sheet.fields]
        if len(different) > 1:
            columns = [sheet.column(name) for name in SETTING]
            return labels.numbers_of(list(zip(*columns, strict=True)))
        if not different:
            setting = tuple(sheet.same[name] for name in SETTING)
            return np.full(len(sheet), labels.number_of(setting), dtype=np.int32)
        column = sheet.column(different[0])
        numbers = {}
        for value in set(column):
            one = sheet.same | {different[0]: value}
            numbers[value] = labels.number_of(tuple(one[name] for name in SETTING))
        return np.fromiter(map(numbers.__getitem__, column), dtype=np.int32, count=len(column))


def _filled(columns: dict[str, Any], name: str) -> Any:
    import numpy as np

    held = columns[name]
    return np.full(len(columns["key"]), None, dtype=object) if held is None else held


def _text(sheet: Sheet[Any], name: str) -> Any:
    """Return a column of texts, or None where no row needs one, as a record that is its key."""
    import numpy as np

    same = None if name in sheet.fields else sheet.same[name]
    if name not in sheet.fields and (same is None or (name == "record" and same == Like("key"))):
        return None
    return np.fromiter(sheet.column(name), dtype=object, count=len(sheet))


def _number(sheet: Sheet[Any], name: str) -> Any:
    import numpy as np

    if name not in sheet.fields and isinstance(sheet.same[name], int):
        return np.full(len(sheet), sheet.same[name], dtype=np.int64)
    if name == "filed_at" and name not in sheet.fields and sheet.same[name] is None:
        return _number(sheet, "happened_at")
    if isinstance(sheet, Made) and isinstance(made := sheet.columns.get(name), np.ndarray):
        return made
    column = sheet.column(name)
    if name == "filed_at" and None in column:
        happened = sheet.column("happened_at")
        column = [at if own is None else own for own, at in zip(column, happened, strict=True)]
    if None in column:
        column = [_NOTHING if value is None else value for value in column]
    return np.array(column, dtype=np.int64)
