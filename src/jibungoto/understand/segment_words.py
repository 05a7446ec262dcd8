"""Segments read aloud: whom a rule means, in a sentence of either language."""

from __future__ import annotations

from collections.abc import Mapping

from jibungoto.ledger.source import source_name
from jibungoto.ledger.words import Words, day_words
from jibungoto.understand.answers import Stage
from jibungoto.understand.catalogue import measure_of
from jibungoto.understand.segments import EVERYBODY, KINDS, UP, Segment, counted_by

ROW_PARTS = {
    "no": Words("対象のうち、それ以外", "counted, without it"),
    "untold": Words("返信はあったが、データにない", "answered, but the answer is not in the data"),
    "waiting": Words("まだ待っている", "still waiting"),
}
"""Parts in which rows stand that are no parts of the value."""
NO_NAMES: Mapping[str, str] = {}


def words_of(segment: Segment, names: Mapping[str, str] = NO_NAMES) -> Words:
    """Read a rule aloud; ``names`` are those of events, series and chapters, as rules name them."""
    who = KINDS.get(segment.kind, KINDS[EVERYBODY])
    parts = [*_conditions(segment), *_of_coming(segment, names)]
    if not parts:
        return Words(f"すべての{who.ja}", f"all {who.en}")
    ja, en = [part.ja for part in parts], [part.en for part in parts]
    english = " and ".join(filter(None, [", ".join(en[:-1]), en[-1]]))
    head = "" if segment.kind == EVERYBODY else f"{who.ja}のうち、"
    return Words(f"{head}{'、'.join(ja)}人", f"{who.en} who {english}")


def _conditions(segment: Segment) -> list[Words]:
    """Return what is said of them, each as words that stand before 人 and after who."""
    return [
        *_of_ladder(segment),
        *_of_seeing(segment),
        *_of_doing(segment),
        *_of_belonging(segment),
        *_of_counting(segment),
    ]


def _of_ladder(segment: Segment) -> list[Words]:
    said = []
    if segment.stages:
        stages = [Stage[name.upper()].words for name in segment.stages]
        ja = "か".join(f"「{one.ja}」" for one in stages)
        en = " or ".join(f"“{one.en}”" for one in stages)
        said.append(Words(f"段が{ja}である", f"stand at {en}"))
    if segment.dormant is not None:
        said.append(
            Words("休眠している", "are dormant")
            if segment.dormant
            else Words("休眠していない", "are active")
        )
    if segment.moved:
        said.append(
            Words("この28日間に段が上がった", "moved up in the last 28 days")
            if segment.moved == UP
            else Words("この28日間に段が下がった", "moved down in the last 28 days")
        )
    return said


def _of_seeing(segment: Segment) -> list[Words]:
    said = []
    if segment.seen_from is not None:
        told = day_words(segment.seen_from)
        said.append(Words(f"{told.ja}以降に初めて現れた", f"were first seen on or after {told.en}"))
    if segment.seen_before is not None:
        told = day_words(segment.seen_before)
        said.append(Words(f"{told.ja}より前に初めて現れた", f"were first seen before {told.en}"))
    if segment.new_days is not None:
        days = segment.new_days
        said.append(
            Words(f"直近{days}日に初めて現れた", f"were first seen in the last {days} days")
        )
    if segment.recent_days is not None:
        days = segment.recent_days
        said.append(Words(f"直近{days}日に活動した", f"did something in the last {days} days"))
    return said


def _of_doing(segment: Segment) -> list[Words]:
    said = []
    if segment.attended is not None:
        said.append(
            Words("イベントに参加したことがある", "have been at an event")
            if segment.attended
            else Words("イベントに参加したことがない", "have never been at an event")
        )
    if segment.started is not None:
        said.append(
            Words("何かを始めたことがある", "have started something")
            if segment.started
            else Words("何かを始めたことがない", "have never started anything")
        )
    return said


def _of_belonging(segment: Segment) -> list[Words]:
    said = []
    if segment.sources:
        names = [source_name(key) for key in segment.sources]
        ja = "か".join(one.ja for one in names)
        en = " or ".join(one.en for one in names)
        said.append(Words(f"{ja}に名前がある", f"have a name in {en}"))
    if segment.organisation:
        name = segment.organisation
        said.append(Words(f"所属に「{name}」を含む", f"belong to an organisation like “{name}”"))
    if segment.named:
        name = segment.named
        said.append(Words(f"名前に「{name}」を含む", f"have “{name}” in their name"))
    return said


def _of_coming(segment: Segment, names: Mapping[str, str]) -> list[Words]:
    if not segment.came_to:
        return []
    name = names.get(segment.came_to) or segment.came_to.partition(":")[2]
    return [Words(f"「{name}」に参加したことがある", f"have been at “{name}”")]


def _of_counting(segment: Segment) -> list[Words]:
    if not segment.counted:
        return []
    name, part = counted_words(segment.counted)
    if part is None:
        return [Words(f"指標「{name.ja}」の根拠の記録にいる", f"stand behind “{name.en}”")]
    return [
        Words(
            f"指標「{name.ja}」の根拠の記録({part.ja})にいる",
            f"stand behind “{name.en}” ({part.en})",
        )
    ]


def counted_words(said: str) -> tuple[Words, Words | None]:
    """Return the name of the measure a rule counts by, and of the part it names, if it does."""
    key, part = counted_by(said)
    measure = measure_of(key)
    name = measure.name if measure else Words(key, key)
    if part is None:
        return name, None
    of, _dot, rest = part.rpartition(".")
    whole = measure.parts.get(part) if measure else None
    if whole is not None or rest not in ROW_PARTS:
        return name, whole or (Words("全体", "the whole") if part == "all" else Words(part, part))
    inside = measure.parts.get(of, Words(of, of)) if measure and of else None
    told = ROW_PARTS[rest]
    return name, Words(f"{inside.ja}: {told.ja}", f"{inside.en}: {told.en}") if inside else told
