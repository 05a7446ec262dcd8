"""A broken list falls apart into its members, wherever it is broken."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jibungoto.gather.contents.json_pieces import list_at, members_in

VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(st.lists(VALUES, max_size=5), st.sampled_from([None, 1]))
def test_the_members_of_a_whole_list_are_its_members(listed: list[object], wide: int) -> None:
    content = json.dumps(listed, indent=wide).encode()
    pieces = list(members_in(content))
    assert [json.loads(piece or b"") for piece in pieces] == listed


def test_wrong_bytes_hide_no_other_member() -> None:
    found = list(members_in(b'[{"a": "x\ny"}, {"b": "\xff]"} {"c": 1}] tail'))
    assert found == [b'{"a": "x\ny"}', b'{"b": "\xff]"}', b'{"c": 1}']


def test_a_list_that_does_not_end_says_so() -> None:
    assert list(members_in(b'[{"a": 1}, {"b": [2')) == [b'{"a": 1}', None]


def test_pages_in_a_row_are_one_after_the_other() -> None:
    assert list(members_in(b"[1, 2]\n[3]")) == [b"1", b"2", b"3"]


def test_a_list_is_found_by_the_keys_that_lead_to_it() -> None:
    content = b'{"x": "\\"messages\\": [", "y": {"messages": [1]}, "messages" : [2]}'
    begins = list_at(content, ("messages",))
    assert begins is not None
    assert list(members_in(content, begins)) == [b"2"]
    assert list_at(content, ("posts",)) is None
    assert (list_at(b" [1]", ()), list_at(b"{}", ())) == (1, None)


@given(st.binary(max_size=80))
def test_any_bytes_come_to_an_end(content: bytes) -> None:
    assert all(piece != b"" for piece in members_in(b"[" + content))


def test_many_signs_of_nothing_take_no_time() -> None:
    began = time.process_time()
    assert list(members_in(b'["' + b'\\"' * 500_000)) == [None]
    assert time.process_time() - began < 10


COMPACT, INDENTED = None, 2


def _broken(wide: int | None) -> tuple[bytes, list[dict[str, object]]]:
    """Make a list in which the texts of the second and the fifth have one quote too many."""
    records: list[dict[str, object]] = [
        {
            "id": number,
            "text": f"he said TO_BREAK{number} so, {{then}} went",
            "by": {"id": number, "name": "aki"},
            "reactions": [{"id": 1, "users": [{"id": 7}, {"id": 8}]}, {"id": 2, "users": []}],
        }
        for number in range(7)
    ]
    content = json.dumps(records, indent=wide).encode()
    for number in (1, 4):
        content = content.replace(b"TO_BREAK%d" % number, b'"')
    return content, records


@pytest.mark.parametrize("wide", [COMPACT, INDENTED], ids=["compact", "indented"])
def test_a_stray_quote_costs_the_record_it_stands_in_alone(wide: int | None) -> None:
    content, records = _broken(wide)
    pieces = list(members_in(content))
    whole = [json.loads(one) for one in pieces if one is not None and b'said "' not in one]
    assert whole == [one for one in records if one["id"] not in {1, 4}]
    assert len(pieces) == len(records)


def test_a_stray_quote_in_the_first_record_hides_no_other() -> None:
    content = b'[{"id": 1, "a": "x" y"}, {"id": 2, "a": "z"}, {"id": 3, "a": "}, {\\"id\\": 4}"}]'
    pieces = [one or b"" for one in members_in(content)]
    assert pieces[1:] == [b'{"id": 2, "a": "z"}', b'{"id": 3, "a": "}, {\\"id\\": 4}"}']


def test_what_was_cut_off_after_a_stray_quote_says_so() -> None:
    found = list(members_in(b'[{"id": 1, "a": "x" y"}, {"id": 2, "a": "z"}, {"id": 3, "a": '))
    assert found[1:] == [b'{"id": 2, "a": "z"}', None]


def test_many_stray_quotes_take_no_time() -> None:
    records = [{"id": number, "text": "TO_BREAK so"} for number in range(5_000)]
    content = json.dumps(records).encode().replace(b"TO_BREAK", b'"')
    began = time.process_time()
    assert len(list(members_in(content))) >= 1
    assert time.process_time() - began < 10
