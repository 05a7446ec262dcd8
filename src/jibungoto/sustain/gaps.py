"""What is missing in a team's cover, in words: one sentence for each gap, the widest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jibungoto.ledger.words import Words
from jibungoto.sustain.cover import AbilityCover, CoverState, covers_of
from jibungoto.sustain.team import Part, Team

PAPER_DAYS = 90
"""After so many days without being used a backup is one on paper."""


class GapKind(StrEnum):
    """What is missing, the widest first."""

    NOBODY = "nobody"
    SHORT = "short"
    HOURS_UNKNOWN = "hours_unknown"
    ALONE = "alone"
    OVER_PROMISED = "over_promised"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: of which ability (None: of a member's hours) and the sentence that says it."""

    kind: GapKind
    ability: str | None
    sentence: Words


SENTENCES: dict[GapKind, Words] = {
    GapKind.NOBODY: Words("{ja}が決まっていません。", "Nobody is named to {en}."),
    GapKind.SHORT: Words(
        "「{name_ja}」は月{need}時間が目安ですが、合わせて{hours}時間です。",
        "“{name_en}” takes {need} hours a month; {hours} are agreed.",
    ),
    GapKind.HOURS_UNKNOWN: Words(
        "「{name_ja}」に何時間使えるか、まだ分かりません。",
        "How many hours there are for “{name_en}” is not known yet.",
    ),
    GapKind.ALONE: Words(
        "{who}さんが休むと、{ja}がいません。", "Nobody can {en} when {who} is on leave."
    ),
    GapKind.OVER_PROMISED: Words(
        "{who}さんは月{agreed}時間を引き受けていますが、使えるのは{hours}時間です。",
        "{who} has agreed to {agreed} hours a month and has {hours}.",
    ),
    GapKind.PAPER: Words(
        "「{name_ja}」のバックアップ({who})は、この{days}日間、一度も使われていません。",
        "The backup for “{name_en}” ({who}) has not been used in the last {days} days.",
    ),
}


def gaps_of(team: Team, day: date) -> tuple[Gap, ...]:
    """Return what is missing on a day; nothing of a team nobody has written down."""
    if not team.there(day):
        return ()
    covers = covers_of(team, day)
    found = [*_of_abilities(team, covers, day=day), *_over_promised(team, day)]
    order = list(GapKind)
    return tuple(sorted(found, key=lambda gap: order.index(gap.kind)))


def _of_abilities(team: Team, covers: Sequence[AbilityCover], *, day: date) -> Iterator[Gap]:
    for cover in covers:
        kind = _kind(cover)
        if kind is not None:
            yield _gap(cover, kind)
        unused = _unused_backups(team, cover, day=day)
        if unused:
            yield _gap(cover, GapKind.PAPER, who=", ".join(unused))


def _kind(cover: AbilityCover) -> GapKind | None:
    missing = {
        CoverState.OPEN: GapKind.NOBODY,
        CoverState.SHORT: GapKind.SHORT,
        CoverState.UNKNOWN: GapKind.HOURS_UNKNOWN,
    }
    if cover.state in missing:
        return missing[cover.state]
    return GapKind.ALONE if cover.alone else None


def _gap(cover: AbilityCover, kind: GapKind, *, who: str = "") -> Gap:
    one = cover.ability
    said = SENTENCES[kind].filled(
        ja=one.verb.ja,
        en=one.verb.en,
        name_ja=one.name.ja,
        name_en=one.name.en,
        need=cover.need,
        hours=cover.hours or 0,
        who=who or cover.alone,
        days=PAPER_DAYS,
    )
    return Gap(kind, one.key, said)


def _unused_backups(team: Team, cover: AbilityCover, *, day: date) -> list[str]:
    """Return whose backup is agreed for long enough and was not used in all that time."""
    return [
        member.name
        for agreed, member in team.agreed(day)
        if agreed.ability == cover.ability.key
        and agreed.part is Part.BACKS_UP
        and (day - max(agreed.since, agreed.last_used or agreed.since)).days > PAPER_DAYS
    ]


def _over_promised(team: Team, day: date) -> Iterator[Gap]:
    """Yield who has agreed to more hours than they have."""
    for member in team.there(day):
        theirs = [
            cover.hours or 0 for cover, who in team.agreed(day) if who.number == member.number
        ]
        if member.hours is not None and sum(theirs) > member.hours:
            said = SENTENCES[GapKind.OVER_PROMISED].filled(
                who=member.name, agreed=sum(theirs), hours=member.hours
            )
            yield Gap(GapKind.OVER_PROMISED, None, said)
