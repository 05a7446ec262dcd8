"""Who belongs to an account: only by a person's word, as mail domains or members."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from jibungoto.desk.acting import Acting, must_write, note
from jibungoto.desk.gather.current import current_log
from jibungoto.engine.first_acts import first_acts
from jibungoto.engine.log import opened
from jibungoto.explain.studies.table import account_key
from jibungoto.ledger.person import PersonKind
from jibungoto.ledger.problems import InvalidChoice
from jibungoto.ledger.words import Words
from jibungoto.records.models import AccountLinkRow, HandleRow, PersonKindRow, PersonRow
from jibungoto.understand.staff import FREE_MAIL

_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_APART = frozenset({PersonKind.STAFF, PersonKind.BOT})

NO_ACCOUNT = Words("アカウントの名前がありません。", "The account has no name.")
NAME_IT = Words("業務データにある名前で書いてください。", "Write it as the records have it.")
NO_DOMAIN = Words("「{said}」はメールドメインではありません。", "“{said}” is no mail domain.")
AS_DOMAIN = Words("example.co.jp のように書いてください。", "Write it like example.co.jp.")
FREE = Words("「{said}」は誰でも使えるメールです。", "Anybody can have an address at “{said}”.")
BY_MEMBER = Words("メンバーを一人ずつ選んでください。", "Choose members one by one.")
TAKEN = Words("「{said}」は、別のアカウントのドメインです。", "“{said}” is another account's.")
ONE_ONLY = Words(
    "一つのドメインは一つのアカウントにだけ書いてください。", "Give a domain to one account only."
)
NOBODY = Words("番号{said}の人は見つかりません。", "There is nobody with the number {said}.")
FROM_THE_LIST = Words(
    "人の一覧にある番号を書いてください。", "Write numbers from the list of people."
)


@dataclass(frozen=True, slots=True)
class Link:
    """One account with its domains and members, as somebody said."""

    name: str
    domains: tuple[str, ...] = ()
    people: tuple[int, ...] = ()


def links(acting: Acting) -> list[AccountLinkRow]:
    """Return what was said of the accounts, by name."""
    return list(AccountLinkRow.objects.filter(community=acting.community).order_by("name"))


def say(acting: Acting, link: Link) -> AccountLinkRow | None:
    """Keep who belongs to an account; without domains and members nothing is said any more.

    Saying it again takes the place of what was said. Raises InvalidChoice for what is no domain,
    for free mail, for another account's domain, and for members who are not here.
    """
    must_write(acting)
    name = link.name.strip()[:200]
    if not name:
        raise InvalidChoice(NO_ACCOUNT, NAME_IT)
    domains = _domains(link.domains)
    people = _people(acting, link.people)
    with transaction.atomic():
        rows = AccountLinkRow.objects.filter(community=acting.community)
        others = rows.exclude(account=account_key(name))
        for taken in others.values_list("domains", flat=True):
            for said in set(taken) & set(domains):
                raise InvalidChoice(TAKEN.filled(said=said), ONE_ONLY)
        if not domains and not people:
            rows.filter(account=account_key(name)).delete()
            note(acting, "unlink_account", about=name)
            return None
        row, _ = AccountLinkRow.objects.update_or_create(
            community=acting.community,
            account=account_key(name),
            defaults={
                "name": name,
                "domains": domains,
                "people": people,
                "by_id": acting.user_id,
            },
        )
        note(acting, "link_account", about=name)
    return row


def _domains(said: Iterable[str]) -> list[str]:
    kept: dict[str, None] = {}
    for one in said:
        domain = one.strip().lower().rpartition("@")[2]
        if not _DOMAIN.fullmatch(domain):
            raise InvalidChoice(NO_DOMAIN.filled(said=one.replace("{", "(")), AS_DOMAIN)
        if domain in FREE_MAIL:
            raise InvalidChoice(FREE.filled(said=domain), BY_MEMBER)
        kept[domain] = None
    return list(kept)


def _people(acting: Acting, said: Iterable[int]) -> list[int]:
    wanted = sorted(set(said))
    there = PersonRow.objects.filter(community=acting.community, number__in=wanted)
    missing = set(wanted) - set(there.values_list("number", flat=True))
    for number in sorted(missing):
        raise InvalidChoice(NOBODY.filled(said=number), FROM_THE_LIST)
    return wanted


def joined_by_links(acting: Acting) -> dict[str, str]:
    """Return for every linked account the month in which a member of it first acted, "" for none.

    Staff, bots and whoever asked not to be counted are left out; joining a channel is no act.
    """
    actors = {row.account: _actors(acting, row) for row in links(acting)}
    days = _first_days(acting, {actor for some in actors.values() for actor in some})
    return {
        account: _month(min((days[one] for one in some if one in days), default=None))
        for account, some in actors.items()
    }


def members_of(acting: Acting) -> dict[str, int]:
    """Return how many names on a source each linked account has that count."""
    return {row.account: len(_actors(acting, row)) for row in links(acting)}


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


def _actors(acting: Acting, row: AccountLinkRow) -> list[str]:
    """Return the pseudonyms of those who belong to an account and are counted."""
    of_account = Q(person__number__in=row.people) | Q(person__merged__number__in=row.people)
    for domain in row.domains:
        of_account |= Q(email__iendswith=f"@{domain}")
    handles = HandleRow.objects.filter(of_account, community=acting.community, is_bot=False)
    apart = PersonKindRow.objects.filter(kind__in=_APART, person__community=acting.community)
    aside: set[int | None] = set(apart.values_list("person", flat=True))
    aside |= set(apart.values_list("person__merged_into", flat=True))
    out = Q(person__opted_out_at__isnull=False) | Q(person__merged__opted_out_at__isnull=False)
    found = handles.exclude(person__in=aside - {None}).exclude(out)
    return sorted(set(found.values_list("actor", flat=True)))


def _first_days(acting: Acting, actors: Collection[str]) -> dict[str, date]:
    log = current_log(acting.community)
    if log is None or not actors:
        return {}
    with opened(log[1]) as con:
        return first_acts(con, sorted(actors))
