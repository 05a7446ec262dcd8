"""Why a row of business records cannot be read, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from jibungoto.ledger.words import Words


@dataclass(frozen=True, slots=True)
class Why:
    """One reason: what is wrong, and the next step; ``{cell}`` is what stands in the cell."""

    what: Words
    next_step: Words


@dataclass(frozen=True, slots=True)
class Refused:
    """One row put aside: its number in the file, why, what to do, and its cells as they stand.

    ``doubtful`` is the account whose date of joining cannot be read.
    """

    row: int
    what: Words
    next_step: Words
    cells: str
    doubtful: str = ""


def refused(row: int, why: Why, *, cells: str, cell: str = "", doubtful: str = "") -> Refused:
    """Return a row put aside for a reason."""
    quoted = cell.replace("{", "(").replace("}", ")")
    what = Words(why.what.ja.format(cell=quoted), why.what.en.format(cell=quoted))
    return Refused(row, what, why.next_step, cells, doubtful)


NO_TABLE = Words(
    "業務データの表が見つかりません。", "There is no table of business records in this file."
)
NEEDED_COLUMNS = Words(
    "1行目に「アカウント」「期間」「値」の見出しを入れてください(「セグメント」「参加」「取引開始」は任意)。",
    "Give it the headings account, period and value (segment, joined and since are optional).",
)
TOO_MANY = Words("行が多すぎます。", "It has too many rows.")
SPLIT_FILE = Words("年ごとに分けて取り込んでください。", "Bring it in year by year.")

CUT = Why(
    Words("引用符の対応が取れません。", "Its quotation marks do not match."),
    Words("この行の引用符を直してください。", "Mend the quotation marks of this row."),
)
NO_ACCOUNT = Why(
    Words("アカウントの名前がありません。", "It names no account."),
    Words("どのアカウントの値かを書いてください。", "Write whose value it is."),
)
NO_PERIOD = Why(
    Words("「{cell}」は期間として読めません。", "“{cell}” is no period."),
    Words(
        "2026-04、2026年4月、FY2026 Q1 のどれかの形で書いてください。",
        "Write it as 2026-04, Apr 2026 or FY2026 Q1.",
    ),
)
NO_VALUE = Why(
    Words("値がありません。", "It holds no value."),
    Words(
        "値を入れてください。0なら0と書いてください。空欄は0とは数えません。",
        "Fill the value in. If it is 0, write 0: an empty cell is not counted as 0.",
    ),
)
NO_NUMBER = Why(
    Words("「{cell}」は数値として読めません。", "“{cell}” is no number."),
    Words(
        "1200、1,200、12%のように、数字だけで書いてください。",
        "Write the number alone, such as 1200, 1,200 or 12%.",
    ),
)
TOO_LARGE = Why(
    Words("「{cell}」は大きすぎます(1,000兆以上)。", "“{cell}” is too large (10^15 or more)."),
    Words(
        "桁と単位を確かめてください。円なら、百万円単位などに直して取り込めます。",
        "Check its digits and its unit; amounts can be brought in as thousands or millions.",
    ),
)
NEGATIVE = Why(
    Words("「{cell}」は負の値です。", "“{cell}” is negative."),
    Words(
        "返金や訂正で正しい値なら、「負の値も正しい」に印を付けて取り込み直してください。",
        "If it is right, a refund say, bring the file in again and tick that negative values are.",
    ),
)
NO_SHARE = Why(
    Words("「{cell}」は割合として1を超えています。", "“{cell}” is more than the whole."),
    Words("62%または0.62のように書いてください。", "Write shares as 62% or as 0.62."),
)
NO_DATE = Why(
    Words("「{cell}」は年月として読めません。", "“{cell}” is no month."),
    Words(
        "2026-04のように書き、まだ参加していないなら空欄にしてください。",
        "Write it as 2026-04, and leave it empty for who has not joined.",
    ),
)
UNCLEAR_DATE = Why(
    Words(
        "このアカウントは、参加した時期がはっきりしません。",
        "It is not clear when this account joined.",
    ),
    Words(
        "このアカウントのどの行にも、同じ年月を書いてください。",
        "Write the same month into every row of this account.",
    ),
)
OTHER_GRAIN = Why(
    Words(
        "ほかの行と、月か四半期かがそろっていません。",
        "The other rows are months where this is a quarter, or the reverse.",
    ),
    Words(
        "月の値と四半期の値は、別の成果として別のファイルで取り込んでください。",
        "Bring months and quarters in as two outcomes, each in a file of its own.",
    ),
)
TWICE = Why(
    Words(
        "同じアカウントと期間に、違う値が書かれています({cell}行目)。",
        "The same account and period has different values (rows {cell}).",
    ),
    Words(
        "正しい行だけを残してください。どれも使っていません。",
        "Keep the right row alone. None of them is used.",
    ),
)
