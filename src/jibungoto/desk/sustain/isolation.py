"""The manager's own isolation belongs to the manager first: who sees it, and releasing it."""

from __future__ import annotations

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.ledger.problems import NotAllowed
from jibungoto.ledger.words import Words
from jibungoto.records.models import MembershipRow, Role, TeamRow


def is_released(acting: Acting) -> bool:
    """Say whether the manager has shown their isolation to everybody in the house."""
    return TeamRow.objects.filter(community=acting.community, is_isolation_released=True).exists()


def owns_isolation(acting: Acting) -> bool:
    """Say whether it is this person's own: a manager's, or the administrator's who has none.

    Nobody is watched covertly (domain.md 16.2, PR13).
    """
    if acting.user_id is None:
        return False
    if acting.role is Role.MANAGER:
        return True
    managers = MembershipRow.objects.filter(community=acting.community, role=Role.MANAGER)
    return _stands_in(acting.role) and not managers.exists()


def _stands_in(role: Role) -> bool:
    """Say whether a role does the manager's work where nobody else does."""
    return role is Role.ADMINISTRATOR


def sees_isolation(acting: Acting) -> bool:
    """Say whether isolation may be shown to whoever acts."""
    return owns_isolation(acting) or is_released(acting)


def release(acting: Acting, *, released: bool) -> None:
    """Show isolation to everybody in the house, or take that back; only its owner may."""
    must_write(acting)
    if not owns_isolation(acting):
        raise NotAllowed(
            Words(
                "孤立の状態は、マネージャー本人だけが公開できます。",
                "Only the manager may release how isolated they are.",
            ),
            Words("本人に頼んでください。", "Ask the manager."),
        )
    with transaction.atomic():
        row, is_new = TeamRow.objects.get_or_create(
            community=acting.community, defaults={"is_isolation_released": released}
        )
        if not is_new and row.is_isolation_released == released:
            return
        row.is_isolation_released = released
        row.save()
        note(acting, "release isolation" if released else "withdraw isolation", about="")
