"""What a team's cover reads like as a whole, and the first thing to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jibungoto.ledger.words import Words
from jibungoto.sustain.cover import AbilityCover, covers_of, deputies
from jibungoto.sustain.team import Team


class Pattern(StrEnum):
    """The patterns of domain.md 10.4 that cover alone can tell."""

    UNHEARD = "unheard"
    PITFALL = "pitfall"
    SINGLE_STAR = "single_star"
    HEALTHY = "healthy"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a pattern is called, and the first action."""

    name: Words
    action: Words


READINGS: dict[Pattern, Reading] = {
    Pattern.UNHEARD: Reading(
        Words("説明不足", "Unheard"),
        Words(
            "催しを増やすのではなく、定例の報告と後ろ盾をつくる。",
            "A report on a fixed cycle and a sponsor, not more events.",
        ),
    ),
    Pattern.PITFALL: Reading(
        Words("落とし穴型", "Pitfall"),
        Words(
            "30日以内に、いちばん足りない能力のバックアップを決める。",
            "Within 30 days, agree on a backup for the ability that lacks most.",
        ),
    ),
    Pattern.SINGLE_STAR: Reading(
        Words("一枚看板", "Single star"),
        Words(
            "代理を決め、鍵をふたりで持つ。", "Name a deputy, and share every key with somebody."
        ),
    ),
    Pattern.HEALTHY: Reading(
        Words("健全な分担", "Healthy split"),
        Words(
            "バックアップを使いつづけ、代理を育てる。",
            "Keep the backups in use, and bring a deputy on.",
        ),
    ),
}


def pattern_of(team: Team, day: date) -> Pattern | None:
    """Return the pattern of a team's cover, a taken as held; None where none of them fits."""
    if not team.there(day):
        return None
    covers = [one for one in covers_of(team, day) if one.ability.group != "a"]
    lacking = {one.ability.group for one in covers if not one.is_covered}
    if lacking:
        return Pattern.UNHEARD if lacking == {"c"} else Pattern.PITFALL
    if all(not one.alone for one in covers):
        return Pattern.HEALTHY
    is_one = len(_carriers(covers)) == 1
    return Pattern.SINGLE_STAR if is_one and not deputies(team, day) else None


def _carriers(covers: list[AbilityCover]) -> set[str]:
    return {name for one in covers for name in (*one.holders, *one.backups)}
