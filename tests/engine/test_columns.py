"""Labels number what recurs; what is not there has a number too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from jibungoto.engine.columns import Columns, Labels
from jibungoto.gather.batch import Like, Rows
from jibungoto.gather.cells import NOTHING, Listed
from jibungoto.ledger.activity import Activity
from jibungoto.ledger.kinds import Kind


def listed(values: Sequence[str], *numbers: int) -> Any:
    return Listed(values, np.array(numbers, dtype=np.int32))


def test_nothing_has_a_number_while_a_list_is_still_empty() -> None:
    labels, texts = Labels(), list[str]()
    numbers = labels.numbers_of(listed(texts, NOTHING, NOTHING, NOTHING))
    assert numbers.tolist() == [labels.number_of(None)] * 3
    texts.append("somebody")
    numbers = labels.numbers_of(listed(texts, 0, NOTHING))
    assert numbers.tolist() == [labels.number_of("somebody"), labels.number_of(None)]


def test_a_list_that_grows_keeps_the_numbers_it_has() -> None:
    labels, texts = Labels(), ["a.example"]
    first = labels.numbers_of(listed(texts, 0))
    texts += ["b.example", "a.example"]
    again = labels.numbers_of(listed(texts, 0, 1, 2, NOTHING))
    wanted = [labels.number_of(one) for one in ("a.example", "b.example", "a.example", None)]
    assert (again.tolist(), again[0]) == (wanted, first[0])


def settings_of(**different: Any) -> list[tuple[object, ...]]:
    columns, rows = Columns(ZoneInfo("UTC")), Rows(Activity)
    told = {"key": ["1", "2", "3"], "actor": [None] * 3, "happened_at": np.arange(3)}
    rows.add_columns({**told, **different}, record=Like("key"))
    found = columns.of(rows.sheets[1:])
    return [columns.settings()[number] for number in found["setting"]]


def test_settings_told_by_numbers_are_those_told_by_values() -> None:
    kinds, places = [Kind.MESSAGE, Kind.REPLY], ["a", "b"]
    by_number = settings_of(
        kind=listed(kinds, 0, 1, 1),
        place=listed(places, 1, NOTHING, 0),
    )
    by_value = settings_of(kind=[Kind.MESSAGE, Kind.REPLY, Kind.REPLY], place=["b", None, "a"])
    assert by_number == by_value
