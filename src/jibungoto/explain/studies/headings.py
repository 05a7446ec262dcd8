"""What the columns of business records are called, in the words companies use for them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from jibungoto.gather.contents.table import plain


class Column(StrEnum):
    """What a column of business records holds."""

    ACCOUNT = "account"
    PERIOD = "period"
    VALUE = "value"
    OUTCOME = "outcome"
    SEGMENT = "segment"
    JOINED = "joined"
    SINCE = "since"


NAMES: dict[Column, tuple[str, ...]] = {
    Column.ACCOUNT: (
        *("account", "account name", "company", "company name", "customer", "organisation"),
        *("organization", "client", "アカウント", "アカウント名", "会社", "会社名", "企業"),
        *("企業名", "顧客", "顧客名", "取引先", "取引先名", "組織", "組織名", "法人名"),
    ),
    Column.PERIOD: (
        *("period", "month", "quarter", "year month", "期間", "月", "年月", "対象月", "対象年月"),
        *("四半期", "期", "計上月", "date", "日付", "年月日"),
    ),
    Column.VALUE: ("value", "amount", "値", "数値", "金額", "実績", "実績値"),
    Column.OUTCOME: ("outcome", "metric", "kpi", "成果", "指標", "項目", "指標名"),
    Column.SEGMENT: ("segment", "industry", "セグメント", "区分", "業種", "顧客区分"),
    Column.JOINED: (
        *("joined", "joined at", "joined on", "community joined", "参加", "参加日", "参加月"),
        *("コミュニティ参加", "コミュニティ参加日", "コミュニティ参加月", "加入日", "加入月"),
    ),
    Column.SINCE: (
        *("since", "customer since", "contract start", "取引開始", "取引開始日", "取引開始月"),
        *("契約開始", "契約開始日", "契約開始月", "利用開始日"),
    ),
}
_COLUMN_OF = {plain(name): column for column, names in NAMES.items() for name in names}
NEEDED = (Column.ACCOUNT, Column.PERIOD)


def is_known(headings: frozenset[str], outcome: str) -> bool:
    """Say whether headings are those of business records: account, period, and a value.

    A column called as the outcome itself holds the value too.
    """
    found = {_COLUMN_OF.get(heading) for heading in headings}
    has_value = Column.VALUE in found or plain(outcome) in headings
    return has_value and all(column in found for column in NEEDED)


def columns_of(headings: Sequence[str], outcome: str) -> dict[Column, str]:
    """Return the heading (as ``plain`` writes it) of each column that is there; the first wins."""
    places: dict[Column, str] = {}
    for heading in map(plain, headings):
        column = Column.VALUE if heading == plain(outcome) else _COLUMN_OF.get(heading)
        if column is not None:
            places.setdefault(column, heading)
    if plain(outcome) in map(plain, headings):
        places[Column.VALUE] = plain(outcome)
    return places
