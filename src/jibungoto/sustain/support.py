"""What helps against a gap, and what does not: tool, training, people (domain.md 12)."""

from __future__ import annotations

from dataclasses import dataclass

from jibungoto.ledger.words import Words


@dataclass(frozen=True, slots=True)
class Support:
    """What helps with one ability, and what is bought in vain."""

    training: Words
    people: Words
    in_vain: Words


SUPPORTS: dict[str, Support] = {
    "a1": Support(
        Words("傾聴や行動規範の練習(少し効きます)", "listening and conduct drills, a little"),
        Words(
            "メンバーの共同主催者、アンバサダー、そのための採用",
            "member co-hosts, ambassadors, hiring for it",
        ),
        Words("ダッシュボード、返信の外注", "dashboards, outsourcing replies"),
    ),
    "b1": Support(
        Words("OWWH の相談会、事例研究", "an OWWH clinic, the case method"),
        Words(
            "外部の設計者と2〜3回、目的を持つ上司",
            "an outside planner for two or three meetings, a supervisor who owns the objective",
        ),
        Words("先に道具を買うこと", "buying a platform first"),
    ),
    "b2": Support(
        Words("見習い、相棒と一度回すこと", "shadowing, one run with a buddy"),
        Words("運営会社、ボランティア、代理", "an event agency, volunteers, a deputy"),
        Words("戦略コンサルティング", "strategy consulting"),
    ),
    "c1": Support(
        Words("数字で語る練習、財務の基礎", "storytelling with numbers, the basics of finance"),
        Words(
            "分析者の時間、編集者、上司との予行",
            "an analyst's hours, an editor, a rehearsal with the supervisor",
        ),
        Words("催しを増やすこと、きれいなグラフ", "more events, prettier charts"),
    ),
    "c2": Support(
        Words("交渉と会議の練習", "practice in negotiating and in meetings"),
        Words(
            "役員の後ろ盾、社内で話してくれる社外の人、ほかの部門の仲間",
            "an executive sponsor, a respected outsider speaking inside, a fellow manager",
        ),
        Words("データの道具だけを入れること", "a tool for data alone"),
    ),
}
