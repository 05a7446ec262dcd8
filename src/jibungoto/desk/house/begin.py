"""Beginning: the first community of a home, its people who may enter, and the way in."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.engine.calendar import zone_named
from jibungoto.engine.pseudonym import new_key
from jibungoto.ledger.problems import InvalidChoice, NotAllowed
from jibungoto.ledger.words import Words
from jibungoto.records.home import log_folder
from jibungoto.records.models import (
    ClientRow,
    CommunityRow,
    IntakeState,
    InvitationRow,
    MembershipRow,
    Role,
)

_RESERVED = frozenset({"begin", "language", "look", "sign-in", "sign-out", "static", "theme"})
"""Addresses of pages that belong to no community."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new community needs to be told: its name, language and calendar."""

    name: str
    language: str = "ja"
    zone: str = "Asia/Tokyo"
    week_start: int = 1
    fiscal_month: int = 4
    is_demo: bool = False
    slug: str = ""


def begin(beginning: Beginning) -> CommunityRow:
    """Make a community, with a client of the same name that owns it."""
    zone_named(beginning.zone)
    slug = beginning.slug or slugify(beginning.name, allow_unicode=True) or "community"
    with transaction.atomic():
        taken = _RESERVED | set(CommunityRow.objects.values_list("slug", flat=True))
        community = CommunityRow.objects.create(
            client=ClientRow.objects.create(name=beginning.name),
            slug=_free(slug[:70], taken),
            name=beginning.name,
            zone=beginning.zone,
            language=beginning.language,
            week_start=beginning.week_start,
            fiscal_month=beginning.fiscal_month,
            key=new_key(),
            is_demo=beginning.is_demo,
        )
        note(Acting(community, Role.ADMINISTRATOR), "begin", about=beginning.name)
    return community


def take_back_unused(acting: Acting) -> bool:
    """Forget a community whose one file was refused, as if it had not been begun; say whether.

    It stays where something came in, or where a file waits for an answer.
    """
    must_write(acting)
    with transaction.atomic():
        held = CommunityRow.objects.select_for_update().get(pk=acting.community.pk)
        refused = held.intakes.filter(state=IntakeState.REFUSED, asked="")
        if held.version_id is not None or held.intakes.count() != refused.count():
            return False
        client = held.client
        held.delete()
        if not client.communities.exists():
            client.delete()
    shutil.rmtree(log_folder(acting.community.slug), ignore_errors=True)
    return True


def _free(slug: str, taken: frozenset[str]) -> str:
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return next(candidate for candidate in (slug, *numbered) if candidate not in taken)


def admit(community: CommunityRow, name: str, *, passphrase: str | None) -> int:
    """Make a user who administers a community and return the user's id.

    ``passphrase`` None makes one nobody can sign in with (the demo enters by address).
    """
    users = get_user_model()
    user = users(username=name)
    if passphrase is None:
        user.set_unusable_password()
    else:
        _must_be_strong(passphrase, user)
        user.set_password(passphrase)
    with transaction.atomic():
        if users.objects.filter(username=name).exists():
            raise InvalidChoice(
                Words("その名前はもう使われています。", "This name is taken."),
                Words("別の名前を入力してください。", "Choose another name."),
            )
        user.save()
        MembershipRow.objects.create(user=user, community=community, role=Role.ADMINISTRATOR)
        note(Acting(community, Role.ADMINISTRATOR, user.pk), "admit", about=name)
    return int(user.pk)


def _must_be_strong(passphrase: str, user: object) -> None:
    try:
        validate_password(passphrase, user)  # type: ignore[arg-type]  # any user model will do
    except ValidationError as error:
        raise InvalidChoice(
            Words("パスフレーズが弱すぎます。", "This passphrase is too weak."),
            Words(
                "12 文字以上で、よくある言葉や名前を避けてください。",
                "Use 12 characters or more, and avoid common words and names.",
            ),
        ) from error


def invitation() -> str:
    """Make the one-time token of the address that leads into an empty home."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        InvitationRow.objects.filter(used_at=None).delete()
        InvitationRow.objects.create(token_hash=_hash(token))
    return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def is_open(token: str) -> bool:
    """Say whether this token still leads in: unused, and the home still empty."""
    return (
        InvitationRow.objects.filter(token_hash=_hash(token), used_at=None).exists()
        and nobody_may_enter()
    )


def nobody_may_enter() -> bool:
    """Say whether nobody can sign in yet: the one-time address is the only way in."""
    return not MembershipRow.objects.exists()


def accept(token: str, beginning: Beginning, *, name: str, passphrase: str) -> int:
    """Use the one-time address: make the community and its first administrator, once."""
    with transaction.atomic():
        used = InvitationRow.objects.filter(token_hash=_hash(token), used_at=None).update(
            used_at=timezone.now()
        )
        if not used or not nobody_may_enter():
            raise NotAllowed(
                Words("このアドレスはもう使えません。", "This address is no longer valid."),
                Words(
                    "jibungoto serve をもう一度起動すると、新しいアドレスが表示されます。",
                    "Start jibungoto serve again; it prints a fresh address.",
                ),
            )
        existing = CommunityRow.objects.order_by("pk").first()
        return admit(existing or begin(beginning), name, passphrase=passphrase)
