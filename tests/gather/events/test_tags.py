"""Tags: one form for each, as many as a record may have, and what no tag is."""

from __future__ import annotations

import pytest

from jibungoto.gather.batch import Batch
from jibungoto.gather.events.tags import LONGEST, MOST, tag_of, tags_in, tell_tags
from jibungoto.ledger.activity import Activity, Visibility
from jibungoto.ledger.kinds import Kind


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("#CLSKochi", "clskochi"),
        ("＃ＣＬＳ高知", "cls高知"),
        (" Machine Learning ", "machinelearning"),
        ("area: docs", "area:docs"),
    ],
)
def test_case_width_spaces_and_the_sign_before_it_tell_no_tag_from_another(
    written: str, tag: str
) -> None:
    assert tag_of(written) == tag


@pytest.mark.parametrize(
    "written",
    ["", "#", "　", None, 7, "hana@example.com", "https://example.com/x", "a\x00b", "x" * 61],
)
def test_what_is_no_tag_is_none(written: object) -> None:
    assert LONGEST == 60
    assert tag_of(written) is None


def test_tags_are_told_once_in_order_and_a_long_list_is_cut() -> None:
    assert tags_in(["b", "#a", "B", None]) == ("a", "b")
    assert len(tags_in(f"t{n}" for n in range(50))) == MOST


def test_a_tag_is_a_fact_of_the_record_and_nobodys_act() -> None:
    batch = Batch()
    tell_tags(batch, ("a", "b"), record="r", tagged="r/merge", at=5, filed_at=3)
    assert list(batch.activities) == [
        Activity(
            record="r",
            key=f"r/merge/tag/{tag}",
            actor=None,
            kind=Kind.TAG,
            happened_at=5,
            place=tag,
            thread="r/merge",
            visibility=Visibility.PUBLIC,
            filed_at=3,
        )
        for tag in ("a", "b")
    ]
