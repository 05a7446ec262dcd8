"""What briefs are told of the plans in force: their lines, and how their conditions stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import local_day_of
from jibungoto.desk.plan.look import Version, version_from
from jibungoto.desk.plan.score import scorecard
from jibungoto.explain.briefs.conditions import (
    ConditionKept,
    Judgement,
    Written,
    could_point_at,
    judgement_of,
    range_words,
    target_words,
    value_words,
    without_course,
)
from jibungoto.explain.briefs.figures import figure_of
from jibungoto.explain.drafting.conditions import titled
from jibungoto.explain.drafting.facts import ConditionFacts, LegalFacts, PlanFacts
from jibungoto.ledger.finding import Finding
from jibungoto.ledger.words import Words
from jibungoto.plan.owwh import AssumptionState
from jibungoto.plan.scorecard import Card
from jibungoto.plan.standing import Standing
from jibungoto.plan.states import State
from jibungoto.plan.text import Text
from jibungoto.plan.yaml_file import written
from jibungoto.records.models import AnswerRow, PlanVersionRow

NOT_THAT_DAY = Words(
    "この日の値は、計画の記録にありません。", "The plan holds no value of that day."
)
LINE = Words("{head}: {text}", "{head}: {text}")
COMPANY = Words("会社にとって", "For the company")
MEMBER = Words("メンバーにとって", "For a member")
WHO = Words("誰に", "Who")
WHAT = Words("何を", "What")
HOW = Words("どうやって", "How")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Judged:
    """One version with its scorecard, and what is known of its measures."""

    version: Version
    since: date | None
    digest: str
    named: Words | None
    as_of: date
    findings: Sequence[Finding]
    history: Sequence[Finding]


def plan_facts(
    acting: Acting,
    *,
    as_of: date,
    findings: Sequence[Finding],
    history: Sequence[Finding] = (),
    past: AnswerRow | None = None,
) -> PlanFacts | None:
    """Return the plans in force with their scorecards; None while there is none.

    ``history`` are the findings of earlier month ends.

    With ``past``, the answer of an earlier day, it is how they stood then, by what was known then.
    """
    versions = list(in_force(acting, past))
    if not versions:
        return None
    judged = [
        _Judged(
            version=version,
            since=_since(acting, version),
            digest=plan_digest(version),
            named=_named(version) if len(versions) > 1 else None,
            as_of=as_of,
            findings=findings,
            history=history,
        )
        for version in versions
    ]
    return PlanFacts(
        objectives=[line for one in versions for line in _objective(one)],
        lines=[line for one in versions for line in _lines(one)],
        conditions=[each for one in judged for each in _conditions(acting, one, past=past)],
        stops=[each for one in versions for each in _stops(one)],
        version=versions[0].row.number,
        assumptions=[each for one in versions for each in _assumptions(one)],
        legal=[each for one in versions for each in _legal(one)],
    )


def _conditions(
    acting: Acting, judged: _Judged, *, past: AnswerRow | None
) -> Iterator[ConditionFacts]:
    row = judged.version.row
    over = judged.as_of + _DAY  # that day is over
    found = scorecard(acting, row.plan.key, number=row.number, today=over, answer=past)
    for card in found.cards:
        if card.victory.due is not None:
            yield _condition(card, judged)


def _stops(version: Version) -> Iterator[Words]:
    for how in version.plan.deeds:
        if not how.stop_rule.is_empty:
            yield said_of(how.stop_rule)


def _assumptions(version: Version) -> Iterator[Words]:
    for each in version.plan.assumptions:
        if not each.text.is_empty and each.state is not AssumptionState.FAILED:
            yield said_of(each.text)


def _legal(version: Version) -> Iterator[LegalFacts]:
    """Yield what was looked at for its legal side, and what offers something and was not."""
    for how in version.plan.deeds:
        if how.legal_check.is_done:
            yield LegalFacts(said_of(how.title), how.legal_check.day)
        elif not how.incentive.is_empty:
            yield LegalFacts(said_of(how.title))


def in_force(acting: Acting, past: AnswerRow | None) -> Iterator[Version]:
    """Yield the versions in force, or those that were at the end of an earlier day."""
    rows = PlanVersionRow.objects.filter(
        plan__community=acting.community, plan__dropped_at=None, dropped_at=None
    )
    if past is None:
        rows = rows.filter(state=State.ACTIVE.value)
    for row in rows.select_related("plan").order_by("plan__pk", "-number"):
        if past is None or _wasin_force(acting, row, day=past.as_of):
            yield version_from(row)


def _wasin_force(acting: Acting, row: PlanVersionRow, *, day: date) -> bool:
    if row.in_force_at is None or local_day_of(acting.community, row.in_force_at) > day:
        return False
    return row.closed_at is None or local_day_of(acting.community, row.closed_at) > day


def _named(version: Version) -> Words:
    title, key = version.plan.title, version.row.plan.key
    return Words(key, key) if title.is_empty else said_of(title)


def said_of(text: Text) -> Words:
    """Return a text of a plan in both languages, each standing in for one that is empty."""
    return Words(text.said_in("ja"), text.said_in("en"))


def _line(head: Words, text: Words) -> Words:
    return Words(
        LINE.ja.format(head=head.ja, text=text.ja), LINE.en.format(head=head.en, text=text.en)
    )


def _objective(version: Version) -> Iterator[Words]:
    objective = version.plan.objective
    for head, text in ((COMPANY, objective.company), (MEMBER, objective.member)):
        if not text.is_empty:
            yield _line(head, said_of(text))


def _lines(version: Version) -> Iterator[Words]:
    """Yield who, what and how; first pins and owners are people, so they stay in the plan."""
    plan = version.plan
    for head, texts in (
        (WHO, [one.interest_axis for one in plan.who]),
        (WHAT, [one.gain for one in plan.what]),
        (HOW, [one.title for one in plan.deeds]),
    ):
        for text in texts:
            if not text.is_empty:
                yield _line(head, said_of(text))


def _since(acting: Acting, version: Version) -> date | None:
    at = version.row.in_force_at
    return None if at is None else local_day_of(acting.community, at)


def plan_digest(version: Version) -> str:
    """Return the SHA-256 of a version as the YAML that is exported of it."""
    return hashlib.sha256(written(version.plan).encode()).hexdigest()


def _condition(card: Card, judged: _Judged) -> ConditionFacts:
    victory, as_of = card.victory, judged.as_of
    now = next((one for one in judged.findings if _is_of(one, card)), None)
    is_of_that_day = card.now is not None and (now is not None or card.now.day <= as_of)
    told = None
    if now is None and card.now is not None and is_of_that_day:
        told = value_words(card.now.value, unit=card.unit)
    found = judgement_of(card) if is_of_that_day else Judgement(Standing.UNKNOWN)
    facts = ConditionFacts(
        name=card.name,
        target=target_words(victory.target, victory.operator, unit=card.unit),
        due=victory.due or as_of,
        standing=found.standing,
        now=now,
        told=told,
        forecast=range_words(found, unit=card.unit, target=victory.target),
        why=card.reason if card.now is None else None if is_of_that_day else NOT_THAT_DAY,
        plan=judged.named,
    )
    return replace(facts, kept=_kept(facts, card, judged=judged, found=found))


def _is_of(finding: Finding, card: Card) -> bool:
    victory = card.victory
    is_same = (finding.measure, finding.part) == (victory.measure, victory.part)
    return is_same and victory.scope.is_whole


def _kept(facts: ConditionFacts, card: Card, *, judged: _Judged, found: Judgement) -> ConditionKept:
    """Return a condition with the course it is judged by, unless that could point at a few."""
    victory, is_by_hand = card.victory, card.victory.by_hand.is_complete and facts.now is None
    kept = ConditionKept(
        title=titled(facts),
        name=facts.name,
        measure=victory.measure,
        part=victory.part,
        unit=card.unit,
        window=card.window,
        today=judged.as_of + _DAY,
        written=Written(
            plan=_named(judged.version),
            version=judged.version.row.number,
            since=judged.since,
            digest=judged.digest,
            due=facts.due,
            target=victory.target,
            operator=victory.operator,
            begins=judged.version.plan.period.first,
            baseline=victory.baseline.value,
            baseline_until=victory.baseline.last,
            is_by_hand=is_by_hand,
        ),
        judged=found,
        now=card.now,
        history=card.history,
    )
    if found.standing is Standing.UNKNOWN and card.now is not None and facts.why is not None:
        return without_course(kept)
    if facts.now is None and not is_by_hand and (card.now or card.history):
        return without_course(kept)  # of a segment, series or chapter: that stays in the house
    return kept if _may_leave(card, judged, is_by_hand=is_by_hand) else without_course(kept)


def _may_leave(card: Card, judged: _Judged, *, is_by_hand: bool) -> bool:
    """Say whether a course may leave the house: no value of it could point at a few people."""
    points = (*card.history, *((card.now,) if card.now else ()))
    if any(could_point_at(one, unit=card.unit) for one in points):
        return False
    if is_by_hand:
        return True
    open_days = {one.as_of - _DAY: one.value for one in _open(_known_of(card, judged))}
    return all(open_days.get(one.day) == one.value for one in points)


def _known_of(card: Card, judged: _Judged) -> Iterator[Finding]:
    return (one for one in (*judged.history, *judged.findings) if _is_of(one, card))


def _open(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (one for one in findings if one.value is not None and figure_of(one).withheld is None)
