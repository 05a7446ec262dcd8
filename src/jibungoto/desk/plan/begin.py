"""Beginning: a new plan, one from a template, a new version of one, a copy of one that ended."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from msgspec import structs

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.days import today_in
from jibungoto.desk.plan.facts import facts_for
from jibungoto.desk.plan.look import Version, plan_keyed, version_from, version_of
from jibungoto.desk.plan.versions import add_plan, add_version
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.plan.again import once_more
from jibungoto.plan.owwh import Plan
from jibungoto.plan.rules_time import has_ended_well
from jibungoto.plan.states import State
from jibungoto.plan.templates import beginning, template_of
from jibungoto.plan.text import Text
from jibungoto.records.models import PlanRow

UNTITLED = Text(ja="新しい計画", en="New plan")


def new(acting: Acting, title: Text = UNTITLED) -> Version:
    """Begin a plan with nothing but a title."""
    return _begun(acting, Plan(title=title), verb="begin plan")


def from_template(acting: Acting, template: str, *, first: date | None = None) -> Version:
    """Begin a plan from a template, all its days moved to begin on one, or today.

    Raises ``UnknownName``.
    """
    chosen = template_of(template).plan
    plan = beginning(chosen, first or today_in(acting))
    return _begun(acting, plan, verb="begin plan from template")


def _begun(acting: Acting, plan: Plan, *, verb: str) -> Version:
    must_write(acting)
    with transaction.atomic():
        row = add_plan(acting, plan)
        note(acting, verb, about=row.plan.key)
    return version_from(row)


def revise(acting: Acting, key: str, *, number: int | None = None) -> Version:
    """Make a draft from a version, or from the one in force: what is in force stays as it is."""
    must_write(acting)
    of = version_of(acting, key, number=number)
    with transaction.atomic():
        row = add_version(acting, of.row.plan, plan=of.plan, made_from=of.row.number)
        note(acting, "revise plan", about=f"{key} v{row.number} of v{of.row.number}")
    return version_from(row)


def copy(acting: Acting, key: str, *, first: date | None = None) -> Version:
    """Begin a plan from another that came before it: baselines open, days moved.

    Raises ``InvalidChoice`` while one that is over lacks its verdict and its lesson (V26).
    """
    must_write(acting)
    of = version_of(acting, key)
    if of.state in (State.ACTIVE, State.CLOSED):
        facts = facts_for(acting, of)
        for issue in has_ended_well(of.plan, facts):
            raise InvalidChoice(Words(f"{issue.what.ja}。", f"{issue.what.en}."), issue.next_step)
    moved = beginning(once_more(of.plan), first or today_in(acting))
    return _begun(acting, structs.replace(moved, parent=of.plan.parent), verb="copy plan")


def drop(acting: Acting, key: str) -> None:
    """Take a plan off the list; nothing of it is lost."""
    must_write(acting)
    row = plan_keyed(acting, key)
    with transaction.atomic():
        row.dropped_at = timezone.now()
        row.save(update_fields=["dropped_at"])
        note(acting, "drop plan", about=key)


def take_up_again(acting: Acting, key: str) -> None:
    """Bring a dropped plan back; one that is there stays as it is."""
    must_write(acting)
    dropped = PlanRow.objects.filter(community=acting.community, key=key, dropped_at__isnull=False)
    with transaction.atomic():
        if dropped.update(dropped_at=None):
            note(acting, "take up plan", about=key)
    plan_keyed(acting, key)
