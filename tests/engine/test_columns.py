"""Labels number what recurs; what is not there has a number too."""

from __future__ import annotations

from typing import Any

import numpy as np

from jibungoto.engine.columns import Labels
from jibungoto.gather.cells import NOTHING, Listed


def listed(values: list[str], *numbers: int) -> Any:
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
