"""Accounts and other things the community depends on, and who can open them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.sustain.entered import a_name, account_numbered, one_line
from jibungoto.records.models import AccountKind, AccountRow


@dataclass(frozen=True, slots=True)
class AccountWish:
    """An account as somebody wants it kept; ``number`` None is a new one.

    ``where`` says where it is looked after, never a passphrase.
    """

    kind: AccountKind
    name: str
    admins: tuple[str, ...] = ()
    where: str = ""
    renewal: date | None = None
    number: int | None = None


def accounts(acting: Acting) -> list[AccountRow]:
    """Return the accounts, those that one person alone can open first."""
    rows = AccountRow.objects.filter(community=acting.community).order_by("pk")
    return sorted(rows, key=lambda row: len(row.admins) != 1)


def keep_account(acting: Acting, wish: AccountWish) -> AccountRow:
    """Write an account down, or what has changed of one; doing it twice changes nothing."""
    must_write(acting)
    admins = [one for name in wish.admins if (one := one_line(name))]
    told = {
        "kind": wish.kind.value,
        "name": a_name(wish.name),
        "admins": list(dict.fromkeys(admins)),
        "where": one_line(wish.where, most=300),
        "renewal": wish.renewal,
    }
    with transaction.atomic():
        if wish.number is None:
            row = AccountRow(community=acting.community)
        else:
            row = account_numbered(acting, wish.number)
        if wish.number is None or told != {name: getattr(row, name) for name in told}:
            for name, value in told.items():
                setattr(row, name, value)
            row.save()
            note(acting, "keep account", about=row.name)
    return row


def drop_account(acting: Acting, number: int) -> None:
    """Strike an account off the list."""
    must_write(acting)
    with transaction.atomic():
        row = account_numbered(acting, number)
        row.delete()
        note(acting, "drop account", about=row.name)


def keep_accounts(
    acting: Acting, wishes: Sequence[AccountWish], *, dropped: Sequence[int] = ()
) -> None:
    """Write several down at once, all or none, and strike others off."""
    with transaction.atomic():
        for wish in wishes:
            keep_account(acting, wish)
        for number in dropped:
            drop_account(acting, number)
