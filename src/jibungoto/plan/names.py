"""What the fields of a plan are called, and how a value is told in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

from msgspec import Struct, structs

from jibungoto.ledger.words import Words, day_words
from jibungoto.plan.number import shown
from jibungoto.plan.owwh import Assumption, AssumptionState, How, Place, Spaces, What, Who
from jibungoto.plan.text import Text
from jibungoto.plan.victory import Operator, VictoryCondition

FIELDS: Mapping[str, Words] = {
    "title": Words("名前", "Title"),
    "programme": Words("施策", "Programme"),
    "period": Words("期間", "Period"),
    "first": Words("始まり", "From"),
    "last": Words("終わり", "To"),
    "owner": Words("担当", "Owner"),
    "parent": Words("上位の計画", "Plan above"),
    "objective": Words("目的", "Objective"),
    "company": Words("会社側", "Company side"),
    "member": Words("メンバー側", "Member side"),
    "spaces": Words("種類(SPACES)", "Type (SPACES)"),
    "theory": Words("そうなると考える理由", "Why it should work"),
    "not_goals": Words("目的にしないこと", "Not goals"),
    "victory": Words("勝利条件", "Victory conditions"),
    "key": Words("キー", "Key"),
    "measure": Words("指標", "Measure"),
    "part": Words("内訳", "Part"),
    "scope": Words("範囲", "Scope"),
    "segment": Words("セグメント", "Segment"),
    "chapter": Words("支部", "Chapter"),
    "series": Words("シリーズ", "Series"),
    "baseline": Words("基準値", "Baseline"),
    "value": Words("値", "Value"),
    "no_history": Words("これまでの記録はない", "No history"),
    "of": Words("何の値か", "What it is of"),
    "proposed": Words("データから入れた値", "Taken from the data"),
    "operator": Words("以上・以下", "At least or at most"),
    "target": Words("目標値", "Target"),
    "unit": Words("単位", "Unit"),
    "due": Words("期日", "Due"),
    "if_won": Words("達成したら", "If won"),
    "if_lost": Words("未達なら", "If lost"),
    "by_hand": Words("手で数える", "Counted by hand"),
    "name": Words("呼び名", "Name"),
    "who": Words("誰に", "Who"),
    "every_days": Words("何日おき", "Every … days"),
    "interest_axis": Words("関心軸", "Interest"),
    "behaviour": Words("行動", "Behaviour"),
    "first_pins": Words("1番ピン", "First pins"),
    "excluded": Words("対象にしない人", "Left out"),
    "size_estimate": Words("人数の見込み", "Estimated size"),
    "how_we_know": Words("なぜそう言えるか", "How we know"),
    "what": Words("何を", "What"),
    "job": Words("片づけたい用事", "Job"),
    "gain": Words("得るもの", "Gain"),
    "sentence": Words("メンバーが言う一言", "What a member would say"),
    "proof": Words("証拠", "Proof"),
    "how": Words("どうやって", "How"),
    "victories": Words("どの勝利条件のためか", "For which victory"),
    "serves": Words("届ける What", "Serves"),
    "recipe": Words("型", "Recipe"),
    "deputy": Words("代理", "Deputy"),
    "cadence": Words("頻度", "Cadence"),
    "hours_per_month": Words("毎月の時間", "Hours a month"),
    "cost": Words("費用", "Cost"),
    "amount": Words("金額", "Amount"),
    "currency": Words("通貨", "Currency"),
    "leading_measure": Words("先に動く指標", "Leading measure"),
    "starts": Words("始める日", "Starts"),
    "stops": Words("終える日", "Stops"),
    "stop_rule": Words("やめる条件", "Stop rule"),
    "places": Words("場", "Place"),
    "yields_output": Words("アウトプットにつながる", "Leads to output"),
    "incentive": Words("景品・謝礼", "Incentive"),
    "legal_check": Words("法務確認", "Legal check"),
    "checked_by": Words("確認した人", "Checked by"),
    "day": Words("日", "Day"),
    "result": Words("結果", "Result"),
    "assumptions": Words("仮説", "Assumptions"),
    "text": Words("内容", "Text"),
    "test": Words("確かめ方", "Test"),
    "state": Words("状態", "State"),
    "stakeholders": Words("ステークホルダー", "Stakeholders"),
    "review": Words("見直し", "Review"),
    "next": Words("次回", "Next"),
    "one_place_reason": Words("場が一方だけの理由", "Why only one kind of place"),
    "reconstructed": Words("再構成した例", "Reconstructed example"),
}
"""Every field of a plan by its name in the code; pages and differences call them so."""

VALUES: Mapping[Enum, Words] = {
    Spaces.SUPPORT: Words("サポート", "Support"),
    Spaces.PRODUCT: Words("プロダクト", "Product"),
    Spaces.ACQUISITION: Words("獲得", "Acquisition"),
    Spaces.CONTRIBUTION: Words("貢献", "Contribution"),
    Spaces.ENGAGEMENT: Words("つながり", "Engagement"),
    Spaces.SUCCESS: Words("活用", "Success"),
    Place.VENUE: Words("会場", "Venue"),
    Place.ONLINE: Words("オンライン", "Online"),
    Operator.AT_LEAST: Words("以上", "at least"),
    Operator.AT_MOST: Words("以下", "at most"),
    AssumptionState.OPEN: Words("未確認", "Open"),
    AssumptionState.HELD: Words("正しかった", "Held"),
    AssumptionState.FAILED: Words("外れた", "Failed"),
}
"""Every choice of a plan by its name."""

KINDS: Mapping[type[Struct], str] = {
    VictoryCondition: "measure",
    Who: "interest_axis",
    What: "gain",
    How: "title",
    Assumption: "text",
}
"""The field by which people call a thing that has a key."""

UNTOLD = frozenset({"of", "proposed"})
"""Where a baseline is from: what changes there follows from the measure, which is told."""

YES, NO = Words("はい", "yes"), Words("いいえ", "no")


def name_of(field: str) -> Words:
    """Return what a field is called."""
    return FIELDS[field]


def told(value: Any) -> Words | None:
    """Return a value as it stands in a sentence, or None where nothing was said."""
    if isinstance(value, Text):
        return None if value.is_empty else Words(ja=value.said_in("ja"), en=value.said_in("en"))
    if isinstance(value, Struct):
        said = (one.name for one in structs.fields(value) if one.name not in UNTOLD)
        return _all_told(tuple(getattr(value, name) for name in said))
    if isinstance(value, tuple):
        return _all_told(value)
    if isinstance(value, Enum | bool):
        return VALUES[value] if isinstance(value, Enum) else (YES if value else NO)
    if value is None or value == "":
        return None
    return _plainly_told(value)


def _plainly_told(value: date | float | str) -> Words:
    if isinstance(value, date):
        return day_words(value)
    plain = shown(value, "") if isinstance(value, float) else str(value)
    return Words(ja=plain, en=plain)


def _all_told(those: tuple[Any, ...]) -> Words | None:
    found = [words for one in those if (words := told(one)) is not None]
    ja, en = "、".join(one.ja for one in found), ", ".join(one.en for one in found)
    return Words(ja=ja, en=en) if found else None
