"""Versions as they are written: each under the next number, each a whole plan."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from jibungoto.desk.acting import Acting
from jibungoto.plan.bounds import must_fit
from jibungoto.plan.keys import keyed
from jibungoto.plan.owwh import Plan
from jibungoto.plan.states import State
from jibungoto.plan.stored import to_stored
from jibungoto.records.models import PlanRow, PlanVersionRow

LONGEST_KEY = 50


def sound(plan: Plan) -> Plan:
    """Return a plan fit to be kept, with a key for all it holds; raises ``InvalidChoice``."""
    must_fit(plan)
    return keyed(plan)


def add_plan(acting: Acting, plan: Plan) -> PlanVersionRow:
    """Write a new plan with its first draft, inside the transaction of the caller."""
    row = PlanRow.objects.create(
        community=acting.community,
        key=_free_key(acting, plan),
        made_by_id=acting.user_id,
    )
    return add_version(acting, row, plan=plan, made_from=None)


def add_version(
    acting: Acting, row: PlanRow, *, plan: Plan, made_from: int | None
) -> PlanVersionRow:
    """Write one draft more, inside the transaction of the caller."""
    PlanRow.objects.select_for_update().get(pk=row.pk)  # numbers are given one at a time
    newest = row.versions.aggregate(newest=Max("number"))["newest"] or 0
    return PlanVersionRow.objects.create(
        plan=row,
        number=newest + 1,
        state=State.DRAFT.value,
        value=to_stored(sound(plan)),
        made_from=made_from,
        made_by_id=acting.user_id,
        changed_at=timezone.now(),
        changed_by_id=acting.user_id,
    )


def _free_key(acting: Acting, plan: Plan) -> str:
    """Return a key made of the title that no plan of the community has, dropped ones included."""
    wished = slugify(plan.title.en)[:LONGEST_KEY].strip("-") or "plan"
    taken = set(
        PlanRow.objects.filter(community=acting.community, key__startswith=wished).values_list(
            "key", flat=True
        )
    )
    if wished not in taken and wished != "plan":
        return wished
    return next(key for at in range(1, len(taken) + 2) if (key := f"{wished}-{at}") not in taken)
