"""Furnishes a made community: what a team has written into its rooms after some years."""

from __future__ import annotations

import contextlib
import math
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jibungoto.desk.acting import Acting
    from jibungoto.explain.studies.registration import Registration
    from jibungoto.records.models import CommunityRow, HandleRow

COMPANY = "large.example"
ACCOUNTS = 300
MONTHS = 18
BRIEFS = 2
_DOMAINS = 400
_LINKED = 100
_HOUSES = 40
_TWICE = 37


def furnish(community: CommunityRow) -> None:
    """Give everybody an address, and write team, segments, plans, briefs and studies down.

    It needs the answers; afterwards the worker has something to do again. A home that was
    furnished before gets what it has not got yet.
    """
    from jibungoto.cli.demo_team import write_team
    from jibungoto.desk.acting import administrator

    acting = administrator(community)
    if not community.accounts.exists():
        _handles(community)
        write_team(acting)
    for step, held, told in (
        (_organisations, "OrganisationRow", {}),
        (_segments, "SegmentRow", {}),
        (_scopes, "ScopeRow", {}),
        (_plans, "PlanRow", {}),
        (_briefs, "BriefRow", {"state": "issued"}),
        (_studies, "StudyRow", {}),
        (_draw, "TrialRow", {}),
    ):
        if not _is_held(community, held, told):
            step(acting)


def _is_held(community: CommunityRow, model: str, told: dict[str, str]) -> bool:
    from jibungoto.records import models

    return bool(getattr(models, model).objects.filter(community=community, **told).exists())


def _handles(community: CommunityRow) -> None:
    """Half of all have an address, of whom twelve administer; some go by another's name."""
    from jibungoto.records.models import HandleRow

    handles = list(HandleRow.objects.filter(community=community).order_by("pk"))
    for nth, handle in enumerate(handles):
        if nth % 2:
            handle.email = f"person{nth}@{_domain(nth)}"
        handle.is_admin = 20 < nth < 45 and nth % 2 == 1
        if handle.is_admin:
            handle.email = f"person{nth}@{COMPANY}"
        if nth % _TWICE == 0 and nth:
            handle.name = _named_as(handles[nth - 1], nth)
        handle.organisation = f"Works {nth % 200}" if nth % 3 == 0 else ""
    changed = ["email", "is_admin", "name", "organisation"]
    HandleRow.objects.bulk_update(handles, changed, batch_size=500)


def _domain(nth: int) -> str:
    if nth % 5 == 0:
        return "gmail.com"
    return COMPANY if nth % 251 == 0 else f"works{nth % _DOMAINS}.example"


def _named_as(other: HandleRow, nth: int) -> str:
    """Return a name that both have, as two exports write it."""
    other.name = f"Nao Mori{nth:x}"
    return f"nao mori{nth:x}"


def _organisations(acting: Acting) -> None:
    """Write down our own house and forty others, to each of which ten people belong."""
    from jibungoto.desk.people.affiliations import belong
    from jibungoto.desk.people.organisations import Called, found_organisation
    from jibungoto.ledger.organisation import OrganisationKind
    from jibungoto.records.models import PersonRow

    people = PersonRow.objects.filter(community=acting.community, merged_into=None)
    numbers = list(people.order_by("number").values_list("number", flat=True)[: 10 * _HOUSES])
    for nth in range(_HOUSES):
        kind = OrganisationKind.CUSTOMER if nth else OrganisationKind.OWN
        domain = f"works{nth}.example" if nth else COMPANY
        called = Called(name_en=f"Works {nth}", kind=kind, domains=(domain,))
        row = found_organisation(acting, called)
        belong(acting, row.number, people=numbers[10 * nth : 10 * nth + 10])


def _scopes(acting: Acting) -> None:
    """Put twenty channels together as a chapter, and twenty others as a series."""
    from jibungoto.desk.understand.scopes import save_scope
    from jibungoto.records.models import InitiativeRow
    from jibungoto.understand.scope_kind import ScopeKind

    rows = InitiativeRow.objects.filter(community=acting.community).order_by("pk")
    keys = list(rows.values_list("key", flat=True)[:40])
    save_scope(acting, ScopeKind.CHAPTER, name="North", parts=keys[:20])
    save_scope(acting, ScopeKind.SERIES, name="Monthly", parts=keys[20:])


def _draw(acting: Acting) -> None:
    from jibungoto.desk.explain.trials import draw_lots
    from jibungoto.explain.studies.trial import Outcome, Question
    from jibungoto.records.models import SegmentRow

    pool = SegmentRow.objects.get(community=acting.community, name="Newcomers")
    outcome = next(iter(Outcome))
    draw_lots(
        acting,
        Question(
            objective="Who is greeted stays",
            deed="A greeting",
            pool=pool.key,
            pool_name=pool.name,
            outcome=outcome,
            days=30,
        ),
    )


