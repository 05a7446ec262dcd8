"""Cells give the values they stand for, one for each row."""

from __future__ import annotations

import numpy as np

from jibungoto.gather.batch import Columns, Like
from jibungoto.gather.cells import Counts, Listed, Stamped, stamp_from
from jibungoto.ledger.activity import Activity
from jibungoto.ledger.kinds import Kind

AT = 1_700_000_000


def test_a_time_is_written_with_ten_digits_and_six() -> None:
    assert stamp_from(AT * 1_000_000 + 12) == "1700000000.000012"
    assert stamp_from(1_009_843_200_999_999) == "1009843200.999999"


def test_minus_one_stands_for_nothing() -> None:
    assert list(Counts(np.array([3, -1, 0]))) == [3, None, 0]
    assert list(Listed(["a", "b"], np.array([1, -1, 0], dtype=np.int32))) == ["b", None, "a"]
    assert list(Stamped("C1/", np.array([-1, 1_600_000_000_000_001]))) == [
        None,
        "C1/1600000000.000001",
    ]


def test_a_sheet_of_cells_gives_rows_like_all_others() -> None:
    micros = np.array([AT * 1_000_000 + 5, AT * 1_000_000 + 7])
    endings = Listed(["/a", "/b"], np.array([1, 0], dtype=np.int32))
    sheet = Columns(
        Activity,
        {
            "record": Stamped("C1/", micros),
            "key": Stamped("C1/", micros, endings),
            "actor": Listed(["a", "b"], endings.numbers),
            "happened_at": micros // 1_000_000,
            "length": Counts(np.array([2, -1])),
            "is_question": np.array([True, False]),
        },
        {"kind": Kind.REACTION, "in_reply_to": Like("record")},
    )
    first, second = f"C1/{AT}.000005", f"C1/{AT}.000007"
    told = [
        Activity(first, f"{first}/b", "b", Kind.REACTION, AT, length=2, is_question=True),
        Activity(second, f"{second}/a", "a", Kind.REACTION, AT, is_question=False),
    ]
    assert [(one.in_reply_to, type(one.happened_at)) for one in sheet] == [
        (first, int),
        (second, int),
    ]
    assert [(one.record, one.key, one.actor, one.length, one.is_question) for one in sheet] == [
        (one.record, one.key, one.actor, one.length, one.is_question) for one in told
    ]
