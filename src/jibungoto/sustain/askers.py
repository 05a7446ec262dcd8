"""Who asks about a community, the question behind the question, and what to show or avoid."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jibungoto.ledger.words import Words


class AskerKind(StrEnum):
    """The desks from which questions come (domain.md 8.4)."""

    CEO = "ceo"
    CFO = "cfo"
    CMO = "cmo"
    SUPPORT = "support"
    PRODUCT = "product"
    SALES = "sales"
    BOSS = "boss"
    LEGAL = "legal"
    OTHER = "other"


class Interest(StrEnum):
    """What somebody's own work is measured by."""

    REVENUE = "revenue"
    COST = "cost"
    PRODUCT = "product"
    BRAND = "brand"
    RISK = "risk"
    PEOPLE = "people"

    @property
    def words(self) -> Words:
        """The interest in a word."""
        return INTERESTS[self]


INTERESTS: dict[Interest, Words] = {
    Interest.REVENUE: Words("売上", "revenue"),
    Interest.COST: Words("費用", "cost"),
    Interest.PRODUCT: Words("製品", "product"),
    Interest.BRAND: Words("ブランド", "brand"),
    Interest.RISK: Words("リスク", "risk"),
    Interest.PEOPLE: Words("人", "people"),
}

INFLUENCES: dict[int, Words] = {
    1: Words("意見を言う", "is heard"),
    2: Words("判断を左右する", "sways decisions"),
    3: Words("決める", "decides"),
}
"""How much somebody's word weighs."""

STANCES: dict[int, Words] = {
    -2: Words("反対", "against"),
    -1: Words("懐疑的", "doubtful"),
    0: Words("まだ分からない", "not known yet"),
    1: Words("好意的", "well disposed"),
    2: Words("味方", "on our side"),
}
"""How somebody stands towards the community."""


@dataclass(frozen=True, slots=True)
class Asker:
    """One kind of stakeholder: the question behind the question, what to show and what to avoid.

    ``avoid`` is None where nothing is known to harm.
    """

    name: Words
    question: Words
    show: Words
    avoid: Words | None


ASKERS: dict[AskerKind, Asker] = {
    AskerKind.CEO: Asker(
        Words("経営者", "CEO"),
        Words(
            "ここに出したお金は戻るのか。戦略に必要か。",
            "Does money put here come back? Is it strategic?",
        ),
        Words(
            "目的の状態、物語をひとつ、コミュニティの力とその内訳",
            "the state of the objective, one story, community power and its split",
        ),
        Words("いいねの数、投稿の数", "likes, post counts"),
    ),
    AskerKind.CFO: Asker(
        Words("財務責任者", "CFO"),
        Words("確かなことは何か。やめたらどうなるか。", "What is certain, and what if we stop?"),
        Words(
            "費用、幅のある見込み、前提、根拠の等級、やめた場合の姿",
            "cost, ranges, assumptions, the grade of evidence, what happens if it stops",
        ),
        Words("ひとつだけの ROI の数字", "a single ROI number"),
    ),
    AskerKind.CMO: Asker(
        Words("マーケティング責任者", "CMO"),
        Words(
            "届く範囲、伝わる内容、見込み客、季節による波(説明が要ります)は。",
            "Reach, message, pipeline, and seasonality, which needs explaining?",
        ),
        Words(
            "アウトプットの流通、思い出してもらえた話、ねらった層の初参加",
            "circulation, stories of being recalled, first-timers of the segment",
        ),
        Words("貢献額の足し上げ", "adding up attributed revenue"),
    ),
    AskerKind.SUPPORT: Asker(
        Words("カスタマーサクセス・サポート", "Customer success and support"),
        Words("問い合わせは減るか。続けてもらえるか。", "Fewer tickets? Do customers stay?"),
        Words(
            "72時間返事のない質問、メンバーが解決した数、対照のある継続の調査",
            "questions unanswered for 72 h, those members solved, a matched study of staying",
        ),
        Words(
            "対照のない「コミュニティの顧客は解約しにくい」",
            "“community customers churn less” without a match",
        ),
    ),
    AskerKind.PRODUCT: Asker(
        Words("製品開発", "Product"),
        Words("何を作るべきか。", "What should we build?"),
        Words(
            "順位をつけた話題、試してくれる人、許可を得た声",
            "ranked themes, people who would test, quotes with permission",
        ),
        Words("会話の生の記録", "raw chat dumps"),
    ),
    AskerKind.SALES: Asker(
        Words("営業", "Sales"),
        Words("名簿をもらえるか。", "Can I have the list?"),
        Words(
            "集計した兆し、本人が手を挙げた場合だけの紹介",
            "aggregated signals, and introductions only where somebody asked for one",
        ),
        Words("メンバーの名簿", "member lists"),
    ),
    AskerKind.BOSS: Asker(
        Words("人事・上司", "HR and the boss"),
        Words("担当者は大丈夫か。代わりは誰か。", "Is the person all right? Who replaces them?"),
        Words(
            "5つの能力のカバー、孤立の状態(本人が公開した分)、引継ぎ書の進み",
            "cover of the five abilities, isolation as far as released, how far the dossier is",
        ),
        Words("メンバーの段", "the stages of members"),
    ),
    AskerKind.LEGAL: Asker(
        Words("法務・情報セキュリティ", "Legal and security"),
        Words("個人情報、賞品、行動規範は。", "Personal data, prizes, the code of conduct?"),
        Words(
            "利用目的の一覧、法務確認、起きたことの件数",
            "the register of purposes, legal checks, the number of incidents",
        ),
        None,
    ),
    AskerKind.OTHER: Asker(
        Words("そのほか", "Somebody else"),
        Words(
            "何で評価されている人か、まず聞いてみましょう。",
            "First ask what their own work is measured by.",
        ),
        Words("目的と、いまの状態", "the objective and where it stands"),
        None,
    ),
}
