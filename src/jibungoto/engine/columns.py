"""Rows of a reader as NumPy columns that DuckDB takes in; values that recur become numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from jibungoto.engine.calendar import filing_months, local_days
from jibungoto.gather.batch import Columns as Made
from jibungoto.gather.batch import Like, Sheet
from jibungoto.gather.cells import NOTHING, Counts, Listed, Stamped

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
_OF_TIMES = {"key": "stamp", "thread": "thread", "in_reply_to": "parent"}
"""How the texts are called that wait as numbers of times, by what they are in an activity."""


class Labels:
    """Different values, each kept once and known by its number."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._lists: dict[int, tuple[Sequence[object], NDArray[np.int32]]] = {}

    def number_of(self, value: object) -> int:
        """Return the number of a value; a new value gets the next one."""
        return self._numbers[value]

    def numbers_of(self, values: Sequence[object]) -> NDArray[np.int32]:
        """Return the number of each of many values."""
        import numpy as np

        if isinstance(values, Listed):
            return self._met(values.values)[values.numbers]
        if values.count(None) * 2 < len(values):
            found = map(self._numbers.__getitem__, values)
            return np.fromiter(found, dtype=np.int32, count=len(values))
        numbers = np.full(len(values), self._numbers[None], dtype=np.int32)
        there = [at for at, value in enumerate(values) if value is not None]
        numbers[there] = [self._numbers[values[at]] for at in there]
        return numbers

    def _met(self, values: Sequence[object]) -> NDArray[np.int32]:
        """Return the number of each of some values, and of None as the last, where -1 finds it."""
        import numpy as np

        nothing = np.array([self._numbers[None]], dtype=np.int32)
        _, known = self._lists.get(id(values), (values, nothing))
        if len(known) <= len(values):
            fresh = self.numbers_of([*values[len(known) - 1 :], None])
            known = np.concatenate([known[:-1], fresh])
            self._lists[id(values)] = values, known
        return known

    def values(self) -> list[object]:
        """Return all values, each at the place of its number."""
        return list(self._numbers)


class _Numbers(dict[object, int]):
    """A mapping that numbers whatever it is asked for."""

    def __missing__(self, value: object) -> int:
        number = self[value] = len(self)
        return number


