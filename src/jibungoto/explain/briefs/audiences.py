"""Whom a brief is written for: which measures come first, and which words are kept from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from jibungoto.explain.claims import Grade
from jibungoto.explain.plain import normal
from jibungoto.explain.wording import Blocked
from jibungoto.ledger.words import Words
from jibungoto.sustain.askers import ASKERS, Asker, AskerKind


class AudienceKey(StrEnum):
    """A kind of stakeholder (domain.md 8.4)."""

    CEO = "ceo"
    CFO = "cfo"
    CMO = "cmo"
    SUPPORT = "support"
    PRODUCT = "product"
    SALES = "sales"
    BOSS = "boss"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class Avoided:
    """Words an audience must not be given; below ``allowed_from``, or at any grade if None."""

    ja: tuple[str, ...]
    en: tuple[str, ...]
    why: Words
    allowed_from: Grade | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """A brief's reader: ``measures`` come first, those in ``leaves_out`` never.

    ``shows_ladder`` is False where nobody's stage may be spoken of, not even counted.
    """

    key: AudienceKey
    measures: tuple[str, ...]
    leaves_out: frozenset[str] = frozenset()
    avoided: tuple[Avoided, ...] = ()
    shows_ladder: bool = True

    @property
    def asker(self) -> Asker:
        """Who such people are: their question, what to show them and what to avoid."""
        return ASKERS[AskerKind(self.key)]

    @property
    def name(self) -> Words:
        """What they are called."""
        return self.asker.name

    @property
    def addressed(self) -> Words:
        """What they are called where a brief turns to them."""
        return ADDRESSED.get(self.key, self.name)

    @property
    def question(self) -> Words:
        """The question behind their questions."""
        return self.asker.question

    @property
    def show(self) -> Words:
        """What to show them."""
        return self.asker.show

    @property
    def avoid(self) -> Words | None:
        """What to keep from them; None where nothing is known to harm."""
        return self.asker.avoid


ADDRESSED: dict[AudienceKey, Words] = {
    AudienceKey.CEO: Words("経営者", "the CEO"),
    AudienceKey.CFO: Words("財務責任者", "the CFO"),
    AudienceKey.CMO: Words("マーケティング責任者", "the CMO"),
    AudienceKey.SUPPORT: Words(
        "カスタマーサクセス・サポート", "the customer success and support teams"
    ),
    AudienceKey.PRODUCT: Words("製品開発の担当者", "the product team"),
    AudienceKey.SALES: Words("営業の担当者", "the sales team"),
    AudienceKey.BOSS: Words("上司・人事", "the manager's own boss and HR"),
    AudienceKey.LEGAL: Words("法務・情報セキュリティの担当者", "the legal and security teams"),
}
"""A reader as a brief turns to them, to stand in a sentence."""
_ROI = Avoided(
    ("roi", "投資対効果"),
    ("roi", "return on investment"),
    Words(
        "一つの数のROIは出さず、幅と前提を示します。",
        "No single ROI number: show a range with its assumptions.",
    ),
)

AUDIENCES: dict[AudienceKey, Audience] = {
    each.key: each
    for each in (
        Audience(
            AudienceKey.CEO,
            ("starters", "active", "caf50"),
            frozenset({"outputs"}),
            (
                Avoided(
                    ("いいね", "投稿数"),
                    ("likes", "post count", "post counts"),
                    Words(
                        "いいねや投稿の数でなく、目的の進みを示します。",
                        "Show the objective's progress, not likes or posts.",
                    ),
                ),
            ),
        ),
        Audience(
            AudienceKey.CFO,
            ("active", "caf50", "starter_rate"),
            avoided=(_ROI,),
        ),
        Audience(
            AudienceKey.CMO,
            ("reach_total", "first_time_rate", "outputters", "heat"),
            avoided=(
                Avoided(
                    ("売上貢献", "アトリビューション"),
                    ("attributed revenue", "revenue attributed"),
                    Words(
                        "経路ごとの売上は足し合わせません。",
                        "Revenue attributed to channels is never added up.",
                    ),
                    Grade.E3,
                ),
            ),
        ),
        Audience(
            AudienceKey.SUPPORT,
            ("unanswered72", "ttfr", "welcome48", "ret_k"),
            avoided=(
                Avoided(
                    ("解約",),
                    ("churn", "churns", "churned", "churning"),
                    Words(
                        "解約は、条件をそろえた推定があるときだけ語れます。",
                        "Churn needs a matched estimate.",
                    ),
                    Grade.E3,
                ),
            ),
        ),
        Audience(
            AudienceKey.PRODUCT,
            ("starters", "early_diversity", "outputs"),
        ),
        Audience(
            AudienceKey.SALES,
            ("reach_total", "first_time_rate", "active"),
            avoided=(
                Avoided(
                    ("名簿", "リード一覧"),
                    ("member list", "member lists", "lead list"),
                    Words(
                        "メンバーの名簿は渡しません。",
                        "Lists of members are not handed out.",
                    ),
                ),
            ),
        ),
        Audience(
            AudienceKey.BOSS,
            ("caf50", "top1", "unanswered72"),
            frozenset({"stage_stock", "stage_share"}),
            shows_ladder=False,
        ),
        Audience(
            AudienceKey.LEGAL,
            ("registered", "identity_coverage"),
        ),
    )
}


_TITLES = ("さん", "様", "さま", "氏")
CALLED = Words("{name}さん", "{name}")


def called(name: str) -> Words | None:
    """Return how somebody is called where a brief turns to them; None without a name."""
    if not name:
        return None
    return Words(name, name) if name.endswith(_TITLES) else CALLED.filled(name=name)


def avoided_words(text: Words, audience: Audience, *, grade: Grade) -> tuple[Blocked, ...]:
    """Return the words of a text that its audience must not be given at this grade."""
    order = tuple(Grade)
    found = []
    for one in audience.avoided:
        if one.allowed_from is not None and order.index(grade) >= order.index(one.allowed_from):
            continue
        from_grade = one.allowed_from or Grade.E4
        for language, said, words in (("ja", text.ja, one.ja), ("en", text.en, one.en)):
            plain = normal(said)
            found += [
                Blocked(word, language, from_grade, one.why)
                for word in words
                if _is_said(word, plain)
            ]
    return tuple(found)


def _is_said(word: str, plain: str) -> bool:
    if not word.isascii():
        return word in plain
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", plain) is not None
