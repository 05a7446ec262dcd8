"""The money models that stand on records: attributed revenue, and incremental from a study."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jibungoto.explain.claims import Grade
from jibungoto.explain.studies.money import Assumption, Kind, Line, MoneyModel, Range
from jibungoto.explain.studies.periods import period_from
from jibungoto.explain.studies.registration import Unit
from jibungoto.explain.studies.study import Study
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words

LEADS = (6, 1, 0)
"""Months a member was active before the organisation appeared: low, middle and high (D)."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One organisation: its revenue, when it first appeared, and when a member first acted."""

    revenue: float
    appeared: str
    active: str


def attributed(accounts: Sequence[Timed]) -> Range:
    """Return the revenue of organisations that had a member active before they appeared.

    How long before is an assumption of its own, so the range is made of three of them.
    """
    if not accounts:
        return Range()
    low, middle, high = (sum(one.revenue for one in accounts if _is_early(one, n)) for n in LEADS)
    return Range(low=float(low), middle=float(middle), high=float(high))


def _is_early(one: Timed, months: int) -> bool:
    if not one.active or not one.appeared:
        return False
    return period_from(one.appeared).first - period_from(one.active).first >= months


ATTRIBUTED = MoneyModel(
    key="attributed",
    name=Words("コミュニティが先だった売上", "Community-attributed revenue"),
    formula=Words(
        "顧客になるより前に、その会社の人がコミュニティで活動していた会社の売上の合計"
        "(6か月前まで、前の月まで、同じ月まで)",
        "Revenue of organisations with a member active before they first appeared as customers "
        "(at least 6 months before, a month before, in the same month)",
    ),
    caution=Words(
        "時間の前後だけを見る決まりです。ほかの経路の売上と足し合わせないでください。",
        "A rule about timing and no more. Never add it to other channels' attributed revenue.",
    ),
    assumptions=(
        Assumption(
            "revenue",
            Words("先だった会社の売上", "Revenue of those organisations"),
            Kind.YEN,
            is_signed=True,
        ),
    ),
    lines=(
        Line(
            "value",
            Words("先だった会社の売上", "Revenue of those organisations"),
            lambda told: told["revenue"],
        ),
    ),
)
INCREMENTAL = MoneyModel(
    key="incremental",
    name=Words("増えた分", "Incremental"),
    formula=Words(
        "推定値(1アカウント・1期間あたり)× 参加したアカウント数 × 期間数",
        "Estimate (per account and period) × accounts that joined × periods",
    ),
    caution=Words(
        "条件をそろえた推定(E3以上)だけから計算します。前提も一緒に見せてください。",
        "Only from a matched estimate (E3 or better), and shown with its assumptions.",
    ),
    assumptions=(
        Assumption(
            "gap",
            Words("1アカウント・1期間あたりの推定", "Estimate per account and period"),
            Kind.YEN,
            is_signed=True,
        ),
        Assumption("accounts", Words("参加したアカウント数", "Accounts that joined"), Kind.COUNT),
        Assumption("periods", Words("期間数", "Periods"), Kind.COUNT),
    ),
    lines=(
        Line(
            "value",
            Words("推定で増えた分", "Estimated increase"),
            lambda told: told["gap"] * told["accounts"] * told["periods"],
        ),
    ),
    grade=Grade.E3,
    of_study=True,
)


def incremental_of(study: Study) -> dict[str, Range]:
    """Return what a study gives the incremental model; raises InvalidChoice below E3.

    Its ends are those of the interval; what joined and was compared is what is multiplied.
    """
    found, told = study.estimate, study.asked.registration
    if study.grade not in (Grade.E3, Grade.E4) or found is None or found.interval is None:
        raise InvalidChoice(BELOW, RAISE_IT)
    if told.unit is not Unit.YEN:
        raise InvalidChoice(NOT_MONEY, ASK_IN_YEN)
    return {
        "gap": Range(low=found.interval.low, middle=found.value, high=found.interval.high),
        "accounts": Range(middle=float(study.joined)),
        "periods": Range(middle=float(told.post)),
    }


BELOW = Words(
    "この比較は E3 に届いていないため、金額に直せません。",
    "This comparison does not reach E3, so it is not turned into money.",
)
RAISE_IT = Words(
    "満たしていない確認を見て、期間やアカウントを増やしてください。",
    "See which checks failed, and bring in more periods or accounts.",
)
NOT_MONEY = Words("この研究の成果は円ではありません。", "The outcome of this study is not in yen.")
ASK_IN_YEN = Words(
    "円の成果について研究を登録してください。", "Register a question about an outcome in yen."
)
