"""A broken list falls apart into its members, wherever it is broken."""

from __future__ import annotations

import json
import time

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
