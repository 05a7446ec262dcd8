"""What the rules of a plan are told of the world, gathered from findings, rows and the team."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Min

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import local_day_of, today_in
from jibungoto.desk.house.covered import covered_days
from jibungoto.desk.people.segments import segments
from jibungoto.desk.plan.look import Version, version_from
from jibungoto.desk.plan.narrowed import of_scopes, of_segments
from jibungoto.desk.plan.programmes import known_programmes
from jibungoto.desk.sustain.cover import cover_facts
from jibungoto.desk.understand.measures import measured
from jibungoto.ledger.words import Words
from jibungoto.plan.facts import Acknowledgement, MeasureFacts, PlanFacts, Point, Reported, Verdict
from jibungoto.plan.known import catalogue_facts, counted_by_hand, measures_used, with_values
from jibungoto.plan.owwh import Plan
from jibungoto.plan.programmes import series_used
from jibungoto.plan.rules_time import LEAST_INFLUENCE
from jibungoto.plan.states import Outcome, State
from jibungoto.plan.victory import Bound
from jibungoto.records.models import (
    AnswerRow,
    DeliveryRow,
    HandCountRow,
    InitiativeRow,
    PlanReviewRow,
    PlanRow,
    PlanVerdictRow,
    PlanVersionRow,
)
from jibungoto.understand.reasons import NO_LOG

NOT_THAT_DAY = Words("その日の値は、残していません。", "The value of that day is not kept.")
FULL_TIME = 160
"""Hours a month of one full-time manager."""


def facts_for(
    acting: Acting,
    version: Version,
    *,
    today: date | None = None,
    plan: Plan | None = None,
    answer: AnswerRow | None = None,
) -> PlanFacts:
    """Return what is known for one version, or for a text of it that is not saved yet.

    With ``answer`` values are those of its day, and nothing later is known.
    """
    team = cover_facts(acting)
    row, force = version.row, version.row.in_force_at
    said = plan or version.plan
    return PlanFacts(
        today=today or today_in(acting),
        measures=measures_of(acting, said, row=row.plan, answer=answer),
        segments={one.row.key: one.size for one in segments(acting)} if _asks(said) else {},
        series=known_programmes(acting) if series_used(said) else frozenset(),
        community_since=_since(acting),
        team_hours=None if team.without_hours else team.hours,
        fte=None if team.manager_hours is None else team.manager_hours / FULL_TIME,
        version=row.number,
        made=local_day_of(acting.community, row.made_at),
        in_force_since=None if force is None else local_day_of(acting.community, force),
        last_reviewed=_last_reviewed(row.plan),
        acknowledgements=tuple(_acknowledgements(row)),
        verdict=_verdict(row),
        neighbours=_neighbours(acting, row.plan),
        reports=tuple(_reports(acting, row)),
    )


def _asks(plan: Plan) -> bool:
    return any(who.behaviour for who in plan.who)


def measures_of(
    acting: Acting, plan: Plan, *, row: PlanRow, answer: AnswerRow | None = None
) -> dict[Bound, MeasureFacts]:
    """Return all measures there are, those the plan names with values, and what is hand-counted.

    Values are of the whole community, or of the segment, series or chapter a victory condition
    names; a measure narrowed in two ways at once is missing, not guessed.
    """
    known = catalogue_facts()
    used = measures_used(plan)
    is_asked = used and covered_days(acting.community) is not None  # answers outlive their log
    for one in measured(acting, keys=used, answer=answer) if is_asked else ():
        for part in {*one.now, *one.history}:
            bound = Bound(one.measure.key, part)
            if bound in known:
                found = one.history.get(part, ())
                known[bound] = with_values(known[bound], one.now.get(part), history=found)
    counts: dict[str, list[Point]] = {}
    told = HandCountRow.objects.filter(plan=row).order_by("day")
    for count in told if answer is None else told.filter(day__lte=answer.as_of):
        counts.setdefault(count.victory, []).append(Point(count.day, count.value))
    narrowed = of_segments(acting, plan, known=known) | of_scopes(acting, plan, known=known)
    known.update(_as_told(narrowed, has_log=bool(is_asked), answer=answer))
    for victory in plan.objective.victory:
        is_told = victory.bound in known and known[victory.bound].now is not None
        if victory.by_hand.is_complete and not is_told:
            known[victory.bound] = counted_by_hand(victory, counts.get(victory.key, ()))
    return known


def _as_told(
    narrowed: dict[Bound, MeasureFacts], *, has_log: bool, answer: AnswerRow | None
) -> dict[Bound, MeasureFacts]:
    """Return narrowed values as far as any are known: without a log none, and none too late."""
    if not has_log:
        return {
            bound: replace(one, now=None, reason=NO_LOG, history=())
            for bound, one in narrowed.items()
        }
    if answer is None:
        return narrowed
    return {bound: _until(one, answer.as_of) for bound, one in narrowed.items()}


def _until(known: MeasureFacts, day: date) -> MeasureFacts:
    """Return what was known of a measure on a day; None as its value where none is of that day."""
    points = (*known.history, *((known.now,) if known.now else ()))
    history = tuple(dict.fromkeys(one for one in points if one.day <= day))
    now = next((one for one in history if one.day == day), None)
    return replace(known, now=now, reason=known.reason or NOT_THAT_DAY, history=history)


def _since(acting: Acting) -> date | None:
    """Return the first day anything is known of the community: in the log, or begun before it."""
    covered = covered_days(acting.community)
    begun = InitiativeRow.objects.filter(community=acting.community).aggregate(
        first=Min("started_at")
    )["first"]
    days = [covered[0]] if covered else []
    if begun is not None:
        days.append(local_day_of(acting.community, begun))
    return min(days, default=None)


def _last_reviewed(row: PlanRow) -> date | None:
    reviews = PlanReviewRow.objects.filter(version__plan=row).order_by("-day")
    return reviews.values_list("day", flat=True).first()


def _acknowledgements(row: PlanVersionRow) -> Iterator[Acknowledgement]:
    for one in row.acknowledgements.order_by("day", "pk"):
        yield Acknowledgement(one.stakeholder, one.influence, row.number, one.day)


def _verdict(row: PlanVersionRow) -> Verdict | None:
    found = PlanVerdictRow.objects.filter(version=row).first()
    return None if found is None else Verdict(Outcome(found.outcome), found.lesson, found.day)


def _neighbours(acting: Acting, row: PlanRow) -> tuple[Plan, ...]:
    others = PlanVersionRow.objects.filter(
        plan__community=acting.community, plan__dropped_at=None, state=State.ACTIVE.value
    )
    return tuple(version_from(one).plan for one in others.exclude(plan=row).order_by("plan_id"))


def _reports(acting: Acting, row: PlanVersionRow) -> Iterator[Reported]:
    """Yield what was handed upwards since the plan is in force."""
    if row.in_force_at is None:
        return
    sent = DeliveryRow.objects.filter(
        stakeholder__community=acting.community,
        stakeholder__influence__gte=LEAST_INFLUENCE,
        sent__gte=local_day_of(acting.community, row.in_force_at),
    )
    for one in sent.select_related("stakeholder").order_by("sent", "pk"):
        yield Reported(one.stakeholder.name, (*one.activity, *one.outcome))