class Columns:
    """Turns sheets into columns; one for each delivery, so that numbers stay what they are."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        names = {*_LABELLED.values(), "before", "ending", "setting", "turn"}
        self.labels = {name: Labels() for name in sorted(names)}

    def settings(self) -> list[tuple[object, ...]]:
        """Return all settings met so far, each its values in the order of ``SETTING``."""
        return [cast("tuple[object, ...]", one) for one in self.labels["setting"].values()]

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
        stamped = is_stamped(sheet)
        columns = self._times_in(sheet) if stamped else {}
        for name in sheet.kind.__struct_fields__:
            if name in _LABELLED:
                columns[name] = self._labelled(sheet, name)
            elif name not in SETTING and name not in _TEXTS:
                columns[name] = _number(sheet, name)
            elif name in _TEXTS and not stamped:
                columns[name] = _text(sheet, name)
        if "place" in sheet.kind.__struct_fields__:
            columns["setting"] = self._settings(sheet)
            if columns.get("record") is not None:
                columns["record"] = _unlike(columns["record"], columns["key"])
        elif "kind" in sheet.kind.__struct_fields__:
            columns["turn"] = self.labels["turn"].numbers_of(sheet.column("kind"))
        return columns

    def _labelled(self, sheet: Sheet[Any], name: str) -> NDArray[np.int32]:
        import numpy as np

        labels = self.labels[_LABELLED[name]]
        if name in sheet.fields:
            return labels.numbers_of(_values(sheet, name))
        return np.full(len(sheet), labels.number_of(sheet.same[name]), dtype=np.int32)

    def _times_in(self, sheet: Sheet[Any]) -> dict[str, Any]:
        """Return keys as the number of their beginning, their times, and that of their ending."""
        import numpy as np

        key, none = _told(sheet, "key"), np.full(len(sheet), NOTHING, dtype=np.int64)
        before, ending = self.labels["before"], self.labels["ending"]
        columns: dict[str, Any] = {}
        columns["before"] = np.full(len(sheet), before.number_of(key.before), dtype=np.int32)
        columns["ending"] = (
            np.full(len(sheet), ending.number_of(None), dtype=np.int32)
            if key.ending is None
            else ending.numbers_of(key.ending)
        )
        for name, called in _OF_TIMES.items():
            told = _told(sheet, name)
            told = key if _is_same(told, "record") else told
            columns[called] = told.micros if isinstance(told, Stamped) else none
        return columns

    def _settings(self, sheet: Sheet[Any]) -> NDArray[np.int32]:
        import numpy as np

        labels = self.labels["setting"]
        different = [name for name in SETTING if name in sheet.fields]
        if len(different) > 1 and all(_is_listed(sheet, name) for name in different):
            return self._listed_settings(sheet, different)
        if len(different) > 1:
            columns = [sheet.column(name) for name in SETTING]
            return labels.numbers_of(list(zip(*columns, strict=True)))
        if not different:
            setting = tuple(sheet.same[name] for name in SETTING)
            return np.full(len(sheet), labels.number_of(setting), dtype=np.int32)
        column = _values(sheet, different[0])
        if isinstance(column, Listed):
            rest = [self._setting(sheet, different[0], value=value) for value in column.values]
            return np.array(rest, dtype=np.int32)[column.numbers]
        numbers = {}
        for value in set(column):
            numbers[value] = self._setting(sheet, different[0], value=value)
        return np.fromiter(map(numbers.__getitem__, column), dtype=np.int32, count=len(column))

    def _listed_settings(self, sheet: Sheet[Any], different: Sequence[str]) -> NDArray[np.int32]:
        """Return settings of which several values differ, each of them known by its number."""
        import numpy as np

        mixed = np.zeros(len(sheet), dtype=np.int64)
        for name in different:
            listed = _values(sheet, name)
            mixed = mixed * (len(listed.values) + 1) + listed.numbers + 1
        _, first, place = np.unique(mixed, return_index=True, return_inverse=True)
        numbers = []
        for row in first.tolist():
            one = dict(sheet.same)
            for name in different:
                listed = _values(sheet, name)
                number = int(listed.numbers[row])
                one[name] = None if number == NOTHING else listed.values[number]
            numbers.append(self.labels["setting"].number_of(tuple(one[name] for name in SETTING)))
        return np.array(numbers, dtype=np.int32)[place]

    def _setting(self, sheet: Sheet[Any], name: str, *, value: object) -> int:
        one = sheet.same | {name: value}
        return self.labels["setting"].number_of(tuple(one[name] for name in SETTING))


def is_stamped(sheet: Sheet[Any]) -> bool:
    """Say whether a sheet's keys, records, threads and parents are all made of times.

    They are if they begin alike, and a record is the key without its ending.
    """
    if not isinstance(sheet, Made) or not isinstance(key := _told(sheet, "key"), Stamped):
        return False
    texts = [_told(sheet, name) for name in ("thread", "in_reply_to")]
    return (
        _told(sheet, "url") is None
        and _is_record_of(key, _told(sheet, "record"))
        and all(_is_like(key, text) or text is None or _is_same(text, "record") for text in texts)
    )


def _told(sheet: Sheet[Any], name: str) -> Any:
    """Return the values of one field as a reader told them: all of them, or the one of all."""
    held = sheet.columns if isinstance(sheet, Made) else {}
    return held[name] if name in held else sheet.same.get(name)


def _is_same(text: Any, name: str) -> bool:
    return isinstance(text, Like) and text.field == name


def _is_like(key: Stamped, text: Any) -> bool:
    return isinstance(text, Stamped) and text.before == key.before and text.ending is None


def _is_record_of(key: Stamped, record: Any) -> bool:
    if key.ending is None:
        return _is_same(record, "key")
    return _is_like(key, record) and record.micros is key.micros


def _values(sheet: Sheet[Any], name: str) -> Any:
    """Return the values of one field as the reader holds them."""
    if isinstance(sheet, Made) and name in sheet.columns:
        return sheet.columns[name]
    return sheet.column(name)


def _is_listed(sheet: Sheet[Any], name: str) -> bool:
    return isinstance(_values(sheet, name), Listed)


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


def _unlike(texts: Any, others: Any) -> Any:
    """Return texts, None for those that are the same as the others at their place."""
    import numpy as np

    return np.where(texts == others, None, texts)


def _number(sheet: Sheet[Any], name: str) -> Any:
    import numpy as np

    if name not in sheet.fields:
        same: Any = sheet.same[name]
        if name == "filed_at" and same is None:
            return _number(sheet, "happened_at")
        return np.full(len(sheet), NOTHING if same is None else same, dtype=np.int64)
    made = sheet.columns.get(name) if isinstance(sheet, Made) else None
    if isinstance(made, Counts | np.ndarray):
        return made.numbers if isinstance(made, Counts) else made
    column = sheet.column(name)
    if name == "filed_at" and None in column:
        happened = sheet.column("happened_at")
        column = [at if own is None else own for own, at in zip(column, happened, strict=True)]
    if None in column:
        column = [NOTHING if value is None else value for value in column]
    return np.array(column, dtype=np.int64)
