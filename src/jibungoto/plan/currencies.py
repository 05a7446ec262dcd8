"""What currencies are called beside an amount: always whole units, yen and dollars, no cents."""

from __future__ import annotations

from jibungoto.ledger.words import Words
from jibungoto.plan.owwh import Cost

NAMES: dict[str, Words] = {
    "JPY": Words("円", "yen"),
    "USD": Words("米ドル", "US dollars"),
    "EUR": Words("ユーロ", "euros"),
    "GBP": Words("英ポンド", "pounds sterling"),
}


def currency_of(cost: Cost) -> Words:
    """Return what a cost is counted in; a code nobody has named here stands as it is."""
    code = cost.currency.strip().upper()
    return NAMES.get(code, Words(code, code))
