"""Plans as pages and commands show them: the list, one plan with its versions, one version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jibungoto.desk.acting import Acting
from jibungoto.ledger.problems import UnknownName
from jibungoto.ledger.words import Words
from jibungoto.plan.owwh import Plan
from jibungoto.plan.states import State
from jibungoto.plan.stored import from_stored
from jibungoto.plan.text import Text
from jibungoto.records.models import PlanRow, PlanVersionRow


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its row and the plan it holds."""

    row: PlanVersionRow
    plan: Plan

    @property
    def state(self) -> State:
        """Where it stands."""
        return State(self.row.state)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the list: what the plan is called, where it stands, and when it is due."""

    row: PlanRow
    title: Text
    state: State
    in_force: int | None
    drafts: int
    due: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Opened:
    """One plan: the version in force, drafts with the newest first, and all that ended."""

    row: PlanRow
    in_force: Version | None
    drafts: tuple[Version, ...]
    ended: tuple[Version, ...]

    @property
    def newest(self) -> Version:
        """The version one means without a number: in force, else the newest."""
        return self.in_force or (*self.drafts, *self.ended)[0]


def plans(acting: Acting) -> list[PlanLine]:
    """Return the plans of a community: those in force first, then by when they were made."""
    rows = PlanRow.objects.filter(community=acting.community, dropped_at=None).order_by("pk")
    versions: dict[int, list[PlanVersionRow]] = {}
    kept = PlanVersionRow.objects.filter(plan__in=rows, dropped_at=None).order_by("-number")
    for version in kept:
        versions.setdefault(version.plan_id, []).append(version)
    lines = [_line(row, versions[row.pk]) for row in rows if row.pk in versions]
    return sorted(lines, key=lambda one: one.in_force is None)


def _line(row: PlanRow, versions: list[PlanVersionRow]) -> PlanLine:
    opened = _sorted(row, versions)
    plan = opened.newest.plan
    dues = [one.due for one in plan.objective.victory if one.due is not None]
    return PlanLine(
        row=row,
        title=plan.title,
        state=opened.newest.state,
        in_force=opened.in_force.row.number if opened.in_force else None,
        drafts=len(opened.drafts),
        due=min(dues, default=None),
        last=plan.period.last,
    )


def plan_keyed(acting: Acting, key: str) -> PlanRow:
    """Return a plan's row by key; raises ``UnknownName``."""
    row = PlanRow.objects.filter(community=acting.community, key=key, dropped_at=None).first()
    if row is None:
        raise UnknownName(
            Words(f"「{key}」という計画はありません。", f"There is no plan “{key}”."),
            Words("計画の一覧から選んでください。", "Choose one from the list of plans."),
        )
    return row


def opened(acting: Acting, key: str) -> Opened:
    """Return a plan with all versions that were not dropped; raises ``UnknownName``."""
    row = plan_keyed(acting, key)
    versions = list(row.versions.filter(dropped_at=None).order_by("-number"))
    if not versions:
        raise _no_version(key, 0)
    return _sorted(row, versions)


def _sorted(row: PlanRow, versions: list[PlanVersionRow]) -> Opened:
    each = [version_from(one) for one in versions]
    active = [one for one in each if one.state is State.ACTIVE]
    return Opened(
        row=row,
        in_force=active[0] if active else None,
        drafts=tuple(one for one in each if one.state.is_editable),
        ended=tuple(one for one in each if one.state is State.CLOSED),
    )


def version_of(acting: Acting, key: str, *, number: int | None = None) -> Version:
    """Return one version by number, or the one in force, or else the newest.

    Raises ``UnknownName``. Dropped versions can still be read by their number.
    """
    if number is None:
        return opened(acting, key).newest
    row = plan_keyed(acting, key).versions.filter(number=number).first()
    if row is None:
        raise _no_version(key, number)
    return version_from(row)


def version_from(row: PlanVersionRow) -> Version:
    """Return a row with the plan it holds."""
    return Version(row, from_stored(row.value))


def _no_version(key: str, number: int) -> UnknownName:
    return UnknownName(
        Words(
            f"計画「{key}」に第{number}版はありません。",
            f"The plan “{key}” has no version {number}.",
        ),
        Words("版の一覧から選んでください。", "Choose one from the list of its versions."),
    )
