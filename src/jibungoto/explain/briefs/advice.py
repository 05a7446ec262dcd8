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
ADVICE = frozenset({NO_PLAN, NO_VOICES, NO_STUDIES, NO_COSTS, NO_TEAM, NO_STOPS})


def for_readers(line: Words) -> Words:
    """Return a line as it may go out: what is missing, without what the writer is to do."""
    return first_sentence(line)[0] if line in ADVICE else line


def without_advice(brief: Brief) -> Brief:
    """Return a brief without what it tells its writer."""
    return replace(
        brief,
        parts=tuple(replace(part, text=tuple(map(for_readers, part.text))) for part in brief.parts),
    )
