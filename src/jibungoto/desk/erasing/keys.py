"""Keys made of a name: a segment that was called after somebody gets a key that says nothing."""

from __future__ import annotations

from collections.abc import Collection

from jibungoto.desk.acting import Acting, must_write
from jibungoto.desk.erasing.texts import Spot, leaves, write_texts
from jibungoto.desk.erasing.whom import Whom
from jibungoto.gather.people.mentioned import close
from jibungoto.records.models import PlanRow, PlanVersionRow, SegmentRow


def give_other_keys(acting: Acting, of: Whom, *, written: Collection[Spot]) -> None:
    """Give segments and plans whose text lost the name, and whose key has it, another key.

    Plans go on using their segments: the key is written anew there too. Inside the caller's
    transaction.
    """
    must_write(acting)
    renamed = {}
    for row in SegmentRow.objects.filter(community=acting.community):
        is_written = any((one.model, one.pk) == ("SegmentRow", row.pk) for one in written)
        if is_written and _has_name(row.key, of):
            renamed[row.key] = f"segment-{row.pk}"
            SegmentRow.objects.filter(pk=row.pk).update(key=renamed[row.key])
    for plan in PlanRow.objects.filter(community=acting.community):
        if _has_name(plan.key, of):
            PlanRow.objects.filter(pk=plan.pk).update(key=f"plan-{plan.pk}")
    if renamed:
        _write_in_plans(acting, renamed)


def _has_name(key: str, of: Whom) -> bool:
    plain = close(key.replace("-", ""))
    return any(term in plain for term in of.terms.all_of(surely=False))


def _write_in_plans(acting: Acting, renamed: dict[str, str]) -> None:
    now = {}
    for version in PlanVersionRow.objects.filter(plan__community=acting.community):
        for way, text in leaves(version.value):
            if text in renamed:
                now[Spot("PlanVersionRow", version.pk, "value", way)] = renamed[text]
    write_texts(acting, now)
