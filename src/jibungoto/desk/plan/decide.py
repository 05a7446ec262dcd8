"""Deciding on a version: checked, agreed to, put in force, looked at again, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.days import today_in
from jibungoto.desk.plan.facts import facts_for
from jibungoto.desk.plan.look import Version, opened, version_of
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.plan.bounds import must_fit
from jibungoto.plan.ending import told_cards
from jibungoto.plan.issues import Issue
from jibungoto.plan.owwh import Plan
from jibungoto.plan.rules_time import LEAST_INFLUENCE
from jibungoto.plan.scorecard import scorecard_of
from jibungoto.plan.states import Outcome, State
from jibungoto.plan.validate import is_how_locked, is_valid, issues_of
from jibungoto.records.models import (
    PlanAcknowledgementRow,
    PlanReviewRow,
    PlanRow,
    PlanVerdictRow,
    PlanVersionRow,
)

_BEFORE_FORCE = [state.value for state in State if state.is_editable]
CHANGED_MEANWHILE = (
    Words("この版は、見ている間に変わりました。", "This version changed while you looked at it."),
    Words("開き直して、もう一度決めてください。", "Open it again and decide once more."),
)
NOT_IN_FORCE = (
    Words("実行中の計画ではありません。", "This plan is not in force."),
    Words("先に実行中にしてください。", "Put it in force first."),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules find, and whether How still has to wait."""

    issues: tuple[Issue, ...]
    is_how_locked: bool

    @property
    def is_valid(self) -> bool:
        """Whether nothing grave was found."""
        return is_valid(self.issues)


@dataclass(frozen=True, slots=True)
class InForce:
    """The version is in force."""

    version: Version


@dataclass(frozen=True, slots=True)
class Blocked:
    """It is not in force: these are what the rules find."""

    issues: tuple[Issue, ...]


def looked_over(acting: Acting, version: Version, *, plan: Plan | None = None) -> Checked:
    """Return what the rules find in a version, or in a text of it that is not saved yet."""
    facts = facts_for(acting, version, plan=plan)
    said = plan or version.plan
    return Checked(issues_of(said, facts), is_how_locked(said, facts))


def check(acting: Acting, key: str, *, number: int | None = None) -> Checked:
    """Check a version; a draft without errors becomes valid, a valid one with errors a draft."""
    must_write(acting)
    version = version_of(acting, key, number=number)
    checked = looked_over(acting, version)
    wanted = State.VALID if checked.is_valid else State.DRAFT
    is_kept = version.state is wanted or (checked.is_valid and version.state is not State.DRAFT)
    if is_kept or not version.row.is_editable:
        return checked
    with transaction.atomic():
        if _as_it_was(version.row).update(state=wanted.value):
            note(acting, f"check plan: {wanted.value}", about=_named(key, version))
    return checked


def _as_it_was(row: PlanVersionRow) -> QuerySet[PlanVersionRow]:
    return PlanVersionRow.objects.filter(
        pk=row.pk, stamp=row.stamp, state__in=_BEFORE_FORCE, dropped_at=None
    )


def _named(key: str, version: Version) -> str:
    return f"{key} v{version.row.number}"


