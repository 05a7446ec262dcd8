"""Tells the map of stakeholders what was sent to them, and when they first opened it."""

from __future__ import annotations

from contextlib import suppress

from jibungoto.desk.acting import Acting, administrator, must_write
from jibungoto.desk.days import today_in
from jibungoto.desk.explain.listing import brief_of, document
from jibungoto.desk.sustain.deliveries import Sent, deliver, mark_opened
from jibungoto.ledger.problems import InvalidChoice, UnknownName
from jibungoto.plan.tree_defaults import ACTIVITY
from jibungoto.records.models import BriefLinkRow, BriefRow, DeliveryRow, SendingRow


def note_delivery(acting: Acting, row: BriefRow, *, stakeholder: int) -> None:
    """Note that a brief went to a stakeholder today; whoever left the map is passed over."""
    must_write(acting)
    measures = {one for claim in brief_of(row).claims() for one in claim.measures}
    counted = sorted(measures & ACTIVITY)
    sent = Sent(
        brief=_key(row),
        title=document(row).title.said_in(acting.community.language),
        stakeholder=stakeholder,
        day=today_in(acting),
        activity=tuple(counted),
        outcome=tuple(sorted(measures - ACTIVITY)),
    )
    with suppress(UnknownName):
        deliver(acting, sent)


def note_opened(link: BriefLinkRow) -> None:
    """Note the first time a stakeholder opened what was sent to them, by the link it carried."""
    if link.opened:
        return  # it was noted the first time
    acting = administrator(link.brief.community)
    whom = SendingRow.objects.filter(link=link).exclude(stakeholder=None).values("stakeholder")
    sent = DeliveryRow.objects.filter(stakeholder__in=whom, brief=_key(link.brief))
    for number in sent.values_list("pk", flat=True):
        with suppress(InvalidChoice):  # noted by hand with a day of its own
            mark_opened(acting, number, day=today_in(acting))


def _key(row: BriefRow) -> str:
    return f"brief-{row.number}"
