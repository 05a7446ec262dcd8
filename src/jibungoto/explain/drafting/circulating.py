"""Circulation of outputs: the three lines of domain.md 7.5, and why the log cannot tell them."""

from __future__ import annotations

from jibungoto.explain.document import Cell, Table
from jibungoto.explain.printing import DASH
from jibungoto.ledger.words import Words

MEASURE = Words("指標", "Measure")
VALUE = Words("値", "Value")
WHY = Words("理由と、持ち寄るもの", "Why, and what to bring")
CIRCULATION = Words("流通", "Circulation")
_LINES = (
    (
        Words("流通した割合(30日以内)", "Share passed on within 30 days"),
        Words(
            "投稿に含まれるリンクはドメインだけを残すため、どの記事が共有されたかは分かりません。"
            "共有を月に一度手で数えると、割合を計画に書けます。",
            "Of links in posts only the host is kept, so which output was passed on is not known. "
            "Counted by hand once a month, the share can stand in the plan.",
        ),
    ),
    (
        Words("広まるまでの日数", "Days until passed on"),
        Words(
            "共有した日の記録がないため出せません。共有された日を書き留めてください。",
            "No day of passing on is on record. Note the days on which outputs are passed on.",
        ),
    ),
    (
        Words("再び使われたアウトプット", "Outputs used again"),
        Words(
            "番組、FAQ、翻訳で使い直した記録がありません。使い直したものを書き留めてください。",
            "No use in a session, FAQ or translation is on record. Note what was used again.",
        ),
    ),
)


def circulation_table() -> Table:
    """Return circulation line by line: no value, why, and what would bring one."""
    rows = tuple((Cell(name), Cell(DASH), Cell(why)) for name, why in _LINES)
    return Table(CIRCULATION, (MEASURE, VALUE, WHY), rows)
