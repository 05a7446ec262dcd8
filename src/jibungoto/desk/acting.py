"""Who acts: every desk function takes it first and checks it before it does anything."""

from __future__ import annotations

from dataclasses import dataclass

from jibungoto.ledger.problems import NotAllowed
from jibungoto.ledger.words import Words
from jibungoto.records.models import AuditRow, CommunityRow, MembershipRow, Role

_WRITERS = frozenset({Role.ADMINISTRATOR, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class Acting:
    """Somebody in one community with one role; ``user_id`` is None for the command line."""

    community: CommunityRow
    role: Role
    user_id: int | None = None


def acting_as(user_id: int, slug: str | None = None) -> Acting | None:
    """Return who this user is in a community, or in the first one they belong to."""
    memberships = MembershipRow.objects.filter(user_id=user_id).select_related("community")
    if slug is not None:
        memberships = memberships.filter(community__slug=slug)
    membership = memberships.order_by("pk").first()
    if membership is None:
        return None
    return Acting(membership.community, Role(membership.role), user_id)


def administrator(community: CommunityRow) -> Acting:
    """Return the home's administrator, as whom the command line acts."""
    return Acting(community, Role.ADMINISTRATOR)


def must_write(acting: Acting) -> None:
    """Raise ``NotAllowed`` unless the role may change things."""
    if acting.role not in _WRITERS:
        raise NotAllowed(
            Words("この操作はできません。", "You may not do this."),
            Words(
                "コミュニティの管理者に依頼してください。",
                "Ask the administrator of this community.",
            ),
        )


def note(acting: Acting, verb: str, *, about: str) -> None:
    """Leave the audit line of a write, inside the caller's transaction."""
    AuditRow.objects.create(
        community=acting.community,
        user_id=acting.user_id,
        acted_as=acting.role,
        verb=verb,
        about=about[:200],
    )