def put_in_force(
    acting: Acting, key: str, *, number: int, stamp: int | None = None
) -> InForce | Blocked:
    """Put a version in force; the one that was before it is closed, and stays as it was.

    Doing it twice changes nothing. Raises ``InvalidChoice`` where the text changed since
    ``stamp``, or the version has ended.
    """
    must_write(acting)
    version = version_of(acting, key, number=number)
    if version.state is State.ACTIVE:
        return InForce(version)
    if stamp is not None and stamp != version.row.stamp:
        raise InvalidChoice(*CHANGED_MEANWHILE)
    must_fit(version.plan)  # what an earlier release let in is told of here
    checked = looked_over(acting, version)
    if not checked.is_valid:
        return Blocked(checked.issues)
    now = timezone.now()
    with transaction.atomic():
        PlanRow.objects.select_for_update().get(pk=version.row.plan_id)  # one at a time
        before = version.row.plan.versions.filter(state=State.ACTIVE.value)
        before.update(state=State.CLOSED.value, closed_at=now)
        if not _as_it_was(version.row).update(state=State.ACTIVE.value, in_force_at=now):
            raise InvalidChoice(*CHANGED_MEANWHILE)
        note(acting, "put plan in force", about=_named(key, version))
    return InForce(version_of(acting, key, number=number))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who agrees: a name, how much their word counts (1 to 3), and since when.

    ``stakeholder`` is the number on the stakeholder map, where they stand on it.
    """

    name: str
    influence: int
    day: date | None = None
    comment: str = ""
    stakeholder: int | None = None


def acknowledge(acting: Acting, key: str, *, number: int, agreement: Agreement) -> Version:
    """Note that a stakeholder has seen a version and agrees; said again, the later word counts.

    A valid version that somebody of influence 2 or more agrees to is acknowledged. Raises
    ``InvalidChoice`` for a draft: nobody can agree to what may still change.
    """
    must_write(acting)
    version = version_of(acting, key, number=number)
    name = _agreeing(version, agreement)
    with transaction.atomic():
        PlanAcknowledgementRow.objects.update_or_create(
            version=version.row,
            stakeholder=name[:200],
            defaults={
                "influence": agreement.influence,
                "stakeholder_number": agreement.stakeholder,
                "day": agreement.day or today_in(acting),
                "comment": agreement.comment,
                "noted_by_id": acting.user_id,
            },
        )
        if version.state is State.VALID and agreement.influence >= LEAST_INFLUENCE:
            _as_it_was(version.row).update(state=State.ACKNOWLEDGED.value)
        note(acting, "acknowledge plan", about=_named(key, version))
    return version_of(acting, key, number=number)


def _agreeing(version: Version, agreement: Agreement) -> str:
    """Return the name of who agrees; raises ``InvalidChoice`` where nobody can."""
    if version.state in (State.DRAFT, State.CLOSED):
        raise InvalidChoice(
            Words(
                "下書きや終了した版には合意できません。",
                "A draft or a closed version cannot be agreed to.",
            ),
            Words(
                "先に確認して、エラーをなくしてください。", "Check it first, and mend its errors."
            ),
        )
    name = agreement.name.strip()
    if not name or not 1 <= agreement.influence <= 3:
        raise InvalidChoice(
            Words("誰の合意かが分かりません。", "It is not said who agrees."),
            Words(
                "名前と影響力(1〜3)を入れてください。", "Enter a name and an influence from 1 to 3."
            ),
        )
    return name


def review(
    acting: Acting, key: str, *, seen: str, decided: str, day: date | None = None
) -> PlanReviewRow:
    """Note that the plan in force was looked at again: what was seen, and what is done next."""
    must_write(acting)
    version = _in_force(acting, key)
    with transaction.atomic():
        row = PlanReviewRow.objects.create(
            version=version.row,
            day=day or today_in(acting),
            seen=seen,
            decided=decided,
            noted_by_id=acting.user_id,
        )
        note(acting, "review plan", about=_named(key, version))
    return row


def close(acting: Acting, key: str, *, outcome: Outcome, lesson: str) -> Version:
    """End the plan in force with a verdict and a lesson; its numbers are kept as they stand.

    Raises ``InvalidChoice`` without a lesson: it is what the next plan begins with.
    """
    must_write(acting)
    version = _in_force(acting, key)
    if not lesson.strip():
        raise InvalidChoice(
            Words("学んだことが書かれていません。", "Nothing is written of what you learnt."),
            Words(
                "一文で構いません。次の計画に残してください。",
                "One sentence will do; leave it for the next plan.",
            ),
        )
    facts = facts_for(acting, version)
    now = timezone.now()
    with transaction.atomic():
        PlanVerdictRow.objects.update_or_create(
            version=version.row,
            defaults={
                "outcome": outcome.value,
                "lesson": lesson,
                "cards": told_cards(scorecard_of(version.plan, facts)),
                "day": facts.today,
                "noted_by_id": acting.user_id,
            },
        )
        ended = PlanVersionRow.objects.filter(pk=version.row.pk, state=State.ACTIVE.value)
        ended.update(state=State.CLOSED.value, closed_at=now, stamp=F("stamp") + 1)
        note(acting, f"close plan: {outcome.value}", about=_named(key, version))
    return version_of(acting, key, number=version.row.number)


def _in_force(acting: Acting, key: str) -> Version:
    version = opened(acting, key).in_force
    if version is None:
        raise InvalidChoice(*NOT_IN_FORCE)
    return version
