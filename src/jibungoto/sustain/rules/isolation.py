"""Isolation: whether the manager has people to turn to; what nobody noted is unknown, not fine."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from jibungoto.ledger.words import Words, day_words
from jibungoto.sustain.facts import Contact, Delivery, Facts, Trace
from jibungoto.sustain.rules.rule import (
    Firing,
    Rule,
    Severity,
    Verdict,
    fires,
    quiet,
    unknown,
)

BOSS_WARN, BOSS_CRITICAL = 45, 90
CONTACT_DAYS, CONTACTS_WANTED = 60, 2
REPORT_DAYS = 30
PEER_DAYS = 180

NO_NOTES = Words("まだ接点の記録がありません。", "No contact has been noted yet.")
TOO_SHORT = Words(
    "記録は{day_ja}に始まったばかりで、まだ判断できません。",
    "Notes begin on {day_en}; that is too short to tell.",
)


def no_supervisor_talk(facts: Facts, today: date) -> Verdict:
    """I-1: no talk with one's boss for 45 days, urgent after 90."""
    if not facts.has_supervisor:
        return unknown(Words("上司が誰か、記入されていません。", "Nobody is marked as the boss."))
    days, last = _since(facts, today, about=lambda one: one.is_supervisor)
    if days is None:
        return unknown(NO_NOTES)
    if days < BOSS_WARN:
        if last is None:
            return _too_short(facts)
        return quiet(
            Words(f"上司と最後に話したのは{days}日前です。", f"Days since the last talk: {days}.")
        )
    severity = Severity.CRITICAL if days >= BOSS_CRITICAL else Severity.WARN
    return fires(
        Words(f"上司と{days}日、話していません。", f"No talk with the boss for {days} days."),
        severity,
        evidence=_traces([last]),
    )


def thin_contact(facts: Facts, today: date) -> Verdict:
    """I-2: fewer than two different stakeholders in 60 days."""
    first = _first(facts)
    if first is None:
        return unknown(NO_NOTES)
    lately = [
        one
        for one in facts.contacts
        if one.stakeholder is not None and 0 <= (today - one.day).days < CONTACT_DAYS
    ]
    met = {one.stakeholder for one in lately}
    if len(met) >= CONTACTS_WANTED:
        return quiet(
            Words(
                f"この{CONTACT_DAYS}日間に、社内の{len(met)}人と話しています。",
                f"Stakeholders talked to in the last {CONTACT_DAYS} days: {len(met)}.",
            )
        )
    if (today - first).days < CONTACT_DAYS:
        return _too_short(facts)
    return fires(
        Words(
            f"この{CONTACT_DAYS}日間に話した社内の人は、{len(met)}人です。",
            f"Stakeholders talked to in the last {CONTACT_DAYS} days: {len(met)}.",
        ),
        Severity.WARN,
        evidence=_traces(lately),
    )


def unread_reports(facts: Facts, today: date) -> Verdict:
    """I-4: the last two briefs were opened or answered by nobody within 30 days.

    A brief sent to several counts once, and is read when one of them read it; one that is
    younger and not opened yet says nothing.
    """
    judged = _judged(facts.deliveries, today)
    if judged and judged[0][1]:
        return quiet(Words("直近の報告は読まれています。", "The last report was read."))
    if len(judged) < 2:
        return unknown(
            Words(
                f"送って{REPORT_DAYS}日たった報告が、まだ2つありません。",
                f"There are not two reports yet that were sent {REPORT_DAYS} days ago.",
            )
        )
    if judged[1][1]:
        return quiet(Words("その前の報告は読まれています。", "The report before was read."))
    return fires(
        Words(
            f"直近の2つの報告は、{REPORT_DAYS}日たっても開かれず、返事もありません。",
            f"Nobody opened or answered the last two reports within {REPORT_DAYS} days.",
        ),
        Severity.WARN,
        evidence=tuple(_sent(one) for one, _read in judged[:2]),
    )


def _judged(deliveries: Iterable[Delivery], today: date) -> list[tuple[Delivery, bool]]:
    """Return the briefs that can be judged, the newest first, and whether anybody read them."""
    briefs: dict[str, list[Delivery]] = {}
    for one in deliveries:
        briefs.setdefault(one.brief, []).append(one)
    told = []
    for sent in briefs.values():
        read = any(one.was_noticed_within(REPORT_DAYS) for one in sent)
        newest = max(sent, key=lambda one: (one.sent, one.number))
        if read or (today - newest.sent).days >= REPORT_DAYS:
            told.append((newest, read))
    return sorted(told, key=lambda pair: (pair[0].sent, pair[0].number), reverse=True)


