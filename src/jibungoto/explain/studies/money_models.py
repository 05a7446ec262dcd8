"""The money models: answers, deflection, content, hiring, product insight and cost."""

from __future__ import annotations

from jibungoto.explain.studies.money import Assumption, Kind, Line, MoneyModel, Numbers
from jibungoto.ledger.words import Words

_COST_YEAR = Assumption("cost", Words("1年の費用", "Cost in a year"), Kind.YEN, raises=False)


def value_of_answers(told: Numbers) -> float:
    """Return 12 x (answers + successful searches in a month) x the value of an answer (TheCR)."""
    return 12 * (told["answers"] + told["searches"]) * told["worth"]


def roi(value: float, cost: float) -> float | None:
    """Return (value - cost) / cost, None without a cost."""
    return (value - cost) / cost if cost else None


def _answers_roi(told: Numbers) -> float | None:
    return roi(value_of_answers(told), told["cost"])


def _answers_alone(told: Numbers) -> float | None:
    return roi(12 * told["answers"] * told["worth"], told["cost"])


ANSWERS = MoneyModel(
    key="answers",
    name=Words("回答の価値", "Answers"),
    formula=Words(
        "12 ×(月の回答数 + 月の自己解決した検索数)× 回答1件の価値。投資対効果 =(価値 - 費用)÷ 費用",
        "12 × (answers a month + successful searches a month) × value of an answer. "
        "ROI = (value - cost) ÷ cost",
    ),
    caution=Words(
        "検索の仮定だけで結論が変わります。必ず、検索を数えた場合と数えない場合の両方を見せてください。"
        "回答の価値は、ほかの窓口から移っただけかもしれません。",
        "The headline is the assumption about searches: always show it with and without them. "
        "The value of answers may only be displaced from other channels.",
    ),
    assumptions=(
        Assumption("answers", Words("月の回答数", "Answers a month"), Kind.COUNT),
        Assumption(
            "searches",
            Words("月の自己解決した検索数", "Successful searches a month"),
            Kind.COUNT,
            without=Words("検索を数えない", "searches not counted"),
        ),
        Assumption("worth", Words("回答1件の価値", "Value of an answer"), Kind.YEN),
        _COST_YEAR,
    ),
    lines=(
        Line("value", Words("1年の価値", "Value in a year"), value_of_answers),
        Line("roi", Words("投資対効果", "ROI"), _answers_roi, True),
        Line(
            "roi_alone",
            Words("投資対効果(検索を数えない)", "ROI without searches"),
            _answers_alone,
            True,
        ),
    ),
)

DEFLECTION = MoneyModel(
    key="deflection",
    name=Words("問い合わせの削減", "Deflection"),
    formula=Words(
        "解決済みの投稿の閲覧数 × 問い合わせたはずの割合 × 問い合わせ1件の費用",
        "Views of solved posts × share that would have opened a ticket × cost of a ticket",
    ),
    caution=Words(
        "割合はアンケートから取り、区間も書いてください。問い合わせが実際に減ったかは、これでは分かりません。",
        "Take the share from a survey, with its interval. Whether there were fewer tickets is not "
        "known from this.",
    ),
    assumptions=(
        Assumption("views", Words("解決済みの閲覧数", "Views of solved posts"), Kind.COUNT),
        Assumption(
            "share",
            Words("問い合わせたはずの割合", "Share that would have opened a ticket"),
            Kind.SHARE,
            off=1.0,
            without=Words("全員が問い合わせたとみなす", "everybody taken to have opened one"),
        ),
        Assumption("ticket", Words("問い合わせ1件の費用", "Cost of a ticket"), Kind.YEN),
    ),
    lines=(
        Line(
            "value",
            Words("かからなかった費用", "Cost not incurred"),
            lambda told: told["views"] * told["share"] * told["ticket"],
        ),
    ),
)

_WORKS = (
    ("articles", Words("記事", "Articles")),
    ("slides", Words("スライド", "Slide decks")),
    ("videos", Words("動画", "Videos")),
    ("code", Words("コード", "Code")),
)


def _content(told: Numbers) -> float:
    return sum(told[key] * told[f"{key}_cost"] for key, _ in _WORKS)


