"""A cost is a whole number of yen or dollars, and each language has its own word for them."""

from __future__ import annotations

import pytest

from jibungoto.ledger.words import Words
from jibungoto.plan.currencies import currency_of
from jibungoto.plan.owwh import Cost
from jibungoto.plan.yaml_file import read_plan, written


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("JPY", Words("円", "yen")),
        (" usd ", Words("米ドル", "US dollars")),
        ("CHF", Words("CHF", "CHF")),
    ],
)
def test_a_currency_has_its_name_in_either_language(code: str, words: Words) -> None:
    assert currency_of(Cost(amount=300, currency=code)) == words


@pytest.mark.parametrize(("told", "amount"), [("USD", 1_200), ("JPY", 300_000)])
def test_an_amount_goes_through_a_file_as_the_whole_number_it_is(told: str, amount: int) -> None:
    content = f"how:\n- title: Venue\n  cost:\n    amount: {amount}\n    currency: {told}\n"
    plan = read_plan(content.encode())
    assert plan.how[0].cost == Cost(amount=amount, currency=told)
    assert read_plan(written(plan).encode()) == plan