def no_peers(facts: Facts, today: date) -> Verdict:
    """I-6: nobody who does the same work elsewhere was talked to in 180 days."""
    days, last = _since(facts, today, about=lambda one: one.stakeholder is None)
    if days is None:
        return unknown(NO_NOTES)
    if days < PEER_DAYS:
        if last is None:
            return _too_short(facts)
        return quiet(
            Words(
                f"社外の仲間と最後に話したのは{days}日前です。",
                f"Days since the last talk with a peer outside: {days}.",
            )
        )
    return fires(
        Words(
            f"社外の仲間と{days}日、話していません。",
            f"No talk with a peer outside for {days} days.",
        ),
        Severity.NOTICE,
        evidence=_traces([last]),
    )


def _since(
    facts: Facts, today: date, *, about: Callable[[Contact], bool]
) -> tuple[int | None, Contact | None]:
    """Return for how many days there was no such contact, and the last of them.

    Where there never was one, they count from the first note of any kind.
    """
    fitting = [one for one in facts.contacts if about(one) and one.day <= today]
    last = max(fitting, key=lambda one: (one.day, one.number), default=None)
    day = last.day if last else _first(facts)
    return (None if day is None else (today - day).days), last


def _first(facts: Facts) -> date | None:
    return min((one.day for one in facts.contacts), default=None)


def _too_short(facts: Facts) -> Verdict:
    first = _first(facts)
    if first is None:
        return unknown(NO_NOTES)
    told = day_words(first)
    return unknown(TOO_SHORT.filled(day_ja=told.ja, day_en=told.en))


def _traces(contacts: Iterable[Contact | None]) -> tuple[Trace, ...]:
    return tuple(
        Trace(
            f"contact:{one.number}",
            Words(f"{day_words(one.day).ja} {one.name}", f"{day_words(one.day).en}: {one.name}"),
        )
        for one in contacts
        if one is not None
    )


def _sent(delivery: Delivery) -> Trace:
    day = day_words(delivery.sent)
    return Trace(
        f"delivery:{delivery.number}",
        Words(f"{day.ja} {delivery.title}", f"{day.en}: {delivery.title}"),
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "I-1",
        Words("上司との対話なし", "No talk with the boss"),
        Words(
            "1枚の報告を持って、30分の時間をもらう。",
            "Ask for half an hour, with the one-page report in hand.",
        ),
        "stakeholders",
        no_supervisor_talk,
        is_private=True,
    ),
    Rule(
        "I-2",
        Words("社内接点が少ない", "Thin contact"),
        Words(
            "ステークホルダーの地図からふたり選んで話す。",
            "Choose two from the map, and talk to them.",
        ),
        "stakeholders",
        thin_contact,
        is_private=True,
    ),
    Rule(
        "I-4",
        Words("読まれない報告", "Unread reports"),
        Words("形を変える。5分、口で話す。", "Change the form: five minutes, told in person."),
        "stakeholders",
        unread_reports,
        is_private=True,
    ),
    Rule(
        "I-6",
        Words("外の仲間なし", "No peers outside"),
        Words(
            "同じ仕事をする人の集まりに、一度出てみる。",
            "Go once to a meetup of people who do the same work.",
        ),
        "stakeholders",
        no_peers,
        is_private=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Dot:
    """One of the six dots: which rule, what it came to, and why."""

    rule: str
    name: Words
    firing: Firing
    sentence: Words


@dataclass(frozen=True, slots=True)
class Isolation:
    """The six dots of domain.md 11: how many fire, and how many cannot be told."""

    dots: tuple[Dot, ...]

    @property
    def firing(self) -> int:
        """How many of the six fire."""
        return sum(one.firing is Firing.FIRES for one in self.dots)

    @property
    def unknown(self) -> int:
        """How many of the six cannot be told."""
        return sum(one.firing is Firing.UNKNOWN for one in self.dots)


NOT_ASKED: dict[str, Words] = {
    "I-3": Words("ひとり運営", "Single operator"),
    "I-7": Words("予算・任務が未定", "Mandate open"),
}
"""Dots nothing is recorded for yet."""
UNTOLD = Words(
    "まだ記録がないため、分かりません。", "Nothing is recorded for this yet, so it cannot be told."
)
DOTS = ("I-1", "I-2", "I-3", "I-4", "I-6", "I-7")


def isolation_of(facts: Facts, today: date) -> Isolation:
    """Return the six dots on a day."""
    rules = {rule.key: rule for rule in RULES}
    dots = []
    for key in DOTS:
        if key in NOT_ASKED:
            dots.append(Dot(key, NOT_ASKED[key], Firing.UNKNOWN, UNTOLD))
        else:
            verdict = rules[key].ask(facts, today)
            dots.append(Dot(key, rules[key].name, verdict.firing, verdict.sentence))
    return Isolation(tuple(dots))
