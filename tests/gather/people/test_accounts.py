"""Accounts that a profile names: one address alone in a field, and an account's own."""

from __future__ import annotations

import pytest

from jibungoto.gather.people.accounts import MOST, accounts_in, own_account


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("https://github.com/Aki", "github.com/aki"),
        ("http://www.github.com/aki/maps?tab=x#y", "github.com/aki"),
        ("https://connpass.com/user/Aki_T/", "connpass.com/user/aki_t"),
        ("https://connpass.com/user/aki.t?x=1", "connpass.com/user/aki.t"),
        ("https://qiita.com/aki/items/1", "qiita.com/aki"),
        ("https://nobody-at-all.hatenablog.com/entry/1", "nobody-at-all.hatenablog.com"),
    ],
)
def test_an_address_of_an_account_is_that_account(text: str, account: str) -> None:
    assert accounts_in([text]) == (account,)


@pytest.mark.parametrize(
    "text",
    ["", "aki", "@aki", "see https://github.com/aki", "https://example.com/aki", "https://github.com",
     "https://connpass.com/event/1/", "javascript:alert(1)", "https://github.com/a b"],
)  # fmt: skip
def test_anything_else_names_no_account(text: str) -> None:
    assert accounts_in([text]) == ()


def test_each_account_counts_once_and_a_long_list_is_cut() -> None:
    assert accounts_in(["https://github.com/a", "https://github.com/A/x"]) == ("github.com/a",)
    assert len(accounts_in(f"https://github.com/a{n}" for n in range(50))) == MOST


@pytest.mark.parametrize(
    ("source", "outside_id", "account"),
    [
        ("github", "Aki", "github.com/aki"),
        ("connpass", "aki_t", "connpass.com/user/aki_t"),
        ("feed", "qiita.com/Aki", "qiita.com/aki"),
        ("feed", "name:aki", ""),
        ("github", "name:aki t", ""),
        ("slack", "U1", ""),
    ],
)
def test_a_name_has_the_address_its_source_gives_it(
    source: str, outside_id: str, account: str
) -> None:
    assert own_account(source, outside_id) == account