CONTENT = MoneyModel(
    key="content",
    name=Words("コンテンツ", "Content"),
    formula=Words(
        "種類ごとの本数 × 同じものを外に頼んだ場合の費用、の合計",
        "For each class, outputs × what it would cost to have made, added up",
    ),
    caution=Words(
        "頼んだはずのないものまで数えると大きくなりすぎます。本当に要ったものだけを数えてください。",
        "It grows too large if it counts what nobody would have ordered. Count what was needed.",
    ),
    assumptions=tuple(
        assumption
        for key, name in _WORKS
        for assumption in (
            Assumption(key, Words(f"{name.ja}の本数", f"{name.en}: number"), Kind.COUNT),
            Assumption(
                f"{key}_cost", Words(f"{name.ja}1本の費用", f"{name.en}: cost of one"), Kind.YEN
            ),
        )
    ),
    lines=(Line("value", Words("置き換えの費用", "Replacement cost"), _content),),
)


def _simple(key: str, name: Words, *, count: Words, unit: Words, caution: Words) -> MoneyModel:
    return MoneyModel(
        key=key,
        name=name,
        formula=Words(f"{count.ja} × {unit.ja}", f"{count.en} × {unit.en}"),
        caution=caution,
        assumptions=(
            Assumption("count", count, Kind.COUNT),
            Assumption("unit", unit, Kind.YEN),
        ),
        lines=(
            Line(
                "value",
                Words("かからなかった費用", "Cost not incurred"),
                lambda told: told["count"] * told["unit"],
            ),
        ),
    )


HIRING = _simple(
    "hiring",
    Words("採用", "Hiring"),
    count=Words("コミュニティ経由の採用数", "Hires who came through the community"),
    unit=Words("採用1人の費用", "Cost of a hire"),
    caution=Words(
        "コミュニティがなくても応募した人が含まれます。",
        "It includes people who would have applied anyway.",
    ),
)
INSIGHT = _simple(
    "insight",
    Words("製品への示唆", "Product insight"),
    count=Words("採用された声や検証の数", "Ideas taken up and tests run"),
    unit=Words("同じことを調べる費用", "Cost of finding out otherwise"),
    caution=Words("採用されたものだけを数えてください。", "Count only what was taken up."),
)

_PAID = (
    ("staff", Words("スタッフ", "Staff")),
    ("deputies", Words("代行者", "Deputies")),
    ("volunteers", Words("ボランティア", "Volunteers")),
)
_BOUGHT = (
    ("tools", Words("ツール", "Tools")),
    ("venues", Words("会場", "Venues")),
    ("prizes", Words("賞", "Prizes")),
    ("fees", Words("謝礼・手数料", "Fees")),
)


def _hours(who: str, told: Numbers) -> float:
    return told[f"{who}_hours"] * told[f"{who}_rate"]


def _paid(told: Numbers) -> float:
    return _hours("staff", told) + _hours("deputies", told) + sum(told[key] for key, _ in _BOUGHT)


COST = MoneyModel(
    key="cost",
    name=Words("費用", "Cost"),
    formula=Words(
        "時間 × 単価(スタッフ、代行者、ボランティアは別々に)+ ツール + 会場 + 賞 + 謝礼・手数料",
        "Hours × rate (staff, deputies and volunteers apart) + tools + venues + prizes + fees",
    ),
    caution=Words(
        "ボランティアの時間は会社が払う費用ではありませんが、なくなれば払うことになります。分けて見せてください。",
        "Volunteers' hours are not paid by the company, but would be without them: show them "
        "apart.",
    ),
    assumptions=(
        *(
            assumption
            for key, name in _PAID
            for assumption in (
                Assumption(
                    f"{key}_hours", Words(f"{name.ja}の時間", f"{name.en}: hours"), Kind.HOURS
                ),
                Assumption(f"{key}_rate", Words(f"{name.ja}の時給", f"{name.en}: rate"), Kind.YEN),
            )
        ),
        *(Assumption(key, name, Kind.YEN) for key, name in _BOUGHT),
    ),
    lines=(
        Line("paid", Words("会社が払う費用", "Paid by the company"), _paid),
        Line("staff", Words("うちスタッフ", "of which staff"), lambda t: _hours("staff", t)),
        Line("deputies", Words("うち代行者", "of which deputies"), lambda t: _hours("deputies", t)),
        Line(
            "volunteers",
            Words("ボランティアの時間(別枠)", "Volunteers' hours, apart"),
            lambda t: _hours("volunteers", t),
        ),
    ),
)
