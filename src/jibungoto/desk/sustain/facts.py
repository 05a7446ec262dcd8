"""Everything the alert rules look at, gathered from the rows of a community."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.db.models import Max

from jibungoto.desk.acting import Acting
from jibungoto.desk.days import today_in
from jibungoto.desk.sustain.runs import runs_of
from jibungoto.desk.sustain.team import team_of
from jibungoto.ledger.words import Words
from jibungoto.records.models import (
    AccountRow,
    ContactRow,
    DeliveryRow,
    PlanVersionRow,
    StakeholderRow,
)
from jibungoto.sustain.facts import Account, Contact, Delivery, Facts, PlanInForce

_IN_FORCE = "active"


def facts_of(acting: Acting) -> Facts:
    """Return the facts as they are now."""
    community = acting.community
    return Facts(
        team=team_of(acting),
        accounts=tuple(
            Account(row.pk, row.name, tuple(row.admins))
            for row in AccountRow.objects.filter(community=community).order_by("pk")
        ),
        has_supervisor=StakeholderRow.objects.filter(
            community=community, is_supervisor=True
        ).exists(),
        contacts=_contacts(acting),
        deliveries=_deliveries(acting),
        plans=_plans(acting),
        runs=runs_of(acting, today=today_in(acting)),
    )


def _contacts(acting: Acting) -> tuple[Contact, ...]:
    rows = ContactRow.objects.filter(community=acting.community)
    return tuple(
        Contact(
            number=row.pk,
            day=row.day,
            stakeholder=row.stakeholder_id,
            name=row.stakeholder.name if row.stakeholder else row.peer,
            is_supervisor=row.stakeholder.is_supervisor if row.stakeholder else False,
        )
        for row in rows.select_related("stakeholder").order_by("day", "pk")
    )


def _deliveries(acting: Acting) -> tuple[Delivery, ...]:
    rows = DeliveryRow.objects.filter(stakeholder__community=acting.community)
    return tuple(
        Delivery(
            number=row.pk,
            brief=row.brief,
            title=row.title,
            influence=row.stakeholder.influence,
            sent=row.sent,
            opened=row.opened,
            replied=row.replied,
            activity=tuple(row.activity),
            outcome=tuple(row.outcome),
        )
        for row in rows.select_related("stakeholder").order_by("sent", "pk")
    )


def _plans(acting: Acting) -> tuple[PlanInForce, ...]:
    """Return the plans in force, each with its first day and the day it was last acknowledged."""
    rows = PlanVersionRow.objects.filter(
        plan__community=acting.community,
        plan__dropped_at=None,
        dropped_at=None,
        state=_IN_FORCE,
    )
    columns = ("plan__key", "value", "number", "in_force_at")
    zone = ZoneInfo(acting.community.zone)
    told = rows.values("pk", *columns).annotate(said=Max("acknowledgements__day"))
    return tuple(
        PlanInForce(
            key, _title(value, key), number, said, since.astimezone(zone).date() if since else None
        )
        for key, value, number, since, said in told.order_by("pk").values_list(*columns, "said")
    )


def _title(value: Mapping[str, object], key: str) -> Words:
    """Return a plan's title, the language it lacks from the other, or its key where it has none."""
    title = value.get("title")
    told = title if isinstance(title, dict) else {}
    ja, en = str(told.get("ja", "")), str(told.get("en", ""))
    return Words(ja or en or key, en or ja or key)
