"""Whom to talk to today: at most three people, by rule, each with the reason and its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jibungoto.ledger.evidence import Evidence
from jibungoto.ledger.source import Subject, source_name, subjects_of
from jibungoto.ledger.words import Words, day_words
from jibungoto.understand.answers import Stage
from jibungoto.understand.log import LoggedSource

AT_MOST = 3
MET_DAYS = 14
"""For how long somebody one has talked to is left alone."""
NOT_NOW_DAYS = 30
"""For how long somebody put off is left alone."""
OLD_DAYS = 14
"""Records that end longer ago tell of no first post or start that Today could still speak of."""


class Reason(StrEnum):
    """Why to talk to somebody, in the order in which reasons take turns."""

    UNANSWERED_FIRST_POST = "unanswered_first_post"
    FIRST_START = "first_start"
    SILENT_CONTRIBUTOR = "silent_contributor"

    @property
    def words(self) -> Words:
        """The reason in a few words."""
        return REASON_WORDS[self]


REASON_WORDS: dict[Reason, Words] = {
    Reason.UNANSWERED_FIRST_POST: Words("初めての投稿に返事なし", "First post, no answer"),
    Reason.FIRST_START: Words("初めての起点", "First start"),
    Reason.SILENT_CONTRIBUTOR: Words("担い手の沈黙", "Gone quiet"),
}

SENTENCES: dict[Reason, Words] = {
    Reason.UNANSWERED_FIRST_POST: Words(
        "{day}に{place}で初めて投稿しましたが、まだ返信も反応もありません。",
        "Posted for the first time on {day} in {place}; nobody has replied or reacted yet.",
    ),
    Reason.FIRST_START: Words(
        "{day}に{place}を始めました。この人にとって初めての起点です。",
        "Started {place} on {day}, the first thing this person has started.",
    ),
    Reason.SILENT_CONTRIBUTOR: Words(
        "ふだんは{gap}日おきに活動していますが、{day}を最後に{days}日間、姿が見えません。",
        "Usually around every {gap} days; last seen on {day}, silent for {days} days.",
    ),
}

NOBODY = Words("いま、声を待っている人はいません。", "Nobody is waiting.")

LIMITS: dict[str, Words] = {
    "threads": Words(
        "{source}のデータには返信のつながりがないため、返事のない投稿は分かりません。",
        "The {source} export does not link replies to threads, so unanswered posts cannot be told.",
    ),
    "joining": Words(
        "{source}のデータでは、はじめて来た日を確かめられません。初めての投稿かどうかは分かりません。",
        "The {source} export does not tell when people joined, so first posts cannot be told.",
    ),
    "creators": Words(
        "{source}のデータには誰が始めたかがないため、起点は分かりません。",
        "The {source} export does not say who started what, so starts cannot be told.",
    ),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody it would be good to talk to, and the facts behind it.

    ``day`` is the day of the post or the start, or the last day somebody was seen.
    """

    reason: Reason
    person: int
    day: date
    happened_at: int | None
    place: str | None
    silent_days: int | None
    median_gap: float | None
    stage: Stage
    evidence: Evidence

    @property
    def order(self) -> tuple[date, int, int]:
        """Oldest first."""
        return (self.day, self.happened_at or 0, self.person)


@dataclass(frozen=True, slots=True)
class Today:
    """The answer of the day: the chosen, how many more there are, and what cannot be known.

    ``nobody`` is said when nobody is chosen; ``limits`` always, and explain it.
    """

    as_of: date
    chosen: tuple[Candidate, ...]
    more: int
    nobody: Words | None
    limits: tuple[Words, ...]


def choose(
    candidates: Sequence[Candidate], *, met: Mapping[int, date], on: date
) -> list[Candidate]:
    """Choose at most three: one of each reason before a second of the same, oldest first.

    ``met`` names until which day (that day excluded) a person is left alone, ``on`` is the day
    of asking. Nobody is chosen twice.
    """
    waiting = {reason: _oldest_first(candidates, reason, met=met, on=on) for reason in Reason}
    chosen: dict[int, Candidate] = {}
    while len(chosen) < AT_MOST and any(waiting.values()):
        for queue in waiting.values():
            while queue and queue[0].person in chosen:
                queue.pop(0)
            if queue and len(chosen) < AT_MOST:
                candidate = queue.pop(0)
                chosen[candidate.person] = candidate
    return list(chosen.values())


def days_behind(as_of: date, *, now: date) -> int | None:
    """Return how many days ago the records end, where that is too long ago to speak of today."""
    days = (now - as_of).days
    return days if days > OLD_DAYS else None


def _oldest_first(
    candidates: Sequence[Candidate], reason: Reason, *, met: Mapping[int, date], on: date
) -> list[Candidate]:
    free = [
        each
        for each in candidates
        if each.reason is reason and (each.person not in met or met[each.person] <= on)
    ]
    return sorted(free, key=lambda each: each.order)


def today_of(
    as_of: date,
    candidates: Sequence[Candidate],
    *,
    sources: Sequence[LoggedSource],
    met: Mapping[int, date],
    on: date,
) -> Today:
    """Put the answer of the day together."""
    chosen = choose(candidates, met=met, on=on)
    free = {each.person for each in candidates if met.get(each.person, on) <= on}
    return Today(
        as_of=as_of,
        chosen=tuple(chosen),
        more=len(free) - len(chosen),
        nobody=None if chosen else NOBODY,
        limits=limits_of(sources),
    )


def limits_of(sources: Sequence[LoggedSource]) -> tuple[Words, ...]:
    """Say what conversations cannot tell, so that silence is not taken for an all-clear.

    A list of participants or a blog never could: of it nobody expects who waits for an answer.
    """
    limits = []
    for source in sources:
        if Subject.CONVERSATION not in subjects_of(source.source):
            continue
        tells, name = source.can_tell, source_name(source.source)
        missing = []
        if not (tells.threads and tells.replies):
            missing.append("threads")
        elif not tells.joins and tells.complete_since is None:
            missing.append("joining")
        if not tells.creators:
            missing.append("creators")
        limits += [
            Words(LIMITS[one].ja.format(source=name.ja), LIMITS[one].en.format(source=name.en))
            for one in missing
        ]
    return tuple(limits)


def sentence_of(candidate: Candidate, *, place: str = "") -> Words:
    """Say the facts in one sentence; ``place`` is the name to show for the candidate's place."""
    words = SENTENCES[candidate.reason]
    where = place or candidate.place or ""
    gap = candidate.median_gap or 0
    shown_gap = f"{gap:.0f}" if gap == int(gap) else f"{gap:.1f}"
    days = candidate.silent_days or 0
    return words.filled(day=day_words(candidate.day), place=where, gap=shown_gap, days=days)
