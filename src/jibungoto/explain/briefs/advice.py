"""What a draft tells its writer to bring; readers are told only that it is not there."""

from __future__ import annotations

from dataclasses import replace

from jibungoto.explain.briefs.brief import Brief
from jibungoto.explain.wording import first_sentence
from jibungoto.ledger.words import Words

NO_PLAN = Words(
    "勝利条件の登録がありません。計画に目的と勝利条件を1つ書くと、ここに進みが出ます。",
    "No victory condition is on record. Write one objective with its victory condition into the "
    "plan, and its progress stands here.",
)
NO_VOICES = Words(
    "許可のある声の登録がありません。メンバーの許可を得て1〜2件を書き足してください。",
    "No voice with permission is on record. Ask members, and add one or two.",
)
NO_STUDIES = Words(
    "事業の数字との比較はまだありません。取引先ごとの期間別の値(CSV)を取り込むと比べられます。",
    "There is no comparison with business figures yet. Bring values by account and period (CSV).",
)
NO_COSTS = Words(
    "費用の登録がありません。時間、道具、会場、賞品、謝礼の額を持ち寄ってください。",
    "No cost is on record. Bring hours, tools, venues, prizes and fees.",
)
NO_TEAM = Words(
    "体制の登録がありません。5つの能力を誰が担い、誰が控えるかを書いてください。",
    "The team is not on record. Say who covers each of the five abilities and who backs it up.",
)
NO_STOPS = Words(
    "やめることの登録がありません。計画の「やめる条件」に書くと、ここに出ます。",
    "Nothing to stop is on record. Stop rules of the plan stand here.",
)
NO_POWER = Words(
    "まだ計算していません。人数と起点の数を並べて示してください。",
    "It is not worked out yet. Show how many people there are beside how many start something.",
)
NO_MODELS = Words(
    "見込みと前提の登録がありません。計画の勝利条件か、「根拠」の金額の見積もりを書くと、ここに幅で出ます。",
    "No forecast and no assumption is on record. Victory conditions of the plan and the money "
    "models under Evidence stand here as ranges.",
)
NO_THEMES = Words(
    "投稿の本文を残していないため、話題の順位は出せません。直近の質問から3つ選んで書き足してください。",
    "Texts of posts are not kept, so themes cannot be ranked. Choose three from recent questions.",
)
NO_TESTERS = Words(
    "試してくれる人の登録がありません。製品の担当者と、お願いしたい人に声をかけてください。",
    "Nobody who would test is on record. Ask those whom Product would like to hear.",
)
NO_HAND_RAISED = Words(
    "本人から申し出のあった紹介の登録がありません。申し出があった件数だけを書き足してください。",
    "No introduction that somebody asked for is on record. Add the number of those, and no names.",
)
NO_LEGAL_CHECKS = Words(
    "法務確認の登録がありません。賞品や規約について確認した日を書き足してください。",
    "No legal check is on record. Add the days on which prizes and terms were checked.",
)
NO_INCIDENTS = Words(
    "行動規範に関する件数の登録がありません。担当者から件数だけを受け取って書き足してください。",
    "No count of incidents is on record. Ask the conduct officer for the number alone.",
)
NO_DOSSIER = Words(
    "引継ぎ書はまだ作られていません。「チーム」で能力のカバーと使っているアカウントを書くと、その材料になります。",
    "There is no dossier yet. What Team says of cover and accounts is what it is made of.",
)
NOT_RELEASED = Words(
    "本人がまだ公開していません。「チーム」の孤立の欄で、本人が公開を選べます。",
    "The person has not released it. They can, under Isolation in Team.",
)
UNPRICED = Words(
    "時給の登録がないため、時間を金額にはできません。「根拠」の「費用」にスタッフの時給を書いてください。",
    "The hourly rate is missing, so the hours are not told in money. Write the rate of staff "
    "under Cost in Evidence.",
)
NO_SERIES = Words(
    "番組ごとの結果はまだありません。「指標」の「シリーズと支部」でイベントをまとめると、"
    "番組ごと・参加方法ごとに出ます。",
    "There is no result by programme yet. Put events together under “Series and chapters” in "
    "Measures, and each stands here by mode.",
)
NO_STARTED = Words(
    "この四半期にメンバーが始めたことの記録がありません。チャンネルやイベントを作った人が"
    "分かる書き出しを取り込んでください。",
    "No start by a member in this quarter is on record. Bring exports that tell who made channels "
    "and events.",
)
"""Lines that former drafts hold are among them: what was drafted then may go out now."""
ADVICE = frozenset(
    {
        *(NO_PLAN, NO_VOICES, NO_STUDIES, NO_COSTS, NO_TEAM, NO_STOPS, NO_POWER, NO_MODELS),
        *(NO_THEMES, NO_TESTERS, NO_HAND_RAISED, NO_LEGAL_CHECKS, NO_INCIDENTS, NO_SERIES),
        *(NO_STARTED, NOT_RELEASED, UNPRICED, NO_DOSSIER),
    }
)


def for_readers(line: Words) -> Words:
    """Return a line as it may go out: what is missing, without what the writer is to do.

    What to bring may stand behind the name of what it is for.
    """
    for one in ADVICE:
        if line.ja.endswith(one.ja) and line.en.endswith(one.en):
            first, _ = first_sentence(one)
            return Words(
                line.ja.removesuffix(one.ja) + first.ja, line.en.removesuffix(one.en) + first.en
            )
    return line


def without_advice(brief: Brief) -> Brief:
    """Return a brief without what it tells its writer."""
    return replace(
        brief,
        parts=tuple(replace(part, text=tuple(map(for_readers, part.text))) for part in brief.parts),
    )
