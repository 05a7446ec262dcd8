"""The rules of domain.md 9.2 by number: how grave each is, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from jibungoto.ledger.words import Words
from jibungoto.plan.issues import Issue, Level

E, W = Level.ERROR, Level.WARNING


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its number, its level and its message."""

    number: str
    level: Level
    what: Words

    def broken(
        self,
        next_step: Words,
        *,
        place: str = "",
        level: Level | None = None,
        what: Words | None = None,
    ) -> Issue:
        """Return what this rule says of one place, and what to do next.

        ``what`` stands in for its message where a finding is narrower than that (decision 0025).
        """
        return Issue(self.number, level or self.level, what or self.what, next_step, place)


V01 = Rule("V01", E, Words("勝利条件がありません", "No measurable victory condition"))
V02 = Rule("V02", E, Words("測れない指標です", "Metric cannot be computed yet"))
V03 = Rule("V03", E, Words("基準値がありません", "No baseline"))
V04 = Rule("V04", E, Words("期日が不適切", "Due date"))
V05 = Rule("V05", W, Words("目標が現状とかけ離れています", "Target far from history"))
V06 = Rule("V06", E, Words("How が先に決まっています", "How before Objective and Who"))
V07 = Rule("V07", E, Words("層がつながっていません", "Broken layer chain"))
V08 = Rule("V08", W, Words("活動量だけが目標です", "Activity only"))
V09 = Rule("V09", W, Words("立ち上げ期の売上目標", "Sales target at launch"))
V10 = Rule("V10", W, Words("人数だけの目標", "Head count only"))
V11 = Rule("V11", E, Words("「誰でも」は Who ではありません", "Everyone is not a Who"))
V12 = Rule("V12", W, Words("1番ピンが未定", "No first pin"))
V13 = Rule("V13", W, Words("提供価値が機能名です", "What is a feature list"))
V14 = Rule("V14", W, Words("メンバー側の目的がありません", "No member-side objective"))
V15 = Rule("V15", W, Words("多すぎます", "Too many"))
V16 = Rule("V16", W, Words("人手が足りません", "Over capacity"))
V17 = Rule("V17", E, Words("担当/代理がいません", "No owner / deputy"))
V18 = Rule("V18", W, Words("やめる条件がありません", "No stop rule"))
V19 = Rule("V19", W, Words("合意の記録がありません", "Not acknowledged"))
V20 = Rule("V20", W, Words("Who が混在", "Mixed audiences"))
V21 = Rule("V21", W, Words("場の偏り", "One-sided place"))
V22 = Rule("V22", W, Words("アウトプットの導線なし", "No output path"))
V23 = Rule("V23", W, Words("法務確認なし", "No legal check"))
V24 = Rule("V24", W, Words("見直し期限切れ", "Review overdue"))
V25 = Rule("V25", W, Words("層の取り違え", "Layer mix in report"))
V26 = Rule("V26", E, Words("結果の記録が必要", "Verdict needed"))
RULEBOOK: tuple[Rule, ...] = (
    V01, V02, V03, V04, V05, V06, V07, V08, V09, V10, V11, V12, V13,
    V14, V15, V16, V17, V18, V19, V20, V21, V22, V23, V24, V25, V26,
)  # fmt: skip
"""All of them, in their order."""