def _segments(acting: Acting) -> None:
    from jibungoto.desk.people.segments import save
    from jibungoto.understand.segments import Segment

    save(acting, "Newcomers", rule=Segment(new_days=90, recent_days=30))
    save(acting, "Starters", rule=Segment(stages=("starting", "owning"), dormant=False))
    save(acting, "Have started something", rule=Segment(started=True))
    save(acting, "Came to an event", rule=Segment(attended=True))
    save(acting, "Of Works 12", rule=Segment(organisation="works 12"))
    save(acting, "Silent contributors", rule=Segment(stages=("contributing",), dormant=True))


def _plans(acting: Acting) -> None:
    """Write the demo's plan and one from every template; the first is in force, whatever it says.

    Whether it is won by now says nothing of what its pages cost.
    """
    from jibungoto.cli.demo_plan import write_plan
    from jibungoto.desk.plan.begin import copy, from_template, revise
    from jibungoto.desk.plan.look import plans
    from jibungoto.ledger.problems import InvalidChoice
    from jibungoto.plan.states import State
    from jibungoto.plan.templates import KEYS
    from jibungoto.records.models import PlanVersionRow

    with contextlib.suppress(InvalidChoice):
        write_plan(acting)
    key = plans(acting)[0].row.key
    first = PlanVersionRow.objects.filter(plan__community=acting.community, plan__key=key)
    first.update(state=State.ACTIVE.value)
    revise(acting, key)
    copy(acting, key)
    for template in KEYS:
        from_template(acting, template)


def _briefs(acting: Acting) -> None:
    """Issue a brief for the boss twice, and leave a quarterly review as a draft.

    What was written down before changes answers, so they are worked out first: nobody issues a
    brief whose numbers have changed since its draft.
    """
    from jibungoto.desk.explain.draft import draft
    from jibungoto.desk.explain.issue import issue
    from jibungoto.explain.briefs.audiences import AudienceKey
    from jibungoto.explain.briefs.brief import BriefKind

    nothing_left_to_do()
    for _each in range(BRIEFS):
        issue(acting, draft(acting, BriefKind.MONTHLY, audience=AudienceKey.BOSS).number)
    draft(acting, BriefKind.QUARTERLY, audience=AudienceKey.CEO)


def _studies(acting: Acting) -> None:
    """Ask two questions of one outcome: joined as the file says, and as links and log say."""
    from jibungoto.desk.explain.account_links import Link, say
    from jibungoto.desk.explain.business import Upload, bring_in_records
    from jibungoto.desk.explain.studies import register
    from jibungoto.explain.studies.registration import Joining
    from jibungoto.explain.studies.table import Wanted

    for joining in Joining:
        register(acting, _question(joining))
    for nth in range(_LINKED):
        say(acting, Link(f"account {nth}", (f"works{nth}.example",)))
    upload = Upload("sales.csv", [_sales().encode()])
    bring_in_records(acting, upload, wanted=Wanted("Sales", allows_negative=True))


def _question(joining: str) -> Registration:
    from jibungoto.explain.studies.registration import Joining, Registration, Unit

    return Registration(
        objective="Fewer leave",
        outcome="Sales",
        first="2024-07",
        last="2025-12",
        unit=Unit.YEN,
        joining=Joining(joining),
    )


def _sales() -> str:
    """Return a table of accounts by month; two in five joined, and gain by it."""
    lines = ["account,period,value,segment,joined"]
    for nth in range(ACCOUNTS):
        joined = 7 + nth % 3 * 2 if nth % 5 < 2 else None
        when = _month(joined) if joined else ""
        for month in range(MONTHS):
            gained = 12 if joined and month >= joined else 0
            value = 100 + nth % 7 * 4 + 5 * math.sin(nth * 7 + month * 1.7) + gained
            lines.append(f"account {nth},{_month(month)},{value:.2f},{nth % 2},{when}")
    return "\n".join(lines) + "\n"


def _month(nth: int) -> str:
    return f"{2024 + (6 + nth) // 12}-{(6 + nth) % 12 + 1:02d}"


def nothing_left_to_do() -> None:
    """Let the worker do all that waits, and what it does now and then."""
    from django.utils import timezone

    from jibungoto.desk.explain.rhythm import draft_what_is_due
    from jibungoto.desk.house.sweep import sweep_all
    from jibungoto.desk.sustain.alerts import evaluate_all
    from jibungoto.work.loop import work_once

    began = timezone.now()
    while work_once():
        if timezone.now() - began > timedelta(hours=1):
            raise SystemExit("The worker does not come to an end.")
    sweep_all()
    evaluate_all()
    draft_what_is_due()
